"""Who speaks, in whose name, retold by whom. Each rule has a planted fault in `tests/faults/statements.yaml`."""

import pandas as pd

from scripts.normalise.tables import Tables
from scripts.validation.rules import (
    Mask,
    Rule,
    above,
    acyclic,
    equal,
    is_true,
    is_word,
    lookup,
    mask,
    not_after_or_blank,
)

BINDING = ("state_position", "official_capacity")
ANONYMOUS = ("anonymous_described", "anonymous_undescribed")


def anonymous_is_a_group(statements: pd.DataFrame, tables: Tables) -> Mask:
    """A named speaker is no anonymous group, and an unnamed one is. (An unknown speaker passes: its key says so.)"""
    kind = lookup(tables, "actors", "actor_id", "kind", statements["speaker_id"])
    is_group = is_word(kind, "anonymous_group")
    return kind.isna() | (is_group == is_word(statements["anonymity"], *ANONYMOUS))


def unnamed_official_binds_nobody(statements: pd.DataFrame, tables: Tables) -> Mask:
    """An unnamed official is an individual official."""
    return ~(is_word(statements["anonymity"], *ANONYMOUS) & is_word(statements["authority"], *BINDING))


def position_is_of_somebody(statements: pd.DataFrame, tables: Tables) -> Mask:
    """A statement made in office names the state or body for which it speaks."""
    return ~is_word(statements["authority"], *BINDING) | statements["speaks_for_id"].notna()


def authority_fits_the_kind_of_speaker(statements: pd.DataFrame, tables: Tables) -> Mask:
    """Outlets, companies and anonymous groups state no position; a state or body is no individual official."""
    kind = lookup(tables, "actors", "actor_id", "kind", statements["speaker_id"])
    position = is_word(kind, "medium", "company", "anonymous_group") & is_word(
        statements["authority"], *BINDING
    )
    individual = is_word(kind, "state", "joint_body", "medium", "company") & is_word(
        statements["authority"], "individual_official", "former_official"
    )
    return ~position & ~individual


def person_with_office_has_a_role(statements: pd.DataFrame, tables: Tables) -> Mask:
    """A person who speaks in office has a role, or an organisation of which the person is part."""
    kind = lookup(tables, "actors", "actor_id", "kind", statements["speaker_id"])
    parent = lookup(tables, "actors", "actor_id", "parent_actor_id", statements["speaker_id"])
    in_office = is_word(kind, "person") & is_word(statements["authority"], *BINDING)
    return ~in_office | statements["speaker_role"].notna() | parent.notna()


def nobody_speaks_for_a_person(statements: pd.DataFrame, tables: Tables) -> Mask:
    """A speaker speaks for a state, body, company, medium or joint body. (Blank passes.)"""
    kind = lookup(tables, "actors", "actor_id", "kind", statements["speaks_for_id"])
    return ~is_word(kind, "anonymous_group", "person")


def speaker_is_of_the_state_spoken_for(statements: pd.DataFrame, tables: Tables) -> Mask:
    """Nobody speaks for a state other than their own. (Of a speaker or body without a state, everything passes.)"""
    own = lookup(tables, "actors", "actor_id", "state", statements["speaker_id"])
    state = lookup(tables, "actors", "actor_id", "state", statements["speaks_for_id"])
    return own.isna() | state.isna() | equal(own, state)


def former_office_binds_nobody(statements: pd.DataFrame, tables: Tables) -> Mask:
    """A former office-holder does not speak in office. (A blank role passes.)"""
    former = statements["speaker_role"].str.contains(r"^(?:former|ex)\b", case=False)
    return ~(is_true(former) & is_word(statements["authority"], *BINDING))


def undescribed_source_leaves_the_chain_incomplete(statements: pd.DataFrame, tables: Tables) -> Mask:
    """A chain that ends at an undescribed source is incomplete."""
    undescribed = is_word(statements["anonymity"], "anonymous_undescribed")
    return ~(undescribed & is_true(statements["chain_complete"]))


