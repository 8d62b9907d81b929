"""The codes of a claim as its HI segments have them, and which diagnoses go on which claim of a split one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from nosology.claims.build_desk import BuildDesk
from nosology.model.claim import ClaimCode, ClaimForm
from nosology.model.encounter import Diagnosis, ServiceLine, Setting
from nosology.model.finding import Severity

__all__ = ["claim_codes", "plain_code", "pointed", "split_lines"]

_MOST = {"APR": 3, "ABN": 12, "BG": 24, "BH": 24, "BI": 24, "BE": 24, "TC": 24}
"""Codes of a list that one institutional claim holds."""


def plain_code(code: str) -> str:
    """A code as the wire has it: capitals, without point and blanks."""
    return code.strip().upper().replace(".", "")


def pointed(desk: BuildDesk, line: ServiceLine) -> tuple[int, ...]:
    """The diagnoses to which a line points, that are there: 1-based, each once, at most four."""
    count = len(desk.encounter.diagnoses)
    good = [each for each in dict.fromkeys(line.diagnosis_pointers) if 1 <= each <= count]
    return tuple(good[: desk.limits.pointers])


def split_lines(desk: BuildDesk) -> list[tuple[list[int], list[int]]]:
    """Places of lines and of diagnoses (0-based) of each claim that the encounter needs, in the order of the encounter.

    Lines stay in order. A claim is closed when the next line would not fit, or needs a diagnosis that no longer does.
    Every claim holds what its lines point to; the first is filled up with the others. An institutional claim is split
    by its lines alone, as its lines point nowhere.
    """
    visit, limits = desk.encounter, desk.limits
    everything = list(range(len(visit.diagnoses)))
    parts: list[tuple[list[int], set[int]]] = [([], set())]
    for place, line in enumerate(visit.lines):
        needs = {each - 1 for each in pointed(desk, line)} if desk.form is not ClaimForm.INSTITUTIONAL else set()
        lines, held = parts[-1]
        if lines and (len(lines) >= limits.lines or len(held | needs) > limits.diagnoses):
            parts.append(([], set()))
            lines, held = parts[-1]
        lines.append(place)
        held |= needs
    made: list[tuple[list[int], list[int]]] = []
    for lines, held in parts:
        if desk.form is ClaimForm.INSTITUTIONAL or len(everything) <= limits.diagnoses:
            chosen = set(everything)
        else:
            free = [each for each in everything if each not in held] if not made else []
            chosen = held | set(free[: limits.diagnoses - len(held)])
        made.append((lines, sorted(chosen)))
    kept = {each for _, chosen in made for each in chosen}
    _tell_split(desk, made, [each for each in everything if each not in kept])
    return made


def _tell_split(desk: BuildDesk, made: Sequence[tuple[list[int], list[int]]], left: list[int]) -> None:
    if len(made) > 1:
        desk.note(
            "split",
            f"{len(made)} claims: one holds {desk.limits.lines} lines and {desk.limits.diagnoses} diagnoses",
            "lines",
            severity=Severity.INFORMATION,
        )
    if left:
        desk.note(
            "diagnoses-left",
            f"{len(left)} diagnoses to which no line points find no place on the claim",
            f"diagnoses[{left[0]}]",
            severity=Severity.WARNING,
        )


def claim_codes(desk: BuildDesk, chosen: Sequence[int]) -> tuple[ClaimCode, ...]:
    """The codes of one claim in the order of the guide; ``chosen`` are places of diagnoses."""
    diagnoses = [desk.encounter.diagnoses[each] for each in chosen]
    if desk.form is ClaimForm.INSTITUTIONAL:
        return tuple(_institutional(desk, diagnoses))
    return tuple(ClaimCode("ABF" if n else "ABK", plain_code(each.code)) for n, each in enumerate(diagnoses))


def _institutional(desk: BuildDesk, diagnoses: list[Diagnosis]) -> Iterable[ClaimCode]:
    visit, stay = desk.encounter, desk.registration.stay
    inpatient = visit.setting is Setting.INPATIENT

    def code(qualifier: str, each: Diagnosis) -> ClaimCode:
        poa = each.poa.strip().upper() if inpatient else ""
        return ClaimCode(qualifier, plain_code(each.code), poa="" if poa == "1" else poa)

    external = [each for each in diagnoses[1:] if plain_code(each.code)[:1] in ("V", "W", "X", "Y")]
    others = [each for each in diagnoses[1:] if each not in external]
    yield from (code("ABK", each) for each in diagnoses[:1])
    if inpatient and visit.admitting_diagnosis.strip():
        yield ClaimCode("ABJ", plain_code(visit.admitting_diagnosis))
    yield from _most(desk, "APR", [each for each in stay.codes if each.qualifier == "APR"])
    yield from _most(desk, "ABN", [code("ABN", each) for each in external])
    drg = desk.drg or next((each.code for each in stay.codes if each.qualifier == "DR"), "")
    if drg and inpatient:
        yield ClaimCode("DR", drg)
    room = desk.limits.diagnoses - 1
    if len(others) > room:
        desk.note(
            "diagnoses-left",
            f"{len(others) - room} diagnoses find no place on the claim",
            f"diagnoses[{room + 1}]",
            severity=Severity.WARNING,
        )
    yield from (code("ABF", each) for each in others[:room])
    yield from _procedures(desk)
    for qualifier in ("BI", "BH", "BE", "BG", "TC"):
        yield from _most(desk, qualifier, [each for each in stay.codes if each.qualifier == qualifier])


def _most(desk: BuildDesk, qualifier: str, codes: list[ClaimCode]) -> Iterable[ClaimCode]:
    most = _MOST[qualifier]
    if len(codes) > most:
        desk.note(
            "codes-left",
            f"{len(codes) - most} codes of the list {qualifier} find no place on the claim",
            "stay",
            severity=Severity.WARNING,
        )
    for each in codes[:most]:
        yield ClaimCode(each.qualifier, plain_code(each.code), each.value, each.amount, each.poa)


def _procedures(desk: BuildDesk) -> Iterable[ClaimCode]:
    """ICD-10-PCS procedures with their dates; only inpatient claims have them."""
    visit = desk.encounter
    if visit.setting is not Setting.INPATIENT:
        return
    most = desk.limits.procedures
    if len(visit.procedures) > most:
        desk.note(
            "procedures-left",
            f"{len(visit.procedures) - most} procedures find no place on the claim",
            f"procedures[{most}]",
            severity=Severity.WARNING,
        )
    for place, each in enumerate(visit.procedures[:most]):
        yield ClaimCode("BBQ" if place else "BBR", plain_code(each.code), _day(each.date))


def _day(day: date | None) -> str:
    return f"{day:%Y%m%d}" if day else ""
