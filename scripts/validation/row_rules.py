"""The row rules of every table. Add a rule to the list of its table, and a planted fault to `tests/faults/`."""

from scripts.validation import (
    actor_rules,
    package_rules,
    quality_rules,
    rule_table_rules,
    source_rules,
    statement_rules,
    system_rules,
    transfer_rules,
)
from scripts.validation.rules import Rule

ROW_RULES: dict[str, list[Rule]] = {
    "sources": source_rules.SOURCE_RULES,
    "statements": statement_rules.STATEMENT_RULES,
    "actors": actor_rules.ACTOR_RULES,
    "actor_members": actor_rules.ACTOR_MEMBER_RULES,
    "systems": system_rules.SYSTEM_RULES,
    "system_names": system_rules.SYSTEM_NAME_RULES,
    "exhibits": system_rules.EXHIBIT_RULES,
    "transfers": transfer_rules.TRANSFER_RULES,
    "transfer_links": transfer_rules.TRANSFER_LINK_RULES,
    "retired_ids": transfer_rules.RETIRED_ID_RULES,
    "package": package_rules.PACKAGE_RULES,
    "reasons": package_rules.REASON_RULES,
    "first_codings": quality_rules.FIRST_CODING_RULES,
    "second_codings": quality_rules.SECOND_CODING_RULES,
    "adjudications": quality_rules.ADJUDICATION_RULES,
    "search_log": quality_rules.SEARCH_LOG_RULES,
    "reference_events": quality_rules.REFERENCE_EVENT_RULES,
    "stress_codings": quality_rules.STRESS_CODING_RULES,
    "units": rule_table_rules.UNIT_RULES,
    "aspects": rule_table_rules.ASPECT_RULES,
    "quantities": rule_table_rules.QUANTITY_RULES,
    "quantity_words": rule_table_rules.QUANTITY_WORD_RULES,
    "certainty": rule_table_rules.CERTAINTY_RULES,
    "dates": rule_table_rules.DATE_TABLE_RULES,
    "alignments": rule_table_rules.ALIGNMENT_RULES,
}
