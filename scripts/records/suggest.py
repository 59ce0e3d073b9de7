"""The word that an unknown one was probably meant to be."""

import difflib
from collections.abc import Iterable


class Suggester:
    """Nearest known words; each unknown word is looked up once, and only the first ones, for it costs time."""

    MOST_WORDS = 200

    def __init__(self) -> None:
        self._found: dict[tuple[str, int], str | None] = {}

    def nearest(self, word: str, known: Iterable[str], list_id: int = 0) -> str | None:
        key = (word, list_id)
        if key not in self._found:
            if len(self._found) >= self.MOST_WORDS or len(word) > 100:
                return None
            candidates = [other for other in known if abs(len(other) - len(word)) <= 4]
            self._found[key] = next(iter(difflib.get_close_matches(word, candidates, 1, 0.75)), None)
        return self._found[key]
