"""Why an insurer denies: each situation with its group, CARC and RARC."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from nosology.payer.reasons import REASONS

Cases = Callable[..., None]


def test_eligibility(payer_cases: Cases) -> None:
    """The patient is insured here on the day of service.

    Source: terms of coverage; status 4 only where the patient is not known (005010X221A1, CLP02).
    """
    payer_cases("""
        lines                  | more                                   | decision                                         | why
        -----------------------+----------------------------------------+--------------------------------------------------+-----------------------
        99213                  | -                                      | CO-45 50, paid 50                                | insured, half by contract
        99213                  | member=X9                              | CO-31 100, N382, paid 0                          | no such member
        99213                  | born=1981-01-01                        | CO-140 100, paid 0                               | another birth date
        99213                  | last=Other                             | CO-140 100, paid 0                               | another name
        99213                  | served=2025-12-31; in=2026-01-20       | PR-26 100, paid 0                                | before the coverage
        99213 $5000            | served=2025-12-31; in=2026-01-20; stay=20260103 | PR-26 5000, paid 0                      | a stay with no covered service has no price
        99213                  | served=2027-01-02; in=2027-01-20       | PR-27 100, paid 0                                | after the coverage
        99213 @2026-12-31; 99214 @2027-01-01 | in=2027-01-20            | CO-45 50, paid 50; PR-27 100, paid 0             | each line by its day
        99213                  | member=M4                              | CO-13 100, paid 0                                | after death
        99213                  | member=M5                              | PR-33 100, paid 0                                | no dependents in the plan
        99213                  | patient=19                             | PR-32 100, paid 0                                | the insured is no dependent
    """)


def test_other_insurance(payer_cases: Cases) -> None:
    """Another insurance pays first: 42 CFR 411.20; NAIC Model 120."""
    payer_cases("""
        lines                  | more                                   | decision                                         | why
        -----------------------+----------------------------------------+--------------------------------------------------+-----------------------
        99213                  | member=M2                              | CO-22 100, N598, paid 0                          | known to be secondary
        99213                  | member=M2; prior=named                 | CO-16 100, MA04, paid 0                          | no decision of the first
        99213                  | causes=EM                              | CO-19 100, paid 0                                | work
        99213                  | causes=AA                              | CO-21 100, paid 0                                | car accident
        99213                  | causes=OA                              | CO-20 100, paid 0                                | other liability
    """)


def test_time_and_duplicates(payer_cases: Cases) -> None:
    """Timely filing (42 CFR 424.44 or the contract) and exact duplicates (18 goes with group OA only)."""
    payer_cases("""
        lines            | more                          | before          | decision                             | why
        -----------------+-------------------------------+-----------------+--------------------------------------+------------------------------
        99213            | in=2026-10-31                 | -               | CO-45 50, paid 50                    | 180 days
        99213            | in=2026-11-01                 | -               | CO-29 100, N211, paid 0              | 181 days
        99213            | in=2026-11-01; delay=8        | -               | CO-45 50, paid 50                    | a reason that the payer takes
        99213            | in=2026-11-01; delay=1        | -               | CO-29 100, N211, paid 0              | one that it does not take
        99213            | -                             | 99213           | OA-18 100, paid 0                    | the same claim again
        99213            | id=C2                         | 99213           | OA-18 100, paid 0                    | under another number
        99213; 71046     | -                             | 99213           | OA-18 100, paid 0; CO-45 50, paid 50 | one line was paid before
        99213-76         | -                             | 99213           | CO-45 50, paid 50                    | repeated, and 76 says so
        99213            | member=M1                     | 99213 [born=1981-01-01] | CO-45 50, paid 50            | the first was denied
        99213; 99213     | -                             | -               | CO-45 50, paid 50; OA-18 100, paid 0 | twice on one claim
        99213 @2026-05-05 | -                            | 99213           | CO-45 50, paid 50                    | another day
    """)


def test_provider_and_leave(payer_cases: Cases) -> None:
    """Network, exclusion, referral and prior authorisation."""
    payer_cases("""
        lines            | more                          | before          | decision                             | why
        -----------------+-------------------------------+-----------------+--------------------------------------+------------------------------
        99213            | npi=1003000001                | -               | PR-242 100, paid 0                   | no contract, no terms for others
        99213            | npi=1000000004                | -               | CO-B7 100, paid 0                    | excluded provider
        99244            | member=M6                     | -               | CO-288 100, paid 0                   | no referral
        70551            | -                             | -               | CO-197 100, paid 0                   | no authorisation
        70551            | authorization=A1              | -               | CO-45 50, paid 50                    | authorised
        70551            | authorization=A2              | -               | CO-284 100, paid 0                    | another member's
        70551            | authorization=A9              | -               | CO-284 100, paid 0                    | unknown number
        70551 @2026-05-05 | authorization=A1             | 70551           | CO-198 100, paid 0                   | one unit, used before
        70551 x2         | authorization=A1              | -               | CO-198 100, paid 0                   | more than authorised
    """)


def test_coverage(payer_cases: Cases) -> None:
    """Exclusions, limits, necessity, units and the payer's own bundling."""
    payer_cases("""
        lines             | more                 | before               | decision                                     | why
        ------------------+----------------------+----------------------+----------------------------------------------+---------------------------
        15820             | -                    | -                    | PR-96 100, N130, paid 0                      | covered for nobody
        S9122             | -                    | -                    | PR-204 100, N130, paid 0                     | not in this plan
        99213-GY          | -                    | -                    | PR-96 100, N425, paid 0                      | the provider says so
        93000-GZ          | diagnoses=R07.9      | -                    | CO-50 100, N115, paid 0                      | the provider expects it
        0001T             | -                    | -                    | CO-55 100, paid 0                            | experimental
        97110             | -                    | 97110 @2026-02-02 / 97110 @2026-02-03 | PR-119 100, paid 0           | two a year
        97110             | -                    | 97110 @2026-02-02    | CO-45 50, paid 50                            | the second
        93000             | -                    | -                    | CO-50 100, N115, paid 0                      | cough
        93000             | diagnoses=R07.9      | -                    | CO-45 50, paid 50                            | chest pain
        93000 ^2          | diagnoses=R05.9,I10  | -                    | CO-45 50, paid 50                            | the one it points to
        93000-GA          | -                    | -                    | PR-50 100, N115, paid 0                      | the patient was told
        97140 x3          | -                    | -                    | CO-222 100, N362, paid 0                     | two a day
        99213; 36415      | -                    | -                    | CO-45 50, paid 50; CO-97 100, M15, paid 0    | within the visit
        36415             | -                    | 99213                | CO-97 100, M15, paid 0                       | within the visit paid before
        36415             | -                    | -                    | CO-45 50, paid 50                            | alone
    """)


