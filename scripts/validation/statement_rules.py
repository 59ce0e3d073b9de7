"""What must hold of statements, beyond their schema. Each rule has a planted fault in `tests/faults/statements.yaml`."""

import pandas as pd

from scripts.normalise import dates
from scripts.normalise.tables import (
    bounds_of,
    by_key,
    event_of,
    publication,
    quantity_lookups,
    records,
    said_of,
)
from scripts.validation.row_rules import acyclic, equal, look, rule

OFFICIAL = ["state_position", "official_capacity", "individual_official"]
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
    "pooled",
    "event",
    "limits",
    "targets_statement_id",
]


def statement_rule(field: str, says: str, allowed: str, fix: str):
    return rule("statements", field, says, allowed, fix)


def is_party(frame, tables) -> pd.Series:
    """Whether the speaker is, or speaks for, the supplier or the recipient of the row's transfer."""
    found = pd.Series(False, frame.index)
    for who in ("speaker_id", "speaks_for_id"):
        state = look(tables, "actors", "actor_id", "state", frame[who])
        for side in ("supplier", "recipient"):
            found |= equal(
                state, look(tables, "transfers", "transfer_id", side, frame["transfer_id"])
            ) & frame["authority"].isin(OFFICIAL)
            found |= equal(
                frame[who], look(tables, "transfers", "transfer_id", f"{side}_actor_id", frame["transfer_id"])
            )
    return found


def mask(frame, test) -> pd.Series:
    """Rows for which test(row) raises no ValueError or KeyError."""

    def passes(row):
        try:
            test(row)
        except (ValueError, KeyError):
            return False
        return True

    return pd.Series([passes(row) for row in records(frame)], frame.index, dtype=bool)


# Subject


@statement_rule(
    "transfer_id",
    "a statement has one subject",
    "transfer_id or system_id, not both, not neither",
    "keep the one the passage speaks of",
)
def _(frame, tables):
    return frame["transfer_id"].isna() != frame["system_id"].isna()


@statement_rule(
    "aspect",
    "the aspect fits the subject",
    "see subject in rules/aspects.csv",
    "choose an aspect of that kind of subject, or name the other subject",
)
def _(frame, tables):
    subject = look(tables, "aspects", "aspect", "subject", frame["aspect"])
    return subject.isna() | (subject == "either") | ((subject == "transfer") == frame["transfer_id"].notna())


@statement_rule(
    "aspect",
    "a licence is said of a transfer of licence or technology",
    "licence_or_technology with transfers of the mode licence_technology",
    "name the transfer of the licence or technology, or choose another aspect",
)
def _(frame, tables):
    return (frame["aspect"] != "licence_or_technology") | (
        look(tables, "transfers", "transfer_id", "mode", frame["transfer_id"]) == "licence_technology"
    )


@statement_rule(
    "source_id",
    "statements come from a text that was read",
    "a source whose extent is not not_consulted",
    "set the extent to what was read, or delete the statement",
)
def _(frame, tables):
    return (look(tables, "sources", "source_id", "extent", frame["source_id"]) != "not_consulted").fillna(
        True
    )


@statement_rule(
    "scope",
    "one row per speaker, stance, aspect, subject and scope",
    "each combination once in a document",
    "merge the rows, or tell their scopes or events apart",
)
def _(frame, tables):
    return ~frame.duplicated(SCOPE_KEY, keep="first")


@statement_rule(
    "explicitness",
    "a presupposed row stands only where the speaker has no explicit one",
    "presupposed without an explicit row on that aspect and subject",
    "delete the presupposed row",
)
def _(frame, tables):
    key = ["source_id", "speaker_id", "aspect", "transfer_id", "system_id"]
    keys = (
        frame[key].astype(object).where(frame[key].notna(), None).apply(tuple, axis=1)
        if len(frame)
        else pd.Series([], dtype=object)
    )
    return (frame["explicitness"] != "presupposed") | ~keys.isin(
        set(keys[frame["explicitness"] == "explicit"])
    )


