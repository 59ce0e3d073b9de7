"""Shows one source as a coder's sheet, for review: its rows by passage, each with what follows from it.

Printed per row: speaker and chain, stance and what it is about, the figure as worded with its bounds, the dates as read, what
became of it (counting, relay, origin, resolution), summary and note. With --second, rows of the second coding stand
beside those of the first, and every variable on which the two differ is told.
"""

import argparse
import sys
import textwrap
from pathlib import Path

import pandas as pd

from scripts import build
from scripts.normalise.tables import records
from scripts.reliability.agreement import second_codings, variables, with_subject
from scripts.reliability.pairing import paragraph
from scripts.schema.table_schema import ROOT, load
from scripts.validation.issues import Refused

WIDTH = 118


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.show",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("source_id")
    parser.add_argument(
        "--second", action="store_true", help="compare the first and the second coding instead"
    )
    parser.add_argument(
        "--root", type=Path, default=ROOT, help="folder that holds records/ (default: this project)"
    )
    arguments = parser.parse_args()
    try:
        rows = build.gather(arguments.root)
        built, _ = build.prepare(rows)
    except Refused as refused:
        print(refused.render(arguments.root), file=sys.stderr)
        return 1
    sources = built["sources"].set_index("source_id", drop=False)
    if arguments.source_id not in sources.index:
        parser.error(f"no source {arguments.source_id}; there are: {', '.join(sources.index)}")
    print(
        "\n".join(
            codings(arguments.source_id, built, rows.first)
            if arguments.second
            else sheet(arguments.source_id, built)
        )
    )
    return 0


def sheet(source_id: str, built) -> list[str]:
    source = records(built["sources"][built["sources"]["source_id"] == source_id])[0]
    rows = records(built["statements"][built["statements"]["source_id"] == source_id])
    lines = [
        f"{source_id}: {source['title']}",
        f"{source['publisher_id']}, {source['kind']}, {source['language']}, published {source['published']} ({source['published_basis']}), read: {source['extent']}",
        source["url"] or "no address",
    ]
    place = None
    for row in sorted(rows, key=lambda row: (paragraph(row["locator"]) or 0, row["statement_id"])):
        if row["locator"] != place:
            place = row["locator"]
            lines += ["", f"== {place}"]
        lines += described(row)
    return lines


def described(row: dict) -> list[str]:
    """One statement in a few lines."""
    told = lambda *columns: ", ".join(str(row[column]) for column in columns if row[column] not in (None, ""))  # noqa: E731
    bounds = (
        f" = {row['low'] if row['low'] is not None else '…'} to {row['high'] if row['high'] is not None else '…'} {row['canonical_unit'] or ''}"
        if row["value_modifier"]
        else ""
    )
    chain = [
        f"{label} {row[column]}"
        for label, column in (
            ("via", "via_id"),
            ("retells", "relays_statement_id"),
            ("rests on", "rests_on_statement_id"),
            ("rests on", "rests_on_actor_id"),
        )
        if row[column]
    ]
    state = [
        "counts" if row["is_counting"] else "does not count",
        f"origin {row['origin_id'] or 'none'}",
        *([row["resolution"]] if row["resolution"] else []),
    ]
    lines = [
        f"{row['statement_id'][-2:]}  {row['stance']} {row['aspect']} of {row['transfer_id'] or row['system_id']}: {told('polarity', 'certainty', 'limits', 'explicitness', 'evidence', 'basis')}",
        f"    by {row['speaker_id']} for {row['speaks_for_id'] or 'nobody named'}: {told('authority', 'anonymity', 'attribution', 'coded_from')}, chain {'complete' if row['chain_complete'] else 'incomplete'}{'; ' + ', '.join(chain) if chain else ''}",
        f"    said {row['said'] or '?'} ({row['said_basis']}), event {row['event'] or 'undated'}; {', '.join(state)}",
    ]
    if row["value_modifier"]:
        lines.append(
            f"    “{row['value_text']}”, {told('value_modifier', 'value', 'value2', 'unit', 'scope')}{', pooled' if row['pooled'] else ''}{bounds}"
        )
    wrapped = textwrap.wrap(row["summary"], WIDTH) + (
        textwrap.wrap(f"Note: {row['coder_note']}", WIDTH) if row["coder_note"] else []
    )
    return lines + [f"    {line}" for line in wrapped]


def codings(source_id: str, built, first: dict[str, pd.DataFrame]) -> list[str]:
    """Both codings of a document, pair by pair, with what differs."""
    second = second_codings(built, load())
    second = with_subject(second[second["source_id"] == source_id])
    if second.empty:
        return [f"{source_id} was coded once"]
    earlier = with_subject(first[second["compared_with"].iloc[0]])
    earlier = {
        row["statement_id"]: row for row in earlier[earlier["source_id"] == source_id].to_dict("records")
    }
    lines = [f"{source_id}: first coding (release {second['compared_with'].iloc[0]}) and second"]
    for row in second.to_dict("records"):
        other = earlier.pop(row["statement_id"], None)
        lines += [
            "",
            f"{row['recoding_id'].rpartition('.')[2]} {row['locator']}: {row['stance']} {row['aspect']} of {row['subject']}: {row['summary']}",
        ]
        lines += (
            [
                f"    {other['statement_id'][-2:]} {other['locator']}: {other['summary']}",
                *(
                    f"      {name:<16}{other[name] or '–'} | {row[name] or '–'}"
                    for name in variables(load())
                    if other[name] != row[name]
                ),
            ]
            if other
            else ["    only the second coder has it"]
        )
    return lines + [
        line
        for row in earlier.values()
        for line in (
            "",
            f"{row['statement_id'][-2:]} {row['locator']}: {row['stance']} {row['aspect']} of {row['subject']}: {row['summary']}",
            "    only the first coder has it",
        )
    ]


if __name__ == "__main__":
    sys.exit(main())
