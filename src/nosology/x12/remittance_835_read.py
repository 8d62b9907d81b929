"""One transaction set 835 → a Remittance, as payers really write it.

What stands out of place, is missing or cannot be read becomes a finding, and the rest is still read. Nothing is guessed
that would move money: an amount that is no number counts as 0.00 with an error on its claim, which posting then holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from nosology.model.claim_parts import (
    Address,
    Adjustment,
    Amount,
    Contact,
    Dated,
    Party,
    ProcedureId,
    Quantity,
    Reference,
    read_day,
)
from nosology.model.edi import EdiFinding, Position
from nosology.model.finding import Severity
from nosology.model.remittance import (
    ClaimPayment,
    ProviderAdjustment,
    ProviderSummary,
    Remittance,
    ServicePayment,
)

__all__ = ["GUIDE", "RemittanceReader", "WireSegment"]

GUIDE = "ASC X12N 005010X221A1"

WireSegment = tuple[list[str], Position]
"""A segment: its elements, the id first, and where it stands."""

_AMOUNT = re.compile(r"-?(?:\d{1,15}(?:\.\d{0,6})?|\.\d{1,6})$")
_LOOSE = re.compile(r"[,$ ]")
_SEPARATORS = re.compile(r"^[A-Z0-9]{2}([>:|^\\<!])")
_HEADER = ("BPR", "TRN", "CUR", "N1", "N3", "N4", "PER", "RDM", "REF", "DTM", "LX", "TS3", "TS2")
_DETAIL = ("CLP", "CAS", "NM1", "MIA", "MOA", "AMT", "QTY", "SVC", "LQ", "PLB", "SE")
_CLAIM_PARTS = ("adjustments", "parties", "references", "dates", "contacts", "amounts", "quantities", "lines")
_LINE_PARTS = ("dates", "adjustments", "references", "amounts", "quantities", "remarks")
_SVC_QUALIFIERS = frozenset({"AD", "ER", "HC", "HP", "IV", "N4", "N6", "NU", "UI", "WK"})


class RemittanceReader:
    """Reads the segments of one transaction set, ST to SE; ``findings`` tells what was wrong."""

    def __init__(self, component: str = ":") -> None:
        self.component = component
        self.findings: list[EdiFinding] = []
        self._head: dict[str, Any] = {"payer": Party("PR"), "payee": Party("PE"), "amount": Decimal(0), "trace": ""}
        self._claims: list[ClaimPayment] = []
        self._summaries: list[ProviderSummary] = []
        self._adjustments: list[ProviderAdjustment] = []
        self._claim: dict[str, Any] | None = None
        self._line: dict[str, Any] | None = None
        self._group = ""
        self._group_used = True
        self._side = ""  # PR or PE: whose N3, N4, REF, PER follow
        self._at = Position()
        self._seg: list[str] = []
        self._seen: set[str] = set()
        self._ended = False
        self._readers: dict[str, Callable[[], None]] = {
            name: getattr(self, f"_read_{name.lower()}") for name in (*_HEADER, *_DETAIL)
        }

    def read(self, segments: Iterable[WireSegment]) -> Remittance:
        """The remittance that the segments tell."""
        for self._seg, self._at in segments:
            name = self._seg[0]
            reader = self._readers.get(name)
            if reader is not None:
                self._seen.add(name)
                reader()
            elif name == "ST":
                self._head["control_number"] = self._text(2)
            elif name:
                self._tell("835-unknown-segment", "a segment that an 835 does not have is passed over", segment="1")
        self._close_claim()
        self._close_group()
        for name, error in (("BPR", "no payment is told"), ("TRN", "the payment has no trace number")):
            if name not in self._seen:
                self._tell("835-missing-segment", f"{name} is missing: {error}", severity=Severity.ERROR, segment="3")
        if not self._ended:
            self._tell(
                "835-truncated", "the transaction set ends without SE: it may lack claims", severity=Severity.ERROR
            )
        head = {"paid_on": None} | self._head
        return Remittance(
            **head,
            claims=tuple(self._claims),
            summaries=tuple(self._summaries),
            provider_adjustments=tuple(self._adjustments),
        )

    # -- elements --------------------------------------------------------------------------------------------------

    def _text(self, number: int) -> str:
        return self._seg[number].strip() if number < len(self._seg) else ""

    def _rest(self, first: int, last: int) -> tuple[str, ...]:
        texts = [self._text(number) for number in range(first, last + 1)]
        while texts and not texts[-1]:
            texts.pop()
        return tuple(texts)

    def _tell(
        self,
        rule: str,
        message: str,
        *,
        element: int = 0,
        severity: Severity = Severity.WARNING,
        segment: str = "",
        code: str = "",
        value: str = "",
    ) -> None:
        at = replace(self._at, element=element, loop=self._loop())
        claim = str(self._claim["id"]) if self._claim else ""
        self.findings.append(
            EdiFinding(
                rule,
                2,
                severity,
                message,
                at,
                segment_error=segment,
                element_error=code,
                value=value,
                claim=claim,
                citation=GUIDE,
            )
        )

    def _loop(self) -> str:
        if self._line is not None:
            return "2110"
        if self._claim is not None:
            return "2100"
        return {"PR": "1000A", "PE": "1000B"}.get(self._side, "")

    def _number(self, number: int, *, blank: Decimal | None = None) -> Decimal | None:
        text = self._text(number)
        if not text:
            return blank
        if _AMOUNT.match(text):
            return Decimal(text)
        loose = _LOOSE.sub("", text.lstrip("+"))
        if _AMOUNT.match(loose):
            self._tell(
                "835-odd-amount",
                "an amount is written with signs that X12 does not use; it is read without them",
                element=number,
                code="6",
                value=text,
            )
            try:
                return Decimal(loose)
            except InvalidOperation:  # pragma: no cover
                return blank
        self._tell(
            "835-bad-amount", "an amount is no number", element=number, severity=Severity.ERROR, code="6", value=text
        )
        return blank

    def _money(self, number: int) -> Decimal:
        if not self._text(number):
            self._tell("835-missing-amount", "an amount that is required is missing", element=number, code="1")
        return self._number(number, blank=Decimal(0)) or Decimal(0)

    def _day(self, number: int) -> date | None:
        text = self._text(number)
        if not text:
            return None
        day = read_day(text) if len(text) == 8 else None
        if day is None and len(text) == 6 and text.isdigit():  # YYMMDD of older software
            day = read_day(("20" if text[:2] < "70" else "19") + text)
        if day is None or len(text) != 8:
            self._tell("835-odd-date", "a date is not written as CCYYMMDD", element=number, code="8", value=text)
        return day

    def _procedure(self, number: int) -> ProcedureId | None:
        text = self._text(number)
        if not text:
            return None
        separator = self.component
        if separator not in text:
            other = _SEPARATORS.match(text)
            if other:
                separator = other.group(1)
                self._tell(
                    "835-other-separator",
                    "a composite is written with another separator than ISA16 names",
                    element=number,
                    code="7",
                )
        parts = [part.strip() for part in text.split(separator)]
        parts += [""] * (7 - len(parts))
        qualifier, code = parts[0], parts[1]
        if not code or qualifier not in _SVC_QUALIFIERS:
            self._tell("835-odd-procedure", "the procedure has no code or an unknown qualifier", element=number)
        modifiers = parts[2:6]
        while modifiers and not modifiers[-1]:
            modifiers.pop()
        return ProcedureId(qualifier, code, tuple(modifiers), parts[6])

    # -- header ----------------------------------------------------------------------------------------------------

    def _read_bpr(self) -> None:
        self._head |= {
            "handling": self._text(1),
            "amount": self._money(2),
            "credit_debit": self._text(3),
            "method": self._text(4),
            "banking": self._rest(5, 15),
            "paid_on": self._day(16),
        }

    def _read_trn(self) -> None:
        self._head |= {"trace": self._text(2), "trace_origin": self._text(3), "trace_division": self._text(4)}
        if not self._text(2):
            self._tell("835-no-trace", "the payment has no trace number", element=2, code="1", severity=Severity.ERROR)

    def _read_cur(self) -> None:
        self._head["currency"] = self._text(2)

    def _party(self) -> str:
        """The key of the header's party that is being read; "" if none is."""
        return {"PR": "payer", "PE": "payee"}.get(self._side, "")

    def _read_n1(self) -> None:
        role = self._text(1)
        key = {"PR": "payer", "PE": "payee"}.get(role)
        if key is None:
            self._side = ""
            self._tell("835-odd-party", "a party is neither payer nor payee", element=1, code="7")
            return
        self._side = role
        self._head[key] = Party(role, self._text(2), id_qualifier=self._text(3), id=self._text(4))

    def _change_party(self, **changes: Any) -> None:
        key = self._party()
        if not key:
            self._tell("835-out-of-place", "it belongs to no party", segment="2")
            return
        self._head[key] = replace(self._head[key], **changes)

    def _address(self) -> Address:
        key = self._party()
        return (self._head[key].address if key else None) or Address()

    def _read_n3(self) -> None:
        self._change_party(address=replace(self._address(), line1=self._text(1), line2=self._text(2)))

    def _read_n4(self) -> None:
        self._change_party(
            address=replace(
                self._address(),
                city=self._text(1),
                state=self._text(2),
                zip=self._text(3),
                country=self._text(4),
                subdivision=self._text(7),
            )
        )

    def _read_per(self) -> None:
        pairs = tuple((self._text(n), self._text(n + 1)) for n in (3, 5, 7) if self._text(n) or self._text(n + 1))
        contact = Contact(self._text(2), pairs, self._text(1))
        if self._claim is not None:
            self._claim["contacts"] += (contact,)
        elif self._party():
            self._change_party(contacts=(*self._head[self._party()].contacts, contact))
        else:
            self._tell("835-out-of-place", "a contact belongs to nobody", segment="2")

    def _read_rdm(self) -> None:
        self._head["delivery"] = self._rest(1, 3)

    # -- claims ----------------------------------------------------------------------------------------------------

    def _close_line(self) -> None:
        if self._line is not None and self._claim is not None:
            self._claim["lines"] += (ServicePayment(**self._line),)
        self._line = None

    def _close_claim(self) -> None:
        self._close_line()
        if self._claim is not None:
            self._claims.append(ClaimPayment(**self._claim))
        self._claim = None

    def _close_group(self) -> None:
        if not self._group_used:
            self._summaries.append(ProviderSummary(self._group))
        self._group_used = True

    def _read_lx(self) -> None:
        self._close_claim()
        self._close_group()
        self._group, self._group_used, self._side = self._text(1), False, ""

    def _read_ts3(self) -> None:
        self._close_claim()
        self._summaries.append(ProviderSummary(self._group, self._rest(1, 24)))
        self._group_used = True

    def _read_ts2(self) -> None:
        self._close_claim()
        totals = self._rest(1, 19)
        if self._summaries and self._summaries[-1].group == self._group and not self._summaries[-1].inpatient_totals:
            self._summaries[-1] = replace(self._summaries[-1], inpatient_totals=totals)
        else:
            self._summaries.append(ProviderSummary(self._group, (), totals))
        self._group_used = True

    def _read_clp(self) -> None:
        self._close_claim()
        self._group_used = True
        self._claim = {
            "id": self._text(1),
            "status": self._text(2),
            "charge": Decimal(0),
            "paid": Decimal(0),
            "group": self._group,
        } | dict.fromkeys(_CLAIM_PARTS, ())
        self._claim |= {
            "charge": self._money(3),
            "paid": self._money(4),
            "patient_responsibility": self._number(5),
            "filing_indicator": self._text(6),
            "payer_control_number": self._text(7),
            "facility": self._text(8),
            "frequency": self._text(9),
            "drg": self._text(11),
            "drg_weight": self._number(12),
            "discharge_fraction": self._number(13),
        }
        if "BPR" not in self._seen:
            self._tell("835-out-of-place", "a claim stands before the payment", segment="2")

    def _add(self, name: str, value: Any, *, claim: bool = True) -> None:
        """Put something to the line, or to the claim where there is no line."""
        home = self._line if self._line is not None else self._claim if claim else None
        if home is None:
            self._tell("835-out-of-place", "it belongs to no claim and is passed over", segment="2")
            return
        home[name] += (value,)

    def _read_cas(self) -> None:
        group = self._text(1)
        if group not in ("CO", "PR", "OA", "PI", "CR"):
            self._tell("835-odd-group", "the group of an adjustment is unknown", element=1, code="7")
        found = 0
        for first in range(2, max(len(self._seg), 3), 3):
            if not self._text(first) and not self._text(first + 1):
                continue
            found += 1
            self._add(
                "adjustments",
                Adjustment(group, self._text(first), self._money(first + 1), self._number(first + 2)),
            )
        if not found:
            self._tell("835-empty-adjustment", "an adjustment has neither reason nor amount", element=2, code="1")

    def _read_nm1(self) -> None:
        party = Party(
            self._text(1),
            self._text(3),
            self._text(4),
            self._text(5),
            self._text(7),
            self._text(6),
            person=self._text(2) == "1",
            id_qualifier=self._text(8),
            id=self._text(9),
        )
        if self._claim is None:
            self._tell("835-out-of-place", "a person belongs to no claim and is passed over", segment="2")
            return
        if self._line is not None:
            self._tell("835-out-of-place", "a party stands among services; it is taken for the claim's", segment="2")
        self._claim["parties"] += (party,)

    def _read_mia(self) -> None:
        if self._claim is None:
            self._tell("835-out-of-place", "it belongs to no claim and is passed over", segment="2")
        else:
            self._claim["inpatient"] = self._rest(1, 24)

    def _read_moa(self) -> None:
        if self._claim is None:
            self._tell("835-out-of-place", "it belongs to no claim and is passed over", segment="2")
        else:
            self._claim["outpatient"] = self._rest(1, 9)

    def _read_ref(self) -> None:
        found = Reference(self._text(1), self._text(2), self._text(3))
        if self._claim is not None:
            self._add("references", found)
        elif self._party():
            self._change_party(references=(*self._head[self._party()].references, found))
        elif found.qualifier in ("EV", "F2"):
            self._head["receiver_reference" if found.qualifier == "EV" else "version_reference"] = found.value
        else:
            self._tell("835-out-of-place", "a reference belongs to nobody and is passed over", segment="2")

    def _read_dtm(self) -> None:
        if self._claim is None:
            if self._text(1) == "405":
                self._head["produced_on"] = self._day(2)
            else:
                self._tell("835-out-of-place", "a date belongs to nobody and is passed over", segment="2")
            return
        self._day(2)  # tells what is odd; the text is kept as it stands
        self._add("dates", Dated(self._text(1), self._text(2)))

    def _read_amt(self) -> None:
        self._add("amounts", Amount(self._text(1), self._money(2)))

    def _read_qty(self) -> None:
        self._add("quantities", Quantity(self._text(1), self._money(2)))

    def _read_svc(self) -> None:
        self._close_line()
        if self._claim is None:
            self._tell(
                "835-out-of-place",
                "a service belongs to no claim and is passed over",
                segment="2",
                severity=Severity.ERROR,
            )
            return
        procedure = self._procedure(1)
        if procedure is None:
            self._tell("835-odd-procedure", "the service names no procedure", element=1, code="1")
        self._line = {
            "procedure": procedure or ProcedureId("", ""),
            "charge": self._money(2),
            "paid": self._money(3),
            "revenue_code": self._text(4),
            "units": self._number(5),
            "submitted": self._procedure(6),
            "submitted_units": self._number(7),
        } | dict.fromkeys(_LINE_PARTS, ())

    def _read_lq(self) -> None:
        self._add("remarks", (self._text(1), self._text(2)), claim=False)

    # -- end -------------------------------------------------------------------------------------------------------

    def _read_plb(self) -> None:
        self._close_claim()
        provider, year_end = self._text(1), self._day(2)
        for first in range(3, max(len(self._seg), 4), 2):
            if not self._text(first) and not self._text(first + 1):
                continue
            reason, _, reference = self._text(first).partition(self.component)
            self._adjustments.append(ProviderAdjustment(provider, year_end, reason, reference, self._money(first + 1)))

    def _read_se(self) -> None:
        self._close_claim()
        self._ended = True
