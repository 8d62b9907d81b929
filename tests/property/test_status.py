"""Status of claims: what is written is read back the same, and passes our validator, and pyx12 if it has the guide."""

from __future__ import annotations

import io
import logging
import warnings
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nosology.model.claim import Envelope, Patient
from nosology.model.claim_parts import Contact, Dated, Party, ProcedureId, Reference
from nosology.model.claim_status import (
    AcknowledgedClaim,
    AcknowledgedLine,
    AcknowledgedProvider,
    AcknowledgementTotals,
    ClaimAcknowledgement,
    ClaimInquiry,
    ClaimStatus,
    LineInquiry,
    LineStatus,
    ProviderStatus,
    Status,
    StatusCode,
    StatusInquiry,
    StatusResponse,
)
from nosology.model.finding import Severity
from nosology.x12.status_277 import read_276, read_277, read_277ca, write_276, write_277, write_277ca
from nosology.x12.syntax import Delimiters
from nosology.x12.validate import validate

ENVELOPE = Envelope(
    Party("41", "CLINIC", id_qualifier="46", id="CLINIC"), Party("40", "PAYER", id="PAYER"), "R1", "202605041200",
    group_control="7", transaction_control="0001", interchange_control="12",
)  # fmt: skip
DELIMITERS = st.sampled_from([Delimiters(), Delimiters("|", ">", "!", "\n"), Delimiters(line_end="\n")])
WORD = st.from_regex(r"[A-Z][A-Z0-9]{1,12}", fullmatch=True)
NAME = st.from_regex(r"[A-Z]{1,8}( [A-Z]{1,8})?", fullmatch=True)
MONEY = st.decimals(0, 99999, places=2).map(lambda value: value.normalize() + Decimal(0))
DAY = st.dates(date(2020, 1, 1), date(2027, 12, 31))
WIRE_DAY = DAY.map(lambda day: f"{day:%Y%m%d}")
NPI = st.sampled_from(["1234567893", "1245319599"])


def optional(strategy: st.SearchStrategy[Any], nothing: Any = "") -> st.SearchStrategy[Any]:
    return st.one_of(st.just(nothing), strategy)


def several(strategy: st.SearchStrategy[Any], most: int = 2, least: int = 0) -> st.SearchStrategy[Any]:
    return st.lists(strategy, min_size=least, max_size=most).map(tuple)


def organisation(role: str, qualifier: str, ids: st.SearchStrategy[str] = WORD) -> st.SearchStrategy[Party]:
    return st.builds(Party, role=st.just(role), name=NAME, id_qualifier=st.just(qualifier), id=ids)


def person(role: str, qualifier: str = "MI") -> st.SearchStrategy[Party]:
    return st.builds(
        Party, role=st.just(role), name=NAME, first=NAME, middle=optional(NAME), suffix=optional(st.just("JR")),
        person=st.just(True), id_qualifier=st.just(qualifier), id=WORD if qualifier else st.just(""),
    )  # fmt: skip


def dated() -> st.SearchStrategy[Dated]:
    return st.builds(Dated.on, st.just("472"), DAY) | st.builds(
        lambda days: Dated.on("472", *sorted(days)), st.lists(DAY, min_size=2, max_size=2)
    )


PROCEDURE = st.builds(
    ProcedureId, st.just("HC"), st.sampled_from(["99213", "36415", "J1885"]),
    several(st.sampled_from(["25", "59", "LT", "RT"]), 4),
)  # fmt: skip


def codes(*entities: str) -> st.SearchStrategy[tuple[StatusCode, ...]]:
    category, status = st.sampled_from(["A2", "A7", "F2", "P1"]), st.sampled_from(["20", "21", "33", "562"])
    return several(st.builds(StatusCode, category, status, optional(st.sampled_from(entities))), 3, 1)


CODES = codes("85", "QC", "IL")


def references(*qualifiers: str) -> st.SearchStrategy[tuple[Reference, ...]]:
    chosen = st.lists(st.sampled_from(qualifiers), unique=True, max_size=len(qualifiers))
    return chosen.flatmap(lambda each: st.tuples(*(st.builds(Reference, st.just(q), WORD) for q in each)))


def acknowledgements() -> st.SearchStrategy[ClaimAcknowledgement]:
    action = st.sampled_from(["WQ", "U"])
    status = st.builds(Status, CODES, WIRE_DAY, action, MONEY, message=optional(NAME))
    top = st.builds(Status, codes("41", "PR"), WIRE_DAY, action, MONEY)
    of_provider = st.builds(Status, codes("85", "41"), st.just(""), action, MONEY)
    line = st.builds(
        AcknowledgedLine, PROCEDURE, MONEY, several(st.builds(Status, CODES, WIRE_DAY, st.just("U")), 1, 1),
        optional(st.just("0450")), optional(MONEY, None), optional(WORD), optional(WORD), several(dated(), 1),
    )  # fmt: skip
    claim = st.builds(
        AcknowledgedClaim, WORD, person("QC"), several(status, 2, 1), references("1K", "D9", "BLT"),
        several(dated(), 1, 1), several(line, 2),
    )  # fmt: skip
    totals = st.builds(
        AcknowledgementTotals, optional(st.integers(1, 99), None), optional(st.integers(1, 99), None),
        optional(MONEY, None), optional(MONEY, None),
    )  # fmt: skip
    provider = st.builds(
        AcknowledgedProvider, organisation("85", "XX", NPI), several(claim, 3, 1), optional(WORD),
        several(of_provider, 1, 1), totals,
    )  # fmt: skip
    return st.builds(
        ClaimAcknowledgement, organisation("PR", "PI"), organisation("41", "46"), WORD, st.just("202605041200"), WORD,
        DAY, DAY, WORD, several(top, 1, 1), several(provider, 2, 1), totals,
    )  # fmt: skip