def test_edits(payer_cases: Cases) -> None:
    """What the edits find becomes a denial with its reason."""
    payer_cases("""
        lines             | more                     | before      | decision                                     | why
        ------------------+--------------------------+-------------+----------------------------------------------+--------------------------------
        A0106             | diagnoses=I10            | -           | CO-50 100, N386, paid 0                      | national coverage
        A0106-GA          | diagnoses=I10            | -           | PR-50 100, N115, paid 0                      | and the patient was told
        A0106             | diagnoses=E11.9          | -           | CO-45 50, paid 50                            | covered
        A0001; A0003      | -                        | -           | CO-45 50, paid 50; CO-236 100, paid 0        | NCCI pair
        A0001; A0003-XU   | -                        | -           | CO-45 50, paid 50; CO-45 50, paid 50         | the modifier allows it
        A0001 x4          | -                        | -           | CO-151 100, N362, paid 0                     | more than the MUE
        A0011             | -                        | -           | CO-107 100, N122, paid 0                     | add-on alone
        B0004             | -                        | -           | CO-97 100, M15, paid 0                       | status B, bundled
        99213             | -                        | B0090 @2026-05-01 | CO-97 100, M144, paid 0                | in the global period
        B0000-80          | -                        | -           | CO-54 100, paid 0                            | no assistant for it
        99213-GA-GX       | -                        | -           | CO-4 100, N519, paid 0                       | notices that exclude each other
        99213             | diagnoses=R05.99         | -           | CO-146 100, M76, paid 0                      | no such code
        99213             | diagnoses=E11            | -           | CO-16 100, M81, paid 0                       | a header
        99213; 71046 ^2   | diagnoses=R05.9,E11      | -           | CO-45 50, paid 50; CO-16 100, M81, paid 0    | only the line that rests on it
        99213             | diagnoses=W19.XXXA       | -           | CO-16 100, MA63, paid 0                      | an external cause first
        99213             | member=M7; born=2026-12-01 | -         | CO-16 100, N329, paid 0                      | born after the service
        99213 ^4          | -                        | -           | CO-16 100, M76, paid 0                       | points to no diagnosis
        99213 ^1,2        | diagnoses=E11.9,E10.9    | -           | CO-16 100, M64, paid 0                       | they exclude each other
        99213 p00         | -                        | -           | CO-5 100, M77, paid 0                        | no such place
        99213             | rendering=1220000019     | -           | CO-16 100, N290, paid 0                      | no such number
        99213 n5024200406  | -                        | -           | CO-45 50, paid 50                            | ten digits may be several
        99213 n50242      | -                        | -           | CO-16 100, M119, paid 0                      | no such form of a drug code
        99213             | taxonomy=12              | -           | CO-16 100, N255, paid 0                      | no taxonomy
        99213             | revenue=0510             | -           | CO-45 50, paid 50                            | a visit to a hospital
        99213             | revenue=none             | -           | CO-16 100, M50, paid 0                       | without its revenue code
        99213             | revenue=0510; bill=99    | -           | CO-16 100, MA30, paid 0                      | no such type of bill
        99213             | npi=1245319590           | -           | PR-242 100, paid 0                           | a wrong number has no contract
    """)


