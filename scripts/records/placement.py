"""Whether records are in the file where a reader looks for them: sources by year, actors by kind."""

import re
from pathlib import PurePosixPath

from scripts.records.reader import Inputs
from scripts.validation.issues import Issue

YEAR = re.compile(r"-([0-9]{4})(?:-|$)")
FILES_OF_KINDS = {
    "states": {"state"},
    "anonymous": {"anonymous_group"},
    "persons": {"person"},
    "media": {"medium"},
    "companies": {"company"},
    "joint_bodies": {"joint_body"},
    "government_bodies": {"body"},
    "international_bodies": {"body"},
    "research_bodies": {"body"},
}


def misplaced(inputs: Inputs) -> list[Issue]:
    """Records that are in another file than their content says."""
    return [*_sources_by_year(inputs), *_actors_by_kind(inputs)]


def _sources_by_year(inputs: Inputs) -> list[Issue]:
    issues = []
    for row, place in zip(inputs.rows["sources"], inputs.places["sources"], strict=True):
        folder = PurePosixPath(place.file).parent.name
        years = YEAR.findall(row["source_id"]) or [(row["published"] or "")[:4]]
        if folder not in years:
            allowed = f"records/sources/{years[0]}/"
            rule, fix = "a source is in the folder of its year", "move the file"
            issues.append(Issue(place.file, None, "file", rule, f"records/sources/{folder}/", allowed, fix))
    return issues


def _actors_by_kind(inputs: Inputs) -> list[Issue]:
    issues = []
    for row, place in zip(inputs.rows["actors"], inputs.places["actors"], strict=True):
        kinds = FILES_OF_KINDS.get(PurePosixPath(place.file).stem)
        if kinds is not None and row["kind"] is not None and row["kind"] not in kinds:
            homes = [name for name, those in FILES_OF_KINDS.items() if row["kind"] in those]
            allowed = ", ".join(f"{name}.yaml" for name in homes) or ", ".join(sorted(kinds))
            rule, fix = "an actor is in the file of its kind", "move the entry, or correct its kind"
            issues.append(Issue(place.file, place.line_of("kind"), "kind", rule, row["kind"], allowed, fix))
    return issues
