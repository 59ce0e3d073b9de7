"""What a statement says, of what: subject, aspect, stance, limits. Faults in `tests/faults/statements.yaml`."""

import datetime
from typing import Any

import pandas as pd

from scripts.normalise import dates
from scripts.normalise.tables import Tables, records
from scripts.validation.rules import Mask, Rule, equal, is_true, is_word, lookup, mask, on_one_line

OFFICIAL = ("state_position", "official_capacity", "individual_official")
SCOPE_KEY = [
    "source_id",
    "speaker_id",
    "stance",
    "polarity",
    "aspect",
    "transfer_id",
    "system_id",
    "scope",
    "unit",
    "event",
    "limits",
    "targets_statement_id",
    "pooled",
]


def is_party(statements: pd.DataFrame, tables: Tables) -> Mask:
    """Whether the speaker is, or officially speaks for, the supplier or the recipient of the row's transfer."""
    found = mask((False for _ in statements.index), statements)
    official = is_word(statements["authority"], *OFFICIAL)
    for who in ("speaker_id", "speaks_for_id"):
        state = lookup(tables, "actors", "actor_id", "state", statements[who])
        for side in ("supplier", "recipient"):
            party = lookup(tables, "transfers", "transfer_id", side, statements["transfer_id"])
            actor = lookup(tables, "transfers", "transfer_id", f"{side}_actor_id", statements["transfer_id"])
            found |= (equal(state, party) & official) | equal(statements[who], actor)
    return found


def is_specification(statements: pd.DataFrame, tables: Tables) -> Mask:
    """Whether the aspect is a property of a system."""
    return is_true(lookup(tables, "aspects", "aspect", "is_specification", statements["aspect"]))


def single_subject(statements: pd.DataFrame, tables: Tables) -> Mask:
    """A statement has one subject."""
    return statements["transfer_id"].isna() != statements["system_id"].isna()


def aspect_fits_subject(statements: pd.DataFrame, tables: Tables) -> Mask:
    """The aspect fits the subject. (An unknown aspect passes: its key says so.)"""
    subject = lookup(tables, "aspects", "aspect", "subject", statements["aspect"])
    of_transfer = is_word(subject, "transfer") & statements["transfer_id"].notna()
    of_system = is_word(subject, "system") & statements["transfer_id"].isna()
    return subject.isna() | is_word(subject, "either") | of_transfer | of_system


def licence_is_of_a_licence(statements: pd.DataFrame, tables: Tables) -> Mask:
    """A licence is said of a transfer of licence or technology."""
    mode = lookup(tables, "transfers", "transfer_id", "mode", statements["transfer_id"])
    return ~is_word(statements["aspect"], "licence_or_technology") | is_word(mode, "licence_technology")


def source_was_read(statements: pd.DataFrame, tables: Tables) -> Mask:
    """Statements come from a text that was read."""
    extent = lookup(tables, "sources", "source_id", "extent", statements["source_id"])
    return ~is_word(extent, "not_consulted")


def one_row_per_scope(statements: pd.DataFrame, tables: Tables) -> Mask:
    """One row per speaker, stance, aspect, subject and scope."""
    return ~statements.duplicated(SCOPE_KEY)


def presupposed_without_explicit(statements: pd.DataFrame, tables: Tables) -> Mask:
    """A presupposed row is only where the speaker has no explicit one."""
    key = ["source_id", "speaker_id", "aspect", "transfer_id", "system_id"]
    keys = list(
        statements[key].astype(object).where(statements[key].notna(), None).itertuples(index=False, name=None)
    )
    explicit = {
        k for k, said in zip(keys, is_word(statements["explicitness"], "explicit"), strict=True) if said
    }
    presupposed = is_word(statements["explicitness"], "presupposed")
    return ~(presupposed & mask((k in explicit for k in keys), statements))


def anchor_has_one_length(statements: pd.DataFrame, tables: Tables) -> Mask:
    """One hash of a passage has one length. (A blank hash passes: required says so.)"""
    known = statements[statements["anchor_sha256"].notna() & statements["anchor_chars"].notna()]
    digest = statements["anchor_sha256"]
    first = lookup({"statements": known}, "statements", "anchor_sha256", "anchor_chars", digest)
    return first.isna() | statements["anchor_chars"].isna() | equal(first, statements["anchor_chars"])


def limits_where_needed(statements: pd.DataFrame, tables: Tables) -> Mask:
    """Limits are with a denial, a party's assertion and every negated assertion, and nowhere else."""
    asserted = is_word(statements["stance"], "assert")
    negated = is_word(statements["polarity"], "negated")
    needs = is_word(statements["stance"], "deny") | (asserted & (is_party(statements, tables) | negated))
    return statements["limits"].notna() == needs