def members(role: str, relationship: str, qualifier: str, *, told: bool) -> st.SearchStrategy[Patient]:
    born = DAY if told else st.none()
    sex = st.sampled_from(["F", "M", ""]) if told else st.just("")
    return st.builds(Patient, person(role, qualifier), st.just(relationship), born, sex)


def inquiries() -> st.SearchStrategy[StatusInquiry]:
    line = st.builds(
        LineInquiry, PROCEDURE, MONEY, st.just(Decimal(2)), optional(st.just("0450")), optional(WORD),
        several(dated(), 1, 1),
    )  # fmt: skip
    claim = st.builds(
        ClaimInquiry, WORD, several(organisation("1P", "XX", NPI), 1, 1), members("IL", "18", "MI", told=True),
        optional(members("QC", "", "", told=True), None), optional(MONEY, None),
        references("1K", "BLT", "EJ", "6P", "D9", "LU", "XZ"), several(dated(), 1, 1), several(line, 2),
    )  # fmt: skip
    return st.builds(
        StatusInquiry, organisation("PR", "PI"), organisation("41", "46"), WORD, st.just("202605041200"),
        several(claim, 3, 1),
    )  # fmt: skip


def responses() -> st.SearchStrategy[StatusResponse]:
    full = st.builds(
        Status, CODES, WIRE_DAY, st.just(""), MONEY, optional(MONEY, None), optional(WIRE_DAY), optional(WIRE_DAY),
        optional(WORD),
    )  # fmt: skip
    plain = st.builds(Status, CODES, WIRE_DAY)
    of_receiver = st.builds(Status, codes("41", "PR"), WIRE_DAY)
    of_provider = st.builds(Status, codes("1P"), WIRE_DAY)
    line = st.builds(
        LineStatus, PROCEDURE, MONEY, MONEY, several(plain, 1, 1), st.just(Decimal(1)), optional(st.just("0450")),
        optional(WORD), several(dated(), 1, 1),
    )  # fmt: skip
    claim = st.builds(
        ClaimStatus, WORD, members("IL", "18", "MI", told=False), several(full, 2, 1),
        optional(members("QC", "", "", told=False), None), references("1K", "BLT", "EJ", "XZ", "VV", "D9"),
        several(dated(), 1), several(line, 2),
    )  # fmt: skip
    provider = st.builds(ProviderStatus, several(organisation("1P", "XX", NPI), 1, 1), several(claim, 3, 1))
    refused = st.builds(
        ProviderStatus,
        several(organisation("1P", "XX", NPI), 1, 1),
        st.just(()),
        optional(WORD),
        several(of_provider, 1, 1),
    )
    contact = st.builds(Contact, NAME, st.just((("TE", "2175550100"), ("EX", "12"))))
    payer = st.builds(
        Party, role=st.just("PR"), name=NAME, id_qualifier=st.just("PI"), id=WORD, contacts=several(contact, 1)
    )
    return st.builds(
        StatusResponse, payer, organisation("41", "46"), WORD, st.just("202605041200"),
        several(provider | refused, 2, 1),
    ) | st.builds(
        StatusResponse, payer, organisation("41", "46"), WORD, st.just("202605041200"), st.just(()), WORD,
        several(of_receiver, 1, 1),
    )  # fmt: skip


def errors(text: str, snip: int = 7) -> list[str]:
    return [f"{each.message} {each.position}" for each in validate(text, snip=snip) if each.severity is Severity.ERROR]


def judged(text: str) -> list[str]:
    """What pyx12 finds wrong with the text."""
    pytest.importorskip("pyx12")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pyx12.params
        import pyx12.x12n_document

        said: list[str] = []

        class Listener(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                said.append(record.getMessage())

        log = logging.getLogger("pyx12")
        before, log.handlers, log.propagate = log.handlers, [Listener(logging.ERROR)], False
        try:
            document = pyx12.x12n_document.x12n_document
            good = document(pyx12.params.params(), io.StringIO(text), io.StringIO(), None, None, None)
        finally:
            log.handlers, log.propagate = before, True
    return [] if good else said or ["not accepted"]


@settings(max_examples=25)
@given(st.lists(acknowledgements(), min_size=1, max_size=2), DELIMITERS)
def test_277ca_is_read_as_it_was_written(given_: list[ClaimAcknowledgement], delimiters: Delimiters) -> None:
    text = write_277ca(given_, ENVELOPE, delimiters)
    assert list(read_277ca(text)) == given_
    assert not errors(text, snip=2)  # random totals need not add up


@settings(max_examples=25)
@given(st.lists(inquiries(), min_size=1, max_size=2), DELIMITERS)
def test_276_is_read_as_it_was_written(given_: list[StatusInquiry], delimiters: Delimiters) -> None:
    text = write_276(given_, ENVELOPE, delimiters)
    assert list(read_276(text)) == given_
    assert not errors(text)


@settings(max_examples=25)
@given(st.lists(responses(), min_size=1, max_size=2), DELIMITERS)
def test_277_is_read_as_it_was_written(given_: list[StatusResponse], delimiters: Delimiters) -> None:
    text = write_277(given_, ENVELOPE, delimiters)
    assert list(read_277(text)) == given_
    assert not errors(text)


@settings(max_examples=6)
@given(acknowledgements())
def test_277ca_passes_another_program(acknowledgement: ClaimAcknowledgement) -> None:
    assert not judged(write_277ca([acknowledgement], ENVELOPE))
