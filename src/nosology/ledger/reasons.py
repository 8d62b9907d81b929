"""What an adjustment means for the books: the rules of ``rules/ledger``, opened once.

What kind of denial a reason is follows from its class in our list of reasons (``codes/data/carc.tsv``), so that the
worklist and ``nosology explain`` say the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from nosology.codes.carc import find_carc
from nosology.errors import NosologyError
from nosology.rules.loader import find_rule

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
    """Sets of claim adjustment reason codes and provider adjustment reasons by what they mean for the books.

    ``classes`` are the kinds of denial by the reasons that the rule names itself, ``kinds`` those by class of reasons.
    """

    contractual: frozenset[str]
    ask_first: frozenset[str]
    prior_payer: frozenset[str]
    patient_share: frozenset[str]
    interest: frozenset[str]
    payer_balance: frozenset[str]
    no_appeal: frozenset[str]
    classes: Mapping[str, DenialClass]
    kinds: Mapping[str, DenialClass]
    other: DenialClass

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
        words = find_carc(reason)
        return self.classes.get(reason) or self.kinds.get(words.kind if words else "", self.other)


@cache
def load_reasons() -> Reasons:
    """What the packaged rules say."""
    denials = _data("Ledger-denials")["classes"]
    named = {name: DenialClass(name, row["title"], row["step"], int(row["days"])) for name, row in denials.items()}
    balance = _data("Ledger-provider-balance")
    return Reasons(
        contractual=frozenset(_data("Ledger-contractual")["carc"]),
        ask_first=frozenset(_data("Ledger-ask-first")["carc"]),
        prior_payer=frozenset(_data("Ledger-prior-payer")["carc"]),
        patient_share=frozenset(_data("Ledger-patient-share")["carc"]),
        interest=frozenset(balance["interest"]),
        payer_balance=frozenset(balance["payer_balance"]),
        no_appeal=frozenset(_data("Ledger-no-appeal")["rarc"]),
        classes=_by(denials, "carc", named),
        kinds=_by(denials, "kinds", named),
        other=named["other"],
    )


def _by(denials: Mapping[str, Any], what: str, named: Mapping[str, DenialClass]) -> Mapping[str, DenialClass]:
    return MappingProxyType({each: named[name] for name, row in denials.items() for each in row.get(what, ())})


def _data(identifier: str) -> Mapping[str, Any]:
    rule = find_rule(identifier)
    if rule is None:
        raise NosologyError(f"rule {identifier} is missing; reinstall the package")
    return rule.data