def own_voice_is_the_outlet(statements: pd.DataFrame, tables: Tables) -> Mask:
    """The speaker in own_voice is the outlet, or its undisclosed source with the chain incomplete."""
    publisher = lookup(tables, "sources", "source_id", "publisher_id", statements["source_id"])
    undescribed = is_word(statements["anonymity"], "anonymous_undescribed")
    undisclosed = undescribed & ~is_true(statements["chain_complete"])
    own = is_word(statements["attribution"], "own_voice")
    return ~own | equal(publisher, statements["speaker_id"]) | undisclosed


def anonymous_group_speaks_in_one_report(statements: pd.DataFrame, tables: Tables) -> Mask:
    """A described anonymous group speaks in one original report only."""
    copied = lookup(tables, "sources", "source_id", "copy_of_source_id", statements["source_id"])
    report = statements["original_source_id"].fillna(copied).fillna(statements["source_id"])
    pairs = list(zip(statements["speaker_id"], report, strict=True))
    first: dict[object, object] = {}
    for speaker, original in pairs:
        if not pd.isna(speaker):
            first.setdefault(speaker, original)
    described = is_word(statements["anonymity"], "anonymous_described")
    return ~described | mask((pd.isna(s) or first[s] == original for s, original in pairs), statements)


def original_is_not_retold(statements: pd.DataFrame, tables: Tables) -> Mask:
    """An original is not retold."""
    blank = statements["via_id"].isna() & statements["relays_statement_id"].isna()
    return ~is_word(statements["coded_from"], "original") | blank


def outlet_retold_is_another(statements: pd.DataFrame, tables: Tables) -> Mask:
    """The outlet retold is another one. (Blank passes.)"""
    publisher = lookup(tables, "sources", "source_id", "publisher_id", statements["source_id"])
    return ~equal(publisher, statements["via_id"])


def outlet_retold_publishes(statements: pd.DataFrame, tables: Tables) -> Mask:
    """The outlet retold is no anonymous group. (Blank passes.)"""
    kind = lookup(tables, "actors", "actor_id", "kind", statements["via_id"])
    return ~is_word(kind, "anonymous_group")


def document_retold_is_another(statements: pd.DataFrame, tables: Tables) -> Mask:
    """The document retold is another one. (Blank passes.)"""
    return ~equal(statements["source_id"], statements["original_source_id"])


def document_retold_is_not_later(statements: pd.DataFrame, tables: Tables) -> Mask:
    """The document retold is not published after the one that retells it. (A blank or open day passes.)"""
    original = lookup(tables, "sources", "source_id", "published_min", statements["original_source_id"])
    own = lookup(tables, "sources", "source_id", "published_max", statements["source_id"])
    return not_after_or_blank(original, own)


def relays_form_no_circle(statements: pd.DataFrame, tables: Tables) -> Mask:
    """Relays form no circle."""
    return acyclic(statements, "statement_id", "relays_statement_id")


def relay_keeps_stance_and_polarity(statements: pd.DataFrame, tables: Tables) -> Mask:
    """A relay has the stance and polarity of what it retells. (A relay of an unknown row passes: its key says so.)"""
    relayed = statements["relays_statement_id"]
    same = mask((True for _ in statements.index), statements)
    for name in ("stance", "polarity"):
        there = lookup(tables, "statements", "statement_id", name, relayed)
        same &= there.isna() | equal(there, statements[name])
    return relayed.isna() | same


def relay_is_not_earlier_than_what_it_retells(statements: pd.DataFrame, tables: Tables) -> Mask:
    """A relay is published before what it retells: the pointer is probably reversed. (A blank or open day passes.)"""
    source = lookup(tables, "statements", "statement_id", "source_id", statements["relays_statement_id"])
    original = lookup(tables, "sources", "source_id", "published_min", source)
    own = lookup(tables, "sources", "source_id", "published_max", statements["source_id"])
    return not_after_or_blank(original, own)


def relay_is_not_earlier_than_the_words(statements: pd.DataFrame, tables: Tables) -> Mask:
    """A relay is not published before the words that it retells were said. (A blank or open day passes.)"""
    said = lookup(tables, "statements", "statement_id", "said_min", statements["relays_statement_id"])
    return not_after_or_blank(
        said, lookup(tables, "sources", "source_id", "published_max", statements["source_id"])
    )