# Stance


@statement_rule(
    "limits",
    "limits stand with a denial, a party's assertion and every negated assertion, and nowhere else",
    "one of the limits; blank for other rows",
    "write total where there is no limiting phrase, or leave it out",
)
def _(frame, tables):
    needs = (frame["stance"] == "deny") | (
        (frame["stance"] == "assert") & (is_party(frame, tables) | (frame["polarity"] == "negated"))
    )
    return frame["limits"].notna() == needs


@statement_rule(
    "limits",
    "only a class or a bundle is limited to some of its systems",
    "system_limited where the system is a class",
    "choose the limit that the words carry",
)
def _(frame, tables):
    system = look(tables, "transfers", "transfer_id", "system_id", frame["transfer_id"]).fillna(
        frame["system_id"]
    )
    kind = look(tables, "systems", "system_id", "kind", system)
    return (frame["limits"] != "system_limited").fillna(True) | (kind == "class")


@statement_rule(
    "stance",
    "only a party denies",
    "deny for supplier, recipient and carrier; assert, negated for everybody else",
    "write assert and negated",
)
def _(frame, tables):
    carrier = look(tables, "actors", "actor_id", "kind", frame["speaker_id"]) == "company"
    return (
        (frame["stance"] != "deny")
        | frame["transfer_id"].isna()
        | is_party(frame, tables)
        | carrier.fillna(False)
    )


@statement_rule(
    "stance",
    "a party's negative about what was or is, is a denial",
    "deny, affirmed",
    "write deny, and the polarity of what is denied",
)
def _(frame, tables):
    return ~((frame["stance"] == "assert") & (frame["polarity"] == "negated") & is_party(frame, tables))


@statement_rule(
    "targets_statement_id",
    "a withdrawal names one statement of the same speaker and carries no number",
    "a statement of that speaker",
    "name the statement withdrawn",
)
def _(frame, tables):
    own = equal(
        look(tables, "statements", "statement_id", "speaker_id", frame["targets_statement_id"]),
        frame["speaker_id"],
    )
    return (frame["stance"] != "withdraw") | (own & frame["value_modifier"].isna())


@statement_rule(
    "stance",
    "a refusal to comment carries no number",
    "decline without value_modifier",
    "code the number in a row of its own",
)
def _(frame, tables):
    return (frame["stance"] != "decline") | frame["value_modifier"].isna()


# Who speaks


@statement_rule(
    "anonymity",
    "who is named is not an anonymous group, and the reverse",
    "named or unnamed_spokesperson with a named actor, anonymous with an anonymous group",
    "name another speaker, or change the anonymity",
)
def _(frame, tables):
    group = look(tables, "actors", "actor_id", "kind", frame["speaker_id"]) == "anonymous_group"
    return group.fillna(False).astype(bool) == frame["anonymity"].isin(
        ["anonymous_described", "anonymous_undescribed"]
    )


@statement_rule(
    "authority",
    "an unnamed official is an individual official",
    "individual_official, former_official or none with an anonymous speaker",
    "write individual_official",
)
def _(frame, tables):
    anonymous = frame["anonymity"].isin(["anonymous_described", "anonymous_undescribed"])
    return ~(anonymous & frame["authority"].isin(["state_position", "official_capacity"]))


@statement_rule(
    "speaks_for_id",
    "who states a position states somebody's",
    "speaks_for_id with state_position and official_capacity",
    "name the state or body spoken for",
)
def _(frame, tables):
    return ~frame["authority"].isin(["state_position", "official_capacity"]) | frame["speaks_for_id"].notna()


