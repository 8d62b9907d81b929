"""Nothing incomplete leaves: what the scrub asks of every claim (LibreHealth 1023, OpenEMR 1994)."""

from __future__ import annotations

from collections.abc import Callable

Cases = Callable[..., None]


def test_billing_provider(claim_cases: Cases) -> None:
    """Who bills is named, numbered and found. Rule: Claim-billing-provider."""
    claim_cases(
        """
        claim | change                                | finds                                  | why
        ------+---------------------------------------+----------------------------------------+------------------------
        visit | -                                     | -                                      | whole
        visit | without practice.billing.npi          | practice.billing.npi                   | no number
        visit | without practice.billing.tax_id       | practice.billing.tax_id                | neither EIN nor SSN
        visit | without practice.billing.tax_id; practice.billing.ssn = 123456789 | -           | one of the two is enough
        visit | without practice.billing.name         | practice.billing.name                  | no name
        visit | without practice.billing.address      | practice.billing.address.city practice.billing.address.line1 practice.billing.address.state practice.billing.address.zip | no address at all
        visit | practice.pay_to.name = Lockbox; practice.pay_to.address.line1 = PO Box 7 | practice.pay_to.address.city practice.pay_to.address.state practice.pay_to.address.zip | half a pay-to address
        visit | without practice.billing.phone        | practice.billing.phone                 | a contact without number
    """,
        "Claim-billing-provider",
    )


def test_billing_form(claim_cases: Cases) -> None:
    """A street, nine digits of ZIP, a tax number. Rule: Claim-billing-form."""
    claim_cases(
        """
        claim | change                                        | finds                          | why
        ------+-----------------------------------------------+--------------------------------+---------------------------------
        visit | practice.billing.address.zip = 43215          | practice.billing.address.zip   | five digits
        visit | practice.billing.address.line1 = P.O. Box 12  | practice.billing.address.line1 | no street
        visit | practice.billing.address.line1 = 12 Poboxer St | -                             | a street
        visit | practice.billing.address.state = Ohio         | practice.billing.address.state | not two letters
        visit | practice.billing.tax_id = 12-34               | practice.billing.tax_id        | too short
        visit | practice.billing.taxonomy = 207Q              | practice.billing.taxonomy      | too short
    """,
        "Claim-billing-form",
    )


def test_ends(claim_cases: Cases) -> None:
    """Sender and receiver. Rule: Claim-ends."""
    claim_cases(
        """
        claim | change                             | finds                                             | why
        ------+------------------------------------+---------------------------------------------------+----------------
        visit | -                                  | -                                                 | whole
        visit | without practice.receiver          | practice.receiver.id practice.receiver.name       | to whom?
        visit | without practice.submitter.contact; without practice.submitter.phone | practice.submitter.phone | whom to ask?
    """,
        "Claim-ends",
    )


def test_subscriber(claim_cases: Cases) -> None:
    """Who is insured. Rule: Claim-subscriber."""
    claim_cases(
        """
        claim  | change                                   | finds                          | why
        -------+------------------------------------------+--------------------------------+---------------------------------------
        visit  | without coverages[0].member_id           | coverages[0].member_id         | no number
        visit  | without coverages[0].filing_indicator    | coverages[0].filing_indicator  | blank SBR of LibreHealth 1023
        visit  | without patient_details.birth_date       | patient_details.birth_date     | the patient is the insured
        visit  | patient_details.sex = U; sex = U         | -                              | unknown is an answer
        visit  | without patient_details.address.zip      | patient_details.address.zip    | no ZIP code
        visit  | without patient_details.address.zip; patient_details.address.country = DE | - | abroad
        dental | without coverages[0].insured.address     | -                              | the insured is not the patient
        dental | without coverages[0].insured.first       | coverages[0].insured.first     | a person has a first name
        dental | without coverages[0].insured.sex         | coverages[0].insured.sex       | half of what is told of him
        dental | without coverages[0].insured.address.zip | coverages[0].insured.address.zip | half an address
    """,
        "Claim-subscriber",
    )