def relay_changes_the_speaker(statements: pd.DataFrame, tables: Tables) -> Mask:
    """A relay with another speaker probably points to the wrong row. (Blank, or two unnamed ones, passes.)"""
    relayed = statements["relays_statement_id"]
    speaker = lookup(tables, "statements", "statement_id", "speaker_id", relayed)
    anonymity = lookup(tables, "statements", "statement_id", "anonymity", relayed)
    one_named = is_word(statements["anonymity"], "named") | is_word(anonymity, "named")
    return speaker.isna() | equal(speaker, statements["speaker_id"]) | ~one_named


def relay_is_of_another_document(statements: pd.DataFrame, tables: Tables) -> Mask:
    """A relay of a row of its own document is probably a mistake. (A blank one passes.)"""
    source = lookup(tables, "statements", "statement_id", "source_id", statements["relays_statement_id"])
    return ~equal(source, statements["source_id"])


def relay_keeps_the_subject(statements: pd.DataFrame, tables: Tables) -> Mask:
    """A relay on another transfer probably points to the wrong row. (A blank one passes.)"""
    relayed = statements["relays_statement_id"]
    transfer = lookup(tables, "statements", "statement_id", "transfer_id", relayed)
    return transfer.isna() | statements["transfer_id"].isna() | equal(transfer, statements["transfer_id"])


def outlet_retold_published_what_is_retold(statements: pd.DataFrame, tables: Tables) -> Mask:
    """The outlet retold did not publish the document retold: a step is probably missing. (Blank passes.)"""
    publisher = lookup(tables, "sources", "source_id", "publisher_id", statements["original_source_id"])
    return publisher.isna() | statements["via_id"].isna() | equal(publisher, statements["via_id"])


def document_retold_is_by_another_publisher(statements: pd.DataFrame, tables: Tables) -> Mask:
    """A document retold by its own publisher is probably the same report. (Blank passes.)"""
    own = lookup(tables, "sources", "source_id", "publisher_id", statements["source_id"])
    original = lookup(tables, "sources", "source_id", "publisher_id", statements["original_source_id"])
    return ~equal(own, original)


def what_rests_on_what_forms_no_circle(statements: pd.DataFrame, tables: Tables) -> Mask:
    """Statements that rest on one another form no circle."""
    return acyclic(statements, "statement_id", "rests_on_statement_id")


def rests_on_one_thing(statements: pd.DataFrame, tables: Tables) -> Mask:
    """A row rests on one statement or actor, and says how certainly."""
    on_statement = statements["rests_on_statement_id"].notna()
    on_actor = statements["rests_on_actor_id"].notna()
    return ~(on_statement & on_actor) & (
        (on_statement | on_actor) == statements["rests_on_certainty"].notna()
    )


def rests_on_something_earlier(statements: pd.DataFrame, tables: Tables) -> Mask:
    """A row rests on nothing that was said later. (A blank or open day passes.)"""
    said = lookup(tables, "statements", "statement_id", "said_min", statements["rests_on_statement_id"])
    published = lookup(tables, "sources", "source_id", "published_max", statements["source_id"])
    return ~above(said, published)


