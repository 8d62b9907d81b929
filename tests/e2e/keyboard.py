"""The keyboard as a judge: what can be reached with Tab, whether one sees where one is, and whether one gets out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

__all__ = ["tab_through"]

_WATCH = (Path(__file__).parent / "keyboard.js").read_text("utf-8").split("\n", 1)[1]


def tab_through(page: Any, within: str = "") -> list[str]:
    """Press Tab until everything has been reached (a date has several stops); what is wrong, in words.

    An open dialog is walked alone, else what is ``within``. Frames are not entered.
    """
    many = page.evaluate(_WATCH, within)
    wire = page.context.new_cdp_session(page)
    key = {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
    said: list[str] | None = None
    for tries in range(4):
        for _each in range(many + 3 if tries == 0 else 12 + many // 4):
            wire.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **key})
        said = page.evaluate("last => window.keyboardJudge(last)", tries == 3)
        if said is not None:
            break
    wire.detach()
    return said or []