@statement_rule(
    "attribution",
    "in its own voice speaks the outlet, or its undisclosed source with the chain incomplete",
    "the publisher with the chain complete, or an undescribed source with chain_complete false",
    "name the publisher or its undisclosed source as speaker, or change the attribution",
)
def _(frame, tables):
    outlet = equal(
        look(tables, "sources", "source_id", "publisher_id", frame["source_id"]), frame["speaker_id"]
    )
    undisclosed = (frame["anonymity"] == "anonymous_undescribed") & ~frame["chain_complete"].fillna(False)
    return (frame["attribution"] != "own_voice") | outlet | undisclosed


@statement_rule(
    "speaker_id",
    "a described anonymous group speaks in one original report only",
    "one original document for each anonymous group",
    "make an actor named after this report",
)
def _(frame, tables):
    copy_of = look(tables, "sources", "source_id", "copy_of_source_id", frame["source_id"])
    report = frame["original_source_id"].fillna(copy_of).fillna(frame["source_id"])
    first = dict(zip(frame["speaker_id"][::-1], report[::-1]))
    return (frame["anonymity"] != "anonymous_described") | (report == frame["speaker_id"].map(first))


@statement_rule(
    "coded_from",
    "an original is not retold",
    "original without via_id and relays_statement_id",
    "write quote_in_relay or paraphrase_in_relay, or leave the two out",
)
def _(frame, tables):
    return (frame["coded_from"] != "original") | (
        frame["via_id"].isna() & frame["relays_statement_id"].isna()
    )


@statement_rule(
    "via_id", "the outlet retold is another one", "an actor other than the publisher", "leave it out"
)
def _(frame, tables):
    return ~equal(look(tables, "sources", "source_id", "publisher_id", frame["source_id"]), frame["via_id"])


@statement_rule(
    "original_source_id", "the document retold is another one", "a source other than this one", "leave it out"
)
def _(frame, tables):
    return ~equal(frame["source_id"], frame["original_source_id"])


@statement_rule(
    "relays_statement_id",
    "relays form no circle",
    "a statement that does not retell this one",
    "point from the retelling to what it retells",
)
def _(frame, tables):
    return acyclic(frame, "statement_id", "relays_statement_id")


@statement_rule(
    "relays_statement_id",
    "a relay has the stance and polarity of what it retells",
    "a statement with the same two; the aspect may have been bent in the retelling",
    "name the statement that is retold, or leave it out",
)
def _(frame, tables):
    same = [
        equal(look(tables, "statements", "statement_id", name, frame["relays_statement_id"]), frame[name])
        for name in ("stance", "polarity")
    ]
    return frame["relays_statement_id"].isna() | (same[0] & same[1])


@statement_rule(
    "rests_on_statement_id",
    "what rests on what forms no circle",
    "a statement that does not rest on this one",
    "name the statement that came first",
)
def _(frame, tables):
    return acyclic(frame, "statement_id", "rests_on_statement_id")


@statement_rule(
    "rests_on_certainty",
    "a row rests on one thing, and says how certainly",
    "one of rests_on_statement_id and rests_on_actor_id with rests_on_certainty, or none of the three",
    "fill in what is missing",
)
def _(frame, tables):
    on = frame["rests_on_statement_id"].notna().astype(int) + frame["rests_on_actor_id"].notna().astype(int)
    return (on <= 1) & ((on == 1) == frame["rests_on_certainty"].notna())


# How much


@statement_rule(
    "value_modifier",
    "a figure is written whole",
    "value_text, value_language, value_modifier, pooled, and unit unless qualitative; or none of them",
    "fill in what is missing",
)
def _(frame, tables):
    has = frame["value_modifier"].notna()
    whole = pd.Series(True, frame.index)
    for name in ("value_text", "value_language", "pooled"):
        whole &= frame[name].notna() == has
    unit = (frame["unit"].notna() == has) | (frame["value_modifier"] == "qualitative").fillna(False)
    return whole & unit & (has | (frame["value"].isna() & frame["value2"].isna()))