def test_patient(claim_cases: Cases) -> None:
    """The patient, where somebody else is insured. Rule: Claim-patient."""
    claim_cases(
        """
        claim  | change                                  | finds                            | why
        -------+-----------------------------------------+----------------------------------+--------------------------
        dental | -                                       | -                                | whole
        dental | without coverages[0].relationship       | coverages[0].relationship        | whose child or spouse?
        dental | without patient_details.address.line1   | patient_details.address.line1    | no street
        visit  | without patient_details.address         | -                                | another rule's
    """,
        "Claim-patient",
    )


def test_payer(claim_cases: Cases) -> None:
    """Payers have a name and a number. Rule: Claim-payer."""
    claim_cases(
        """
        claim     | change                            | finds                    | why
        ----------+-----------------------------------+--------------------------+---------------------------------------------
        visit     | without coverages[0].payer.id     | coverages[0].payer.id    | no number
        secondary | without coverages[0].payer.name   | coverages[0].payer.name  | the first payer on the second one's claim
        secondary | without coverages[1].payer.name   | coverages[1].payer.name  | the payer itself
        secondary | without coverages[0].member_id    | coverages[0].member_id   | the insured of the first payer
        visit     | without coverages[0].payer.address.state | coverages[0].payer.address.state | half an address
        visit     | without coverages[0].payer.address | -                       | an address may be left out
    """,
        "Claim-payer",
    )


def test_consent(claim_cases: Cases) -> None:
    """What patient and provider agreed to is asked, never assumed (OpenEMR 5699). Rule: Claim-consent."""
    claim_cases(
        """
        claim     | change                                  | finds                            | why
        ----------+-----------------------------------------+----------------------------------+---------------------------
        visit     | without practice.assignment             | practice.assignment              | does the provider accept?
        visit     | without practice.assignment; coverages[0].assignment = C | -               | not from this payer
        visit     | without practice.signature              | practice.signature               | signed?
        stay      | -                                       | -                                | no such field on 837I
        visit     | without coverages[0].release            | coverages[0].release             | released?
        visit     | without coverages[0].benefits_assigned  | coverages[0].benefits_assigned   | assigned?
        secondary | without coverages[0].benefits_assigned  | coverages[0].benefits_assigned   | of the other payer too
    """,
        "Claim-consent",
    )


def test_service_place(claim_cases: Cases) -> None:
    """Where and when. Rule: Claim-service-place."""
    claim_cases(
        """
        claim  | change                                     | finds                     | why
        -------+--------------------------------------------+---------------------------+---------------------------------
        visit  | without lines[1].date                      | lines[1].date             | when?
        visit  | without lines[0].place_of_service; without lines[1].place_of_service; without lines[2].place_of_service | lines[0].place_of_service | where?
        visit  | lines[0].place_of_service = 21; lines[1].place_of_service = 21 | admitted | in hospital since when?
        stay   | without type_of_bill                       | type_of_bill              | what bill?
        stay   | without stay.admission_type                | stay.admission_type       | planned or not?
        stay   | without stay.admission_source              | stay.admission_source     | from where?
        stay   | without admitted; stay.from = 2026-04-28   | admitted                  | since when?
        dental | without lines[0].date                      | lines[0].date             | when?
        dental | without lines[0].date; dental.predetermination = true | -              | not yet
    """,
        "Claim-service-place",
    )


def test_providers(claim_cases: Cases) -> None:
    """Providers have names and numbers. Rule: Claim-providers."""
    claim_cases(
        """
        claim | change                                                      | finds                        | why
        ------+-------------------------------------------------------------+------------------------------+------------------------
        stay  | without providers.attending                                 | providers.attending.last     | who was responsible?
        visit | providers.service_facility = {"name": "X", "npi": "1220000073"}     | providers.service_facility.address.city providers.service_facility.address.line1 providers.service_facility.address.state providers.service_facility.address.zip | where?
        stay  | without providers.operating.last; without providers.operating.first | providers.operating     | only a number
        visit | without providers.rendering.npi                             | providers.rendering.npi      | only a name
        visit | lines[1].provider = 1220000057                              | lines[1].providers           | nobody of that number
    """,
        "Claim-providers",
    )


