"""Which code means what, what to do, and whether an appeal makes sense in general: one table, one case a row."""

from __future__ import annotations

import pytest

from nosology.codes.carc import appeal_outlook, find_carc
from nosology.codes.payment_codes import explain_payment_code
from nosology.codes.rarc import has_no_appeal_rights

# RIVALS 21: guardrails before anybody writes an appeal
OUTLOOKS = """
adjustments     | remarks | appeal    | why
----------------|---------|-----------|---------------------------------------------------
CO-45           |         | no        | a lone CO-45 is paid correctly
CO-45 PR-2      |         | no        | contract and patient's share: paid correctly
PR-1            |         | no        | the patient's share
PR-1 PR-2 PR-3  |         | no        | the patient's share
CO-50           |         | yes       | medical necessity
CO-50           | N211    | no        | the remark says that there is no right of appeal
CO-16           | MA130   | no        | unprocessable: a new claim
CO-45 CO-50     |         | yes       | the denial counts, not the contract's reduction
CO-197          |         | yes       | authorization
CO-16           | N290    | no        | correct the claim
CO-29           |         | sometimes | only with the proof of timely filing
CO-97           |         | sometimes | only if the service was separate
OA-18           |         | sometimes | only if it was no duplicate
CO-253          |         | no        | sequestration
OA-23           |         | no        | the prior payer's decision
CO-999          |         | sometimes | a code that we do not know is no reason to give up
                |         | no        | nothing was adjusted
"""


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()[2:]]


@pytest.mark.parametrize(("adjustments", "remarks", "appeal", "why"), rows(OUTLOOKS))
def test_rivals_21_appeal_outlook(adjustments: str, remarks: str, appeal: str, why: str) -> None:
    pairs = [(group, reason) for group, _, reason in (each.partition("-") for each in adjustments.split())]
    assert appeal_outlook(pairs, remarks.split()).answer == appeal, why


# RIVALS 20: what a code says, in plain words
MEANINGS = """
asked        | code      | says
-------------|-----------|---------------------------
CO-45        | CO-45     | charge above the fee schedule
CO45         | CO-45     | charge above the fee schedule
pr 1         | PR-1      | deductible
CARC 97      | CARC 97   | another service
CARC-B7      | CARC B7   | not certified or eligible
N211         | RARC N211 | may not be appealed
RARC MA130   | RARC MA130| no right of appeal
A7           | A7        | not valid
A7:33        | A7:33     | not valid
a3:21:85     | A3:21:85  | returned
F3F          | F3F       | forwarded
PLB L6       | PLB L6    | interest
PLB-WO       | PLB WO    | overpayment
CO           | CO        | writes it off
AAA 72       | 72        | member number
EB C         | eb C      | deductible
service type 98 | service type 98 | office visit
"""


@pytest.mark.parametrize(("asked", "code", "says"), rows(MEANINGS))
def test_rivals_20_a_code_is_explained_in_plain_words(asked: str, code: str, says: str) -> None:
    found = explain_payment_code(asked)
    assert found is not None
    assert found.code == code
    assert says in found.title


@pytest.mark.parametrize("other", ["E11.9", "E119", "J18.9", "99213", "CO-999", "N9999", "A7:9999", "A9", "", "PLB ??"])
def test_other_codes_are_left_to_others(other: str) -> None:
    assert explain_payment_code(other) is None


def test_no_appeal_rights() -> None:
    assert [code for code in ("MA130", "N211", "MA44", "N210", "MA01", "N29") if has_no_appeal_rights(code)] == [
        "MA130",
        "N211",
        "MA44",
    ]


def test_an_old_code_has_its_end() -> None:
    old = find_carc("42")
    assert old is not None
    assert old.until is not None
    assert old.until.year == 2007
