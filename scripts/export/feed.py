"""An Atom feed of the releases: when each was made, whether a reader must act, and what changed.

It says what CHANGELOG.md says. A feed needs identifiers that stay, not an address: they are made of the name
of the package and the version.
"""

import datetime
import re
import uuid
from typing import Any
from xml.etree import ElementTree

from markdown_it import MarkdownIt

ATOM = "http://www.w3.org/2005/Atom"
RELEASE = re.compile(r"^## (\d+\.\d+\.\d+) \((\d{4}-\d\d-\d\d)\)\n(.*?)(?=^## |\Z)", re.M | re.S)
RELATIVE_LINK = re.compile(r"\[([^\]]+)\]\((?!https?:)[^)]*\)")  # leads nowhere in a reader of feeds
NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")  # of RFC 4122, for addresses


def feed(metadata: dict[str, Any], changelog: str) -> bytes:
    """`feed.atom` from the changelog, newest release first; `metadata` is a package or its citation."""
    ElementTree.register_namespace("", ATOM)
    releases = RELEASE.findall(changelog)
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    root = ElementTree.Element(f"{{{ATOM}}}feed")
    _add(root, "title", f"{metadata['title']}: releases")
    _add(root, "id", _identifier(metadata["name"]))
    _add(root, "updated", _noon(releases[0][1] if releases else str(metadata["date"])))
    _add(_add(root, "author"), "name", metadata["steward"])
    if where := metadata.get("url") or metadata.get("repository"):
        _add(root, "link", rel="alternate", href=where)
    for version, day, body in releases:
        entry = _add(root, "entry")
        _add(entry, "title", f"Version {version}")
        _add(entry, "id", _identifier(f"{metadata['name']}-{version}"))
        _add(entry, "updated", _noon(day))
        first = body.strip().partition("\n")[0]
        _add(entry, "summary", re.sub(r"[*`]", "", first))
        _add(entry, "content", markdown.render(RELATIVE_LINK.sub(r"\1", body)), type="html")
    ElementTree.indent(root, " ")
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _add(parent: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, f"{{{ATOM}}}{tag}", attributes)
    child.text = text or None
    return child


def _identifier(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(NAMESPACE, name)}"


def _noon(day: str) -> str:
    return f"{datetime.date.fromisoformat(day).isoformat()}T12:00:00Z"
