"""What is written as an 835 is read back the same, with every optional part; and other readers accept it."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

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
)
from nosology.model.remittance import (
    ClaimPayment,
    ProviderAdjustment,
    ProviderSummary,
    Remittance,
    ServicePayment,
)
from nosology.x12.remittance_835 import read_835, write_835
from nosology.x12.remittance_835_balance import balance_findings

ENDS: dict[str, Any] = {
    "sender": ("ZZ", "PAYER"),
    "receiver": ("ZZ", "CLINIC"),
    "created": "202605040900",
    "control": "1",
}

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,-/&'()#"


def words(least: int = 0, most: int = 20) -> st.SearchStrategy[str]:
    return st.text(_LETTERS, min_size=least, max_size=most).map(lambda text: text.strip().ljust(least, "X"))


def cents(low: int = -10_000_000, high: int = 10_000_000) -> st.SearchStrategy[Decimal]:
    return st.integers(low, high).map(lambda number: Decimal(number).scaleb(-2))


days = st.dates(date(1990, 1, 1), date(2039, 12, 31))
texts = st.builds(lambda day: f"{day:%Y%m%d}", days)
references = st.lists(st.builds(Reference, words(1, 3), words(1), words()), max_size=3).map(tuple)
contacts = st.lists(
    st.builds(
        Contact,
        words(),
        st.lists(st.tuples(st.sampled_from(["TE", "EM", "FX"]), words(1)), max_size=3).map(tuple),
        st.sampled_from(["CX", "BL", "IC"]),
    ),
    max_size=2,
).map(tuple)
addresses = st.none() | st.builds(Address, words(1), words(), words(1), words(), words(), words(), words())


def parties(role: str) -> st.SearchStrategy[Party]:
    return st.builds(
        lambda name, kind, number, address, refs, people: Party(
            role, name, id_qualifier=kind, id=number, address=address, references=refs, contacts=people
        ),
        words(1),
        words(0, 2),
        words(),
        addresses,
        references,
        contacts,
    )


persons = st.builds(
    Party,
    st.sampled_from(["QC", "IL", "74", "82", "TT", "PR", "GB"]),
    words(1),
    words(),
    words(),
    words(),
    words(),
    person=st.booleans(),
    id_qualifier=words(0, 2),
    id=words(),
)
adjustments = st.lists(
    st.builds(
        Adjustment,
        st.sampled_from(["CO", "PR", "OA", "PI"]),
        st.sampled_from(["1", "2", "45", "97", "253", "A1"]),
        cents(),
        st.none() | st.integers(0, 99).map(Decimal),
    ),
    max_size=9,
).map(tuple)
amounts = st.lists(st.builds(Amount, words(1, 2), cents()), max_size=3).map(tuple)
quantities = st.lists(st.builds(Quantity, words(1, 2), st.integers(0, 999).map(Decimal)), max_size=2).map(tuple)
procedures = st.builds(
    ProcedureId,
    st.sampled_from(["HC", "NU", "AD", "N4"]),
    words(1, 11),
    st.lists(st.sampled_from(["25", "59", "RT", "TC"]), max_size=4).map(tuple),
    words(),
)
lines = st.builds(
    ServicePayment,
    procedures,
    cents(),
    cents(),
    st.sampled_from(["", "0450"]),
    st.none() | st.integers(0, 50).map(Decimal),
    st.none() | procedures,
    st.none() | st.integers(0, 50).map(Decimal),
    st.lists(st.builds(Dated, st.sampled_from(["150", "151", "472"]), texts), max_size=2).map(tuple),
    adjustments,
    references,
    amounts,
    quantities,
    st.lists(st.tuples(st.sampled_from(["HE", "RX"]), words(1, 6)), max_size=3).map(tuple),
)


def trimmed(size: int) -> st.SearchStrategy[tuple[str, ...]]:
    def cut(found: list[str]) -> tuple[str, ...]:
        while found and not found[-1]:
            found.pop()
        return tuple(found)

    return st.lists(words(0, 6), max_size=size).map(cut)


claims = st.builds(
    ClaimPayment,
    words(1),
    st.sampled_from(["1", "2", "3", "4", "19", "20", "21", "22", "23", "25"]),
    cents(),
    cents(),
    st.none() | cents(),
    st.sampled_from(["", "12", "MB"]),
    words(),
    st.sampled_from(["", "11"]),
    st.sampled_from(["", "1", "7"]),
    st.sampled_from(["", "470"]),
    st.none() | st.integers(0, 99999).map(lambda n: Decimal(n).scaleb(-4)),
    st.none() | st.integers(0, 100).map(lambda n: Decimal(n).scaleb(-2)),
    adjustments,
    st.lists(persons, max_size=3).map(tuple),
    trimmed(24),
    trimmed(9),
    references,
    st.lists(st.builds(Dated, st.sampled_from(["232", "233", "050"]), texts), max_size=2).map(tuple),
    contacts,
    amounts,
    quantities,
    st.lists(lines, max_size=3).map(tuple),
)


@st.composite
def remittances(draw: st.DrawFn) -> Remittance:
    groups = draw(st.lists(st.integers(1, 999), min_size=1, max_size=3, unique=True))
    found: list[ClaimPayment] = []
    summaries: list[ProviderSummary] = []
    for number in sorted(groups):
        own = draw(st.lists(claims, max_size=2))
        totals, inpatient = draw(trimmed(24)), draw(trimmed(19))
        if totals or inpatient or not own:
            summaries.append(ProviderSummary(str(number), totals, inpatient))
        found += [_in_group(each, str(number)) for each in own]
    return Remittance(
        draw(parties("PR")),
        draw(parties("PE")),
        draw(cents(0)),
        draw(words(1)),
        draw(st.none() | days),
        draw(st.sampled_from(["I", "C", "H"])),
        draw(st.sampled_from(["C", "D"])),
        draw(st.sampled_from(["ACH", "CHK", "NON"])),
        draw(trimmed(11)),
        draw(words()),
        draw(words()),
        draw(st.sampled_from(["", "USD"])),
        draw(words()),
        draw(words()),
        draw(st.none() | days),
        tuple(found),
        tuple(summaries),
        tuple(draw(st.lists(st.builds(ProviderAdjustment, words(1), days, words(1, 2), words(), cents()), max_size=8))),
        f"{draw(st.integers(1, 999999)):04d}",
        draw(trimmed(3)),
    )


def _in_group(claim: ClaimPayment, group: str) -> ClaimPayment:
    return replace(claim, group=group)


@settings(max_examples=60)
@given(st.lists(remittances(), min_size=1, max_size=2, unique_by=lambda each: each.control_number))
def test_what_is_written_is_read_back(told: list[Remittance]) -> None:
    found = read_835(write_835(told, **ENDS))
    assert list(found.remittances) == told
    assert not [each for each in found.all_findings if "balance" not in each.rule and "negative" not in each.rule
                and each.rule not in ("835-reversal-sign",)]  # fmt: skip


def plain_remittance() -> Remittance:
    """A remittance with nothing that a payer could leave out, as pyx12's map wants it."""
    line = ServicePayment(
        ProcedureId("HC", "99213", ("25",)), Decimal("120"), Decimal("80.5"), units=Decimal(1),
        dates=(Dated("472", "20260504"),), adjustments=(Adjustment("CO", "45", Decimal("19.5")),
        Adjustment("PR", "3", Decimal(20))), references=(Reference("6R", "1"),),
        amounts=(Amount("B6", Decimal("100.5")),),
        remarks=(("HE", "N130"),),
    )  # fmt: skip
    claim = ClaimPayment(
        "ACCT1", "1", Decimal("120"), Decimal("80.5"), Decimal(20), "12", "ICN1", "11", "1",
        parties=(Party("QC", "ABLE", "ANN", person=True, id_qualifier="MI", id="M1"),), outpatient=("", "", "MA01"),
        dates=(Dated("232", "20260504"),), lines=(line,), group="1",
    )  # fmt: skip
    place = Address("1 MAIN ST", "", "SPRINGFIELD", "IL", "627010001")
    return Remittance(
        Party("PR", "GOOD PAYER", address=place, contacts=(Contact("HELP", (("TE", "2175550100"),), "BL"),)),
        Party("PE", "CLINIC", id_qualifier="XX", id="1234567893", address=place),
        Decimal("78"), "TRACE1", date(2026, 5, 20), "I", "C", "CHK", (), "1512345678", produced_on=date(2026, 5, 19),
        claims=(claim,), control_number="0001",
        provider_adjustments=(ProviderAdjustment("1234567893", date(2026, 12, 31), "WO", "ICN0", Decimal("2.5")),),
    )  # fmt: skip