@statement_rule(
    "value",
    "the numbers fit the modifier",
    "as many numbers as operands in rules/quantities.csv, above zero, value not above value2",
    "mend value, value2 or value_modifier",
)
def _(frame, tables):
    lookups = quantity_lookups(tables)
    return mask(frame, lambda row: bounds_of({**row, "unit": row["unit"] or "item"}, *lookups))


@statement_rule(
    "value",
    "counts are whole",
    "a whole number with a unit that counts",
    "write a whole number, or the unit of a measure",
)
def _(frame, tables):
    counts = look(tables, "units", "unit", "is_count", frame["unit"]).fillna(False)
    whole = [
        (frame[name].isna() | (frame[name] == frame[name].round())).fillna(True)
        for name in ("value", "value2")
    ]
    return ~counts | (whole[0] & whole[1])


@statement_rule("polarity", "none and zero are negated", "negated with the modifier none", "write negated")
def _(frame, tables):
    return (frame["value_modifier"] != "none").fillna(True) | (frame["polarity"] == "negated")


@statement_rule(
    "scope",
    "a number has a scope, a specification has none",
    "a scope with value_modifier, blank for specifications",
    "say what the number covers, or leave it out",
)
def _(frame, tables):
    specification = look(tables, "aspects", "aspect", "is_specification", frame["aspect"]).fillna(False)
    return frame["scope"].notna() == (frame["value_modifier"].notna() & ~specification)


@statement_rule(
    "unit",
    "a rate has a unit of a rate, and nothing else has",
    "scope rate with a unit per time, or neither",
    "choose the unit or the scope that fits",
)
def _(frame, tables):
    rate = look(tables, "units", "unit", "is_rate", frame["unit"]).fillna(False)
    return frame["unit"].isna() | (rate == (frame["scope"] == "rate").fillna(False))


@statement_rule(
    "basis",
    "a specification has a basis, and nothing else has",
    "basis with the aspects that are specifications",
    "fill it in (not_stated where the document does not say), or leave it out",
)
def _(frame, tables):
    return frame["basis"].notna() == look(
        tables, "aspects", "aspect", "is_specification", frame["aspect"]
    ).fillna(False)


# When


@statement_rule(
    "said_stated",
    "the utterance is dated as its basis says",
    "said_stated or said_rule (both where the rule needs a month or year) with stated, neither otherwise; "
    + dates.ALLOWED,
    "mend the three cells",
)
def _(frame, tables):
    sources, rules = by_key(tables["sources"], "source_id"), by_key(tables["dates"], "date_rule")

    def test(row):
        given = _given(row["said_stated"], row["said_rule"], rules)
        if given != (row["said_basis"] == "stated"):
            raise ValueError("basis")
        if published := publication(row, sources):
            dates.parse(said_of(row, published, rules))

    return mask(frame, test)


@statement_rule(
    "event_stated",
    "the event is dated by EDTF or a rule",
    "event_stated or event_rule, both where the rule needs a month or year; " + dates.ALLOWED,
    "mend the two cells",
)
def _(frame, tables):
    sources, rules = by_key(tables["sources"], "source_id"), by_key(tables["dates"], "date_rule")

    def test(row):
        _given(row["event_stated"], row["event_rule"], rules)
        published = publication(row, sources)
        if published and row["said"]:
            event_of(row, row["said"], published, rules)

    return mask(frame, test)


def _given(stated: str | None, name: str | None, rules: dict) -> bool:
    """Whether a date is given, by text or by rule; ValueError where the two do not go together."""
    needs = name in rules and rules[name]["reference"] == "stated"
    if name is not None and needs != (stated is not None):
        raise ValueError("a rule for a month or year needs one, another needs none")
    return stated is not None or name is not None


@statement_rule(
    "said",
    "nothing is said after it is published",
    "said_min on or before published_max",
    "mend the date of the utterance or of the document",
)
def _(frame, tables):
    published = look(tables, "sources", "source_id", "published_max", frame["source_id"])
    return (frame["said_min"] <= published).fillna(True)
