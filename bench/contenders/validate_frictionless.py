"""frictionless: the resource of statements, with its keys into the other tables."""

import sys

import frictionless

from bench.contenders.answer import give

package = frictionless.Package(f"{sys.argv[1]}/{sys.argv[2]}.json")
report = package.get_resource("statements").validate(limit_errors=1_000_000)
errors = [error for task in report.tasks for error in task.errors]
give(
    refused=any(error.type == "type-error" for error in errors),
    rows=sorted({error.row_number - 2 for error in errors if hasattr(error, "row_number")}),
)
