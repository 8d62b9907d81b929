"""The look keeps its promises: contrast of the colours, no script and no style inside pages, no link to elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string

import nosology.web

WEB = Path(nosology.web.__file__).parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
STATIC = sorted(p for p in (WEB / "static").rglob("*") if p.suffix in {".js", ".css"})
SURFACES = ("ground", "surface", "surface-2", "hover", "selected")
PAIRS = (
    [(text, surface) for text in ("text", "muted", "accent") for surface in SURFACES]
    + [(kind, f"{kind}-surface") for kind in ("good", "warn", "bad", "info", "note")]
    + [(kind, surface) for kind in ("good", "warn", "bad", "info", "note") for surface in ("surface", "hover")]
    + [("text", f"mark-{kind}") for kind in ("present", "uncertain", "absent", "historical", "family")]
    + [("on-accent", "accent"), ("on-accent", "accent-hover"), ("text", "good-surface"), ("text", "bad-surface")]
    + [(f"on-shell{more}", f"shell{two}") for more in ("", "-muted") for two in ("", "-2")]
)
GRAPHICS = [("line-strong", "surface"), ("focus", "surface"), ("focus", "ground")] + [
    (f"series-{n}", "surface") for n in range(1, 6)
]


def schemes() -> dict[str, dict[str, str]]:
    """The colours of the light and of the dark scheme by name."""
    css = (WEB / "static" / "css" / "tokens.css").read_text("utf-8")
    light, dark = (dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6})", part)) for part in css.split("@media", 1))
    return {"light": light, "dark": light | dark}


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read(scheme: str) -> None:
    colours = schemes()[scheme]
    poor = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in PAIRS}
    assert not {pair: value for pair, value in poor.items() if value < 4.5}
    shapes = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in GRAPHICS}
    assert not {pair: value for pair, value in shapes.items() if value < 3}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.relative_to(WEB).as_posix())
def test_a_page_holds_no_script_and_no_style(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=|javascript:|hx-on", text, re.I)
    for tag in re.findall(r"<script[^>]*>", text, re.I):
        assert "src=" in tag or 'type="application/json"' in tag, tag


@pytest.mark.parametrize("path", TEMPLATES + STATIC, ids=lambda p: p.relative_to(WEB).as_posix())
def test_nothing_comes_from_elsewhere(path: Path) -> None:
    text = path.read_text("utf-8").replace("http://www.w3.org/", "")
    assert not re.search(r"https?://|src=\"//", text)
    assert len(text.splitlines()) <= 500


@pytest.mark.parametrize("number", ["400", "403", "404", "409", "500"])
def test_error_pages_stand_without_a_request(number: str) -> None:
    page = render_to_string(f"errors/{number}.html")
    assert number in page
    assert "{{" not in page
    assert "<h1>" in page
