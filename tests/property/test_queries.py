"""Whatever a chart says: every query quotes it truly, ends openly, leads nowhere and speaks of no payment."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nosology.model.note import Document
from nosology.notes.indicators import indicator_names
from nosology.pipeline import code_note
from nosology.rules.loader import Rule, load_rules

ON = date(2026, 5, 4)
_PIECES = [
    *(
        "Hospital Course:\n",
        "Discharge Diagnoses:\n",
        "Family History:\n",
        "Pathology:\n",
        "\n",
        ". ",
        ", ",
        "; ",
        " → ",
    ),
    *(
        "Na 124",
        "K 2.8",
        "Cr 1.0 → 2.4",
        "(BL 0.8)",
        "Hgb 12.1 to 6.9",
        "lactate 4.2",
        "BP 78/40",
        "EF 25-30%",
        "pH 7.1",
    ),
    *(
        "SpO2 84% on RA",
        "temp 102.6 F",
        "HR 128",
        "RR 30",
        "WBC 22,400",
        "plt 38K",
        "INR 2.4",
        "BMI 44",
        "A1c 11",
        "eGFR 24",
    ),
    *("glucose 640", "troponin 0.4 → 3.9", "keep Hgb > 7", "goal K 4-5", "fluid restriction", "repleted", "transfused"),
    *(
        "norepinephrine",
        "BiPAP",
        "IV furosemide",
        "IV fluids",
        "insulin drip",
        "cefepime",
        "dialysis",
        "Ensure",
        "CIWA",
    ),
    *(
        "sepsis",
        "pneumonia",
        "heart failure",
        "acute kidney injury",
        "diabetes",
        "CKD",
        "anemia",
        "malnutrition",
        "asthma",
    ),
    *("left hip fracture", "right hip fracture", "type 1 diabetes", "type 2 diabetes", "confused", "head CT negative"),
    *(
        "levothyroxine 75 mcg",
        "adenocarcinoma of the colon",
        "no ",
        "mother with ",
        "ruled out",
        "İ",
        "\u200b",
        "½",
        "٣",
    ),
]
_NOTES = st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=4)), max_size=40).map(" ".join)
_PAYMENT = re.compile(
    r"\b(?:pay\w*|reimburs\w*|revenue|bill(?:ed|ing|s)?|cost\w*|money|dollars?|DRGs?|HCCs?|MCCs?|CCs?"
    r"|severity of illness"
    r"|risk adjust\w*|case[- ]mix|financ\w*|insur\w*|profit\w*|quality (?:scores?|measures?|metrics?))\b",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"\b(?:don't you|do you agree|would you agree|please add|please confirm that|appears to have)\b", re.I
)
_QUERIES = [rule for rule in load_rules() if rule.id.startswith("Query-") and not rule.check.startswith("query_form_")]
# (Query-form-* check what people write; they ask nothing themselves)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=_NOTES, setting=st.sampled_from(["inpatient", "inpatient", "professional"]))
def test_every_query_is_compliant(home: Path, text: str, setting: str) -> None:
    coded = code_note(Document("x", text), setting=setting, on=ON, home=home)
    assert len(coded.queries) <= (6 if setting == "inpatient" else 3)
    for query in coded.queries:
        assert query.evidence
        assert query.options[-2:] == ("other (please specify)", "unable to determine")
        assert len(set(query.options)) == len(query.options)
        for piece in query.evidence:
            assert piece.quote
            assert text[piece.span.start : piece.span.end] == piece.quote
    for finding in coded.findings:
        for piece in finding.evidence:
            assert text[piece.span.start : piece.span.end] == piece.quote
            assert piece.quote not in finding.message
    again = code_note(Document("x", text), setting=setting, on=ON, home=home)
    assert again.queries == coded.queries


def _written(rule: Rule) -> list[str]:
    """All that a provider may read of a rule: its id, question and options."""
    options = [o if isinstance(o, str) else o["say"] for o in rule.data.get("options", ())]
    options += [o for row in rule.data.get("exclusive", ()) for o in row["options"]]
    return [rule.id, str(rule.data.get("asks", "")), str(rule.data.get("none", "")), *options]


@pytest.mark.parametrize("rule", _QUERIES, ids=lambda rule: rule.id)
def test_no_rule_leads_or_speaks_of_payment(rule: Rule) -> None:
    for words in _written(rule):
        assert not _PAYMENT.search(words)
        assert not _LEADS.search(words)


@pytest.mark.parametrize("rule", [r for r in _QUERIES if r.check == "clinical_indicators"], ids=lambda rule: rule.id)
def test_a_rule_needs_more_than_a_value(rule: Rule) -> None:
    """Every query from indicators needs two groups; one value alone asks nothing (III.B).

    A term that the Guidelines call nonspecific is asked about for itself (urosepsis, I.C.1.d.1.a.ii).
    """
    groups = rule.data["indicators"]
    assert len(groups) >= 2 or all(each.keys() == {"said"} for group in groups for each in group["of"])
    assert rule.data["options"]
    assert rule.data["importance"] in range(1, 101)
    assert indicator_names()
