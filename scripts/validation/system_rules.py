"""What must hold of systems, their names and exhibits. Each rule has a planted fault in `tests/faults/systems.yaml`."""

import pandas as pd

from scripts.normalise import dates
from scripts.normalise.tables import Tables
from scripts.validation.codes import country_exists, is_written_in, script_exists
from scripts.validation.rules import (
    Mask,
    Rule,
    acyclic,
    cells_passing,
    equal,
    is_word,
    lookup,
    rows_passing,
)
from scripts.validation.source_rules import language_is_registered


def system_has_one_designation(systems: pd.DataFrame, tables: Tables) -> Mask:
    """A system has one designation."""
    names = tables["system_names"]
    counts = names.loc[is_word(names["kind"], "designation"), "system_id"].value_counts().to_dict()
    return systems["system_id"].map(counts).fillna(0).astype(int) == 1


def systems_form_one_tree(systems: pd.DataFrame, tables: Tables) -> Mask:
    """Systems form one tree of arms; means of surveillance stand beside it, for who speaks of arms means none."""
    is_root = is_word(systems["system_id"], "arms", "internal-security")
    return acyclic(systems, "system_id", "parent_system_id") & (systems["parent_system_id"].isna() == is_root)


def class_is_below_classes(systems: pd.DataFrame, tables: Tables) -> Mask:
    """A class is below classes only, and has no country of origin."""
    above = lookup(tables, "systems", "system_id", "kind", systems["parent_system_id"])
    is_class = is_word(systems["kind"], "class")
    return ~is_class | ((above.isna() | is_word(above, "class")) & systems["origin_country"].isna())


def variant_is_below_a_model(systems: pd.DataFrame, tables: Tables) -> Mask:
    """A variant is below a model or variant, and a model below a class. (A blank parent passes: the tree says so.)"""
    above = lookup(tables, "systems", "system_id", "kind", systems["parent_system_id"])
    of_variant = ~is_word(systems["kind"], "variant") | above.isna() | is_word(above, "model", "variant")
    return of_variant & (~is_word(systems["kind"], "model") | above.isna() | is_word(above, "class"))


def category_is_that_of_its_class(systems: pd.DataFrame, tables: Tables) -> Mask:
    """A system has the category of what is above it. (Below a mixed class, any passes.)"""
    above = lookup(tables, "systems", "system_id", "category", systems["parent_system_id"])
    air_defence = is_word(systems["category"], "air_defence") & is_word(above, "missile")
    return above.isna() | is_word(above, "mixed") | equal(above, systems["category"]) | air_defence


def origin_country_exists(systems: pd.DataFrame, tables: Tables) -> Mask:
    """Countries exist. (A blank one passes.)"""
    return cells_passing(systems["origin_country"], country_exists)


def script_is_registered(names: pd.DataFrame, tables: Tables) -> Mask:
    """The script is a registered one. (A blank one passes: required says so.)"""
    return cells_passing(names["script"], script_exists)


def name_is_in_its_script(names: pd.DataFrame, tables: Tables) -> Mask:
    """A name is written in the letters of its script. (A blank cell passes: required says so.)"""
    return rows_passing(
        names,
        lambda row: row["name"] is None or row["script"] is None or is_written_in(row["name"], row["script"]),
    )


def exhibit_dates_are_edtf(exhibits: pd.DataFrame, tables: Tables) -> Mask:
    """An exhibit was found and shown on EDTF days, shown no earlier than found. (Blank passes.)"""

    def test(row: dict[str, str | None]) -> bool:
        found = dates.parse(row["found"]) if row["found"] else (None, None)
        shown = dates.parse(row["shown"]) if row["shown"] else (None, None)
        return not (found[0] and shown[1] and shown[1] < found[0])

    return rows_passing(exhibits, test)


SYSTEM_RULES = [
    Rule(
        "name",
        system_has_one_designation,
        allowed="one name of kind designation",
        fix="mark one of its names as the designation",
    ),
    Rule(
        "parent_system_id",
        systems_form_one_tree,
        allowed="a wider system; none only for the roots, arms and internal-security",
        fix="name the narrowest class that holds it",
    ),
    Rule(
        "kind",
        class_is_below_classes,
        allowed="class below class, origin_country blank",
        fix="move it, or change its kind",
    ),
    Rule(
        "kind",
        variant_is_below_a_model,
        allowed="variant below model or variant, model below class",
        fix="name the model or class above it, or change its kind",
    ),
    Rule(
        "category",
        category_is_that_of_its_class,
        allowed="the category of parent_system_id",
        fix="correct category or parent_system_id",
    ),
    Rule(
        "origin_country",
        origin_country_exists,
        allowed="an ISO 3166-1 alpha-3 code",
        fix="look the code up",
    ),
]
SYSTEM_NAME_RULES = [
    Rule(
        "language",
        language_is_registered,
        allowed="a BCP 47 tag of registered parts: en, fa, zh-Hant, pt-BR",
        fix="look the code up",
    ),
    Rule("script", script_is_registered, allowed="an ISO 15924 code: Latn, Cyrl, Arab", fix="look it up"),
    Rule(
        "name",
        name_is_in_its_script,
        allowed="letters of the script named",
        fix="type the name again, or correct script",
    ),
]
EXHIBIT_RULES = [
    Rule(
        "shown",
        exhibit_dates_are_edtf,
        allowed=dates.ALLOWED,
        fix="correct found or shown",
    ),
]
