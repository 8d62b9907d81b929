"""What the MS-DRG would be: with another principal diagnosis, without each secondary one, with each procedure alone.

For review before a claim leaves: which code the DRG hangs on, and where a query or a second look is worth most. What is
computed is what would be paid, never what should be coded; the sequence of diagnoses follows Guidelines Section II.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from nosology.grouping.msdrg import assign_drg
from nosology.model.encounter import Encounter
from nosology.model.grouping import DrgAlternative, DrgResult

__all__ = ["find_alternatives"]


def find_alternatives(encounter: Encounter, result: DrgResult, *, on: date | None = None) -> tuple[DrgAlternative, ...]:
    """The DRG of the encounter after each single change, in the order of its codes; ``result`` is its DRG as it is.

    A secondary diagnosis that takes the first place changes place with the principal one; each keeps its POA. With
    two or more operating-room procedures each is grouped alone too: the surgical hierarchy of the MDC keeps the
    highest of these.
    """
    return tuple(
        _compare(change, code, assign_drg(changed, on=on), result)
        for change, code, changed in _changes(encounter, result)
    )


def _changes(encounter: Encounter, result: DrgResult) -> Iterator[tuple[str, str, Encounter]]:
    diagnoses = encounter.diagnoses
    for place in range(1, len(diagnoses)):
        if not diagnoses[place].code.strip():
            continue
        first, other = diagnoses[place], diagnoses[0]
        swapped = (first, *diagnoses[1:place], other, *diagnoses[place + 1 :])
        yield "principal diagnosis", first.code, replace(encounter, diagnoses=swapped)
    for place in range(1, len(diagnoses)):
        if diagnoses[place].code.strip():
            left = (*diagnoses[:place], *diagnoses[place + 1 :])
            yield "without the secondary diagnosis", diagnoses[place].code, replace(encounter, diagnoses=left)
    rooms = [place for place, each in enumerate(result.procedures) if each.operating_room]
    for place in rooms if len(rooms) > 1 else ():
        alone = encounter.procedures[place]
        kept = tuple(each for at, each in enumerate(encounter.procedures) if at == place or at not in rooms)
        yield "this operating-room procedure alone", alone.code, replace(encounter, procedures=kept)


def _compare(change: str, code: str, found: DrgResult, result: DrgResult) -> DrgAlternative:
    difference = None
    if found.weight is not None and result.weight is not None:
        difference = round(found.weight - result.weight, 4)
    edits = tuple(f"{each.edit} {each.code}".strip() for each in found.edits if each not in result.edits)
    return DrgAlternative(
        change,
        code,
        found.drg,
        found.title,
        found.mdc,
        found.return_code,
        found.weight,
        difference,
        found.drg != result.drg,
        edits,
    )
