"""Makes a kit for a human coder, and scores what the coder filled in.

make   writes a random sample of rows without their codes, what the codes mean, and the key apart from both
find   prints the passage that a row of the sheet speaks of, from your copy of its page
score  reads a filled sheet (CSV, also as a spreadsheet saves it); prints how far coder and record agree, by variable,
       and writes every difference beside the sheet, for ruling. Exit code 1 where the sheet cannot be read: the
       message names file, line, field, what was found, what is allowed and the fix
"""

import argparse
import json
import sys
from pathlib import Path

from scripts._arguments import add_root
from scripts.derive.shipped import read_shipped
from scripts.export import citation, publish
from scripts.records import anchors
from scripts.reliability import coder_kit, coder_score, filled_sheet
from scripts.reliability.agreement import variables
from scripts.schema.table_schema import load
from scripts.validation.issues import ValidationFailed


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.kit",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = parser.add_subparsers(dest="verb", required=True)
    make = verbs.add_parser("make", help="write the kit into a new folder")
    make.add_argument("folder", type=Path)
    make.add_argument(
        "--rows", type=int, default=coder_kit.N_ROWS, help="how many rows (default: %(default)s)"
    )
    add_root(make, "data/ and docs/")
    find = verbs.add_parser("find", help="print the passage of a row")
    find.add_argument("file", type=Path, help="the sheet")
    find.add_argument("row", help="number of the row")
    find.add_argument("page", type=Path, help="text or HTML file with a copy of the page")
    score = verbs.add_parser("score", help="compare a filled sheet with the record")
    score.add_argument("file", type=Path, help="the filled sheet")
    score.add_argument("--key", type=Path, help="default: key/key.csv beside the sheet")
    add_root(score, "data/")
    arguments = parser.parse_args()
    try:
        if arguments.verb == "make":
            return make_kit(arguments.folder, arguments.root, arguments.rows, parser)
        if arguments.verb == "find":
            return find_passage(arguments.file, arguments.row, arguments.page, parser)
        return score_sheet(arguments.file, arguments.key, arguments.root)
    except ValidationFailed as failed:
        print(failed.render(outcome="nothing was scored"), file=sys.stderr)
        return 1


def make_kit(folder: Path, root: Path, n_rows: int, parser: argparse.ArgumentParser) -> int:
    if n_rows < 1:
        parser.error(f"--rows {n_rows}: at least 1")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        parser.error(f"{folder} is there already; name a new folder, so that no filled sheet is lost")
    descriptor = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))
    files = coder_kit.kit(
        read_shipped(root),
        load(root),
        citation.sentence(citation.package_metadata(descriptor)),
        descriptor["version"],
        (root / "docs/coding-manual.md").read_text(encoding="utf-8"),
        n_rows,
    )
    publish.write_files(files, folder)
    print(f"wrote {len(files)} files into {folder}; read its README.md first")
    return 0


def find_passage(file: Path, number: str, page: Path, parser: argparse.ArgumentParser) -> int:
    row = filled_sheet.row_of(file, number)
    try:
        passage = anchors.passage(anchors.read_text(page), int(row["anchor_chars"]), row["anchor_sha256"])
    except (OSError, ValueError, KeyError) as error:
        parser.error(str(error))
    print(passage or "the passage is not in this text")
    return 0 if passage else 1


def score_sheet(file: Path, key_file: Path | None, root: Path) -> int:
    schemas = load(root)
    key = filled_sheet.read_key(key_file or file.parent / coder_kit.KEY)
    filled = filled_sheet.read_filled(file, key, schemas, read_shipped(root))
    print("\n".join(coder_score.report(filled, key, variables(schemas))))
    listed = coder_score.differences(filled, key)
    target = file.with_name(f"{file.stem}-differences.csv")
    target.write_bytes(coder_kit.csv_bytes(listed))
    print(f"{len(listed)} differences, for ruling: {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
