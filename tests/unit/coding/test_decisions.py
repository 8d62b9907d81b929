"""The file of coders' decisions: what it says is read, what it may not say is one clear line with its number."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nosology.coding.decisions import FinalCodes, ReviewedChart, merge_reviews, read_decisions, write_decisions
from nosology.errors import UnreadableInput
from nosology.model.coding import CodeDecision, Decision
from nosology.model.encounter import Setting
from nosology.model.note import Evidence, Role, Span

TEXT = "ASSESSMENT: Right knee osteoarthritis. Hypertension."
AT = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
CHART = {"kind": "chart", "chart": "c1", "text": TEXT, "setting": "outpatient", "on": "2026-05-04"}
DECISION = {
    "kind": "decision",
    "chart": "c1",
    "decision": "change",
    "before": "M17.9",
    "after": "M17.11",
    "by": "coder-4",
    "at": "2026-05-04T09:30:00+00:00",
}
FINAL = {"kind": "final", "chart": "c1", "codes": ["M17.11", "I10"], "by": "coder-4", "at": "2026-05-04T10:00:00Z"}
QUOTE = {"start": 12, "end": 37, "quote": TEXT[12:37]}


def read(*records: Any) -> tuple[ReviewedChart, ...]:
    lines = [record if isinstance(record, bytes) else json.dumps(record).encode() for record in records]
    return read_decisions(lines, where="decisions.jsonl")


def test_the_four_decisions() -> None:
    (chart,) = read(
        CHART,
        DECISION,
        DECISION | {"decision": "accept", "before": "I10", "after": ""},
        DECISION | {"decision": "reject", "before": "R52", "after": None, "why": "integral"},
        DECISION | {"decision": "add", "before": "", "after": "M25.561", "evidence": [QUOTE]},
        b"",
    )
    assert chart.verdicts == {"M17.9": False, "M17.11": True, "I10": True, "R52": False, "M25.561": True}
    assert chart.changes == {"M17.9": "M17.11"}
    assert chart.final_codes is None
    assert chart.decisions[2].why == "integral"
    assert chart.decisions[3].evidence == (Evidence(Span(12, 37), TEXT[12:37]),)


def test_the_last_word_on_a_code_counts_whatever_the_order_of_the_lines() -> None:
    later = DECISION | {"decision": "accept", "after": "M17.9", "at": "2026-05-04T11:00:00+02:00"}
    latest = DECISION | {"decision": "accept", "after": "M17.9", "at": "2026-05-04T12:00:00+02:00"}
    (chart,) = read(CHART, latest, DECISION)
    assert chart.verdicts == {"M17.9": True}
    (chart,) = read(CHART, later, DECISION)  # 11:00 in that zone is before 9:30 UTC
    assert chart.verdicts == {"M17.9": False, "M17.11": True}


def test_a_chart_is_done_until_somebody_decides_again() -> None:
    (chart,) = read(CHART, DECISION, FINAL)
    assert chart.final_codes == {"M17.11", "I10"}
    (chart,) = read(CHART, FINAL, DECISION | {"at": "2026-05-04T10:00:01Z"})
    assert chart.final_codes is None


BAD = [
    (b"\xff", "not UTF-8 text"),
    (b"{", "not JSON"),
    (b"[1]", "not a JSON object"),
    ({"chart": "c1"}, '"kind" must be chart, decision or final'),
    (CHART | {"chart": " "}, '"chart" is missing or empty'),
    ({**CHART, "text": None}, 'either "text" or "path"'),
    (CHART | {"path": "a.txt"}, 'either "text" or "path"'),
    ({**CHART, "text": None, "path": "../a.txt"}, "below the folder of the file"),
    ({**CHART, "text": None, "path": "/a.txt"}, "below the folder of the file"),
    ({**CHART, "text": None, "path": "a.txt"}, "files are not read here"),
    (CHART | {"setting": "moon"}, '"setting" must be one of'),
    (CHART | {"on": "yesterday"}, '"on" is no date'),
    (CHART | {"scope": "some"}, '"scope" must be reportable or all'),
    (CHART | {"sex": "X"}, '"sex" must be F or M'),
    (CHART | {"age": 200}, '"age" is no number of years'),
    (CHART | {"setting": "inpatient"}, "described before, and differently"),
    (DECISION | {"chart": "c2"}, "no chart of that name"),
    (DECISION | {"decision": "maybe"}, '"decision" must be one of accept, reject, change, add'),
    (DECISION | {"system": "cpt"}, '"system" must be icd10cm'),
    (DECISION | {"before": ""}, '"change" needs an ICD-10-CM code in "before"'),
    (DECISION | {"before": "M179"}, '"change" needs an ICD-10-CM code in "before"'),
    (DECISION | {"after": "M17.9"}, "two different codes"),
    (DECISION | {"decision": "accept"}, "leaves the code as it is"),
    (DECISION | {"decision": "reject"}, '"reject" has no code in "after"'),
    (DECISION | {"decision": "add", "before": ""}, "no code stands without words of the chart"),
    (DECISION | {"evidence": [QUOTE | {"end": 36}]}, "is not what stands in the text"),
    (DECISION | {"evidence": [QUOTE | {"end": 999}]}, '"start" and "end" inside the text'),
    (DECISION | {"evidence": [QUOTE | {"role": "hints"}]}, '"role" of the evidence'),
    (DECISION | {"evidence": "knee"}, '"evidence" is no list'),
    (DECISION | {"evidence": ["knee"]}, "no JSON object"),
    (DECISION | {"by": ""}, '"by" is missing or empty'),
    (DECISION | {"at": "2026-05-04T09:30:00"}, "no time with its zone"),
    (DECISION | {"at": "soon"}, "no time with its zone"),
    (DECISION | {"why": 3}, '"why" is no text'),
    (FINAL | {"codes": "I10"}, '"codes" is no list'),
    (FINAL | {"codes": ["I1"]}, "no ICD-10-CM code"),
    (FINAL | {"codes": ["I10", "I10"]}, "a code twice"),
]


@pytest.mark.parametrize(("line", "part"), BAD, ids=[part for _, part in BAD])
def test_a_bad_line_is_one_error_with_its_number_and_no_word_of_the_chart(line: Any, part: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        read(CHART, b"  ", line)
    message = str(caught.value)
    assert message.startswith("decisions.jsonl, line 3: ")
    assert part in message
    assert "knee" not in message
    assert "\n" not in message


def test_the_text_may_lie_in_a_file_beside() -> None:
    line = json.dumps({**CHART, "text": None, "path": "charts/1.txt"}).encode()
    (chart,) = read_decisions([line], where="d", read_text={"charts/1.txt": TEXT}.__getitem__)
    assert (chart.text, chart.path) == (TEXT, "charts/1.txt")

    def unreadable(name: str) -> str:
        raise UnreadableInput(f"{name}: empty")

    with pytest.raises(UnreadableInput, match=r"d, line 1: charts/1\.txt: empty"):
        read_decisions([line], where="d", read_text=unreadable)


def test_files_are_merged_by_the_name_of_the_chart() -> None:
    first, second = read(CHART, DECISION), read(CHART, FINAL)
    (merged,) = merge_reviews([*first, *second])
    assert (len(merged.decisions), merged.final_codes) == (1, {"M17.11", "I10"})
    with pytest.raises(UnreadableInput, match="c1 is described differently"):
        merge_reviews([*first, *read(CHART | {"text": "Gout."})])


codes = st.sampled_from(["I10", "M17.9", "M17.11", "E11.9", "R52", "S72.001A"])
times = st.integers(0, 10_000).map(lambda seconds: AT + timedelta(seconds=seconds))
kinds = st.sampled_from(list(Decision))


@st.composite
def decided(draw: Any, chart: str) -> CodeDecision:
    kind = draw(kinds)
    before = "" if kind is Decision.ADD else draw(codes)
    after = before if kind is Decision.ACCEPT else "" if kind is Decision.REJECT else draw(codes)
    if kind is Decision.CHANGE and before == after:
        after = "Z23"
    quote = Evidence(Span(12, 37), TEXT[12:37], "assessment", draw(st.sampled_from(list(Role))))
    evidence = (quote,) if kind is Decision.ADD or draw(st.booleans()) else ()
    return CodeDecision("icd10cm", before, after, kind, "coder é", draw(times), draw(st.text()), chart, evidence)


@st.composite
def charts(draw: Any) -> list[ReviewedChart]:
    made = []
    for name in draw(st.lists(st.sampled_from(["c1", "c2", "c 3"]), unique=True)):
        decisions = sorted(draw(st.lists(decided(name), max_size=5)), key=lambda d: d.at)
        final = FinalCodes(tuple(draw(st.lists(codes, unique=True))), "x", draw(times)) if draw(st.booleans()) else None
        setting, sex = draw(st.sampled_from(list(Setting))), draw(st.sampled_from([None, "F", "M"]))
        age = draw(st.none() | st.integers(0, 130))
        on, scope = date(2026, 5, 4), draw(st.sampled_from(["reportable", "all"]))
        made.append(ReviewedChart(name, TEXT, setting, on, sex, age, scope, "", tuple(decisions), final))
    return made


@given(charts())
def test_what_is_written_is_read_back(made: list[ReviewedChart]) -> None:
    written = write_decisions(made)
    read_back = read_decisions(written.encode().splitlines(), where="d")
    assert list(read_back) == made
    assert write_decisions(read_back) == written
