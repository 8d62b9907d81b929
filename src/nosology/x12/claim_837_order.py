"""In which order the guides of the 837 put segments of one kind: dates, references, codes, providers.

Reader and writer put a claim into this order (stably, what no guide names comes last), so that what is read and
written again is the same claim. Source: ASC X12N 005010X222A1, 005010X223A2, 005010X224A2.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from nosology.model.claim import ClaimCode, ClaimForm
from nosology.model.claim_parts import (
    Adjustment,
    Amount,
    Attachment,
    Condition,
    Dated,
    NoteText,
    Party,
    Quantity,
    Reference,
)

__all__ = [
    "CODE_GROUPS",
    "PROVIDER_TAXONOMY",
    "Order",
    "code_group",
    "order_of",
    "party_reference_order",
    "put_adjustments_in_order",
]

_LAST = 99
_P, _I, _D = ClaimForm.PROFESSIONAL, ClaimForm.INSTITUTIONAL, ClaimForm.DENTAL

PROVIDER_TAXONOMY = {"85": "BI", "82": "PE", "71": "AT", "DN": "RF", "P3": "RF", "DD": "AS", "DQ": "SU", "72": "OP"}
"""PRV01 by NM101: what kind of provider the taxonomy is of."""


def _ranks(*words: str) -> dict[str, int]:
    """The rank of every word; words that stand in one text separated by "/" share a rank."""
    return {each: rank for rank, word in enumerate(" ".join(words).split()) for each in word.split("/")}


_CLAIM_DATES = {
    _P: _ranks("431 454 304 453 439 484 455 471 314/360/361 297 296 435 096 090/091 444 050"),
    _I: _ranks("096 434 435 050"),
    _D: _ranks("439 452 472 050"),
}
_LINE_DATES = {
    _P: _ranks("472 471 607 463 461 304 738/739 011 455 454"),
    _I: _ranks("472"),
    _D: _ranks("472 139/441 452 446 196 198"),
}
_CLAIM_REFERENCES = {
    _P: _ranks("4N F5 EW 9F G1 F8 X4 9A 9C LX D9 EA P4 1J"),
    _I: _ranks("4N 9F G1 F8 9A 9C LX D9 LU EA P4 G4"),
    _D: _ranks("G3 4N F8 9F G1 9A 9C D9"),
}
_LINE_REFERENCES = {
    _P: _ranks("9B 9D G1 6R EW X4 F4 BT 9F"),
    _I: _ranks("6R 9B 9D"),
    _D: _ranks("G3 G1 6R 9B 9D 9F"),
}
_CLAIM_AMOUNTS = {_P: _ranks("F5"), _I: _ranks("F3"), _D: _ranks("F5")}
_LINE_AMOUNTS = {_P: _ranks("T F4"), _I: _ranks("GT N8"), _D: _ranks("T")}
_PAYER_AMOUNTS = {_P: _ranks("D A8 EAF"), _I: _ranks("D EAF A8"), _D: _ranks("D EAF A8")}
_CONDITIONS = _ranks("07 E1/E2/E3 75 70 09 ZZ")
_NOTES = {_P: _ranks("ADD/CER/DCP/DGN/PMT TPO"), _I: {"ADD": 100, "TPO": 101}, _D: _ranks("ADD")}
_PROVIDERS = {
    _P: _ranks("DN/P3 82 77 DQ PW 45"),
    _I: _ranks("71 72 ZZ 82 77 DN"),
    _D: _ranks("DN/P3 82 77 DD DQ"),
}
_PAYER_PROVIDERS = {
    _P: _ranks("DN/P3 82 77 DQ 85"),
    _I: _ranks("71 72 ZZ 77 82 DN 85"),
    _D: _ranks("DN/P3 82 DQ 85 77 DD"),
}
_LINE_PROVIDERS = {
    _P: _ranks("82 QB 77 DQ DK DN/P3 PW 45"),
    _I: _ranks("72 ZZ 82 DN"),
    _D: _ranks("82 DD DQ 77"),
}

CODE_GROUPS: Mapping[ClaimForm, tuple[tuple[str, ...], ...]] = {
    _P: (("ABK", "BK", "ABF", "BF"), ("BP", "BO"), ("BG",)),
    _I: (
        ("ABK", "BK"),
        ("ABJ", "BJ"),
        ("APR", "PR"),
        ("ABN", "BN"),
        ("DR",),
        ("ABF", "BF"),
        ("BBR", "BR", "CAH"),
        ("BBQ", "BQ"),
        ("BI",),
        ("BH",),
        ("BE",),
        ("BG",),
        ("TC",),
    ),
    _D: (("ABK", "BK", "ABF", "BF", "TQ"),),
}
"""The qualifiers that share one HI segment, in the order of the segments."""

_GROUP_OF = {
    form: {qualifier: rank for rank, group in enumerate(groups) for qualifier in group}
    for form, groups in CODE_GROUPS.items()
}


def code_group(form: ClaimForm, qualifier: str) -> int:
    """Which HI segment a code of that qualifier belongs to; 99 where the guide has none."""
    return _GROUP_OF[form].get(qualifier, _LAST)


class Order:
    """How the parts of a claim on one form are put in order; each attribute is a key for ``sorted``."""

    __slots__ = (
        "claim",
        "codes",
        "line",
        "payer",
    )

    def __init__(self, form: ClaimForm) -> None:
        groups = _GROUP_OF[form]

        def code(each: ClaimCode) -> int:
            return groups.get(each.qualifier, _LAST)

        self.codes = code
        self.claim: dict[str, Callable[[Any], int]] = {
            "dates": _dated(_CLAIM_DATES[form]),
            "references": _reference(_CLAIM_REFERENCES[form]),
            "amounts": _amount(_CLAIM_AMOUNTS[form]),
            "quantities": _quantity,
            "conditions": _condition,
            "notes": _note(_NOTES[form]),
            "codes": code,
            "providers": _party(_PROVIDERS[form]),
        }
        self.line: dict[str, Callable[[Any], int]] = {
            "dates": _dated(_LINE_DATES[form]),
            "references": _reference(_LINE_REFERENCES[form]),
            "amounts": _amount(_LINE_AMOUNTS[form]),
            "quantities": _quantity,
            "conditions": _condition,
            "notes": _note(_NOTES[form]),
            "attachments": _attachment,
            "providers": _party(_LINE_PROVIDERS[form]),
        }
        self.payer: dict[str, Callable[[Any], int]] = {
            "amounts": _amount(_PAYER_AMOUNTS[form]),
            "providers": _party(_PAYER_PROVIDERS[form]),
        }


def _dated(ranks: dict[str, int]) -> Callable[[Dated], int]:
    return lambda each: ranks.get(each.qualifier, _LAST)


def _reference(ranks: dict[str, int]) -> Callable[[Reference], int]:
    return lambda each: ranks.get(each.qualifier, _LAST)


def _amount(ranks: dict[str, int]) -> Callable[[Amount], int]:
    return lambda each: ranks.get(each.qualifier, _LAST)


def _note(ranks: dict[str, int]) -> Callable[[NoteText], int]:
    return lambda each: ranks.get(each.kind, _LAST)


def _party(ranks: dict[str, int]) -> Callable[[Party], int]:
    return lambda each: ranks.get(each.role, _LAST)


def _quantity(each: Quantity) -> int:
    return int(":" in each.qualifier)  # QTY before MEA


def _condition(each: Condition) -> int:
    return _CONDITIONS.get(each.category, _LAST)


def _attachment(each: Attachment) -> int:
    return int(each.kind == "CT")  # the certificate of medical necessity after the other paperwork


_ORDERS = {form: Order(form) for form in ClaimForm}


def order_of(form: ClaimForm) -> Order:
    """The order of the parts of a claim on that form."""
    return _ORDERS[form]


_PARTY_REFERENCES = _ranks("EI/SY/2U/FY/NF 0B/1G/G2/LU G1 9F T4 G3 F8 Y4")
_ROLE_REFERENCES = {"QC": _ranks("Y4 1W/SY"), "PE": _ranks("2U/FY/NF EI")}


def party_reference_order(role: str) -> Callable[[Reference], int]:
    """The key that puts the further numbers of a party in that role (NM101) in the order of its loop."""
    return _reference(_ROLE_REFERENCES.get(role, _PARTY_REFERENCES))


def put_adjustments_in_order(found: list[Adjustment]) -> list[Adjustment]:
    """The same adjustments with those of one group together, groups as they first appear."""
    ranks: dict[str, int] = {}
    for each in found:
        ranks.setdefault(each.group, len(ranks))
    return sorted(found, key=lambda each: ranks[each.group])
