"""Why a payer refuses or changes a payment: our own words for each situation, with the codes that tell it.

The group says who bears the amount: CO the provider by contract, PR the patient, OA neither, PI the payer's own doing.
CARC and RARC are the lists that X12 keeps (external code lists 139 and 411); no wording of theirs stands here.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["REASONS", "Reason"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One situation: group, claim adjustment reason code, remark codes, our words, and what the decision rests on."""

    group: str
    carc: str
    remarks: tuple[str, ...]
    says: str
    source: str


_PLAN = "terms of coverage"
_HIPAA = "45 CFR 162.1002, code sets in force on the date of service"
_NCCI = "NCCI Policy Manual, chapter I"
_TR3 = "005010X221A1, use of adjustment codes"

REASONS: dict[str, Reason] = {
    # who is insured
    "unknown member": Reason("CO", "31", ("N382",), "the patient is not found among the insured", _PLAN),
    "name mismatch": Reason("CO", "140", (), "number and name of the insured do not belong together", _PLAN),
    "before coverage": Reason("PR", "26", (), "the service lies before the coverage begins", _PLAN),
    "after coverage": Reason("PR", "27", (), "the service lies after the coverage ended", _PLAN),
    "after death": Reason("CO", "13", (), "the service lies after the date of death", _PLAN),
    "no dependents": Reason("PR", "33", (), "the plan insures no dependents", _PLAN),
    "dependent": Reason("PR", "32", (), "the patient is not a dependent of the insured", _PLAN),
    # who pays first
    "work": Reason("CO", "19", (), "an injury or illness of work is the matter of workers' compensation", _PLAN),
    "no-fault": Reason("CO", "21", (), "an injury of a car accident is the matter of the no-fault carrier", _PLAN),
    "liability": Reason("CO", "20", (), "another's liability insurance is to pay the injury", _PLAN),
    "other payer": Reason("CO", "22", ("N598",), "another insurance is primary", "42 CFR 411.20; NAIC Model 120"),
    "no primary decision": Reason(
        "CO", "16", ("MA04",), "the decision of the primary payer is missing", "42 CFR 411.20; NAIC Model 120"
    ),
    # when and how often
    "late": Reason("CO", "29", ("N211",), "the time limit for filing has passed", "42 CFR 424.44, or the contract"),
    "duplicate": Reason("OA", "18", (), "exactly this service was decided already", "Pub. 100-04, chapter 1, 120"),
    "original not found": Reason(
        "CO", "16", ("M47",), "the claim to be replaced or voided is not found", "Pub. 100-04, chapter 1, 130"
    ),
    # leave asked before
    "authorization": Reason("CO", "197", (), "no authorisation was asked before the service", _PLAN),
    "wrong authorization": Reason("CO", "284", (), "the number of the authorisation does not cover the service", _PLAN),
    "authorization used up": Reason("CO", "198", (), "the authorisation is used up", _PLAN),
    "referral": Reason("CO", "288", (), "the plan needs a referral, and the claim names none", _PLAN),
    # who may be paid
    "network": Reason("PR", "242", (), "the plan covers only providers of its network", _PLAN),
    "provider excluded": Reason("CO", "B7", (), "the provider may not be paid on that day", "42 CFR 1001.1901"),
    "no price": Reason("CO", "147", (), "the contract on file has no rate for the service", "the contract"),
    # what is covered
    "not covered": Reason("PR", "96", ("N130",), "the payer covers the service under no plan", _PLAN),
    "excluded by statute": Reason("PR", "96", ("N425",), "excluded by statute, as the provider says", "SSA 1862(a)"),
    "not in plan": Reason("PR", "204", ("N130",), "the plan of the patient does not cover the service", _PLAN),
    "experimental": Reason("CO", "55", (), "the service counts as experimental", _PLAN),
    "benefit used up": Reason("PR", "119", (), "as many services as the benefit grants were paid", _PLAN),
    "necessity": Reason(
        "CO", "50", ("N115",), "the diagnoses do not show the service to be necessary", "SSA 1862(a)(1)(A)"
    ),
    "necessity, national": Reason(
        "CO", "50", ("N386",), "a national coverage determination does not cover it for the diagnoses", "SSA 1862(l)"
    ),
    "necessity, patient told": Reason(
        "PR", "50", ("N115",), "not necessary by the diagnoses; the patient was told before (GA)", "SSA 1879"
    ),
    # what belongs together
    "part of another": Reason(
        "CO", "97", ("M15",), "part of another service of the day", "Pub. 100-04, chapter 12, 30"
    ),
    "global period": Reason(
        "CO", "97", ("M144",), "part of the operation's global period", "Pub. 100-04, chapter 12, 40"
    ),
    "code pair": Reason("CO", "236", (), "the pair of codes is not paid together on one day", _NCCI + ", A and E"),
    "add-on": Reason("CO", "107", ("N122",), "an add-on code without its primary service", _NCCI + ", R"),
    "too many units": Reason("CO", "151", ("N362",), "more units than are likely", _NCCI + ", V"),
    "most units": Reason("CO", "222", ("N362",), "more units than the contract allows", "the contract"),
    "one professional": Reason(
        "CO", "54", (), "no assistant, second surgeon or team is paid for the service", "42 CFR 414.40"
    ),
    # codes
    "procedure code": Reason("CO", "181", (), "the procedure code was not valid on the day", _HIPAA),
    "modifier code": Reason("CO", "182", ("N519",), "the modifier was not valid on the day", _HIPAA),
    "modifier": Reason("CO", "4", ("N519",), "modifier and procedure do not agree", "42 CFR 414.40"),
    "diagnosis code": Reason("CO", "146", ("M76",), "a diagnosis code was not valid on the day", _HIPAA),
    "diagnosis detail": Reason(
        "CO", "16", ("M81",), "a diagnosis is not coded to its last character", "Guideline I.B.2"
    ),
    "principal diagnosis": Reason(
        "CO", "16", ("MA63",), "the code cannot be the principal diagnosis", "Guidelines I.A.13, I.C.20"
    ),
    "diagnosis": Reason("CO", "16", ("M64",), "diagnoses are missing or contradict each other", "Guideline I.A.12"),
    "pointer": Reason("CO", "16", ("M76",), "the line names no diagnosis of the claim", _TR3),
    "age": Reason("CO", "9", (), "diagnosis and age do not agree", "Definitions of Medicare Code Edits"),
    "sex": Reason("CO", "10", (), "diagnosis and sex do not agree", "Definitions of Medicare Code Edits"),
    "present on admission": Reason(
        "CO", "16", ("N434",), "present-on-admission indicators are missing or wrong", "DRA 5001(c)"
    ),
    "place": Reason(
        "CO", "5", ("M77",), "place of service and procedure do not agree", "Pub. 100-04, chapter 26, 10.5"
    ),
    "stay": Reason("CO", "A8", (), "the codes of the stay lead to no DRG", "Definitions of Medicare Code Edits"),
    # what the claim leaves out
    "information": Reason("CO", "16", ("M76",), "the claim lacks what is needed to decide it", _TR3),
    "charges": Reason("CO", "16", ("M54",), "the charges of the lines do not make the charge of the claim", _TR3),
    "units": Reason("CO", "16", ("M53",), "the units are missing or impossible", _TR3),
    "dates": Reason("CO", "16", ("M52",), "the dates of service are missing or impossible", _TR3),
    "billing number": Reason("CO", "16", ("N257",), "the number of the billing provider is none", "45 CFR 162.410"),
    "rendering number": Reason("CO", "16", ("N290",), "the number of the rendering provider is none", "45 CFR 162.410"),
    "taxonomy": Reason("CO", "16", ("N255",), "the taxonomy of the billing provider is none", _TR3),
    "drug code": Reason("CO", "16", ("M119",), "the National Drug Code of the line is none", _TR3),
    "revenue code": Reason("CO", "16", ("M50",), "revenue codes are missing or do not fit", "NUBC, form locator 42"),
    "bill type": Reason("CO", "16", ("MA30",), "the type of bill is none", "NUBC, form locator 4"),
    "birth date": Reason("CO", "16", ("N329",), "the birth date of the patient is missing or impossible", _TR3),
    "guidelines": Reason("CO", "272", (), "a rule of the payer is not met", "the payer's own rules"),
    # changes of the amount
    "contract": Reason("CO", "45", (), "above what the contract allows", "the contract"),
    "above allowed": Reason("PR", "45", (), "above what is allowed to a provider without contract", _PLAN),
    "more than charged": Reason("CO", "94", (), "the price of the contract lies above the charge", "the contract"),
    "deductible": Reason("PR", "1", (), "deductible", _PLAN),
    "coinsurance": Reason("PR", "2", (), "coinsurance", _PLAN),
    "copayment": Reason("PR", "3", (), "copayment", _PLAN),
    "prior payer": Reason(
        "OA", "23", (), "what the payer before has paid and taken off", "42 CFR 411.33; NAIC Model 120"
    ),
    "sequestration": Reason("CO", "253", (), "sequestration", "2 U.S.C. 901a(6)"),
    "predetermination": Reason("OA", "101", (), "what would be paid; nothing was done yet", _TR3),
}
"""Situation → reason. The situations are those that the steps of a decision name."""
