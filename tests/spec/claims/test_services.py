"""What single services ask of a claim."""

from __future__ import annotations

from collections.abc import Callable

Cases = Callable[..., None]


def test_covered_days(claim_cases: Cases) -> None:
    """Medicare's stays. Rule: Claim-covered-days."""
    claim_cases(
        """
        claim | change                                                   | finds       | why
        ------+----------------------------------------------------------+-------------+---------------
        stay  | -                                                        | -           | six days
        stay  | stay.values = []                                         | stay.values | how many?
        stay  | stay.values = []; coverages[0].filing_indicator = CI     | -           | not Medicare
    """,
        "Claim-covered-days",
    )


def test_reason_for_visit(claim_cases: Cases) -> None:
    """Why the patient came. Rule: Claim-reason-for-visit."""
    claim_cases(
        """
        claim | change                                                                                     | finds                   | why
        ------+--------------------------------------------------------------------------------------------+-------------------------+----------
        stay  | type_of_bill = 0131; setting = outpatient; lines[0].revenue_code = 0450                    | stay.reasons_for_visit  | emergency
        stay  | type_of_bill = 0131; setting = outpatient; lines[0].revenue_code = 0450; stay.reasons_for_visit = ["R06.02"] | -     | told
        stay  | type_of_bill = 0131; setting = outpatient; lines[0].revenue_code = 0450; stay.admission_type = 3 | -                 | planned
    """,
        "Claim-reason-for-visit",
    )


def test_anesthesia(claim_cases: Cases) -> None:
    """Minutes. Rule: Claim-anesthesia."""
    claim_cases(
        """
        claim | change                                   | finds            | why
        ------+------------------------------------------+------------------+---------------
        visit | lines[1].code = 01402                    | lines[1].minutes | how long?
        visit | lines[1].code = 01402; lines[1].minutes = 90 | -            | an hour and a half
        visit | lines[1].code = 01996                    | -                | billed by the day
    """,
        "Claim-anesthesia",
    )


def test_drug(claim_cases: Cases) -> None:
    """Quantity and unit (Ottehr 9560, 7445). Rule: Claim-drug."""
    claim_cases(
        """
        claim | change                          | finds                  | why
        ------+---------------------------------+------------------------+-------------
        visit | without lines[2].ndc_quantity   | lines[2].ndc_quantity  | how much?
        visit | lines[2].ndc_unit = MG          | lines[2].ndc_unit      | no such unit
        visit | -                               | -                      | one millilitre
    """,
        "Claim-drug",
    )


def test_drug_code(claim_cases: Cases) -> None:
    """Medicaid and the NDC. Rule: Claim-drug-code."""
    claim_cases(
        """
        claim | change                                                        | finds        | why
        ------+---------------------------------------------------------------+--------------+--------------
        visit | without lines[2].ndc; coverages[0].filing_indicator = MC      | lines[2].ndc | Medicaid
        visit | without lines[2].ndc                                          | -            | a commercial payer
        visit | coverages[0].filing_indicator = MC                            | -            | told
    """,
        "Claim-drug-code",
    )


def test_ordered(claim_cases: Cases) -> None:
    """Tests, images and equipment are ordered. Rule: Claim-ordered."""
    claim_cases(
        """
        claim | change                                                              | finds              | why
        ------+---------------------------------------------------------------------+--------------------+-----------
        visit | lines[1].code = 73562; coverages[0].filing_indicator = MB           | providers.ordering | by whom?
        visit | lines[1].code = 73562; coverages[0].filing_indicator = MB; providers.ordering.last = Muster; providers.ordering.npi = 1220000040 | - | told
        visit | lines[1].code = 73562                                               | -                  | not Medicare
    """,
        "Claim-ordered",
    )


