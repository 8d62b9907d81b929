"""Eligibility: what is written is read back the same and passes our validator; whatever comes back breaks nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from nosology.model.claim import ClaimCode, Envelope
from nosology.model.claim_parts import Address, Contact, Dated, Party, ProcedureId, Reference
from nosology.model.eligibility import (
    Benefit,
    BenefitCondition,
    BenefitDelivery,
    CoverageState,
    EligibilityInquiry,
    EligibilityQuestion,
    EligibilityResponse,
    Member,
    MemberProvider,
    Rejection,
    RelatedParty,
    Trace,
)
from nosology.model.finding import Severity
from nosology.x12.eligibility_27x import (
    benefits_by_service_type,
    read_270,
    read_271,
    receive_answer,
    write_270,
    write_271,
)
from nosology.x12.syntax import Delimiters
from nosology.x12.validate import validate

ENVELOPE = Envelope(
    Party("41", "CLINIC", id="CLINIC"), Party("40", "PAYER", id="PAYER"), "R1", "202605041200",
    group_control="7", transaction_control="0001", interchange_control="12",
)  # fmt: skip
WORD = st.from_regex(r"[A-Z][A-Z0-9]{1,12}", fullmatch=True)
NAME = st.from_regex(r"[A-Z]{1,8}( [A-Z]{1,8})?", fullmatch=True)
MONEY = st.decimals(0, 99999, places=2)
DAY = st.dates(date(2020, 1, 1), date(2027, 12, 31))
NPI = st.sampled_from(["1234567893", "1245319599"])
TYPES = st.sampled_from(["30", "98", "UC", "35", "MH", "88"])
DELIMITERS = st.sampled_from([Delimiters(), Delimiters("|", ">", "!", "\n")])
CREATED = st.just("202605041200")


def optional(strategy: st.SearchStrategy[Any], nothing: Any = "") -> st.SearchStrategy[Any]:
    return st.one_of(st.just(nothing), strategy)


def several(strategy: st.SearchStrategy[Any], most: int = 2, least: int = 0) -> st.SearchStrategy[Any]:
    return st.lists(strategy, min_size=least, max_size=most).map(tuple)


def dates(*qualifiers: str) -> st.SearchStrategy[Dated]:
    period = st.tuples(DAY, DAY).map(lambda days: sorted(days))
    return st.builds(Dated.on, st.sampled_from(qualifiers), DAY) | st.builds(
        lambda qualifier, days: Dated.on(qualifier, *days), st.sampled_from(qualifiers), period
    )


def references(*qualifiers: str) -> st.SearchStrategy[tuple[Reference, ...]]:
    chosen = st.lists(st.sampled_from(qualifiers), unique=True, max_size=2)
    return chosen.flatmap(lambda each: st.tuples(*(st.builds(Reference, st.just(q), WORD) for q in each)))


ADDRESS = st.builds(Address, st.just("2 ELM STREET"), optional(st.just("APT 3")), st.just("SPRINGFIELD"),
                    st.just("IL"), st.just("62701"))  # fmt: skip
PAYER = st.builds(Party, role=st.just("PR"), name=NAME, id_qualifier=st.just("PI"), id=WORD)
CONTACT = st.builds(Contact, optional(NAME), st.just((("TE", "2175550100"), ("EX", "12"))))
PROVIDER = st.builds(
    Party, role=st.just("1P"), name=NAME, id_qualifier=st.just("XX"), id=NPI, address=optional(ADDRESS, None),
    taxonomy=st.just("207Q00000X"), references=references("TJ", "EO"),
)  # fmt: skip
TRACE = st.builds(Trace, WORD, st.just("9CLINIC123"), optional(WORD))
DIAGNOSES = st.sampled_from([(), (ClaimCode("ABK", "E119"),), (ClaimCode("ABK", "E119"), ClaimCode("ABF", "I10"))])
PROCEDURE = st.builds(ProcedureId, st.just("HC"), st.sampled_from(["97110", "99213"]), several(st.just("GP"), 1))


def members(role: str, *, answer: bool) -> st.SearchStrategy[Member]:
    subscriber = role == "IL"
    party = st.builds(
        Party, role=st.just(role), name=NAME, first=NAME, middle=optional(NAME), suffix=optional(st.just("JR")),
        person=st.just(True), id_qualifier=st.just("MI" if subscriber else ""), id=WORD if subscriber else st.just(""),
        address=optional(ADDRESS, None), references=references("6P", "SY"),
    )  # fmt: skip
    kin = st.sampled_from(["18"] if subscriber else ["01", "19"])
    plain = {
        "party": party,
        "birth_date": optional(DAY, None),
        "provider": optional(st.just(MemberProvider("PC", "PXC", "207Q00000X")), None),
        "diagnoses": DIAGNOSES,
    }
    if answer:
        plain["military"] = st.sampled_from([(), ("A", "AE", "A")])
    known = st.builds(
        Member, **plain, sex=st.sampled_from(["F", "M"]), relationship=kin, birth_sequence=optional(st.just("2")),
        corrected=st.booleans() if answer else st.just(False),
    )  # fmt: skip
    return known | st.builds(Member, **plain)


def inquiries() -> st.SearchStrategy[EligibilityInquiry]:
    common = {
        "coverage_level": optional(st.just("FAM")),
        "spend_down": optional(MONEY, None),
        "spend_down_billed": optional(MONEY, None),
        "place_of_service": optional(st.just("11")),
        "reference": optional(st.builds(Reference, st.just("G1"), WORD), None),
        "dates": optional(dates("291"), None),
    }
    by_type = st.builds(EligibilityQuestion, several(TYPES, 3, 1), **common)
    by_service = st.builds(EligibilityQuestion, st.just(()), PROCEDURE, pointers=optional(st.just((1,)), ()), **common)
    return st.tuples(DAY, optional(st.integers(1, 90), 0)).flatmap(
        lambda days: st.builds(
            EligibilityInquiry, PAYER, PROVIDER, members("IL", answer=False), st.just(days[0]),
            several(by_type | by_service, 2, 1), WORD, CREATED, optional(members("03", answer=False), None),
            st.just(date.fromordinal(days[0].toordinal() + days[1]) if days[1] else None), optional(DAY, None),
            several(TRACE), st.sampled_from(["PE", "BI"]), st.just("13"), optional(st.just("RT")),
        )
    )  # fmt: skip


def benefits() -> st.SearchStrategy[Benefit]:
    delivery = st.builds(
        BenefitDelivery, st.just("VS"), st.just(Decimal(12)), optional(st.just("MO")),
        optional(st.just(Decimal(1)), None), optional(st.just("23")),
    )  # fmt: skip
    related = st.builds(
        RelatedParty,
        st.builds(Party, role=st.sampled_from(["P3", "PR", "SEP"]), name=NAME, address=optional(ADDRESS, None),
                  contacts=several(CONTACT, 1), taxonomy=st.just("207Q00000X")),
        st.just(""), st.just("PC"),
    )  # fmt: skip
    return st.builds(
        Benefit,
        information=st.sampled_from(["1", "6", "A", "B", "C", "F", "G", "I", "R", "Y"]),
        coverage_level=optional(st.sampled_from(["IND", "FAM"])),
        service_types=several(TYPES, 2),
        insurance_type=optional(st.sampled_from(["HM", "MB"])),
        plan=optional(NAME),
        period=optional(st.sampled_from(["23", "24", "29", "27", "32"])),
        amount=optional(MONEY, None),
        percent=optional(st.just(Decimal("0.2")), None),
        quantity_qualifier=st.just("VS"),
        quantity=st.just(Decimal(20)),
        authorization=optional(st.sampled_from(["Y", "N", "U"])),
        in_network=optional(st.sampled_from(["Y", "N", "W"])),
        procedure=st.none(),
        deliveries=several(delivery),
        references=references("18", "G1"),
        dates=several(dates("292", "348", "472")),
        rejections=several(st.just(Rejection("57", "C", "N", "benefit")), 1),
        messages=several(NAME),
        conditions=several(st.just(BenefitCondition("ZZ", "11")), 1),
        parties=several(related),
    )


def responses() -> st.SearchStrategy[EligibilityResponse]:
    payer = st.builds(
        Party, role=st.just("PR"), name=NAME, id_qualifier=st.just("PI"), id=WORD, contacts=several(CONTACT, 1)
    )
    told = st.builds(
        EligibilityResponse, payer, PROVIDER, members("IL", answer=True), WORD, CREATED,
        optional(members("03", answer=True), None), several(TRACE), several(dates("346", "347", "291")),
        several(benefits(), 4), several(st.just(Rejection("72", "C", "N", "subscriber")), 1), st.just("PE"),
        st.just("11"),
    )  # fmt: skip
    refused = st.builds(
        EligibilityResponse, payer, PROVIDER, st.none(), WORD, CREATED, provider_role=st.just("PE"),
        rejections=st.sampled_from([(Rejection("50", "N", "Y", "provider"),), (Rejection("42", "R", "Y", "source"),)]),
    )  # fmt: skip
    down = st.builds(
        EligibilityResponse, payer, st.none(), st.none(), WORD, CREATED,
        rejections=st.just((Rejection("42", "R", "Y", "payer"),)),
    )  # fmt: skip
    return told | refused | down


def errors(text: str) -> list[str]:
    return [f"{each.message} {each.position}" for each in validate(text) if each.severity is Severity.ERROR]


@settings(max_examples=25)
@given(st.lists(inquiries(), min_size=1, max_size=2), DELIMITERS)
def test_270_is_read_as_it_was_written(given_: list[EligibilityInquiry], delimiters: Delimiters) -> None:
    text = write_270(given_, ENVELOPE, delimiters)
    assert list(read_270(text)) == given_
    assert not errors(text)


@settings(max_examples=25)
@given(st.lists(responses(), min_size=1, max_size=2), DELIMITERS)
def test_271_is_read_as_it_was_written(given_: list[EligibilityResponse], delimiters: Delimiters) -> None:
    text = write_271(given_, ENVELOPE, delimiters)
    assert list(read_271(text)) == given_
    assert not errors(text)
    for response in given_:
        for found in benefits_by_service_type(response).values():
            for share in found.shares:
                assert share.remaining is None or share.remaining >= 0


@settings(max_examples=40)
@given(responses(), st.data())
def test_rivals_13_a_damaged_answer_never_raises_and_never_denies(response: EligibilityResponse, data: Any) -> None:
    text = write_271([response], ENVELOPE)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    damaged = text[:start] + data.draw(st.sampled_from(["", "~", "*", "\x00", "EB*"])) + text[end:]
    answer = receive_answer(damaged)
    assert answer.coverage in CoverageState
    if answer.coverage is CoverageState.UNKNOWN:
        assert answer.findings


@settings(max_examples=40)
@given(st.text() | st.binary())
def test_rivals_13_rubbish_is_a_finding(rubbish: str | bytes) -> None:
    answer = receive_answer(rubbish)
    assert answer.coverage is CoverageState.UNKNOWN
    assert answer.findings
    assert answer.findings[0].rule in ("eligibility.no_answer", "eligibility.garbled", "eligibility.refused")