def test_edits_of_a_payer(payer_cases: Cases, tmp_path: Path) -> None:
    """Severities of the payer: what others only warn of may deny, a rule may be off, and own rules deny as guidelines."""
    rule = tmp_path / "own.yaml"
    rule.write_text(
        "id: Own\ntitle: Own\ncheck: claim_authorization\nseverity: error\ncitation: {title: Own policy, section: '1'}\n"
        "effective: {from: 2020-01-01}\nsettings: [professional]\nmessage: '{code}'\nfix: ask\ndata: {codes: ['99215']}\n"
    )
    payer_cases(
        """
        lines             | more                     | decision                                     | why
        ------------------+--------------------------+----------------------------------------------+--------------------------------
        99213             | diagnoses=N40.0          | CO-10 100, paid 0                            | a code of men
        99213             | diagnoses=Z00.121        | CO-9 100, paid 0                             | a code of children
        99213             | diagnoses=R05.99         | CO-45 50, paid 50                            | the payer does not look
        99215             | -                        | CO-272 100, paid 0                           | a rule of the payer's own
        """,
        edits=[
            {"rule": "ICD-sex", "severity": "error"},
            {"rule": "ICD-age", "severity": "error"},
            {"rule": "ICD-valid", "severity": "off"},
            str(rule),
        ],
    )


def test_codes(payer_cases: Cases) -> None:
    """Codes that are none on the day of service: 45 CFR 162.1002. Only the form of CPT can be seen."""
    payer_cases("""
        lines             | more                       | decision                             | why
        ------------------+----------------------------+--------------------------------------+------------------------------------
        9921              | -                          | CO-181 100, paid 0                   | no code has four characters
        9921X3            | -                          | CO-181 100, paid 0                   | nor six
        99213-2           | -                          | CO-182 100, N519, paid 0             | a modifier has two characters
        99213-ZZ          | -                          | CO-182 100, N519, paid 0             | not one that the payer takes
        99213             | npi=1245319590             | CO-16 100, N257, paid 0              | the check digit is wrong
        99213 $5000       | stay=20260507; diagnoses=J189,ZZZ | CO-146 5000, M76, paid 0      | a secondary code that is none
        99213 $5000       | stay=20260507; diagnoses=J189,E11 | CO-16 5000, M81, paid 0       | a header
        99213 $5000       | stay=20260507; poa=X       | CO-16 5000, N434, paid 0             | no such indicator
        99213 $5000       | stay=20260507; diagnoses=W19.XXXA | CO-16 5000, MA63, paid 0      | an external cause first
    """, known_modifiers=["25", "GA", "GX"], default_terms={"contract": {"payer": "x", "terms": [
        {"id": "t", "method": "percent_of_charge", "percent": 40}]}})  # fmt: skip


def test_incomplete(payer_cases: Cases) -> None:
    """What cannot be decided at all."""
    payer_cases("""
        lines             | more                     | decision                            | why
        ------------------+--------------------------+-------------------------------------+-------------------------------------
        99213             | charge=120               | CO-16 120, M54, paid 0              | lines make 100
        99213 x0          | -                        | CO-16 100, M53, paid 0              | no units
        99213             | frequency=7; replaces=77 | CO-16 100, M47, paid 0              | the first claim is not known
        99213             | frequency=7              | CO-16 100, M47, paid 0              | not named
        99213             | in=2026-05-01            | CO-16 100, M52, paid 0              | served after it came in
    """)


def test_every_reason_has_a_case() -> None:
    tables = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    for name, reason in REASONS.items():
        if name == "stay":  # only where the grouper gives no DRG, which no version at hand does for a code that is one
            continue
        remarks = "".join(f", {each}" for each in reason.remarks)
        assert re.search(rf"{reason.group}-{reason.carc} -?[\d.]+{remarks}", tables), name
