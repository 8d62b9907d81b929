"""The form of a query: what may be sent to a provider, and what an answer says in the words of a chart."""

from __future__ import annotations

from datetime import date

import pytest

from nosology.coding.queries.answers import answer_outcome, answer_text, state_answer
from nosology.coding.queries.compliance import QueryText, check_query, may_be_sent
from nosology.rules.loader import Rule, load_rules

ON = date(2026, 5, 4)
ASKED = (
    "These findings and this treatment are recorded without a related diagnosis. Please document the condition, if any."
)
OPTIONS = (
    "hyponatremia",
    "no additional diagnosis; the finding has no clinical significance",
    "other (please specify)",
    "unable to determine",
)


def check(
    question: str = ASKED,
    options: tuple[str, ...] = OPTIONS,
    quotes: tuple[str, ...] = ("Na 122",),
    unstated: tuple[str, ...] = (),
) -> list[str]:
    found = check_query(QueryText(question, options, quotes, unstated), on=ON, setting="inpatient")
    assert may_be_sent(found) == (not found)
    return [each.rule for each in found]


def test_a_compliant_query_passes() -> None:
    """Query-form-money, Query-form-leading, Query-form-options, Query-form-indicators, Query-form-new-diagnosis,
    Query-form-question: nothing speaks against it."""
    assert check() == []
    assert check(options=()) == []


@pytest.mark.parametrize("rule", [r for r in load_rules() if "asks" in r.data], ids=lambda r: r.id)
def test_what_the_engine_asks_is_compliant(rule: Rule) -> None:
    """Query-form-money, Query-form-leading: every question that the package itself asks."""
    options = [o if isinstance(o, str) else o["say"] for o in rule.data.get("options", ())]
    found = check(str(rule.data["asks"]), (*options, "other (please specify)", "unable to determine"))
    assert found == [] or (found == ["Query-form-options"] and len(options) < 1)


@pytest.mark.parametrize(
    "words",
    [
        "This would change the DRG. What is the diagnosis?",
        "For reimbursement we ask for the type of failure.",
        "The MCC needs a diagnosis for the sodium.",
        "To raise the case-mix index, what is the condition?",
        "It counts as an HCC. What is the condition?",
        "Our quality scores depend on it. What is the condition?",
    ],
)
def test_nothing_about_money(words: str) -> None:
    """Query-form-money: payment, groups, scores."""
    assert check(words) == ["Query-form-money"]
    assert check("Patient was discharged with 5 cc of fluid; what does it represent?") == []


@pytest.mark.parametrize(
    "words",
    [
        "Do you agree that the patient has this condition?",
        "Don't you agree with the dietitian's assessment?",
        "Please add the condition to your discharge summary.",
        "You should document the condition that was treated.",
        "The patient clearly has this condition. What is it?",
        "It meets criteria for the condition; please say which.",
        "Please document that the patient had the condition.",
    ],
)
def test_nothing_leads_to_an_answer(words: str) -> None:
    """Query-form-leading."""
    assert check(words) == ["Query-form-leading"]


@pytest.mark.parametrize(
    ("options", "fails"),
    [
        (("hyponatremia", "unable to determine", "none"), True),
        (("hyponatremia", "other", "none"), True),
        (("other", "unable to determine"), True),
        (("a", "a", "other", "unable to determine"), True),
        (("a", "", "other", "unable to determine"), True),
        (("yes", "no", "other (please specify)", "clinically undetermined"), False),
        (("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m"), True),
    ],
)
def test_options_leave_every_answer_open(options: tuple[str, ...], fails: bool) -> None:
    """Query-form-options: other and undetermined, something to choose, nothing twice."""
    assert check(options=options) == (["Query-form-options"] if fails else [])


@pytest.mark.parametrize(
    ("quotes", "unstated", "rule"),
    [
        ([], [], "Query-form-indicators"),
        ([" "], [], "Query-form-indicators"),
        (["Na 122"], ["sepsis"], "Query-form-new-diagnosis"),
        (["Na 122"], [], "none"),
    ],
)
def test_indicators_and_new_diagnoses(quotes: list[str], unstated: list[str], rule: str) -> None:
    """Query-form-indicators, Query-form-new-diagnosis: quotes of the chart, no diagnosis that it does not name."""
    assert check(quotes=tuple(quotes), unstated=tuple(unstated)) == ([] if rule == "none" else [rule])


@pytest.mark.parametrize(
    ("question", "times", "fails"),
    [
        ("What?", 1, True),
        ("Which condition do these findings and this treatment belong to? ", 1, False),
        ("Which condition do these findings and this treatment belong to? ", 30, True),
    ],
)
def test_a_question_is_a_question(question: str, times: int, fails: bool) -> None:
    """Query-form-question: neither a word nor a page."""
    assert check(question * times) == (["Query-form-question"] if fails else [])


@pytest.mark.parametrize(
    ("rule", "question", "chosen", "words", "statement", "outcome"),
    [
        ("Query-sodium-low", ASKED, ["hyponatremia"], "", "Hyponatremia.", "agreed"),
        ("Query-kidney-disease-stage", "?", ["stage 3a"], "", "Chronic kidney disease, stage 3a.", "agreed"),
        ("Query-diabetes-type", "?", ["type 2"], "", "Type 2 diabetes mellitus.", "agreed"),
        ("Query-rhythm-type", "?", ["paroxysmal"], "", "Paroxysmal atrial fibrillation.", "agreed"),
        ("Query-asthma-severity", "?", ["mild persistent"], "", "Mild persistent asthma.", "agreed"),
        (
            "Query-asthma-severity",
            "?",
            ["other (please specify)"],
            "cough variant asthma",
            "Cough variant asthma.",
            "disagreed",
        ),
        (
            "Query-support-sepsis",
            "“Sepsis” is documented.",
            ["the diagnosis was ruled out"],
            "",
            "Sepsis was ruled out.",
            "disagreed",
        ),
        (
            "Query-support-sepsis",
            "“Sepsis” is documented.",
            ["the diagnosis is confirmed (please document the clinical support)"],
            "SOFA 4.",
            "Sepsis is confirmed. SOFA 4.",
            "agreed",
        ),
        ("", ASKED, ["unable to determine"], "", "Unable to determine.", "undetermined"),
        (
            "",
            ASKED,
            ["no additional diagnosis; the finding has no clinical significance"],
            "",
            "No additional diagnosis; the finding has no clinical significance.",
            "disagreed",
        ),
        ("", ASKED, [], "hyponatremia due to thiazide", "Hyponatremia due to thiazide.", "disagreed"),
        ("", ASKED, ["other (please specify)", "hyponatremia"], "mild", "Hyponatremia. Mild.", "disagreed"),
    ],
)
def test_an_answer_is_a_statement(
    rule: str, question: str, chosen: list[str], words: str, statement: str, outcome: str
) -> None:
    """What is chosen becomes a sentence that stands without its question; how the query ended."""
    assert state_answer(rule, question, chosen, words) == statement
    assert answer_outcome([*OPTIONS, *chosen], chosen) == outcome
    assert answer_text(statement).endswith(f"{statement}\n")
