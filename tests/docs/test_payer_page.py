"""The page of the payer names every situation, every field of a policy and every behaviour."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from nosology.payer.policy import Behaviour, Benefit, Member, Plan, Policy
from nosology.payer.reasons import REASONS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "payer.md").read_text("utf-8")
_OTHERWISE = {"given": "first", "first": "from", "final": "to", "edits_on": "edits", "origin": "payer"}


def test_every_situation_stands_in_the_table() -> None:
    for name, reason in REASONS.items():
        told = " ".join((f"{reason.group}-{reason.carc}", *reason.remarks))
        assert f"| {name} | {told} | {reason.says} | {reason.source} |" in PAGE


def test_every_field_is_explained() -> None:
    for kind in (Policy, Plan, Benefit, Member, Behaviour):
        for each in fields(kind):
            name = _OTHERWISE.get(each.name, each.name)
            assert each.name.startswith("_") or f"`{name}`" in PAGE, f"{kind.__name__}.{each.name}"
