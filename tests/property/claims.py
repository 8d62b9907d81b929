"""Hypothesis strategies for whole claims on each of the three forms, with every optional part of their guides.

``claims(form)`` gives claims in the order of the guide, so that writing and reading gives the same claim back;
``batches(form)`` gives claims that share billing providers and subscribers. Names and numbers are made up."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from nosology.model.claim import (
    Claim,
    ClaimCode,
    ClaimForm,
    ClaimLine,
    Drug,
    Envelope,
    LineAdjudication,
    OtherPayer,
    Patient,
    Subscriber,
    ToothWork,
)
from nosology.model.claim_parts import (
    Attachment,
    Contact,
    Equipment,
    FormAnswer,
    Manipulation,
    Party,
    ProcedureId,
    Reference,
    SupportingForm,
)

from . import claim_parts as part
from .claim_parts import maybe, some

P, I, D = ClaimForm.PROFESSIONAL, ClaimForm.INSTITUTIONAL, ClaimForm.DENTAL  # noqa: E741

ENVELOPE = Envelope(
    Party("41", "EXAMPLE BILLING", id_qualifier="46", id="SUB01", contacts=(Contact("DESK", (("TE", "5555550100"),)),)),
    Party("40", "EXAMPLE PAYER", id_qualifier="46", id="PAY01"),
    "BATCH1",
    "202605040930",
    interchange_control="000000001",
    group_control="1",
    transaction_control="0001",
    sender_id="SUB01",
    receiver_id="PAY01",
)
_AMBULANCE = ("01", "04", "05", "06", "12")
_PROVIDER_NUMBERS = ("0B", "1G", "G2", "LU")
_RELATIONS = st.sampled_from(["01", "19", "20", "21", "G8"])
_SEXES = st.sampled_from(["F", "M", "U"])


def people(party: st.SearchStrategy[Party], relationship: st.SearchStrategy[str], *, facts: bool) -> Any:
    """A person; with ``facts`` perhaps a day of death, a weight, a pregnancy."""
    return st.builds(
        Patient,
        party,
        relationship,
        part.DAYS,
        _SEXES,
        maybe(part.DAYS) if facts else st.none(),
        maybe(part.PARTS.map(lambda weight: weight.quantize(Decimal("0.1")))) if facts else st.none(),
        st.booleans() if facts else st.just(False),
    )


@st.composite
def billing_providers(draw: st.DrawFn, form: ClaimForm) -> Party:
    """Who bills, with address, tax number and perhaps more."""
    found = draw(part.parties("85", person=False if form is I else None, address=True, taxonomy=True))
    numbers = (Reference("EI", "123456789"), *draw(part.references(*(() if form is I else ("0B", "1G")))))
    people_to_ask = tuple(draw(st.lists(part.contacts("EX", "FX", "EM"), max_size=2)))
    return replace(found, references=numbers, contacts=people_to_ask)


@st.composite
def subscribers(draw: st.DrawFn, form: ClaimForm, *, own: bool) -> Subscriber:
    """The insured, patient himself if ``own``."""
    who = part.parties("IL", id_qualifier="MI", address=True if own else None, numbers=("SY",), person=own or None)
    person = draw(people(who, st.just("18"), facts=form is P and own))
    if not own:
        person = replace(person, birth_date=person.birth_date if person.party.person else None, sex="")
        if person.birth_date:
            person = replace(person, sex="F")
    payer = part.parties("PR", person=False, id_qualifier="PI", numbers=("2U", "EI", "G2"), address=None)
    return Subscriber(
        person,
        draw(payer),
        draw(st.sampled_from("PST")),
        "18" if own else "",
        draw(maybe(part.IDS, "")),
        draw(maybe(part.TEXTS, "")),
        draw(st.sampled_from(["", "12", "47"])) if form is P else "",
        draw(st.sampled_from(["CI", "MB", "MC", "BL"])),
    )


@st.composite
def other_payers(draw: st.DrawFn, form: ClaimForm) -> OtherPayer:
    """Another payer, perhaps with its decision."""
    roles = {
        P: (("DN", True), ("82", True), ("77", False), ("DQ", True), ("85", False)),
        I: (("71", True), ("72", True), ("ZZ", True), ("77", False), ("82", True), ("DN", True), ("85", False)),
        D: (("DN", True), ("82", True), ("DQ", True), ("85", False), ("77", False), ("DD", True)),
    }[form]
    outpatient = maybe(
        st.builds(lambda rate, code: (rate, "", code), st.sampled_from(["", "0.8"]), st.just("MA01")), ()
    )
    inpatient = maybe(st.just(("1", "", "", "120.5", "MA01")), ()) if form is I else st.just(())
    orders = {P: ("D", "A8", "EAF"), I: ("D", "EAF", "A8"), D: ("D", "EAF", "A8")}[form]
    return OtherPayer(
        draw(st.sampled_from("PSTA")),
        draw(st.sampled_from(["18", "01", "19"])),
        draw(part.parties("IL", id_qualifier="MI", address=None, numbers=("SY",))),
        draw(
            part.parties(
                "PR", person=False, id_qualifier="PI", numbers=("2U", "EI", "G1", "9F", "T4", "F8"), address=None
            )
        ),
        draw(maybe(part.IDS, "")),
        draw(maybe(part.TEXTS, "")),
        draw(st.sampled_from(["", "12"])) if form is P else "",
        draw(st.sampled_from(["CI", "MB"])),
        draw(st.sampled_from(["Y", "N", "W"])),
        draw(st.sampled_from(["", "P"])) if form is P else "",
        draw(st.sampled_from(["Y", "I"])),
        draw(part.adjustments()),
        draw(part.amounts(*orders)),
        draw(inpatient),
        draw(outpatient),
        draw(part.dates("573")),
        tuple(draw(part.bare_parties(*each, ("G2",))) for each in draw(some(roles, 3))),
    )


@st.composite
def adjudications(draw: st.DrawFn, form: ClaimForm, payer: str) -> LineAdjudication:
    """What another payer decided on a line."""
    return LineAdjudication(
        payer,
        draw(part.CENTS),
        draw(part.procedures("AD" if form is D else "HC")),
        draw(part.COUNTS),
        "0450" if form is I else "",
        draw(maybe(st.sampled_from(["1", "2"]), "")),
        draw(part.adjustments()),
        draw(part.dated("573").map(lambda day: (day,))),
        draw(part.amounts("EAF")),
    )


@st.composite
def drugs(draw: st.DrawFn) -> Drug:
    """A drug with its quantity."""
    unit = draw(st.sampled_from(["F2", "GR", "ME", "ML", "UN"]))
    return Drug("00409379601", draw(part.PARTS), unit, "N4", draw(part.references("XZ")))


@st.composite
def _supporting_forms(draw: st.DrawFn) -> SupportingForm:
    answers = draw(
        st.lists(
            st.one_of(
                st.builds(FormAnswer, st.sampled_from(["1", "2A"]), st.sampled_from("YNW")),
                st.builds(lambda text: FormAnswer("3", "", text), part.TEXTS),
                st.builds(lambda day: FormAnswer("4", "", "", day), part.day_texts()),
                st.builds(lambda share: FormAnswer("5", percent=share), part.COUNTS),
            ),
            min_size=1,
            max_size=3,
        )
    )
    return SupportingForm("UT", draw(st.sampled_from(["04.03", "02.03B"])), tuple(answers))


def _line_provider(role: str) -> st.SearchStrategy[Party]:
    place = role in ("77", "PW", "45")
    if role == "QB":
        return st.builds(lambda npi: Party("QB", id_qualifier="XX", id=npi), part.NPIS)
    return part.parties(
        role,
        person=not place,
        id_qualifier="" if role in ("PW", "45") else "XX",
        numbers=() if role in ("PW", "45") else ("G2",),
        address=place or (None if role == "DK" else False),
        taxonomy=role == "82",
        payers=True,
    ).map(lambda found: replace(found, name="") if role == "PW" else found)


@st.composite
def _equipment(draw: st.DrawFn) -> Equipment:
    rented = draw(st.booleans())
    certified = draw(st.booleans()) or not rented
    return Equipment(
        ProcedureId("HC", "E0570") if rented else None,
        draw(part.COUNTS) if rented else None,
        draw(part.CENTS) if rented else None,
        draw(part.CENTS) if rented else None,
        draw(st.sampled_from(["1", "4", "6"])) if rented else "",
        draw(st.sampled_from(["I", "R", "S"])) if certified else "",
        draw(part.COUNTS) if certified else None,
    )


@st.composite
def _professional_parts(draw: st.DrawFn) -> dict[str, Any]:
    certificate = draw(maybe(st.builds(Attachment, st.just("CT"), st.sampled_from(["AB", "NS"]))))
    papers = [*draw(st.lists(part.ATTACHMENTS, max_size=2)), *([certificate] if certificate else [])]
    return {
        "unit": draw(st.sampled_from(["UN", "MJ"])),
        "place_of_service": draw(st.sampled_from(["", "11", "10", "27", "66"])),
        "pointers": tuple(draw(st.lists(st.integers(1, 12), min_size=1, max_size=4, unique=True))),
        "emergency": draw(st.booleans()),
        "epsdt": draw(st.booleans()),
        "family_planning": draw(st.booleans()),
        "copay_exempt": draw(st.booleans()),
        "equipment": draw(maybe(_equipment())),
        "attachments": tuple(papers),
        "ambulance": draw(maybe(part.AMBULANCES)),
        "conditions": draw(part.conditions(_07=_AMBULANCE, _70=("65",), _09=("38", "ZV"))),
        "dates": (
            draw(part.dated("472", draw(st.sampled_from(["D8", "RD8"])))),
            *draw(part.dates("471", "607", "463", "461", "304", "738", "739", "011", "455", "454")),
        ),
        "quantities": draw(part.quantities()),
        "contract": draw(maybe(part.CONTRACTS)),
        "references": (
            *draw(part.references("9B", "9D")),
            *draw(part.references("G1", payers=True)),
            *draw(part.references("6R", "EW", "X4", "F4", "BT")),
            *draw(part.references("9F", payers=True)),
        ),
        "amounts": draw(part.amounts("T", "F4")),
        "file_information": tuple(draw(st.lists(part.TEXTS, max_size=2))),
        "notes": draw(part.notes("ADD", "DCP")) + draw(part.notes("TPO")),
        "purchased": draw(maybe(st.tuples(part.IDS, part.CENTS))),
        "repricing": draw(maybe(part.repricings(line=True))),
        "providers": tuple(
            draw(_line_provider(role)) for role in draw(some(("82", "QB", "77", "DQ", "DK", "DN", "PW", "45"), 4))
        ),
        "forms": tuple(draw(st.lists(_supporting_forms(), max_size=2))),
    }


@st.composite
def _institutional_parts(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "unit": draw(st.sampled_from(["UN", "DA"])),
        "revenue_code": draw(st.sampled_from(["0120", "0300", "0450"])),
        "noncovered": draw(maybe(part.CENTS)),
        "attachments": tuple(draw(st.lists(part.ATTACHMENTS, max_size=2))),
        "dates": draw(maybe(part.dated("472", draw(st.sampled_from(["D8", "RD8"]))).map(lambda day: (day,)), ())),
        "references": draw(part.references("6R", "9B", "9D")),
        "amounts": draw(part.amounts("GT", "N8")),
        "notes": draw(part.notes("TPO")),
        "repricing": draw(maybe(part.repricings(line=True, institutional=True))),
        "providers": tuple(draw(_line_provider(role)) for role in draw(some(("72", "ZZ", "DN"), 2))),
    }


@st.composite
def _dental_parts(draw: st.DrawFn) -> dict[str, Any]:
    teeth = st.builds(ToothWork, st.sampled_from(["1", "14", "32"]), some(("M", "O", "D", "B"), 4).map(tuple))
    return {
        "place_of_service": draw(st.sampled_from(["", "11"])),
        "oral_cavity": tuple(draw(some(("00", "10", "20", "30", "40")))),
        "prosthesis": draw(st.sampled_from(["", "I", "R"])),
        "pointers": tuple(draw(st.lists(st.integers(1, 4), max_size=4, unique=True))),
        "teeth": tuple(draw(st.lists(teeth, max_size=3))),
        "dates": draw(part.dates("472", "441", "452", "446", "196", "198")),
        "contract": draw(maybe(part.CONTRACTS)),
        "references": draw(part.references("G3", "G1", "6R", "9B", "9D", "9F")),
        "amounts": draw(part.amounts("T")),
        "file_information": tuple(draw(st.lists(part.TEXTS, max_size=2))),
        "repricing": draw(maybe(part.repricings())),
        "providers": tuple(draw(_line_provider(role)) for role in draw(some(("82", "DD", "DQ", "77"), 2))),
    }


@st.composite
def lines(draw: st.DrawFn, form: ClaimForm, number: int, payers: tuple[str, ...]) -> ClaimLine:
    """A service of that form; other payers may have decided on it."""
    more = draw({P: _professional_parts, I: _institutional_parts, D: _dental_parts}[form]())
    service = part.procedures("AD" if form is D else "HC")
    return ClaimLine(
        number,
        draw(maybe(service) if form is I else service),
        draw(part.CENTS),
        quantity=draw(part.COUNTS),
        drug=draw(maybe(drugs())) if form is not D else None,
        adjudications=tuple(draw(adjudications(form, payer)) for payer in draw(some(payers))),
        **more,
    )


def _claim_provider(form: ClaimForm, role: str) -> st.SearchStrategy[Party]:
    place = role in ("77", "PW", "45")
    numbers = {"77": ("0B", "G2"), "PW": (), "45": (), "DN": ("0B", "1G", "G2"), "P3": ("0B", "1G", "G2")}
    found = part.parties(
        role,
        person=not place,
        id_qualifier="" if role in ("PW", "45") else "XX",
        numbers=numbers.get(role, _PROVIDER_NUMBERS),
        address=place,
        taxonomy=(role == "82" and form is not I) or role == "71" or (form is D and role in ("DN", "DD")),
    )
    if role == "77":  # not the billing provider itself, which is not named again
        found = found.map(lambda party: replace(party, name="EXAMPLE PLACE"))
    if role == "77" and form is P:
        return st.builds(
            lambda party, contact: replace(party, contacts=(contact,) if contact else ()),
            found,
            maybe(part.contacts("EX")),
        )
    return found.map(lambda party: replace(party, name="") if role == "PW" else party)


@st.composite
def _professional_claim(draw: st.DrawFn, frequency: str) -> dict[str, Any]:
    causes = tuple(draw(some(("AA", "EM", "OA"), 2)))
    return {
        "facility": draw(st.sampled_from(["11", "22", "10"])),
        "facility_qualifier": "B",
        "provider_signature": draw(st.sampled_from("YN")),
        "patient_signature": draw(st.sampled_from(["", "P"])),
        "related_causes": causes,
        "accident_state": "IL" if "AA" in causes else "",
        "special_program": draw(st.sampled_from(["", "02", "09"])),
        "dates": draw(
            part.dates(
                *("431", "454", "304", "453", "439", "484", "455", "471", "314:RD8", "297", "296", "435", "096"),
                *("090", "091", "444", "050"),
            )
        ),
        "amounts": draw(part.amounts("F5")),
        "references": _numbers(draw, "4N F5 EW 9F G1", frequency, "X4 9A 9C LX D9 EA P4 1J"),
        "notes": draw(part.notes("ADD", "CER", "DCP", "DGN", "TPO")),
        "ambulance": draw(maybe(part.AMBULANCES)),
        "manipulation": draw(maybe(st.builds(Manipulation, st.sampled_from("ACM"), maybe(part.TEXTS, "")))),
        "conditions": draw(
            part.conditions(_07=_AMBULANCE, _E1=("L1", "L2"), _E3=("L3",), _75=("IH",), _ZZ=("AV", "S2", "ST"))
        ),
        "codes": (
            ClaimCode("ABK", draw(part.ICD10)),
            *(ClaimCode("ABF", code) for code in draw(st.lists(part.ICD10, max_size=11))),
            *(ClaimCode("BP", code) for code in draw(st.lists(part.CPT, max_size=1))),
            *(ClaimCode("BG", code) for code in draw(st.lists(st.sampled_from(["AA", "A3"]), max_size=13))),
        ),
        "property_casualty_contact": draw(maybe(part.contacts("EX"))),
        "repricing": draw(maybe(part.repricings())),
        "providers": tuple(
            draw(_claim_provider(P, role)) for role in draw(some(("DN", "P3", "82", "77", "DQ", "PW", "45"), 4))
        ),
    }


def _numbers(draw: st.DrawFn, before: str, frequency: str, after: str) -> tuple[Reference, ...]:
    payer_number = (Reference("F8", draw(part.IDS)),) if frequency in "78" else ()
    first, last = draw(part.references(*before.split())), draw(part.references(*after.split()))
    return (*first, *payer_number, *last)


@st.composite
def _institutional_claim(draw: st.DrawFn, frequency: str) -> dict[str, Any]:
    poa = st.sampled_from(["", "Y", "N", "U", "W"])
    some_codes = st.lists(part.ICD10, max_size=3)
    more = st.lists(part.ICD10, max_size=14)
    days = part.day_texts()
    pcs = st.sampled_from(["0DTJ4ZZ", "02703ZZ"])
    return {
        "facility": draw(st.sampled_from(["11", "13", "21"])),
        "facility_qualifier": "A",
        "admission_type": draw(st.sampled_from(["1", "3"])),
        "admission_source": draw(st.sampled_from(["", "1", "4"])),
        "discharge_status": draw(st.sampled_from(["01", "30"])),
        "dates": (
            *draw(part.dates("096:TM")),
            draw(part.dated("434", "RD8")),
            *draw(part.dates(draw(st.sampled_from(["435:D8", "435:DT"])), "050")),
        ),
        "amounts": draw(part.amounts("F3")),
        "references": _numbers(draw, "4N 9F G1", frequency, "9A 9C LX D9 LU EA P4 G4"),
        "notes": draw(part.notes("ALG", "MED", "UPI")) + draw(part.notes("ADD")),
        "conditions": draw(part.conditions(_ZZ=("AV", "NU"))),
        "codes": (
            ClaimCode("ABK", draw(part.ICD10), poa=draw(poa)),
            *draw(maybe(st.builds(lambda code: (ClaimCode("ABJ", code),), part.ICD10), ())),
            *(ClaimCode("APR", code) for code in draw(some_codes)),
            *(ClaimCode("ABN", "W19XXXA", poa=draw(poa)) for _ in range(draw(st.integers(0, 2)))),
            *draw(maybe(st.just((ClaimCode("DR", "470"),)), ())),
            *(ClaimCode("ABF", code, poa=draw(poa)) for code in draw(more)),
            *draw(maybe(st.builds(lambda code, day: (ClaimCode("BBR", code, day),), pcs, days), ())),
            *(ClaimCode("BBQ", code, draw(days)) for code in draw(st.lists(pcs, max_size=13))),
            *(ClaimCode("BI", "71", draw(part.periods())) for _ in range(draw(st.integers(0, 2)))),
            *(ClaimCode("BH", "11", draw(days)) for _ in range(draw(st.integers(0, 2)))),
            *(ClaimCode("BE", "80", amount=draw(part.CENTS)) for _ in range(draw(st.integers(0, 2)))),
            *(ClaimCode("BG", "C5") for _ in range(draw(st.integers(0, 2)))),
            *(ClaimCode("TC", "A01") for _ in range(draw(st.integers(0, 2)))),
        ),
        "repricing": draw(maybe(part.repricings(institutional=True))),
        "providers": tuple(
            draw(_claim_provider(I, role)) for role in draw(some(("71", "72", "ZZ", "82", "77", "DN"), 4))
        ),
    }


@st.composite
def _dental_claim(draw: st.DrawFn, frequency: str) -> dict[str, Any]:
    return {
        "facility": "11",
        "facility_qualifier": "B",
        "provider_signature": draw(st.sampled_from("YN")),
        "predetermination": draw(st.sampled_from(["", "PB"])),
        "orthodontics": draw(st.sampled_from([(), ("24",), ("24", "12")])),
        "teeth": tuple(draw(st.lists(st.tuples(st.sampled_from(["1", "32"]), st.sampled_from("EM")), max_size=3))),
        "dates": draw(part.dates("439", "452", draw(st.sampled_from(["472:D8", "472:RD8"])), "050")),
        "amounts": draw(part.amounts("F5")),
        "references": _numbers(draw, "G3 4N", frequency, "9F G1 9A 9C D9"),
        "notes": draw(part.notes("ADD")),
        "codes": tuple(
            ClaimCode("ABF" if place else "ABK", code)
            for place, code in enumerate(draw(st.lists(part.ICD10, max_size=4)))
        ),
        "repricing": draw(maybe(part.repricings())),
        "providers": tuple(
            draw(_claim_provider(D, role)) for role in draw(some(("DN", "P3", "82", "77", "DD", "DQ"), 3))
        ),
    }


@st.composite
def claims(draw: st.DrawFn, form: ClaimForm, *, id: str = "", most: int = 3) -> Claim:  # noqa: A002
    """A claim of that form with up to ``most`` services, every part of the guide that it may have, or not."""
    own = draw(st.booleans())
    frequency = draw(st.sampled_from("1178"))
    maker = {P: _professional_claim, I: _institutional_claim, D: _dental_claim}[form]
    more = draw(maker(frequency))
    others = tuple(draw(st.lists(other_payers(form), max_size=2)))
    patient = part.parties("QC", person=True, id_qualifier="", address=True, numbers=("Y4",))
    found = tuple(
        draw(lines(form, number, tuple(dict.fromkeys(each.payer.id for each in others))))
        for number in range(1, draw(st.integers(1, most)) + 1)
    )
    return Claim(
        form=form,
        id=id or draw(part.IDS),
        charge=sum((line.charge for line in found), Decimal(0)),
        billing=draw(billing_providers(form)),
        subscriber=draw(subscribers(form, own=own)),
        lines=found,
        frequency=frequency,
        assignment=draw(st.sampled_from("ABC")),
        benefits_assigned=draw(st.sampled_from("NWY")),
        release=draw(st.sampled_from("IY")),
        delay_reason=draw(st.sampled_from(["", "3", "11"])),
        patient=None if own else draw(people(patient, _RELATIONS, facts=form is P)),
        pay_to=draw(maybe(st.builds(lambda place: Party("87", address=place), part.ADDRESSES))),
        pay_to_plan=draw(
            maybe(
                part.parties("PE", person=False, id_qualifier="PI", address=True).map(
                    lambda party: replace(party, references=(Reference("EI", "987654321"),))
                )
            )
        ),
        currency=draw(st.sampled_from(["", "USD"])),
        attachments=tuple(draw(st.lists(part.ATTACHMENTS, max_size=2))),
        contract=draw(maybe(part.CONTRACTS)),
        file_information=tuple(draw(st.lists(part.TEXTS, max_size=2))),
        other_payers=others,
        **more,
    )


@st.composite
def batches(draw: st.DrawFn, form: ClaimForm, most: int = 5) -> list[Claim]:
    """Claims of which some share billing provider, subscriber and patient; their ids differ."""
    models = draw(st.lists(claims(form, most=1), min_size=1, max_size=3))
    made = []
    for number in range(draw(st.integers(1, most))):
        found, other = draw(st.sampled_from(models)), draw(st.sampled_from(models))
        made.append(
            replace(
                found,
                id=f"C{number}",
                billing=other.billing,
                pay_to=other.pay_to,
                pay_to_plan=other.pay_to_plan,
                currency=other.currency,
            )
        )
    return made
