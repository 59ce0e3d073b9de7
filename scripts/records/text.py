"""Which characters text in records and rule tables may hold: what a reader sees, and nothing else.

Refused are control characters, line breaks within a cell, marks that turn the direction of writing, invisible
characters, odd spaces, and text that is not in Unicode's composed form (NFC): what looks the same is the same.
"""

import re
import unicodedata

ARABIC = "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff"
UNSEEN = re.compile(  # one class at the start, which is found fast
    "[\x00-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    "\u2028-\u202f\u205f-\u206f\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\ud800-\uf8ff"
    "\U000e0000-\U0010ffff]"
    # the non-joiner belongs to Persian spelling, between two letters of the Arabic script
    f"(?:(?<!\u200c)|(?<![{ARABIC}]\u200c)|(?![{ARABIC}]))"
)
HEAP = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4}")
ALLOWED = "printable characters, plain spaces, no line breaks, in Unicode's composed form (NFC)"
MAX_CHARACTERS = 10_000


def fault_of(text: str) -> str | None:
    """What is wrong with the characters of a cell, in words; None where nothing is."""
    if len(text) > MAX_CHARACTERS:
        return f"{len(text)} characters, at most {MAX_CHARACTERS} are allowed"
    if text.isascii() and text.isprintable():
        return None
    if match := UNSEEN.search(text):
        return f"{named(match[0])} at character {match.start() + 1}"
    if match := HEAP.search(text):
        return f"a heap of combining marks at character {match.start() + 1}"
    if not unicodedata.is_normalized("NFC", text):
        return "text that is not in composed form (NFC)"
    return None


def named(character: str) -> str:
    """A character that cannot be shown, by code and name."""
    return f"U+{ord(character):04X} ({unicodedata.name(character, 'a control character').lower()})"


def first_bad_line(text: str) -> tuple[int, str] | None:
    """Line and name of the first character that no line of a file may hold; None where there is none."""
    if not UNSEEN.search(text.replace("\n", " ")):
        return None
    for number, line in enumerate(text.split("\n"), start=1):
        if match := UNSEEN.search(line):
            return number, named(match[0])
    return None