def test_rendering(claim_cases: Cases) -> None:
    """Groups say who did it. Rule: Claim-rendering."""
    claim_cases(
        """
        claim | change                                                              | finds               | why
        ------+---------------------------------------------------------------------+---------------------+----------------
        visit | without providers.rendering                                         | providers.rendering | a group bills
        visit | without providers.rendering; practice.billing.last = Solo; practice.billing.first = Han | - | a person bills
        stay  | -                                                                   | -                   | a facility
    """,
        "Claim-rendering",
    )


def test_diagnosis(claim_cases: Cases) -> None:
    """What for. Rule: Claim-diagnosis."""
    claim_cases(
        """
        claim  | change                        | finds               | why
        -------+-------------------------------+---------------------+---------------------------
        visit  | diagnoses = []                | diagnoses           | none
        stay   | without admitting_diagnosis   | admitting_diagnosis | why admitted?
        dental | diagnoses = []                | -                   | dental claims may have none
    """,
        "Claim-diagnosis",
    )


def test_codes(claim_cases: Cases) -> None:
    """Codes are whole. Rule: Claim-codes."""
    claim_cases(
        """
        claim | change                                     | finds              | why
        ------+--------------------------------------------+--------------------+------------------
        stay  | -                                          | -                  | whole
        visit | diagnoses[1] = ""                          | diagnoses          | empty
        stay  | without procedures[0].date                 | procedures         | when?
        stay  | procedures[1].code = 5A1945                | procedures         | six characters
        stay  | without stay.occurrences[0].date           | stay.occurrences   | when?
        stay  | without stay.values[0].amount              | stay.values        | how many?
        stay  | admitting_diagnosis = R                    | admitting_diagnosis | a letter
    """,
        "Claim-codes",
    )


def test_procedure(claim_cases: Cases) -> None:
    """Which service. Rule: Claim-procedure."""
    claim_cases(
        """
        claim | change                           | finds                 | why
        ------+----------------------------------+-----------------------+---------------------
        visit | lines[1].code = ""               | lines[1].code         | none
        stay  | without lines[2].revenue_code    | lines[2].revenue_code | none
        stay  | -                                | -                     | a stay needs no HCPCS
    """,
        "Claim-procedure",
    )


def test_forms(claim_cases: Cases) -> None:
    """Codes and numbers look like what they are. Rule: Claim-forms."""
    claim_cases(
        """
        claim  | change                                         | finds                         | why
        -------+------------------------------------------------+-------------------------------+---------------------------
        visit  | id = a-number-of-more-than-twenty              | id                            | too long for payers
        visit  | claim.frequency = 0                            | claim.frequency               | no such frequency
        visit  | coverages[0].filing_indicator = XX             | coverages[0].filing_indicator | none
        visit  | lines[0].code = 9921                           | lines[0].code                 | four characters
        visit  | lines[0].modifiers = ["2"]                     | lines[0].modifiers            | one character
        visit  | patient_details.address.zip = 4321             | patient_details.address.zip   | four digits
        dental | coverages[0].relationship = 34                 | coverages[0].relationship     | none that a claim knows
        stay   | stay.admission_type = 7                        | stay.admission_type           | none
        stay   | diagnoses[0].poa = Q                           | diagnoses                     | none
        stay   | lines[0].revenue_code = 120                    | -                             | filled up
    """,
        "Claim-forms",
    )


def test_limits(claim_cases: Cases) -> None:
    """How much a claim holds. Rule: Claim-limits."""
    claim_cases(
        """
        claim  | change       | claimed                       | finds                        | why
        -------+--------------+-------------------------------+------------------------------+-----------------------------
        visit  | -            | lines = 20                    | lines                        | sixty lines
        visit  | -            | lines = 0                     | lines                        | nothing
        visit  | -            | lines[0].pointers = 4         | lines[0].diagnosis_pointers  | there are three
        visit  | -            | lines[0].pointers = 1,2,3,1,2 | lines[0].diagnosis_pointers  | five
        visit  | lines[0].diagnosis_pointers = [] | -         | lines[0].diagnosis_pointers  | none, and none is invented
        dental | -            | -                             | -                            | dental lines may point nowhere
    """,
        "Claim-limits",
    )


