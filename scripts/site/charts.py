"""The charts of the explorer: Vega-Lite specifications of site/charts/, compiled for the page or drawn as SVG.

A specification names shipped tables as its data and takes the day, and what is selected, as parameters: it filters,
looks up and words, and derives nothing. So the page, a download and the pictures of the README are one drawing.
"""

import json

import vl_convert

from scripts.schema.table_schema import ROOT

FOLDER = ROOT / "site/charts"
WIDTH = 980


def specifications() -> dict[str, dict]:
    """Every chart by name, with the common configuration."""
    config = json.loads((FOLDER / "config.json").read_text(encoding="utf-8"))
    return {
        path.stem: {**json.loads(path.read_text(encoding="utf-8")), "config": config}
        for path in sorted(FOLDER.glob("*.json"))
        if path.stem != "config"
    }


def compiled() -> dict[str, dict]:
    """Every chart as a Vega specification, its data sources empty; the page fills them."""
    return {
        name: silent(vl_convert.vegalite_to_vega({**spec, "width": "container"}))
        for name, spec in specifications().items()
    }


def silent(group: dict) -> dict:
    """The specification without ARIA roles on its marks: the page names the chart as a whole, and has its table behind it."""
    return {
        **group,
        **{
            kind: [{**silent(part), "aria": False} for part in group[kind]]
            for kind in ("marks", "axes")
            if kind in group
        },
    }


def tables_of(spec: dict) -> set[str]:
    """The tables a Vega specification reads."""
    return {source["name"] for source in spec["data"] if not {"source", "values", "url"} & source.keys()}


def drawn(name: str, found: dict[str, list[dict]], chosen: dict) -> bytes:
    """A chart as SVG, with these tables and these values of its parameters."""
    spec = specifications()[name]
    spec["params"] = [
        {**param, "value": chosen.get(param["name"], param.get("value"))} for param in spec["params"]
    ]
    vega = vl_convert.vegalite_to_vega({**spec, "width": WIDTH, "background": "white"})
    for source in vega["data"]:
        if source["name"] in found:
            source["values"] = found[source["name"]]
    return vl_convert.vega_to_svg(vega).encode()


def library() -> str:
    """Vega-Embed and what it needs, as a script that sets window.vegaEmbed."""
    return vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")


def strip(days: list[str]) -> str:
    """The days on which something became public, as an SVG to lay under the slider."""
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": [{"day": day} for day in days]},
        "width": 1000,
        "height": 22,
        "padding": 0,
        "background": None,
        "mark": {"type": "bar", "width": 2, "color": "currentColor"},
        "config": {"view": {"stroke": None}},
        "encoding": {
            "x": {
                "field": "day",
                "type": "temporal",
                "timeUnit": {"unit": "utcyearmonthdate"},
                "axis": None,
                "scale": {"domain": [days[0], days[-1]], "padding": 0},
            },
            "y": {"aggregate": "count", "axis": None, "scale": {"type": "sqrt"}},
        },
    }
    return vl_convert.vegalite_to_svg(spec).replace(
        "<svg ", '<svg preserveAspectRatio="none" aria-hidden="true" ', 1
    )
