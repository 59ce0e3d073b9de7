"""Every row rule has a planted fault, and the build refuses it: by that rule, in that file, on that line."""

from pathlib import Path

import pytest

from scripts.build import gather, prepare
from scripts.records.strict_yaml import emit, parse
from scripts.validation import (
    row_rules,  # noqa: F401 (statement_rules registers its rules)
    statement_rules,  # noqa: F401 (statement_rules registers its rules)
)
from scripts.validation.issues import Refused

SEED = "records/sources/2022/defense-post-2022-11-02-missile-delivery.yaml"
FAULTS = [
    fault
    for path in sorted((Path(__file__).parent / "faults").glob("*.yaml"))
    for fault in parse(path.read_text(encoding="utf-8"))
]


def plant(fault: dict, root: Path):
    """Spoils the project as the fault says."""
    for other, record in fault.get("also", {}).items():
        (root / other).write_text(emit(record), encoding="utf-8")
    path = root / fault.get("file", SEED)
    text = path.read_text(encoding="utf-8")
    if "replace" in fault:
        assert fault["replace"][0] in text
        path.write_text(text.replace(*fault["replace"]), encoding="utf-8")
        return
    record = parse(text)
    for place, value in fault["put"].items():
        if place == "":
            record = value
            continue
        *steps, last = [int(step) if step.isdigit() else step for step in place.split("/")]
        target = record
        for step in steps:
            target = target[step]
        target[last] = value
    path.write_text(emit(record), encoding="utf-8")


def expected_line(fault: dict, field: str, text: str) -> int:
    """The line of the rule's field in the entry spoilt; of the entry, where the field is not written there."""
    lines = text.splitlines()
    if "line_begins" in fault:
        return next(number for number, line in enumerate(lines, 1) if line.startswith(fault["line_begins"]))
    entry = fault["entry"] if "entry" in fault else next(iter(fault["put"])).rpartition("/")[0]
    start, end, indent = 0, len(lines), 0
    for step in filter(None, entry.split("/")):
        if step.isdigit():  # entries of a list begin with a dash, two deeper than their key
            begins = [n for n in range(start, end) if lines[n].startswith(" " * indent + "- ")]
            start, end = begins[int(step)], (begins + [end])[int(step) + 1]
            indent += 2
        else:
            start = next(n for n in range(start, end) if lines[n].startswith(f"{' ' * indent}{step}:")) + 1
            indent += 2
    own = [
        n for n in range(start, end) if lines[n].replace("- ", "  ", 1).startswith(f"{' ' * indent}{field}:")
    ]
    return (own or [start])[0] + 1


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["rule"])
def test_the_planted_fault_is_refused(fault, project):
    plant(fault, project)
    where = fault.get("file", SEED)
    check = next(check for check in row_rules.RULES if check.rule == fault["rule"])
    with pytest.raises(Refused) as refused:
        prepare(gather(project))
    hits = [
        problem
        for problem in refused.value.problems
        if problem.rule == fault["rule"] and problem.where == where
    ]
    assert hits, [problem.rule for problem in refused.value.problems]
    line = expected_line(fault, check.field, (project / where).read_text(encoding="utf-8"))
    assert any(
        problem.render(project).startswith(f"{where}:{line}: {check.field}: {check.rule}\n")
        for problem in hits
    ), (line, [p.render(project) for p in hits])
    for problem in hits:
        assert problem.found and problem.allowed and problem.fix


def test_every_rule_has_a_fault():
    assert {fault["rule"] for fault in FAULTS} == {check.rule for check in row_rules.RULES}
