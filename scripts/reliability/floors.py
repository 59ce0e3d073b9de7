"""How much was read, beside the minimum that was planned. Checking starts at the minimum; it is not the goal."""

from dataclasses import dataclass

import pandas as pd

from scripts.normalise.tables import Tables


@dataclass(frozen=True)
class Floor:
    """What is counted, the planned minimum (or maximum), and what the record holds."""

    what: str
    aim: int
    held: int
    is_ceiling: bool = False

    @property
    def is_met(self) -> bool:
        return self.held <= self.aim if self.is_ceiling else self.held >= self.aim


def block(tables: Tables) -> str:
    """The table, in Markdown."""
    lines = ["| what | aim | held | met |", "|---|---|---|---|"]
    for floor in floors(tables):
        aim = f"{'at most' if floor.is_ceiling else 'at least'} {floor.aim}"
        lines.append(f"| {floor.what} | {aim} | {floor.held} | {'yes' if floor.is_met else 'no'} |")
    return "\n".join(lines) + "\n"


def floors(tables: Tables) -> list[Floor]:
    """Every floor. A document counts once it was read and holds a statement."""
    statements, sources = tables["statements"], tables["sources"]
    read = sources[sources["source_id"].isin(statements["source_id"])]
    publisher = tables["actors"].set_index("actor_id").reindex(read["publisher_id"])
    own = statements[statements["relays_statement_id"].isna()]
    negative = own["stance"].isin(["deny", "decline", "doubt"]) | (own["polarity"] == "negated")
    is_aligned = (read["kind"] == "state_media").to_numpy() & publisher["state"].isin(
        ["IRN", "RUS"]
    ).to_numpy()
    years = read["published"].str[:4].value_counts()
    in_full = statements["source_id"].map(sources.set_index("source_id")["extent"]) == "full"
    return [
        Floor("documents read and coded", 400, len(read)),
        *(
            Floor(f"of these published in {year}", 40, int(years.get(year, 0)))
            for year in map(str, range(2022, 2027))
        ),
        Floor("publishers", 150, read["publisher_id"].nunique()),
        Floor("languages", 14, read["language"].nunique()),
        Floor("documents not in English", 90, int((read["language"] != "en").sum())),
        Floor("official texts", 40, kinds(read, "official_text")),
        Floor("documents of Russian or Iranian state media", 50, int(is_aligned.sum())),
        Floor("documents of Ukrainian publishers", 50, int((publisher["state"] == "UKR").sum())),
        Floor("think-tank, trade and reference pages", 30, kinds(read, "think_tank", "trade", "reference")),
        Floor("statements that retell no other row", 1800, len(own)),
        Floor("of these denials, refusals, negatives and doubts", 220, int(negative.sum())),
        Floor("statements of 100 from documents read in full", 50, percent(in_full)),
        Floor(
            "statements of 100 coded from a retelling",
            45,
            percent(statements["coded_from"] != "original"),
            True,
        ),
    ]


def kinds(sources: pd.DataFrame, *names: str) -> int:
    return int(sources["kind"].isin(names).sum())


def percent(mask: "pd.Series[bool]") -> int:
    """How many of a hundred, in whole numbers; 0 of an empty table."""
    return round(100 * float(mask.mean())) if len(mask) else 0