def test_charges(claim_cases: Cases) -> None:
    """Sums. Rule: Claim-charges."""
    claim_cases(
        """
        claim | change                          | claimed              | finds                | why
        ------+---------------------------------+----------------------+----------------------+---------------------
        visit | -                               | charge = 395         | lines                | the lines say more
        visit | lines[0].charge = -5            | -                    | lines[0].charge      | below zero
        visit | lines[0].charge = 0.005         | -                    | lines[0].charge      | half a cent
        visit | lines[0].units = 0              | -                    | lines[0].units       | nothing done
        visit | claim.patient_paid = 5000       | -                    | claim.patient_paid   | more than charged
        stay  | lines[0].noncovered = 9000      | -                    | lines[0].noncovered  | more than charged
    """,
        "Claim-charges",
    )


def test_provider_numbers(claim_cases: Cases) -> None:
    """Check digits. Rule: Claim-provider-numbers."""
    claim_cases(
        """
        claim | change                                  | finds                    | why
        ------+-----------------------------------------+--------------------------+-------------
        visit | providers.rendering.npi = 1220000025    | providers.rendering.npi  | check digit
        visit | practice.billing.npi = 122000001        | practice.billing.npi     | nine digits
        visit | lines[0].provider = 12                  | lines[0].providers       | two digits
    """,
        "Claim-provider-numbers",
    )


def test_characters(claim_cases: Cases) -> None:
    """What separates cannot be said. Rule: Claim-characters."""
    claim_cases(
        """
        claim | change                                  | finds                                  | why
        ------+-----------------------------------------+----------------------------------------+----------------
        visit | patient_details.last = O'Neil-Smith     | -                                      | plain
        visit | patient_details.last = Ex*mple          | claim.subscriber.person.party.name     | a separator
        visit | coverages[0].group_number = A:1         | claim.subscriber.group_number          | a separator
        visit | practice.billing.name = Praxis Müller   | claim.billing.name                     | not in the set
    """,
        "Claim-characters",
    )


def test_days(claim_cases: Cases) -> None:
    """Days in their order. Rule: Claim-days."""
    claim_cases(
        """
        claim | change                                     | finds              | why
        ------+--------------------------------------------+--------------------+-------------------------
        visit | lines[0].date = 1960-01-01                 | lines[0].date      | before birth
        visit | lines[0].end_date = 2026-05-01             | lines[0].date      | ends before it begins
        visit | claim.dates.onset = 2026-05-09             | claim.dates.onset  | the illness came later
        stay  | stay.from = 2026-05-09                     | stay               | ends before it begins
    """,
        "Claim-days",
    )


def test_facility(claim_cases: Cases) -> None:
    """OpenEMR 2929: the builder leaves it out; claims of others are told. Rule: Claim-facility-again."""
    claim_cases(
        """
        claim | change                                                                            | finds | why
        ------+-----------------------------------------------------------------------------------+-------+--------------
        visit | practice.service_facility = {"name": "X", "address": {"line1": "120 River Street", "city": "Columbus", "state": "OH", "zip": "43215"}} | - | left out
    """,
        "Claim-facility-again",
    )


def test_accident(claim_cases: Cases) -> None:
    """Accidents. Rule: Claim-accident."""
    claim_cases(
        """
        claim | change                                                              | finds           | why
        ------+---------------------------------------------------------------------+-----------------+------------
        visit | accident.causes = ["AA"]; accident.date = 2026-05-01                | accident.state  | which state?
        visit | accident.causes = ["EM"]; accident.date = 2026-05-01                | -               | at work
        visit | accident.causes = ["OA"]                                            | accident.date   | when?
        visit | accident.causes = []; accident.date = 2026-05-01                    | accident.causes | what kind?
    """,
        "Claim-accident",
    )


