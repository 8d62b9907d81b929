"""What an insurer pays: contract, the member's share, other payers, corrected claims, stays."""

from __future__ import annotations

from collections.abc import Callable

Cases = Callable[..., None]


def test_member_share(payer_cases: Cases) -> None:
    """Deductible first, then copay and coinsurance, never above the out-of-pocket maximum."""
    payer_cases("""
        lines          | more      | before                 | decision                                   | why
        ---------------+-----------+------------------------+--------------------------------------------+-----------------------------------
        71046          | member=M3 | -                      | CO-45 50, PR-1 50, paid 0                  | all in the deductible
        71046 $400     | member=M3 | -                      | CO-45 200, PR-1 100, PR-2 20, paid 80      | 100, then 20 % of 100
        99213          | member=M3 | -                      | CO-45 50, PR-3 30, paid 20                 | copay, no deductible
        99213; 99211 $80 | member=M3 | -                    | CO-45 50, PR-3 30, paid 20; CO-45 40, paid 40 | one copay a visit
        G0438          | member=M3 | -                      | CO-45 50, paid 50                          | preventive: nothing
        71046 $400     | member=M3 | 71046 $200 @2026-02-02 | CO-45 200, PR-2 40, paid 160               | the deductible was met
        71046 $2000    | member=M3 | -                      | CO-45 1000, PR-1 100, PR-2 50, paid 850    | 150 is the most
        71046 $2000    | member=M3 | 71046 $2000 @2026-02-02 | CO-45 1000, paid 1000                     | nothing is left to pay
        71046 $400     | member=M3; served=2027-02-02; in=2027-02-03 | 71046 $2000 @2026-02-02 [member=M3] | CO-45 200, PR-1 100, PR-2 20, paid 80 | a new year
    """)


def test_second_payer(payer_cases: Cases) -> None:
    """Coordination of benefits by what the claim tells of the first payer (``prior``: paid and left to the patient).

    Source: NAIC Model 120; 42 CFR 411.33.
    """
    payer_cases("""
        lines       | more                    | decision                             | why
        ------------+-------------------------+--------------------------------------+--------------------------------------------
        99213 $200  | member=M2; prior=80:20  | OA-23 180, paid 20                   | 20 was left; our benefit is 100
        99213 $200  | member=M2; prior=0:150  | OA-23 50, CO-45 50, paid 100         | never more than our benefit
        99213 $200  | member=M2; prior=200:0  | OA-23 200, paid 0                    | nothing was left
    """)
    payer_cases(
        """
        lines       | more                    | decision                             | why
        ------------+-------------------------+--------------------------------------+--------------------------------------------
        99213 $200  | member=M2; prior=80:20  | OA-23 180, paid 20                   | 100 less 80
        99213 $200  | member=M2; prior=95:20  | OA-23 180, CO-45 15, paid 5          | 100 less 95
        """,
        cob="non_duplication",
    )
    payer_cases(
        """
        lines       | more                    | decision                             | why
        ------------+-------------------------+--------------------------------------+--------------------------------------------
        99213 $200  | member=M2; prior=90:30  | OA-23 170, paid 30                   | the higher allowed is 120: less 90
        """,
        cob="medicare_secondary",
    )


def test_estimates_and_stays(payer_cases: Cases) -> None:
    """A predetermination pays nothing; a stay is paid as a whole, at claim level."""
    payer_cases("""
        lines          | more                 | decision                     | why
        ---------------+----------------------+------------------------------+--------------------------------
        99213          | predetermination=yes | CO-45 50, OA-101 50, paid 0  | what would be paid
        99213 $5000    | stay=20260507        | CO-45 2000, paid 3000        | three days of 1000
        99213 $2000    | stay=20260507        | paid 2000                    | the lesser of charge and price
        99213 $5000    | stay=20260507; diagnoses=ZZZ | CO-146 5000, M76, paid 0 | no such code
    """)


def test_corrected_claims(payer_cases: Cases) -> None:
    """Frequency 7 and 8: what replaces is decided as if the first had never been; a void pays nothing."""
    payer_cases("""
        lines          | more                                 | before       | decision                             | why
        ---------------+--------------------------------------+--------------+--------------------------------------+---------------------------
        99214          | frequency=7; replaces=1              | 99213        | CO-45 50, paid 50                    | replaced
        99213          | frequency=7; replaces=1              | 99213        | CO-45 50, paid 50                    | no duplicate of what it replaces
        70551          | frequency=7; replaces=1; authorization=A1 | 70551   | CO-45 50, paid 50                    | its unit is free again
        71046 $400     | member=M3; frequency=7; replaces=1   | 71046 $2000  | CO-45 200, PR-1 100, PR-2 20, paid 80 | so is the deductible
        99213          | frequency=8; replaces=1              | 99213        | voided                               | taken back
        99213          | frequency=8; replaces=1; npi=1000000004 | 99213 [id=C1] | CO-16 100, M47, paid 0           | another provider's
    """)


def test_prices(payer_cases: Cases) -> None:
    """The contract, the terms of others, a price above the charge, sequestration, and no price at all."""
    term = {"id": "t", "method": "fee_schedule", "fees": {"99213": 90, "99214": 150}}
    contract = {"payer": "Plan", "lesser_of_charge": False, "terms": [term]}
    terms = {"contract": contract, "benefits": {"sequestration": 2}}
    payer_cases(
        """
        lines          | more            | decision                                   | why
        ---------------+-----------------+--------------------------------------------+----------------------------------------
        99213          | -               | CO-45 10, CO-253 1.8, paid 88.2            | the fee, less 2 %
        99214          | -               | CO-94 -50, CO-253 3, paid 147              | the fee lies above the charge
        99215          | -               | CO-147 100, paid 0                         | the contract has no fee
        99213 x2 $250  | -               | CO-45 70, CO-253 3.6, paid 176.4           | for each unit
        99213 $0       | -               | paid 0                                     | nothing was charged
        99213          | npi=1003000001  | PR-45 60, paid 40                          | no contract: the rest is the patient's
        """,
        providers=[{"npi": "1245319599", "terms": terms}],
        default_terms={
            "contract": {"payer": "x", "terms": [{"id": "t", "method": "percent_of_charge", "percent": 40}]}
        },
    )