def test_laboratory(claim_cases: Cases) -> None:
    """CLIA. Rule: Claim-laboratory."""
    claim_cases(
        """
        claim | change                                                                                  | finds              | why
        ------+-----------------------------------------------------------------------------------------+--------------------+-------
        visit | lines[1].code = 80053; coverages[0].filing_indicator = MB                               | claim.numbers.clia | none
        visit | lines[1].code = 80053; coverages[0].filing_indicator = MB; claim.numbers.clia = 36D0000000 | -               | told
    """,
        "Claim-laboratory",
    )


def test_ambulance(claim_cases: Cases) -> None:
    """Transports. Rule: Claim-ambulance."""
    claim_cases(
        """
        claim | change                                                                                | finds                                   | why
        ------+---------------------------------------------------------------------------------------+-----------------------------------------+---------
        visit | lines[0].code = A0429                                                                 | ambulance ambulance.drop_off ambulance.pick_up | nothing told
        visit | lines[0].code = A0429; ambulance = {"reason": "A", "miles": 7, "pick_up": {"city": "Columbus"}} | ambulance.drop_off            | to where?
    """,
        "Claim-ambulance",
    )


def test_equipment(claim_cases: Cases) -> None:
    """Rented and bought. Rule: Claim-equipment."""
    claim_cases(
        """
        claim | change                                                                       | finds              | why
        ------+------------------------------------------------------------------------------+--------------------+--------------
        visit | lines[0].equipment = {"days": 30, "rental": "85.00", "frequency": "4"}        | -                  | rented
        visit | lines[0].equipment = {"days": 30}                                            | lines[0].equipment | for how much?
        visit | lines[0].equipment = {"code": "E0601", "days": 30, "rental": "85.00"}        | lines[0].equipment | another service
        visit | lines[0].equipment = {"certificate": "I"}                                    | lines[0].equipment | for how long?
    """,
        "Claim-equipment",
    )


def test_teeth(claim_cases: Cases) -> None:
    """Teeth and surfaces. Rules: Claim-teeth, Claim-prosthesis."""
    claim_cases(
        """
        claim  | change                                                  | finds              | why
        -------+---------------------------------------------------------+--------------------+-----------------
        dental | -                                                       | -                  | a molar
        dental | lines[1].teeth[0].tooth = 33                            | lines[1].teeth     | the last is 32
        dental | lines[1].teeth[0].tooth = AS                            | -                  | supernumerary
        dental | lines[1].teeth[0].surfaces = MX                         | lines[1].teeth     | no such surface
    """,
        "Claim-teeth",
    )
    claim_cases(
        """
        claim  | change                                                                    | finds                          | why
        -------+---------------------------------------------------------------------------+--------------------------------+----------
        dental | lines[1].prosthesis = R                                                   | lines[1].dates.prior_placement | when was the first?
        dental | lines[1].prosthesis = R; lines[1].dates.prior_placement = 2018-01-01      | -                              | told
        dental | lines[0].prosthesis = I                                                   | -                              | the first
    """,
        "Claim-prosthesis",
    )


def test_unlisted(claim_cases: Cases) -> None:
    """Services without a code. Rule: Claim-unlisted."""
    claim_cases(
        """
        claim | change                                                   | finds                | why
        ------+----------------------------------------------------------+----------------------+---------
        visit | lines[1].code = 20999                                    | lines[1].description | what was it?
        visit | lines[1].code = 20999; lines[1].description = Aspiration | -                    | told
    """,
        "Claim-unlisted",
    )


def test_purchased(claim_cases: Cases) -> None:
    """Services bought from others. Rule: Claim-purchased."""
    claim_cases(
        """
        claim | change                                                                               | finds                     | why
        ------+--------------------------------------------------------------------------------------+---------------------------+----------
        visit | lines[0].providers.purchased = {"npi": "1220000057"}                                 | lines[0].purchased_charge | how much?
        visit | lines[0].providers.purchased = {"npi": "1220000057"}; lines[0].purchased_charge = 40 | -                         | told
    """,
        "Claim-purchased",
    )
