"""Charts of which it is known what their right codes are: from a gold file, or from what coders decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nosology.coding.decisions import ReviewedChart
from nosology.coding.evaluate import Predicted, score_note
from nosology.coding.features import ChartReading
from nosology.coding.gold import GoldNote

__all__ = ["JudgedChart", "judge_by_gold", "judge_by_review"]


@dataclass(frozen=True, slots=True)
class JudgedChart:
    """A chart with what is known of its codes.

    ``truth`` says which suggested codes are right; those that it does not hold are neither right nor wrong. ``missed``
    counts right codes that were not suggested, None where nobody has said that the chart is done. ``changed`` holds
    suggested codes with those that a coder put in their place. ``decided`` is a chart that coders of the site decided
    on, ``developed`` one on which the rules were written.
    """

    reading: ChartReading
    truth: Mapping[str, bool]
    missed: int | None
    changed: Mapping[str, str] = field(default_factory=dict)
    decided: bool = False
    developed: bool = False

    def known(self) -> list[tuple[int, bool]]:
        """Return the places of the suggested codes of which it is known whether they are right."""
        truth = self.truth
        return [(n, truth[code]) for n, code in enumerate(self.reading.codes) if code in truth]

    def entirely_right(self, chances: Sequence[float], suggest_at: float) -> bool | None:
        """Return whether no code is false and none missing once the unlikely ones are out; None if nobody knows."""
        if self.missed is None:
            return None
        if self.missed or not self.reading.codes:
            return False
        kept = self.reading.kept(chances, suggest_at)
        return all(right == kept[n] for n, right in self.known())


def judge_by_gold(reading: ChartReading, gold: GoldNote, *, developed: bool = False) -> JudgedChart:
    """Return the chart with the truth of a gold record; optional codes are neither right nor wrong."""
    score = score_note(gold, [Predicted(code, 0.0) for code in reading.codes])
    truth = {hit.predicted.code: True for hit in score.hits} | {guess.code: False for guess in score.false}
    return JudgedChart(reading, truth, len(score.missed), developed=developed)


def judge_by_review(reading: ChartReading, review: ReviewedChart) -> JudgedChart:
    """Return the chart with the truth of its coders: the last word on each code, and all codes once it is final."""
    final = review.final_codes
    truth = dict(review.verdicts)
    if final is not None:
        truth = {code: code in final for code in reading.codes}
    missed = None if final is None else len(set(final) - set(reading.codes))
    return JudgedChart(
        reading,
        {code: truth[code] for code in reading.codes if code in truth},
        missed,
        changed=review.changes,
        decided=True,
    )
