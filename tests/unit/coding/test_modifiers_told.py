"""Every modifier of the rules can be set: by words of a note, by other codes of it, or it is told for another note."""

from __future__ import annotations

import re
from pathlib import Path

import nosology.coding as coding
from nosology.coding.modifiers import modifier_rules
from nosology.rules.loader import load_rules

BY_AMOUNT = {"JW", "JZ"}  # what was discarded is worked out from doses and containers (drug_units)


def _words_that_say() -> set[str]:
    """The statements that the rules make from words."""
    said: set[str] = set()
    for rule in load_rules():
        if rule.check == "modifier_facts":
            said |= {row["fact"] for row in rule.data["rows"]} | set(rule.data["apart"])
        elif rule.check == "service_performed":
            said |= set(rule.data["told_of"])
        elif rule.check == "service_anesthesia":
            said |= set(rule.data["said"]) | {f"status_{number}" for number in range(1, 7)}
    return said


def _code_that_says() -> set[str]:
    """The names that stand as text in the code of services and drugs."""
    root = Path(coding.__file__).parent
    files = [*(root / "procedures").rglob("*.py"), *(root / "drugs").glob("*.py")]
    return {name for file in files for name in re.findall(r'"([a-z][a-z_]+)"', file.read_text("utf-8"))}


def test_every_modifier_can_be_set_or_is_told() -> None:
    told = {str(row["modifier"]) for rule in load_rules() if rule.check == "modifier_told" for row in rule.data["rows"]}
    said = _words_that_say() | _code_that_says()
    silent = {
        name: sorted(set(rule.when) - said)
        for name, rule in modifier_rules().items()
        if rule.rule.id != "Modifier-sites" and name not in told | BY_AMOUNT and not set(rule.when) <= said
    }
    assert not silent, silent
