"""What must hold of actors, beyond their schema. Each rule has a planted fault in `tests/faults/actors.yaml`."""

import pandas as pd

from scripts.normalise.tables import Tables
from scripts.validation.codes import country_exists, folded, latinised, mixes_scripts
from scripts.validation.rules import Mask, Rule, acyclic, cells_passing, equal, is_true, is_word, lookup


def state_exists(actors: pd.DataFrame, tables: Tables) -> Mask:
    """States exist. (A blank state passes.)"""
    return cells_passing(actors["state"], country_exists)


def controlled_actor_names_its_state(actors: pd.DataFrame, tables: Tables) -> Mask:
    """An actor controlled by a state names it, and a state has a code."""
    needs = is_true(actors["state_controlled"]) | is_word(actors["kind"], "state")
    return ~needs | actors["state"].notna()


def persons_are_not_controlled(actors: pd.DataFrame, tables: Tables) -> Mask:
    """Organisations are controlled by a state; persons, groups and joint bodies are not."""
    return ~is_true(actors["state_controlled"]) | is_word(
        actors["kind"], "state", "body", "company", "medium"
    )


def parents_form_no_circle(actors: pd.DataFrame, tables: Tables) -> Mask:
    """The organisations an actor is part of form no circle."""
    return acyclic(actors, "actor_id", "parent_actor_id")


def joint_body_has_members(actors: pd.DataFrame, tables: Tables) -> Mask:
    """A joint body has two members or more; nobody else has members."""
    counts = tables["actor_members"]["actor_id"].value_counts().to_dict()
    n_members = actors["actor_id"].map(counts).fillna(0).astype(int)
    return (n_members >= 2).where(is_word(actors["kind"], "joint_body"), n_members == 0).astype(bool)


def one_state_one_actor(actors: pd.DataFrame, tables: Tables) -> Mask:
    """Each state is one actor."""
    states = is_word(actors["kind"], "state") & actors["state"].notna()
    return ~states | ~actors[["kind", "state"]].duplicated()


def name_is_distinct(actors: pd.DataFrame, tables: Tables) -> Mask:
    """No two actors have names that differ by case, spaces or punctuation only. (A blank name passes.)"""
    return actors["name"].isna() | ~actors["name"].map(folded, na_action="ignore").duplicated()


def person_has_one_spelling(actors: pd.DataFrame, tables: Tables) -> Mask:
    """Two persons whose names differ only by how they are put into Latin letters are probably one. (A blank passes.)"""
    persons = is_word(actors["kind"], "person") & actors["name"].notna()
    return ~persons | ~actors["name"].where(persons).map(latinised, na_action="ignore").duplicated()


def name_is_in_one_script_a_word(actors: pd.DataFrame, tables: Tables) -> Mask:
    """No word of a name mixes letters of two scripts that look alike. (A blank name passes.)"""
    return cells_passing(actors["name"], lambda name: not mixes_scripts(name))


def parent_is_an_organisation(actors: pd.DataFrame, tables: Tables) -> Mask:
    """An actor is part of an organisation or state. (A blank or unknown one passes.)"""
    kind = lookup(tables, "actors", "actor_id", "kind", actors["parent_actor_id"])
    return ~is_word(kind, "person", "anonymous_group", "joint_body")


def state_is_that_of_the_organisation(actors: pd.DataFrame, tables: Tables) -> Mask:
    """An actor in an organisation belongs to its state. (Where one of the two has no state, everything passes.)"""
    above = lookup(tables, "actors", "actor_id", "state", actors["parent_actor_id"])
    return actors["state"].isna() | above.isna() | equal(actors["state"], above)


def states_are_marked_alike(actors: pd.DataFrame, tables: Tables) -> Mask:
    """A state marked as controlled where most states are not, or the reverse, is probably a mistake."""
    states = is_word(actors["kind"], "state")
    controlled = is_true(actors["state_controlled"])
    most = controlled[states].mean() > 0.5 if states.any() else False
    return ~states | (controlled == most)


def member_is_another_actor(members: pd.DataFrame, tables: Tables) -> Mask:
    """A joint body is made of other actors, none of them a joint body."""
    kind = lookup(tables, "actors", "actor_id", "kind", members["member_actor_id"])
    return ~equal(members["actor_id"], members["member_actor_id"]) & ~is_word(kind, "joint_body")


ACTOR_RULES = [
    Rule(
        "state",
        state_exists,
        allowed="an ISO 3166-1 alpha-3 code",
        fix="look the code up; leave it out for international bodies",
    ),
    Rule(
        "state_controlled", controlled_actor_names_its_state, allowed="state filled in", fix="fill in state"
    ),
    Rule(
        "state_controlled",
        persons_are_not_controlled,
        allowed="true for states, bodies, companies and media only",
        fix="write false; authority in a statement says how far a person binds a state",
    ),
    Rule(
        "parent_actor_id",
        parents_form_no_circle,
        allowed="an actor above this one",
        fix="name the larger organisation",
    ),
    Rule(
        "parent_actor_id",
        parent_is_an_organisation,
        allowed="a state, body, company or medium",
        fix="name the organisation, or leave it out",
    ),
    Rule(
        "kind",
        joint_body_has_members,
        allowed="kind joint_body with members, or another kind without",
        fix="list the signatories under members, or change the kind",
    ),
    Rule(
        "state",
        state_is_that_of_the_organisation,
        allowed="the state of parent_actor_id",
        fix="correct state or parent_actor_id",
    ),
    Rule(
        "state_controlled",
        states_are_marked_alike,
        allowed="the same for every actor of the kind state",
        fix="check which of the two is meant for states",
        is_warning=True,
    ),
    Rule("state", one_state_one_actor, allowed="each state once", fix="use the actor that exists already"),
    Rule("name", name_is_distinct, allowed="names that differ", fix="use the actor that exists already"),
    Rule(
        "name",
        person_has_one_spelling,
        allowed="persons whose names differ by more than y for i and doubled letters",
        fix="if they are one person, use the actor that exists already and retire the other ID",
        is_warning=True,
    ),
    Rule(
        "name",
        name_is_in_one_script_a_word,
        allowed="words of letters of one script",
        fix="type the name again",
    ),
]
ACTOR_MEMBER_RULES = [
    Rule(
        "member_actor_id",
        member_is_another_actor,
        allowed="an actor that is no joint body",
        fix="name the signatory",
    ),
]
