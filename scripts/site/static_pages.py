"""Pages that are readable without JavaScript: one for each transfer, system and source, and a list of them.

Each holds the record as publicly known on the last day, with its description as JSON-LD (schema.org).
"""

import functools
from typing import Any

from scripts.site.data import Content, Page
from scripts.site.page import FOLDER, inert, policy, templates
from scripts.site.words import STAGES, Row

CONTEXT = "https://schema.org"
SAYINGS = (
    ("Say so", ("asserts",)),
    ("Foresee it, or hold it possible", ("expects", "holds_possible")),
    ("Deny it, say not, or doubt it", ("denies", "says_not", "expects_not", "doubts")),
    ("Give no comment", ("declines",)),
)


def static_pages(content: Content) -> dict[str, bytes]:
    """Every static page, path below the folder to bytes."""
    return StaticPages(content).files()


class StaticPages:
    """Draws the pages from the rows of the explorer."""

    def __init__(self, content: Content) -> None:
        self.head = content.head()
        self.labels = content.labels
        self.page: Page = content.page
        self.style = (FOLDER / "static/style.css").read_text(encoding="utf-8")
        self.policy = policy(self.style)
        self.environment = templates()
        self.statements = {row["id"]: row for row in self.page["statements"]}
        self.sources = {row["id"]: row for row in self.page["sources"]}
        self.systems = {row["id"]: row for row in self.page["systems"]}

    def files(self) -> dict[str, bytes]:
        found = {"pages.html": self.overview()}
        found |= {f"transfers/{row['id']}.html": self.transfer(row) for row in self.page["transfers"]}
        found |= {f"systems/{row['id']}.html": self.system(row) for row in self.page["systems"]}
        found |= {f"sources/{row['id']}.html": self.source(row) for row in self.page["sources"]}
        return found

    def draw(self, template: str, title: str, view: str = "", row: Row | None = None, **more: Any) -> bytes:
        """One page; `view` names its view in the explorer."""
        row_id = row["id"] if row else ""
        values = {
            "head": self.head,
            "policy": self.policy,
            "style": self.style,
            "title": title,
            "up": "../" if row else "",
            "hash": f"#{view}/{row_id}" if row else "",
            "record": row_id,
            "row": row,
            "linked": inert(more.pop("linked")),
            "label": self.label,
            "meaning": self.meaning,
            "source_name": self.source_name,
            "system_name": lambda key: self.systems[key]["name"],
            "summary_of": lambda key: self.statements[key]["summary"],
        }
        return self.environment.get_template(f"static/{template}.html").render(**values, **more).encode()

    def label(self, name: str, code: str | None) -> str:
        return self.labels[name][code][0] if code else ""

    def meaning(self, name: str, code: str) -> str:
        return self.labels[name][code][1]

    def source_name(self, source_id: str) -> str:
        row = self.sources[source_id]
        return f"{row['publisher']}, {row['published']}"

    @functools.cache  # noqa: B019 - lives as long as one build
    def current(self, table: str, column: str) -> dict[str, list[Row]]:
        """The rows that hold on the last day, by one of their columns."""
        found: dict[str, list[Row]] = {}
        for row in self.page[table]:
            if not row.get("to"):
                found.setdefault(row[column], []).append(row)
        return found

    def transfer(self, row: Row) -> bytes:
        key = row["id"]
        history = self.current("history", "transfer")[key][0]
        finding = self.current("moments", "transfer")[key][-1]["long"]
        voices = self.current("voices", "transfer").get(key, [])
        stages = [
            {
                "stage": stage,
                "status": history[f"{stage}_status"],
                "groups": self.groups([voice for voice in voices if voice["stage"] == stage]),
            }
            for stage in STAGES
        ]
        statements = newest_first(self.current("statements", "transfer").get(key, []))
        linked = self.dataset(f"{row['title']}: what was publicly said", finding, key) | {
            "temporalCoverage": f"{row['first']}/{row['last']}",
            "about": {"@type": "Thing", "name": self.systems[row["system"]]["name"]},
        }
        return self.draw(
            "transfer",
            row["title"],
            "transfer",
            row,
            linked=linked,
            finding=finding,
            history=history,
            stages=stages,
            positions=self.current("positions", "transfer").get(key, []),
            figures=self.current("figures", "transfer").get(key, []),
            statements=statements,
        )

    def groups(self, voices: list[Row]) -> list[tuple[str, list[Row]]]:
        """Voices of a stage by what they say, governments first."""
        kinds = list(self.labels["voice_kind"])
        ordered = sorted(voices, key=lambda voice: kinds.index(voice["kind"]))
        groups = [(title, [voice for voice in ordered if voice["says"] in says]) for title, says in SAYINGS]
        return [(title, some) for title, some in groups if some]

    def system(self, row: Row) -> bytes:
        key = row["id"]
        names = [
            name for name in self.page["names"] if name["system_id"] == key and name["name"] != row["name"]
        ]
        figures = self.current("figures", "system").get(key, [])
        linked = {
            "@context": CONTEXT,
            "@type": "Product",
            "identifier": key,
            "name": row["name"],
            "alternateName": [name["name"] for name in names],
            "category": self.label("category", row["category"]),
            "additionalProperty": [
                {
                    "@type": "PropertyValue",
                    "name": self.label("measure", figure["measure"]),
                    "value": figure["stated"],
                    "description": f"{figure['speaker']}: {self.label('basis', figure['basis'])}",
                }
                for figure in figures
                if figure["basis"]
            ],
        }
        return self.draw(
            "system",
            row["name"],
            "system",
            row,
            linked=linked,
            names=names,
            figures=figures,
            transfers=[one for one in self.page["transfers"] if one["system"] == key],
            statements=newest_first(self.current("statements", "system").get(key, [])),
        )

    def source(self, row: Row) -> bytes:
        statements = self.current("statements", "source").get(row["id"], [])
        address = {"@id": row["url"], "url": row["url"]} if row["url"] else {}
        appearance = address | {
            "@type": "CreativeWork",
            "name": row["title"],
            "inLanguage": row["language"],
            "publisher": {"@type": "Organization", "name": row["publisher"]},
        }
        if row["published"][:4].isdigit() and len(row["published"]) == 10:
            appearance["datePublished"] = row["published"]
        claims = [
            {
                "@type": "Claim",
                "identifier": one["id"],
                "text": one["summary"],
                "author": {"@type": "Thing", "name": one["speaker"]},
            }
            | ({"appearance": {"@id": row["url"]}} if row["url"] else {})
            for one in statements
        ]
        linked = {"@context": CONTEXT, "@graph": [appearance, *claims]}
        return self.draw("source", row["title"], "source", row, linked=linked, statements=statements)

    def overview(self) -> bytes:
        sources = sorted(self.page["sources"], key=lambda row: str(row["from"]), reverse=True)
        lists = [
            ("Transfers", "transfers", [(row["id"], row["title"]) for row in self.page["transfers"]]),
            ("Systems", "systems", [(row["id"], row["name"]) for row in self.page["systems"]]),
            (
                "Sources",
                "sources",
                [(row["id"], f"{row['publisher']}, {row['published']}: {row['title']}") for row in sources],
            ),
        ]
        linked = self.dataset(self.head["title"], self.head["description"], "")
        return self.draw("pages", "All pages", linked=linked, lists=lists)

    def dataset(self, name: str, description: str, key: str) -> Row:
        whole = {"@type": "Dataset", "name": self.head["title"], "version": self.head["version"]}
        return {
            "@context": CONTEXT,
            "@type": "Dataset",
            "name": name,
            "description": description,
            "version": self.head["version"],
            "license": self.head["licence_url"],
        } | ({"identifier": key, "isPartOf": whole} if key else {})


def newest_first(statements: list[Row]) -> list[Row]:
    return sorted(statements, key=lambda row: row["said_max"] or row["from"], reverse=True)
