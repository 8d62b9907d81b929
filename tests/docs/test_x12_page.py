"""docs/x12.md is what the guide tables say, and names every rule of the validator."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_page_is_current() -> None:
    spec = importlib.util.spec_from_file_location("build_x12", ROOT / "docs" / "build_x12.py")
    assert spec is not None
    assert spec.loader is not None
    builder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(builder)
    assert builder.page() == (ROOT / "docs" / "x12.md").read_text("utf-8"), "run make docs"


def test_page_names_every_rule() -> None:
    text = (ROOT / "docs" / "x12.md").read_text("utf-8")
    folder = ROOT / "src" / "nosology" / "x12"
    modules = ("elements", "hierarchy", "validate", "envelope")
    named = {rule for name in modules for rule in re.findall(r'"(x12\.[a-z_]+)"', (folder / f"{name}.py").read_text())}
    told = set(re.findall(r"`(x12\.[a-z_]+)`", text))
    unimportant = {"x12.addendum", "x12.text_after", "x12.trailer_alone"}
    assert len(named) > 20
    assert not named - told - unimportant