def test_another_reader_finds_no_fault() -> None:
    import pyx12.params
    import pyx12.x12n_document

    text = write_835([plain_remittance()], **ENDS)
    report = io.StringIO()
    param = pyx12.params.params()
    good = pyx12.x12n_document.x12n_document(param, io.StringIO(text), None, report, None)
    assert good, report.getvalue()


def complete(told: Remittance, number: int) -> Remittance:
    """What the guide wants of every payment and the random ones of the bench leave out."""
    plain = plain_remittance()
    return replace(
        told,
        payer=replace(plain.payer, id_qualifier="XV", id=told.payer.id),
        payee=plain.payee,
        trace_origin="1512345678",
        produced_on=date(2026, 5, 19),
        control_number=f"{number:04d}",
        method="CHK" if told.amount else "NON",
        claims=tuple(
            replace(
                claim,
                filing_indicator="12",
                group="1",
                payer_control_number=claim.payer_control_number or "ICN0",
                parties=claim.parties or plain.claims[0].parties,
            )
            for claim in told.claims
        ),
        provider_adjustments=tuple(replace(each, reference="ACCT") for each in told.provider_adjustments),
    )


def test_random_payments_pass_both_validators() -> None:
    """Payments with reversals, denials, bundles, account adjustments: pyx12 and our own validator find no fault."""
    import importlib.util
    import sys
    from pathlib import Path

    import pyx12.params
    import pyx12.x12n_document

    from nosology.x12.validate import validate

    path = Path(__file__).resolve().parents[2] / "bench" / "books.py"
    spec = importlib.util.spec_from_file_location("bench_books_835", path)
    assert spec is not None
    assert spec.loader is not None
    books = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = books
    spec.loader.exec_module(books)
    office = books.Office(11)
    told = []
    for number in range(120):
        found = office.remittance(number)
        office.post(found)
        whole = complete(found, number + 1)
        if not balance_findings(whole):  # some payers of the bench leave adjustments out
            told.append(whole)
    assert len(told) > 90
    text = write_835(told, **ENDS)
    report = io.StringIO()
    assert pyx12.x12n_document.x12n_document(pyx12.params.params(), io.StringIO(text), None, report, None)
    assert [f"{each.rule} {each.position}: {each.message}" for each in validate(text, snip=4)] == []
