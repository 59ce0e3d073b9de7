"""The tables that the rules read and derive, for engines that run the rules without the scripts of this project."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READ = (
    "statements", "sources", "actors", "actor_members", "transfers", "transfer_links", "systems", "aspects",
    "alignments",
)  # fmt: skip
FILLED = {
    "statements": ["known_from", "stage", "says", "use_as", "voice_kind", "voice_id", "resolution"],
    "transfers": ["event_min", "event_max"],
}
COMPARED = (
    "voices", "positions", "figures", "estimates", "transfer_history", "statement_columns", "transfer_columns",
    "system_columns",
)  # fmt: skip
DERIVED = ("voices", "positions", "figures", "estimates", "transfer_history")


def rule_files() -> list[Path]:
    """The rules in the order in which they run."""
    return sorted((ROOT / "rules/derivation").glob("[0-9]*.sql"))
