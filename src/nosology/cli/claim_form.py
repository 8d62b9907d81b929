"""``nosology claim --form``: encounters become claims on the wire or on paper, or findings that say what is missing."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nosology.errors import NotPermitted, UnreadableInput, UsageError

if TYPE_CHECKING:
    from nosology.edits.desk import Books
    from nosology.edits.site import Site
    from nosology.model.billing import Bill
    from nosology.model.claim import Claim
    from nosology.model.coverage import Coverage, Practice
    from nosology.model.encounter import Encounter
    from nosology.model.finding import Finding
    from nosology.model.remittance import Remittance

__all__ = ["ClaimOrder", "OutputForm", "make_claims"]


class OutputForm(StrEnum):
    """What is made of an encounter."""

    PROFESSIONAL = "837p"
    INSTITUTIONAL = "837i"
    DENTAL = "837d"
    CMS1500 = "cms1500"
    UB04 = "ub04"


_PAPER = {OutputForm.CMS1500: "837P", OutputForm.UB04: "837I"}


@dataclass(frozen=True, slots=True)
class ClaimOrder:
    """What the command line asks for; see the options of ``nosology claim``."""

    form: OutputForm
    practice: str = ""
    coverage: str = ""
    payer: int = 1
    prior: Sequence[str] = ()
    control: int = 1
    usage: str = "T"
    on: date | None = None
    combine: bool = False
    strict: bool = False
    overlay: bool = False
    shift: str = ""
    out: str = ""
    as_json: bool = False


def make_claims(file: str, order: ClaimOrder) -> int:
    """Bill every encounter of a file, write the claims that may leave, and return the exit code.

    The claims go to stdout or ``out``; findings to stderr, or with the claims' ids into one JSON object on stdout.
    """
    from nosology.claims.combine import combine_encounters
    from nosology.edits.desk import Books
    from nosology.edits.site import site_of_home

    encounters = _read_encounters(file)
    extra: tuple[Finding, ...] = ()
    if order.combine:
        encounters, extra = combine_encounters(encounters)
    practice, coverages = _read_practice(order.practice), _read_coverages(order.coverage)
    remittances = _read_remittances(order.prior)
    books, site = Books(), site_of_home()
    bills = [_bill(each, order, practice, coverages, remittances, books, site) for each in encounters]
    claims = [claim for each in bills if each.may_leave for claim in each.claims]
    text: str | bytes = ""
    if claims:
        text, found = _write(claims, order)
        extra = (*extra, *found)
    if order.as_json:
        _print_json(bills, extra, text, order)
    else:
        _tell(bills, extra)
        _put(text, order.out)
    return 0 if bills and all(each.may_leave for each in bills) else 1


def _bill(
    encounter: Encounter,
    order: ClaimOrder,
    practice: Practice | None,
    coverages: tuple[Coverage, ...],
    remittances: Sequence[Remittance],
    books: Books,
    site: Site,
) -> Bill:
    from nosology.claims.prior import find_prior
    from nosology.pipeline import bill_encounter

    days = [line.date for line in encounter.lines if line.date is not None]
    day = order.on or encounter.discharged or max(days, default=None) or encounter.admitted or date.today()
    return bill_encounter(
        encounter,
        coverages,
        practice,
        on=day,
        form=_PAPER.get(order.form, order.form.value.upper()),
        payer=order.payer - 1,
        prior=find_prior(remittances, encounter.id),
        strict=order.strict,
        books=books,
        site=site,
    )


def _read_remittances(names: Sequence[str]) -> list[Remittance]:
    from nosology.x12.remittance_835 import read_835

    found = []
    for name in names:
        for each in read_835(Path(name), name=name).payments:
            if not each.complete:
                raise UnreadableInput(f"{name}: a payment breaks off; ask for the file again")
            found.append(each.remittance)
    return found


def _write(claims: Sequence[Claim], order: ClaimOrder) -> tuple[str | bytes, tuple[Finding, ...]]:
    """The interchange of the claims, or the pages of their forms with what did not fit."""
    first = claims[0].envelope
    assert first is not None  # the scrub asks for a practice
    control = f"{order.control:09d}"
    envelope = replace(
        first,
        created=f"{datetime.now():%Y%m%d%H%M}",
        reference=f"{order.control}",
        usage=order.usage,
        interchange_control=control,
        group_control=str(order.control),
        transaction_control="0001",
    )
    if order.form in _PAPER:
        return _print_forms([replace(each, envelope=envelope) for each in claims], order)
    from nosology.x12.claim_837 import write_837
    from nosology.x12.segments import Delimiters

    return write_837(claims, envelope=envelope, delimiters=Delimiters(line_end="\n")), ()


def _print_forms(claims: Sequence[Claim], order: ClaimOrder) -> tuple[bytes, tuple[Finding, ...]]:
    from io import BytesIO

    from pypdf import PdfWriter

    from nosology.claims.forms import print_form

    if not order.out:
        raise UsageError(f"--form {order.form.value} makes a PDF; name its file with --out")
    found: list[Finding] = []
    whole = PdfWriter()
    for each in claims:
        page, told = print_form(each, order.form.value, overlay=order.overlay, shift=_read_shift(order.shift))
        whole.append(BytesIO(page))
        found += told
    buffer = BytesIO()
    whole.write(buffer)
    return buffer.getvalue(), tuple(found)


def _read_shift(text: str) -> tuple[float, float]:
    if not text:
        return 0.0, 0.0
    try:
        right, up = (float(each) for each in text.split(","))
    except ValueError:
        raise UsageError(f"--shift {text[:20]}: write it as RIGHT,UP in points, for example 2,-3") from None
    return right, up


def _load(name: str) -> Any:
    try:
        return json.loads(Path(name).read_text("utf-8-sig"))
    except (ValueError, RecursionError):
        raise UnreadableInput(f"{name}: not JSON in UTF-8") from None


def _read_encounters(file: str) -> Sequence[Encounter]:
    from nosology.cli.check import read_objects_of
    from nosology.errors import NosologyError
    from nosology.model.encounter_json import read_encounter

    found = []
    for number, data in enumerate(read_objects_of(file), 1):
        if isinstance(data, NosologyError):
            raise type(data)(f"{file} encounter {number}: {data}")
        try:
            found.append(read_encounter(data))
        except NosologyError as error:
            raise type(error)(f"{file} encounter {number}: {error}") from None
    if not found:
        raise UnreadableInput(f"{file}: holds no encounter; write a JSON object")
    return found


def _read_practice(name: str) -> Practice | None:
    if not name:
        return None
    from nosology.model.json_fields import Fields
    from nosology.model.registration_json import read_practice

    data = _load(name)
    if not isinstance(data, dict):
        raise UnreadableInput(f"{name}: a practice is a JSON object")
    inside = data.get("practice", data)
    return read_practice(Fields(inside if isinstance(inside, dict) else {}, "practice."))


def _read_coverages(name: str) -> tuple[Coverage, ...]:
    if not name:
        return ()
    from nosology.model.json_fields import Fields
    from nosology.model.registration_json import read_coverages

    data = _load(name)
    inside = data if isinstance(data, list) else data.get("coverages", [data]) if isinstance(data, dict) else None
    if inside is None:
        raise UnreadableInput(f"{name}: coverages are a JSON object or an array of them")
    return read_coverages(Fields({"coverages": inside}, ""))


def _put(text: str | bytes, out: str) -> None:
    if not text:
        return
    if not out:
        assert isinstance(text, str)
        print(text, end="" if text.endswith("\n") else "\n")
        return
    whole = text if isinstance(text, bytes) else text.encode("ascii")
    part = Path(out + ".part")
    try:
        if Path(out).is_dir():
            raise IsADirectoryError(21, "is a directory")
        part.write_bytes(whole)
        part.replace(out)
    except OSError as error:
        raise NotPermitted(f"{out}: cannot be written: {(error.strerror or type(error).__name__).lower()}") from error
    print(f"nosology: {out} written", file=sys.stderr)


def _tell(bills: Sequence[Bill], extra: Sequence[Finding]) -> None:
    """The findings on stderr, a line each: severity, where, what, what to do."""
    for bill in bills:
        for each in bill.findings:
            if each.override is None:
                _line(bill.encounter, each)
        if not bill.may_leave:
            print(f"nosology: {bill.encounter}: the claim stays here: {len(bill.blocking)} errors", file=sys.stderr)
    for each in extra:
        _line("", each)


def _line(name: str, each: Finding) -> None:
    parts = [f"{each.severity.value}:", *filter(None, (name, each.where)), f"{each.message} [{each.rule}]"]
    print(" ".join(parts) + (f"; {each.fix}" if each.fix else ""), file=sys.stderr)


def _print_json(bills: Sequence[Bill], extra: Sequence[Finding], text: str | bytes, order: ClaimOrder) -> None:
    from nosology.model.encounter_json import finding_to_json

    made = [
        {
            "id": bill.encounter,
            "on": bill.on.isoformat(),
            "may_leave": bill.may_leave,
            "claims": [each.id for each in bill.claims],
            "drg": bill.drg.drg if bill.drg else None,
            "findings": [finding_to_json(each) for each in bill.findings],
        }
        for bill in bills
    ]
    if order.out:
        _put(text, order.out)
    found: dict[str, Any] = {"encounters": made, "findings": [finding_to_json(each) for each in extra]}
    if not order.out:
        found["x12"] = text
    print(json.dumps(found, ensure_ascii=False, indent=1))
