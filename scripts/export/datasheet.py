"""DATASHEET.md: one page on what the dataset is, how it was made and who answers for it, its numbers counted."""

from scripts.export import citation
from scripts.normalise.tables import Tables


def datasheet(built: Tables, head: dict) -> bytes:
    statements, sources, searches = built["statements"], built["sources"], built["search_log"]
    read = sources[sources["extent"] != "not_consulted"]
    coded = sources[sources["source_id"].isin(statements["source_id"])]
    languages = coded["language"].value_counts()
    kinds = coded["kind"].value_counts()
    stances = statements["stance"].value_counts()
    keys = statements.loc[statements["is_counting"] & statements["origin_id"].notna(), "origin_id"].nunique()
    return f"""# Datasheet

{citation.sentence(head)}

**What one row says.** That somebody said it, when, and resting on whom; never that it is so. Support, positions and numbers are derived from such rows by the rules {head["rule_version"]} (RULES.md), which anyone can run again or change.

**What is in it.** {len(statements)} statements in {len(coded)} documents coded ({len(read)} read, {len(sources)} named), on {len(built["transfers"])} transfers and {len(built["systems"])} systems, by or through {len(built["actors"])} actors. {listed(stances)}. {int(statements["relays_statement_id"].notna().sum())} rows retell another row; {int(statements["is_counting"].sum())} count, and behind these stand {keys} known origins.

**From when.** Documents published from {read["published_min"].min()} to {read["published_max"].max()}; by kind: {listed(kinds)}; by language: {listed(languages)}. Read in full: {int((coded["extent"] == "full").sum())}; the opening or a passage: {int((coded["extent"] != "full").sum())}.

**How documents were found.** By {len(searches)} logged searches in a store of public pages, empty ones included (`search_log`): a record of what was read, not of all that was said. It leans to English, to what such stores hold, and to the openings of long pages.

**How they were coded.** By language models following RULES.md and CODEBOOK.md from the text named in `extent`, each passage anchored by length and hash, and checked by machine. What second codings showed stands in the tables of `data/quality/`; where there is none, none was made.

**What it is not for.** Counting arms, ranking the truthfulness of sources, inferring who an unnamed source is, or targeting. Never add numbers over transfers; never count rows or outlets as corroboration.

**People and rights.** No private persons; no sentence of a source is reprinted. Data {head["licence_data"]}, code {head["licence_code"]}.

**Steward and rhythm.** {head["steward"]}. {head["update_rhythm"]}. Versions say what a reader must do: major, columns, vocabularies or rules changed; minor, rows came or went; patch, cells were corrected. Released bytes never change.

**Report an error.** {head["contact"]}. What is mended appears in `changes`, with its reason.
""".encode()


def listed(counts) -> str:
    """'en 31, ru 4' from counts, the largest first, ties by name."""
    return ", ".join(
        f"{name} {count}" for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    )
