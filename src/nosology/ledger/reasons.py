"""What an adjustment means for the books: the table of ``data/reasons.yaml``, opened once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from types import MappingProxyType

from nosology.codes.prepared import read_yaml

__all__ = ["DenialClass", "Reasons", "load_reasons"]


@dataclass(frozen=True, slots=True)
class DenialClass:
    """A kind of denial: its name, what it says, what to do, and the days there are from the decision."""

    name: str
    title: str
    step: str
    days: int


@dataclass(frozen=True, slots=True)
class Reasons:
    """Sets of claim adjustment reason codes and provider adjustment reasons by what they mean for the books."""

    contractual: frozenset[str]
    ask_first: frozenset[str]
    prior_payer: frozenset[str]
    patient_share: frozenset[str]
    interest: frozenset[str]
    payer_balance: frozenset[str]
    no_appeal: frozenset[str]
    classes: Mapping[str, DenialClass]

    def writes_off(self, group: str, reason: str) -> bool:
        """True if the adjustment is the contract's reduction, which nobody owes."""
        return group == "CO" and reason in self.contractual

    def goes_to_patient(self, group: str, reason: str) -> bool:
        """True if the amount is the patient's (or the next payer's) without a question to be asked first."""
        return group == "PR" and reason not in self.ask_first

    def denies(self, group: str, reason: str) -> bool:
        """True if the adjustment is a refusal that somebody has to look at."""
        if reason in self.prior_payer or self.writes_off(group, reason):
            return False
        return not (group == "PR" and reason in self.patient_share)

    def denial_class(self, reason: str) -> DenialClass:
        """The kind of denial that a CARC is."""
        return self.classes.get(reason) or self.classes["other"]


@cache
def load_reasons() -> Reasons:
    """The packaged table."""
    raw = read_yaml((Path(__file__).parent / "data" / "reasons.yaml").read_text("utf-8"))
    classes = {
        name: DenialClass(name, row["title"], row["step"], int(row["days"])) for name, row in raw["classes"].items()
    }
    by_code = {code: classes[name] for name, codes in raw["carc"].items() for code in codes}
    sets = {each.name: frozenset(raw[each.name]) for each in fields(Reasons) if each.name != "classes"}
    return Reasons(**sets, classes=MappingProxyType(by_code | {"other": classes["other"]}))
