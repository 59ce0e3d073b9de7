"""What a contender says: one line of JSON, the last that it prints."""

import json
import sys
from typing import Any

TRAP = "trap-"


def give(**answer: Any) -> None:
    """Prints the answer."""
    json.dump(answer, sys.stdout)
    print(flush=True)
