"""Evidence anchors: a passage is held by its length and hash, so that any copy of the text can be checked.

Text is normalised by NFKC, case folding and NFKD, and only letters and digits stay: variants in dashes, thousands
separators, quotes, accents and spacing make no difference, and scripts without spaces work.
"""

import hashlib
import unicodedata
from pathlib import Path

MIN_CHARS, MAX_CHARS = 12, 400


def normalise(text: str) -> str:
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(c for c in folded if unicodedata.category(c)[0] in "LN")


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def read_text(path: Path) -> str:
    """The text of a text or HTML file, tags and scripts left out."""
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    if path.suffix.lower() not in (".html", ".htm", ".xhtml"):
        return text
    from bs4 import BeautifulSoup

    page = BeautifulSoup(text, "html.parser")
    for tag in page(["script", "style", "template"]):
        tag.decompose()
    return page.get_text()


def make(passage: str) -> tuple[int, str]:
    """(anchor_chars, anchor_sha256) of a passage; ValueError where it is too short or too long."""
    normal = normalise(passage)
    if not MIN_CHARS <= len(normal) <= MAX_CHARS:
        raise ValueError(
            f"the passage has {len(normal)} letters and digits; {MIN_CHARS} to {MAX_CHARS} are allowed"
        )
    return len(normal), sha256(normal)


def find(text: str, chars: int, digest: str) -> int | None:
    """Position in the normalised text at which the anchored passage starts; None where it is not there."""
    encoded = text.encode("utf-32-le")  # four bytes a character, so that windows are slices
    want = bytes.fromhex(digest)
    for start in range(len(text) - chars + 1):
        if (
            hashlib.sha256(encoded[4 * start : 4 * (start + chars)].decode("utf-32-le").encode()).digest()
            == want
        ):
            return start
    return None


def passage(text: str, chars: int, digest: str) -> str | None:
    """The anchored passage as it stands in the text, with the rest of its line; None where it is not there."""
    normal = normalise(text)
    start = find(normal, chars, digest)
    if start is None:
        return None
    places = [place for place, character in enumerate(text) for _ in normalise(character)]
    if len(places) != len(normal):  # a character that normalises otherwise beside its neighbours
        return normal[start : start + chars]
    first, last = places[start], places[start + chars - 1]
    line_start = text.rfind("\n", 0, first) + 1
    line_end = text.find("\n", last)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    return f"passage: {text[first : last + 1]}\nits line: {line.strip()}"
