"""What adjustments mean for the books, rule by rule, and that all lists of reasons agree."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nosology.codes.carc import find_carc
from nosology.codes.rarc import find_rarc
from nosology.codes.wording import code_classes, read_words
from nosology.ledger.reasons import load_reasons
from nosology.payer.reasons import REASONS
from nosology.rules.loader import find_rule

Cases = Callable[[str], None]


def test_only_the_contract_writes_off(ledger_cases: Cases) -> None:
    """Ledger-contractual: with group CO, reductions of contract and law; the same reason in another group does not."""
    ledger_cases("""
    told   | becomes   | denial | why
    -------|-----------|--------|----
    CO-45  | write-off | -      | above the contract
    CO-253 | write-off | -      | sequestration
    CO-59  | write-off | -      | several procedures at once
    OA-45  | open      | other  | nobody said that it is the contract
    PI-45  | open      | other  | the payer's own doing
    CO-50  | open      | necessity | a denial is no contract
    CO-256 | open      | noncovered | not payable is more than a reduction
    CO-147 | open      | provider | no rate on file
    """)


def test_the_patients_share_is_no_denial(ledger_cases: Cases) -> None:
    """Ledger-patient-share: deductible, coinsurance, copay go to the next payer or the patient."""
    ledger_cases("""
    told   | becomes | denial  | why
    -------|---------|---------|----
    PR-1   | patient | -       | deductible
    PR-2   | patient | -       | coinsurance
    PR-3   | patient | -       | copay
    CO-1   | open    | other   | not the patient's by this group
    PR-35  | patient | maximum | a limit is looked at as PR-119 is
    PR-119 | patient | maximum | the benefit is used up
    PR-204 | patient | noncovered | not a benefit of the plan
    """)


def test_questions_of_coverage_come_first(ledger_cases: Cases) -> None:
    """Ledger-ask-first: another payer, the wrong number, coverage that ended."""
    ledger_cases("""
    told  | becomes | denial       | why
    ------|---------|--------------|----
    PR-22 | open    | coordination | another payer may come first
    PR-27 | open    | coverage     | after the coverage
    PR-31 | open    | coverage     | the number may be wrong
    PR-29 | open    | timely       | never the patient's
    """)


def test_the_payer_before_is_posted_once(ledger_cases: Cases) -> None:
    """Ledger-prior-payer: CARC 23 tells what an earlier payer decided."""
    ledger_cases("""
    told  | becomes | denial | why
    ------|---------|--------|----
    OA-23 | open    | -      | information
    CO-23 | open    | -      | information
    """)


def test_kinds_of_denials(ledger_cases: Cases) -> None:
    """Ledger-denials: the kind follows from the class of the reason; eligibility is told from what a plan never covers."""
    ledger_cases("""
    told   | becomes | denial        | why
    -------|---------|---------------|----
    CO-16  | open    | information   | something is missing
    CO-4   | open    | information   | the modifier does not fit: correct it
    CO-107 | open    | information   | the add-on's primary service is not on the claim
    CO-129 | open    | coordination  | the prior payer's decision was told wrongly
    CO-P6  | open    | coverage      | entitlement
    CO-15  | open    | authorization | older files
    CO-284 | open    | authorization | the number is for another service
    CO-288 | open    | authorization | no referral
    OA-B20 | open    | duplicate     | somebody else did it
    CO-60  | open    | bundled       | belongs to the stay
    CO-B8  | open    | necessity     | something else should have been used
    CO-186 | open    | necessity     | another level of care
    CO-272 | open    | noncovered    | guidelines of coverage not met
    CO-273 | open    | maximum       | more than they allow
    CO-208 | open    | provider      | the payer does not know the NPI
    CO-206 | open    | information   | no NPI on the claim
    CO-B9  | open    | coverage      | hospice pays
    CO-999 | open    | other         | a reason that we do not know
    """)


@pytest.mark.parametrize(
    ("remark", "appeal"),
    [("MA130", "no"), ("N211", "no"), ("MA01", "yes"), ("N115", "yes")],
)
def test_which_remarks_leave_no_appeal(remark: str, appeal: str) -> None:
    """Ledger-no-appeal: the claim is sent anew, corrected; other remarks take nothing away."""
    assert (remark in load_reasons().no_appeal) == (appeal == "no")


@pytest.mark.parametrize(
    ("reason", "becomes"),
    [
        ("L6", "interest"),
        ("51", "interest"),
        ("WO", "balance with the payer"),
        ("FB", "balance with the payer"),
        ("72", "balance with the payer"),
        ("XX", "unknown"),
    ],
)
def test_adjustments_of_the_payment(reason: str, becomes: str) -> None:
    """Ledger-provider-balance: interest is earned; recoupments and balances come back with a later payment."""
    reasons = load_reasons()
    told = {"interest": reason in reasons.interest, "balance with the payer": reason in reasons.payer_balance}
    assert [name for name, holds in told.items() if holds] == ([becomes] if becomes != "unknown" else [])


def test_remarks_without_appeal() -> None:
    """Ledger-no-appeal: its remarks are of the class without appeal in our list of remarks."""
    for code in load_reasons().no_appeal:
        words = find_rarc(code)
        assert words is not None
        assert code_classes()[words.kind].appeal == "no", code


def test_provider_adjustments_are_known() -> None:
    """Ledger-provider-balance: every reason stands in our list of provider adjustments, and means one thing."""
    reasons = load_reasons()
    assert not reasons.interest & reasons.payer_balance
    unknown = (reasons.interest | reasons.payer_balance) - set(read_words("provider_adjustment"))
    assert not unknown


@pytest.mark.parametrize(
    ("field", "kinds"),
    [
        ("contractual", {"contractual", "reduction", "information"}),
        ("patient_share", {"patient share", "payment", "information", "reduction"}),
        ("prior_payer", {"coordination of benefits"}),
    ],
)
def test_reasons_are_of_their_class(field: str, kinds: set[str]) -> None:
    told = {code: find_carc(code) for code in getattr(load_reasons(), field)}
    assert not {code for code, words in told.items() if words is None or words.kind not in kinds}


def test_every_class_of_reasons_has_one_kind_of_denial() -> None:
    """Only what is no denial, or has no step of its own, is left to ``other``."""
    reasons = load_reasons()
    rule = find_rule("Ledger-denials")
    assert rule is not None
    named = [kind for row in rule.data["classes"].values() for kind in row.get("kinds", ())]
    assert len(set(named)) == len(named)
    used = {words.kind for words in read_words("carc").values()}
    left = {"contractual", "patient share", "reduction", "information", "payment", "review", "no appeal"}
    assert set(named) == used - left
    for code, kind in reasons.classes.items():
        words = find_carc(code)
        assert words is not None, code
        assert (words.kind, kind.name) == ("coverage", "coverage"), code


def test_the_payer_and_the_books_mean_the_same() -> None:
    """What the payer in a box refuses has its kind in the books; what it takes off by contract writes off."""
    reasons = load_reasons()
    for name, each in REASONS.items():
        words = find_carc(each.carc)
        assert words is not None, name
        if words.kind in ("contractual", "reduction"):
            assert reasons.writes_off(each.group, each.carc) or each.group == "PR", name
        elif reasons.denies(each.group, each.carc) and words.kind != "information":
            assert reasons.denial_class(each.carc) is not reasons.other, name
    assert reasons.denial_class(REASONS["referral"].carc).name == "authorization"
    assert reasons.denial_class(REASONS["wrong authorization"].carc).name == "authorization"