def only_a_class_is_limited_to_systems(statements: pd.DataFrame, tables: Tables) -> Mask:
    """Only a class or a bundle is limited to some of its systems."""
    system = lookup(tables, "transfers", "transfer_id", "system_id", statements["transfer_id"])
    kind = lookup(tables, "systems", "system_id", "kind", system.fillna(statements["system_id"]))
    return ~is_word(statements["limits"], "system_limited") | is_word(kind, "class")


def only_a_party_denies(statements: pd.DataFrame, tables: Tables) -> Mask:
    """Only a party denies: supplier, recipient or carrier. (About a system, everybody may.)"""
    carrier = is_word(lookup(tables, "actors", "actor_id", "kind", statements["speaker_id"]), "company")
    of_transfer = is_word(statements["stance"], "deny") & statements["transfer_id"].notna()
    return ~of_transfer | is_party(statements, tables) | carrier


def negative_of_a_party_is_a_denial(statements: pd.DataFrame, tables: Tables) -> Mask:
    """A party's negative about what was or is, is a denial."""
    negative = is_word(statements["stance"], "assert") & is_word(statements["polarity"], "negated")
    return ~(negative & is_party(statements, tables))


def withdrawal_names_own_statement(statements: pd.DataFrame, tables: Tables) -> Mask:
    """A withdrawal names one earlier statement of the same speaker and carries no number."""
    target = statements["targets_statement_id"]
    own = equal(lookup(tables, "statements", "statement_id", "speaker_id", target), statements["speaker_id"])
    other = ~equal(target, statements["statement_id"])
    without_number = statements["value_modifier"].isna()
    return ~is_word(statements["stance"], "withdraw") | (own & other & without_number)


def target_is_withdrawn_denied_or_doubted(statements: pd.DataFrame, tables: Tables) -> Mask:
    """Only what is withdrawn, denied, negated or doubted is a target, and never the row itself."""
    target = statements["targets_statement_id"]
    negative = is_word(statements["stance"], "assert") & is_word(statements["polarity"], "negated")
    may_target = is_word(statements["stance"], "withdraw", "deny", "doubt") | negative
    return target.isna() | (may_target & ~equal(target, statements["statement_id"]))


def refusal_has_no_number(statements: pd.DataFrame, tables: Tables) -> Mask:
    """A refusal to comment carries no number."""
    return ~is_word(statements["stance"], "decline") | statements["value_modifier"].isna()


def denial_is_of_something_affirmed(statements: pd.DataFrame, tables: Tables) -> Mask:
    """A denial of a negative is unlikely: polarity is that of the claim denied, not of the denial."""
    return ~(is_word(statements["stance"], "deny") & is_word(statements["polarity"], "negated"))


def exhibit_is_of_the_category(statements: pd.DataFrame, tables: Tables) -> Mask:
    """An exhibit is of the category of system that the row speaks of. (Blank or mixed passes.)"""
    system = lookup(tables, "transfers", "transfer_id", "system_id", statements["transfer_id"])
    own = lookup(tables, "systems", "system_id", "category", system.fillna(statements["system_id"]))
    shown = lookup(tables, "exhibits", "exhibit_id", "system_id", statements["exhibit_id"])
    category = lookup(tables, "systems", "system_id", "category", shown)
    open_ended = own.isna() | category.isna() | is_word(own, "mixed") | is_word(category, "mixed")
    return open_ended | equal(own, category)


def exhibit_is_of_a_related_system(statements: pd.DataFrame, tables: Tables) -> Mask:
    """The exhibit is unrelated to the system: neither it, nor above or below it, nor of its family. (Blank passes.)"""
    system = lookup(tables, "transfers", "transfer_id", "system_id", statements["transfer_id"])
    own = system.fillna(statements["system_id"])
    shown = lookup(tables, "exhibits", "exhibit_id", "system_id", statements["exhibit_id"])
    family = [lookup(tables, "systems", "system_id", "family", end) for end in (own, shown)]
    return shown.isna() | equal(*family) | on_one_line(own, shown, tables)


def exhibit_was_found_by_then(statements: pd.DataFrame, tables: Tables) -> Mask:
    """An exhibit was found before the document that speaks of it was published. (A blank or open day passes.)"""
    return _exhibit_day_has_come(statements, tables, "found")


def exhibit_was_shown_by_then(statements: pd.DataFrame, tables: Tables) -> Mask:
    """An exhibit shown only after the document was published is probably misdated. (A blank or open day passes.)"""
    return _exhibit_day_has_come(statements, tables, "shown")


