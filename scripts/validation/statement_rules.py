"""All row rules of statements, in the order in which a coder fills in a row."""

from scripts.validation.statement_content import CONTENT_RULES
from scripts.validation.statement_dates import DATE_RULES
from scripts.validation.statement_speakers import SPEAKER_RULES
from scripts.validation.statement_values import VALUE_RULES

STATEMENT_RULES = [*CONTENT_RULES, *SPEAKER_RULES, *VALUE_RULES, *DATE_RULES]
