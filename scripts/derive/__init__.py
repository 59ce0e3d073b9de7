"""What follows from the statements: runs the rules in `rules/derivation/` and nothing else."""

from scripts.derive.run import derive_tables as derive_tables
from scripts.derive.run import rule_files as rule_files
