"""Puts index.html together: data, style and scripts in one file that asks nothing of anybody.

The scripts in site/js are ES modules that import one another; here they are joined in the order of their
imports. The Content-Security-Policy allows exactly the style and the script that were put in, by hash.
"""

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import jinja2

from scripts.schema.table_schema import ROOT
from scripts.site.data import Content
from scripts.site.packing import packed

FOLDER = ROOT / "site"
IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w-]+\.js)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(async |)function|const|let|class)", re.MULTILINE)
NAME = re.compile(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)


class ScriptError(Exception):
    """The scripts cannot be joined; the message says which and why."""


def templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def index_page(content: Content) -> bytes:
    """index.html."""
    head = content.head()
    style = (FOLDER / "style.css").read_text(encoding="utf-8")
    script = joined(FOLDER / "js", "main.js")
    return (
        templates()
        .get_template("page.html")
        .render(
            head=head,
            style=style,
            script=script,
            data=packed(head, content.labels, content.page),
            policy=policy(style, script),
        )
        .encode()
    )


def policy(style: str, script: str = "") -> str:
    """What the page may do: its own style and script, pictures made on the spot, nothing else."""
    rules = ["default-src 'none'", f"style-src '{sha256(style)}'"]
    if script:
        rules += [f"script-src '{sha256(script)}'", "img-src data: blob:"]
    return "; ".join([*rules, "base-uri 'none'", "form-action 'none'"])


def sha256(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def inert(data: Any) -> str:
    """JSON that cannot end the element it stands in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def joined(folder: Path, main: str) -> str:
    """The modules that `main` needs and itself, as one script; a name stands for one thing throughout."""
    order: list[str] = []
    texts: dict[str, str] = {}

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise ScriptError(f"{name} imports itself by way of {', '.join(above)}")
        if name in texts:
            return
        text = (folder / name).read_text(encoding="utf-8")
        for needed in IMPORT.findall(text):
            visit(needed, (*above, name))
        texts[name] = EXPORT.sub("", IMPORT.sub("", text))
        order.append(name)

    visit(main, ())
    owners: dict[str, str] = {}
    for name in order:
        for found in NAME.findall(texts[name]):
            if found in owners:
                raise ScriptError(f"{found} stands in {owners[found]} and in {name}; give one another name")
            owners[found] = name
        if left := re.search(r"^(import|export)\b.*", texts[name], re.MULTILINE):
            raise ScriptError(f"{name}: not understood: {left[0]}")
    script = "\n".join(texts[name] for name in order)
    if "</script" in script.lower():
        raise ScriptError("a script holds the end of a script element")
    return script