def test_replacement(claim_cases: Cases) -> None:
    """Ottehr 9029, 9656. Rule: Claim-replacement."""
    claim_cases(
        """
        claim | change                                          | finds          | why
        ------+-------------------------------------------------+----------------+----------------
        visit | claim.frequency = 7                             | claim.replaces | which claim?
        visit | claim.frequency = 8; claim.replaces = ICN1      | -              | named
        stay  | type_of_bill = 0117                             | claim.replaces | which claim?
        visit | -                                               | -              | an original
    """,
        "Claim-replacement",
    )


def test_attachments(claim_cases: Cases) -> None:
    """Paperwork. Rule: Claim-attachments."""
    claim_cases(
        """
        claim | change                                                            | finds             | why
        ------+-------------------------------------------------------------------+-------------------+---------------------
        visit | claim.attachments = [{"kind": "OZ", "transmission": "EL"}]        | claim.attachments | no number
        visit | claim.attachments = [{"kind": "OZ", "transmission": "AA"}]        | -                 | on request
        visit | claim.attachments = [{"kind": "OZ", "transmission": "EL", "control_number": "A1"}] | - | complete
    """,
        "Claim-attachments",
    )


def test_payer_order(claim_cases: Cases) -> None:
    """First, second, third. Rule: Claim-payer-order."""
    claim_cases(
        """
        claim     | change                             | claimed                            | finds                       | why
        ----------+------------------------------------+------------------------------------+-----------------------------+------------
        secondary | -                                  | -                                  | -                           | P and S
        secondary | -                                  | other_payers[0].responsibility = S | coverages[0].responsibility coverages[1].responsibility | twice second, none first
        visit     | coverages[0].responsibility = S    | -                                  | coverages[0].responsibility | who is first?
    """,
        "Claim-payer-order",
    )


def test_later_payer(claim_cases: Cases) -> None:
    """OpenEMR 6268, 1959: adjustments explain every cent. Rule: Claim-later-payer."""
    claim_cases(
        """
        claim     | change | claimed                         | finds                  | why
        ----------+--------+---------------------------------+------------------------+-----------------------------
        secondary | -      | -                               | -                      | balanced
        secondary | -      | other_payers[0].amounts = -     | coverages[0]           | nothing decided
        secondary | -      | lines[0].charge = 211           | lines[0]               | a dollar is unexplained
        secondary | -      | lines[0].adjudications = -      | coverages[0] coverages[0] | one line is undecided
        secondary | -      | charge = 395                    | coverages[0]           | the claim says more
    """,
        "Claim-later-payer",
    )


# RIVALS 22: who pays first
def test_medicare_later(claim_cases: Cases) -> None:
    """Why Medicare comes second (awslabs 5). Rules: Claim-medicare-later, Claim-medicare-type."""
    claim_cases(
        """
        claim     | change                          | finds                  | why
        ----------+---------------------------------+------------------------+----------------
        secondary | without coverages[1].msp_type   | coverages[1].msp_type  | why?
        secondary | -                               | -                      | working aged
        visit     | -                               | -                      | not Medicare
    """,
        "Claim-medicare-later",
    )
    claim_cases(
        """
        claim     | change                          | finds                  | why
        ----------+---------------------------------+------------------------+----------------
        secondary | coverages[1].msp_type = 99      | coverages[1].msp_type  | none
    """,
        "Claim-medicare-type",
    )


def test_medicare_age(claim_cases: Cases) -> None:
    """Working aged, or disabled (awslabs 5). Rule: Claim-medicare-age."""
    claim_cases(
        """
        claim     | change                                                        | finds                 | why
        ----------+---------------------------------------------------------------+-----------------------+------------------
        secondary | -                                                             | -                     | 68 years, working
        secondary | patient_details.birth_date = 1970-02-11                       | coverages[1].msp_type | 56 years
        secondary | patient_details.birth_date = 1970-02-11; coverages[1].msp_type = 43 | -               | disabled
        secondary | coverages[1].msp_type = 43                                    | coverages[1].msp_type | aged
    """,
        "Claim-medicare-age",
    )
