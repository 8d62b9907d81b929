"""A calibration at work on one release: probabilities for suggested codes, and what coders' decisions change in them.

Decisions may take a suggestion out, below the threshold of the site, and may choose another code that the engine itself
read from the same words. Nothing here adds a code, and the first code in order is never taken out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from operator import mul
from typing import TYPE_CHECKING

from nosology.codes.instructions import Instructions
from nosology.coding.calibration import Calibration, Change
from nosology.coding.candidates import Candidate
from nosology.coding.cared import find_cared
from nosology.coding.features import FeatureReader, may_be_taken_out
from nosology.coding.logistic import sigmoid
from nosology.coding.pairs import find_needed, find_needing, why_not_change
from nosology.coding.suggest import Draft
from nosology.model.coding import Alternative, Confidence, Scale
from nosology.model.note import Note
from nosology.model.trace import Step

if TYPE_CHECKING:
    from nosology.codes.icd10cm import Icd10cm

__all__ = ["LEAST_CHANGES", "Calibrator"]

LEAST_CHANGES = 3
"""So often must coders have put the same code in the place of another before it is chosen for them."""


class Calibrator:
    """A calibration made ready for one release. Holds nothing of any note."""

    def __init__(
        self, model: Calibration, icd: Icd10cm, instructions: Instructions, reader: FeatureReader, suggest_at: float
    ) -> None:
        self.model = model
        self.suggest_at = suggest_at
        self._icd = icd
        self._instructions = instructions
        self.reader = reader
        codes = model.codes
        self._scale = Scale(codes.features, codes.mean, codes.weights)
        self._offset = codes.intercept - sum(map(mul, self._scale.weights, codes.mean))

    def choose(self, draft: Draft, rejected: list[list[Candidate]]) -> None:
        """Put the code that coders prefer in the place of a suggested one, where the engine read it too."""
        changes = self.model.changes
        if not changes:
            return
        for place, candidate in enumerate(draft.candidates):
            wanted = changes.get(candidate.code)
            offered = [c for c in rejected[place] if wanted and c.code in wanted and self._icd.is_billable(c.code)]
            if not wanted or not offered:
                continue
            chosen = max(offered, key=lambda c: (wanted[c.code].share, c.code))
            change = wanted[chosen.code]
            others = [c.code for c in draft.candidates if c is not candidate]
            if not _preferred(change) or why_not_change(candidate.code, chosen.code, others, self._instructions):
                continue
            self._take_place(draft, place, chosen, change)
            rejected[place] = [candidate, *(c for c in rejected[place] if c is not chosen)]

    def judge(
        self,
        draft: Draft,
        note: Note,
        cared: Collection[str],
        rejected: Sequence[Sequence[Candidate]],
    ) -> list[Confidence]:
        """Return the confidence in each candidate of the draft; what coders decided on it stands in its steps.

        ``cared`` are codes that the evidence shows to be cared for, ``rejected`` the other readings of the words.
        """
        source, records, scale, offset = self.model.source, self.model.records, self._scale, self._offset
        weights = scale.weights
        found = []
        rows = self.reader.read_codes(draft, note, cared, rejected)
        for candidate, row in zip(draft.candidates, rows, strict=True):
            total = offset + sum(map(mul, weights, row))
            if candidate.chance is not None:  # chosen by coders, with the share in which they do so
                found.append(Confidence(round(candidate.chance, 4), source, scale, row))
            elif (record := records.get(candidate.code)) is None:
                found.append(Confidence(round(sigmoid(total), 4), source, scale, row))
            else:
                chance = round(sigmoid(total + record.effect), 4)
                said = f"coders kept {candidate.code} in {record.right} of {record.judged} charts: {chance:.0%}"
                candidate.steps.append(Step("calibration", f"{said}, without that {sigmoid(total):.0%}", source))
                found.append(Confidence(chance, source, scale, row, (record.right, record.judged), record.effect))
        return found

    def demote(self, draft: Draft, confidences: Sequence[Confidence]) -> list[int]:
        """Return the places of the candidates that stay suggested; the others go to ``draft.dropped`` with a reason.

        What may be taken out says ``features.may_be_taken_out``; a code that another one needs by a note of the Tabular
        List stays, and in a stay what was cared for (``cared.find_cared``).
        """
        places = list(range(len(draft.candidates)))
        unlikely = [
            n
            for n, sure in enumerate(confidences)
            if sure.probability < self.suggest_at
            and not (draft.candidates[n].cared and sure.record is None)
            and may_be_taken_out(n, draft.candidates[n].code, sure.row, judged=sure.record is not None)
        ]
        if unlikely and draft.chart.inpatient:
            cared = find_cared(draft.candidates, draft.dropped, self.reader.chronic, draft.chart.text)
            unlikely = [
                n for n in unlikely if confidences[n].record is not None or draft.candidates[n].code not in cared
            ]
        needed = find_needed([c.code for c in draft.candidates], self._instructions, self._icd) if unlikely else ()
        for place in sorted(unlikely, key=lambda n: (confidences[n].probability, n)):
            candidate = draft.candidates[place]
            others = [draft.candidates[n].code for n in places if n != place] if candidate.code in needed else []
            if not find_needing(candidate.code, others, self._instructions, self._icd):
                places.remove(place)
                chance = confidences[place].probability
                candidate.dropped = f"unlikely: {chance:.0%}, under {self.suggest_at:.0%} ({self.model.source})"
                draft.dropped.append(candidate)
        return places

    def _take_place(self, draft: Draft, place: int, chosen: Candidate, change: Change) -> None:
        old = draft.candidates[place]
        said = f"{old.code} changed to {chosen.code}: coders did so in {change.times} of {change.offered} charts"
        chosen.take(f for f in old.facts if not f.reason)
        chosen.specifies += old.specifies
        chosen.weight, chosen.order, chosen.mandated = old.weight, old.order, old.mandated
        chosen.dropped, chosen.chance = "", change.share
        chosen.steps.append(Step("calibration", said, self.model.source))
        chosen.alternatives.append(Alternative(old.code, "the engine's own choice; coders prefer the other"))
        old.dropped = f"coders prefer {chosen.code} for these words ({self.model.source})"
        draft.candidates[place] = chosen
        draft.dropped.remove(chosen)
        draft.dropped.append(old)


def _preferred(change: Change) -> bool:
    return change.times >= LEAST_CHANGES and change.share > 0.5