def _exhibit_day_has_come(statements: pd.DataFrame, tables: Tables, column: str) -> Mask:
    first = {row["exhibit_id"]: _first_day(row[column]) for row in records(tables["exhibits"])}
    published = lookup(tables, "sources", "source_id", "published_max", statements["source_id"])
    cells = zip(statements["exhibit_id"], published, strict=True)

    def passes(exhibit: Any, day: Any) -> bool:
        begins = None if pd.isna(exhibit) else first.get(exhibit)
        return begins is None or pd.isna(day) or bool(begins <= day)

    return mask((passes(*row) for row in cells), statements)


def _first_day(text: str | None) -> datetime.date | None:
    try:
        return dates.parse(text)[0] if text else None
    except ValueError:
        return None


def exhibit_goes_with_evidence(statements: pd.DataFrame, tables: Tables) -> Mask:
    """A row names an exhibit although its evidence is none_shown."""
    return statements["exhibit_id"].isna() | ~is_word(statements["evidence"], "none_shown")


CONTENT_RULES = [
    Rule(
        "transfer_id",
        single_subject,
        allowed="transfer_id or system_id, not both, not neither",
        fix="keep the one the passage speaks of",
    ),
    Rule(
        "aspect",
        aspect_fits_subject,
        allowed="see subject in rules/aspects.csv",
        fix="choose an aspect of that kind of subject, or name the other subject",
    ),
    Rule(
        "aspect",
        licence_is_of_a_licence,
        allowed="licence_or_technology with transfers of the mode licence_technology",
        fix="name the transfer of the licence or technology, or choose another aspect",
    ),
    Rule(
        "source_id",
        source_was_read,
        allowed="a source whose extent is not not_consulted",
        fix="set the extent to what was read, or delete the statement",
    ),
    Rule(
        "scope",
        one_row_per_scope,
        allowed="each combination once in a document",
        fix="merge the rows, or give them different scopes or events",
    ),
    Rule(
        "explicitness",
        presupposed_without_explicit,
        allowed="presupposed without an explicit row on that aspect and subject",
        fix="delete the presupposed row",
    ),
    Rule(
        "anchor_chars",
        anchor_has_one_length,
        allowed="the length with which the same hash is written elsewhere",
        fix="make the anchor again: python -m scripts.anchor make",
    ),
    Rule(
        "limits",
        limits_where_needed,
        allowed="one of the limits; blank for other rows",
        fix="write total where there is no limiting phrase, or leave it out",
    ),
    Rule(
        "limits",
        only_a_class_is_limited_to_systems,
        allowed="system_limited where the system is a class",
        fix="choose the limit that the words carry",
    ),
    Rule(
        "stance",
        only_a_party_denies,
        allowed="deny for supplier, recipient and carrier; assert, negated for everybody else",
        fix="write assert and negated",
    ),
    Rule(
        "stance",
        negative_of_a_party_is_a_denial,
        allowed="deny, affirmed",
        fix="write deny, and the polarity of what is denied",
    ),
    Rule(
        "polarity",
        denial_is_of_something_affirmed,
        allowed="affirmed with deny",
        fix="check whether polarity is that of what is denied",
        is_warning=True,
    ),
    Rule(
        "exhibit_id",
        exhibit_is_of_the_category,
        allowed="an exhibit of a system of the same category",
        fix="name the exhibit shown, or the system it is of",
    ),
    Rule(
        "exhibit_id",
        exhibit_is_of_a_related_system,
        allowed="an exhibit of that system, of one above or below it, or of its family",
        fix="check whether exhibit and system are right",
        is_warning=True,
    ),
    Rule(
        "exhibit_id",
        exhibit_was_found_by_then,
        allowed="an exhibit found on or before the day of publication",
        fix="name the exhibit shown, or correct the day it was found",
    ),
    Rule(
        "exhibit_id",
        exhibit_was_shown_by_then,
        allowed="an exhibit shown on or before the day of publication",
        fix="check whether the days of exhibit and document are right",
        is_warning=True,
    ),
    Rule(
        "evidence",
        exhibit_goes_with_evidence,
        allowed="evidence other than none_shown with exhibit_id",
        fix="check whether something was shown",
        is_warning=True,
    ),
    Rule(
        "targets_statement_id",
        withdrawal_names_own_statement,
        allowed="another statement of that speaker",
        fix="name the statement withdrawn",
    ),
    Rule(
        "targets_statement_id",
        target_is_withdrawn_denied_or_doubted,
        allowed="a target with withdraw, deny, doubt or a negated assertion; another row than this one",
        fix="leave it out, or correct the stance",
    ),
    Rule(
        "stance",
        refusal_has_no_number,
        allowed="decline without value_modifier",
        fix="code the number in a row of its own",
    ),
]
