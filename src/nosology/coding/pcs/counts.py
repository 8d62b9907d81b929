"""Procedures whose codes rest on counts: grafts of a coronary bypass, levels of a spinal fusion, hours of ventilation.

Source: ICD-10-PCS Official Guidelines B3.6b (bypass of coronary arteries), B3.10a to B3.10c (fusion; `spine`), B4.4
(coronary arteries), table 5A1 (durations).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from nosology.coding.pcs.coronary import count_coronary_bypass, count_coronary_dilation
from nosology.coding.pcs.hours import masked_from_to, stated_hours, ventilated_from_to
from nosology.coding.pcs.house import rule_data
from nosology.coding.pcs.scenes import NEAR, Found, Scene
from nosology.coding.pcs.spine import (
    count_cemented_vertebrae,
    count_discectomy,
    count_fusion,
    count_raised_vertebrae,
    count_spinal_release,
)
from nosology.model.note import Span

__all__ = ["COUNTED"]

_Pattern = tuple[str, Found | None]
_HOURS_TOLD = re.compile(r"\d\s*(?:consecutive\s*)?-?(?:hours?|hrs?)\b", re.IGNORECASE)
_LONGEST = 240  # code points of a quote


def _support(scene: Scene, stem: str, end: str, levels: Sequence[int]) -> list[_Pattern]:
    """The code of hours of support, with the passage that tells them; an open place where none does."""
    for level in levels:
        for span in scene.levels[level] if level < len(scene.levels) else ():
            passage = scene.text[span.start : span.end]
            hours = stated_hours(passage)
            if hours is not None:
                start = span.start + len(passage) - len(passage.lstrip(" \n\t,;"))
                told = Span(start, min(span.start + len(passage.rstrip()), start + _LONGEST))
                return [(f"{stem}{_bound(hours)}{end}", Found(told, level))]
    return []


def _bound(hours: float) -> str:
    """The value of a duration: below 24 hours, to 96, above."""
    rule = rule_data("Procedure-5A")
    low, middle, high = rule["values"]
    return str(low if hours < rule["below"] else middle if hours <= rule["through"] else high)


def _ventilation(scene: Scene) -> list[_Pattern]:
    """Stated hours of the sentence, then from beginning to end, then what the sentences around say."""
    near = _support(scene, "5A19", "5Z", range(NEAR))
    stretches = ventilated_from_to(scene.text)
    told = near[0][1] if near else None
    if stretches and (told is None or _HOURS_TOLD.search(scene.text, told.span.start, told.span.end) is None):
        return [(f"5A19{_bound(each.hours)}5Z", Found(each.span, NEAR)) for each in stretches]
    return near or _support(scene, "5A19", "5Z", range(NEAR, len(scene.levels))) or [("5A19?5Z", None)]


def _breathing(scene: Scene) -> list[_Pattern]:
    """Support by mask, at one level of pressure or at two (Coding Clinic, 4th quarter 2014: BiPAP as CPAP)."""
    end = f"5{rule_data('Procedure-5A')['mask']}"
    near = _support(scene, "5A09", end, range(NEAR))
    if near:
        return near
    told = masked_from_to(scene.text, scene.place)
    if told is not None:
        return [(f"5A09{_bound(told.hours)}{end}", Found(told.span, NEAR))]
    return [(f"5A09?{end}", None)]


COUNTED: dict[str, Callable[[Scene], list[_Pattern]]] = {
    "coronary bypass": count_coronary_bypass,
    "percutaneous coronary intervention": count_coronary_dilation,
    "spinal fusion": count_fusion,
    "discectomy": count_discectomy,
    "laminectomy": count_spinal_release,
    "kyphoplasty": count_cemented_vertebrae,
    "vertebroplasty": count_cemented_vertebrae,
    "vertebral reduction": count_raised_vertebrae,
    "mechanical ventilation": _ventilation,
    "noninvasive ventilation": _breathing,
}
"""Name of the entry → what counts for it: codes with the places that stay open as "?"."""