SPEAKER_RULES = [
    Rule(
        "anonymity",
        anonymous_is_a_group,
        allowed="named or unnamed_spokesperson with a named actor, anonymous with an anonymous group",
        fix="name another speaker, or change the anonymity",
    ),
    Rule(
        "authority",
        unnamed_official_binds_nobody,
        allowed="individual_official, former_official or none with an anonymous speaker",
        fix="write individual_official",
    ),
    Rule(
        "speaks_for_id",
        position_is_of_somebody,
        allowed="speaks_for_id with state_position and official_capacity",
        fix="name the state or body spoken for",
    ),
    Rule(
        "speaks_for_id",
        nobody_speaks_for_a_person,
        allowed="a state, body, company, medium or joint body",
        fix="name the state or organisation",
    ),
    Rule(
        "authority",
        authority_fits_the_kind_of_speaker,
        allowed="none for outlets and companies; state_position, official_capacity or none for states and bodies",
        fix="correct the authority, or name another speaker",
    ),
    Rule(
        "speaks_for_id",
        speaker_is_of_the_state_spoken_for,
        allowed="a state or body of the speaker's own state, or one without a state",
        fix="correct speaker_id or speaks_for_id",
    ),
    Rule(
        "authority",
        former_office_binds_nobody,
        allowed="former_official with a role that begins with former or ex",
        fix="write former_official",
    ),
    Rule(
        "chain_complete",
        undescribed_source_leaves_the_chain_incomplete,
        allowed="false with an undescribed source",
        fix="write false",
    ),
    Rule(
        "speaker_role",
        person_with_office_has_a_role,
        allowed="speaker_role, or an actor with parent_actor_id",
        fix="write the role that the document gives",
    ),
    Rule(
        "attribution",
        own_voice_is_the_outlet,
        allowed="the publisher with the chain complete, or an undescribed source with chain_complete false",
        fix="name the publisher or its undisclosed source as speaker, or change the attribution",
    ),
    Rule(
        "speaker_id",
        anonymous_group_speaks_in_one_report,
        allowed="one original document for each anonymous group",
        fix="make an actor named after this report",
    ),
    Rule(
        "coded_from",
        original_is_not_retold,
        allowed="original without via_id and relays_statement_id",
        fix="write quote_in_relay or paraphrase_in_relay, or leave the two out",
    ),
    Rule("via_id", outlet_retold_is_another, allowed="an actor other than the publisher", fix="leave it out"),
    Rule(
        "via_id",
        outlet_retold_publishes,
        allowed="an outlet, body, state, company or person",
        fix="name the outlet that is retold",
    ),
    Rule(
        "original_source_id",
        document_retold_is_another,
        allowed="a source other than this one",
        fix="leave it out",
    ),
    Rule(
        "original_source_id",
        document_retold_is_not_later,
        allowed="a document published no later than this one",
        fix="name the document retold, or correct its day",
    ),
    Rule(
        "relays_statement_id",
        relays_form_no_circle,
        allowed="a statement that does not retell this one",
        fix="point from the retelling to what it retells",
    ),
    Rule(
        "relays_statement_id",
        relay_keeps_stance_and_polarity,
        allowed="a statement with the same two; the aspect may have been bent in the retelling",
        fix="name the statement that is retold, or leave it out",
    ),
    Rule(
        "relays_statement_id",
        relay_is_not_earlier_than_what_it_retells,
        allowed="a statement in a document published no later than this one",
        fix="check whether the pointer leads from the retelling to what it retells",
        is_warning=True,
    ),
    Rule(
        "relays_statement_id",
        relay_is_not_earlier_than_the_words,
        allowed="a statement said no later than this document was published",
        fix="name the statement that is retold, or correct the day on which it was said",
    ),
    Rule(
        "rests_on_statement_id",
        what_rests_on_what_forms_no_circle,
        allowed="a statement that does not rest on this one",
        fix="name the statement that came first",
    ),
    Rule(
        "rests_on_certainty",
        rests_on_one_thing,
        allowed="one of rests_on_statement_id and rests_on_actor_id with rests_on_certainty, or none of the three",
        fix="fill in what is missing",
    ),
    Rule(
        "rests_on_statement_id",
        rests_on_something_earlier,
        allowed="a statement made no later than this document was published",
        fix="name the statement that came first",
    ),
    Rule(
        "relays_statement_id",
        relay_is_of_another_document,
        allowed="a statement of another document",
        fix="name the statement of the document retold, or leave it out",
        is_warning=True,
    ),
    Rule(
        "relays_statement_id",
        relay_keeps_the_subject,
        allowed="a statement on the same transfer",
        fix="check whether the row beside it is meant",
        is_warning=True,
    ),
    Rule(
        "via_id",
        outlet_retold_published_what_is_retold,
        allowed="the publisher of original_source_id",
        fix="check whether the document is the one that via_id published",
        is_warning=True,
    ),
    Rule(
        "original_source_id",
        document_retold_is_by_another_publisher,
        allowed="a document of another publisher",
        fix="check whether the two are one report",
        is_warning=True,
    ),
    Rule(
        "relays_statement_id",
        relay_changes_the_speaker,
        allowed="a statement of the same speaker, where one of the two is named",
        fix="check whether the row beside it is meant",
        is_warning=True,
    ),
]
