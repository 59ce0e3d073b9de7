"""docs/datasheet.md: one page on what the dataset is, how it was made and who answers for it, its numbers counted."""

from typing import Any

import pandas as pd

from scripts.export import citation
from scripts.normalise.tables import Tables


def datasheet(built: Tables, metadata: dict[str, Any]) -> bytes:
    """The page."""
    statements, sources, searches = built["statements"], built["sources"], built["search_log"]
    read = sources[sources["extent"] != "not_consulted"]
    coded = sources[sources["source_id"].isin(statements["source_id"])]
    n_relays = int(statements["relays_statement_id"].notna().sum())
    n_full = int((coded["extent"] == "full").sum())
    return f"""# Datasheet

{citation.sentence(metadata)}

**What one row says.** That somebody said it, when, and resting on whom; never that it is so. Status, positions and numbers are derived from such rows by published rules, which anyone can run again or change.

**What is in it.** {len(statements)} statements in {len(coded)} coded documents ({len(read)} read, {len(sources)} named), on {len(built["transfers"])} transfers and {len(built["systems"])} systems, by or through {len(built["actors"])} actors. {listed(statements["stance"].value_counts())}. {n_relays} statements retell another.

**From when.** Documents published from {read["published_min"].min()} to {read["published_max"].max()}; by kind: {listed(coded["kind"].value_counts())}; by language: {listed(coded["language"].value_counts())}. Read in full: {n_full}; the opening or a passage: {len(coded) - n_full}.

**How documents were found.** By {len(searches)} logged searches in a store of public pages, empty ones included (`search_log`): a record of what was read, not of all that was said. It leans to English, to what such stores hold, and to the openings of long pages.

**How they were coded.** By language models following the coding manual and the codebook from the text named in `extent`. Each passage is anchored by length and hash and checked by machine. The tables in `data/quality/` give what second codings showed; where there is none, none was made.

**How to open it.**
- In a spreadsheet, open the `.xlsx` of the archive. A spreadsheet that opens the CSV turns the month `2022-09` into a day, the words `"2,400"` into a number, and may garble accents.
- `load.py` and `load.R` give every column its type. Other readers of CSV: `none` is a word and only the empty cell is missing (csvkit: `--blanks`; the sqlite shell's `.import` makes empty cells empty text, so use the `.sqlite`). Quotation marks in a cell are doubled (Spark: `escape='"', multiLine=True`; DuckDB with `columns=`: `escape='"'`).
- Days in Parquet are dates. In pandas convert a column before comparing it: `frame["known_from"] = pd.to_datetime(frame["known_from"])`. Read Parquet by pyarrow, not fastparquet, which turns yes, no and blank into 1.0, 0.0 and missing.
- The tables differ in columns. Hugging Face `datasets` loads one file: `load_dataset("csv", data_files="data/claims_flat.csv")`.

**What it is not for.** Counting arms, ranking the truthfulness of sources, inferring who an unnamed source is, or targeting. Never add numbers over transfers; never count rows or outlets as corroboration.

**People and rights.** No private persons; no sentence of a source is reprinted. Data {metadata["licence_data"]}, code {metadata["licence_code"]}.

**Steward and rhythm.** {metadata["steward"]}. {metadata["update_rhythm"]}. Versions say what a reader must do: major, columns, vocabularies or rules changed; minor, rows came or went; patch, cells were corrected. Released bytes never change.

**Report an error.** {_contact(metadata)} What is corrected appears in `changes`, with its reason.
""".encode()


def _contact(metadata: dict[str, Any]) -> str:
    where = f" ({metadata['repository']})" if metadata.get("repository") else ""
    mail = f", or write to {metadata['contact']}" if metadata.get("contact") else ""
    return f"Open an issue in the project's repository{where} and name the ID of the row{mail}."


def listed(counts: "pd.Series[int]") -> str:
    """'en 31, ru 4' from counts, the largest first, ties by name."""
    return ", ".join(
        f"{name} {count}" for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))
    )
