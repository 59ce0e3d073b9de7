"""`hugging-face-card.md`: the card of the dataset on the Hugging Face Hub, where it is to be named README.md.

Its head lists every table as a configuration of its own, so that `load_dataset` takes one table at a time.
"""

from typing import Any

import yaml

from scripts.export import citation
from scripts.schema.table_schema import Schema

DEFAULT = "claims_flat"
BODY = """
# {title}

{description}

One row of `claims_flat` is one statement. It says that somebody said something, never that it is so. `use_as` says what
a row is: `retells`, `taken_for_granted` and `taken_back` are nobody's own words; never count those. Never add numbers
over rows.

```python
from datasets import load_dataset

claims = load_dataset("ADDRESS_OF_THIS_DATASET", "claims_flat", split="train")
```

There is one split, and it is called `train` because the library calls it so. Other tables: {others}. What every column
means is in `docs/codebook.md`; what the data is not for, in `docs/datasheet.md`.

{citation}
"""


def card(
    names: list[str], schemas: dict[str, Schema], metadata: dict[str, Any], n_rows: dict[str, int]
) -> bytes:
    """The card over the tables named; rule tables, which have no Parquet, are left out."""
    tables = [name for name in names if not schemas[name].is_rule and n_rows[name]]
    head = {
        "pretty_name": metadata["title"],
        "license": metadata["licence_data"].lower(),
        "language": ["en"],
        "tags": [word.replace(" ", "-").lower() for word in citation.keywords(metadata)],
        "size_categories": [_size(n_rows[DEFAULT])],
        "configs": [
            {
                "config_name": name,
                "data_files": schemas[name].csv_path.replace(".csv", ".parquet"),
                **({"default": True} if name == DEFAULT else {}),
            }
            for name in tables
        ],
    }
    body = BODY.format(
        title=metadata["title"],
        description=metadata["description"],
        others=", ".join(f"`{name}`" for name in tables if name != DEFAULT),
        citation=citation.sentence(metadata),
    )
    return f"---\n{yaml.safe_dump(head, sort_keys=False, allow_unicode=True)}---\n{body}".encode()


def _size(n_rows: int) -> str:
    """The number of rows in the words of the Hub."""
    if n_rows < 1000:
        return "n<1K"
    return "1K<n<10K" if n_rows < 10_000 else "10K<n<100K"
