"""Edits of diagnoses: the conventions, what may stand first, the patient, present on admission."""

from __future__ import annotations

from collections.abc import Callable

Cases = Callable[..., None]


def test_valid(edit_cases: Cases) -> None:
    """A diagnosis is a code of the release in force. Rule: ICD-valid."""
    edit_cases(
        """
        diagnoses    | more                      | finds        | why
        -------------+---------------------------+--------------+---------------------------------------
        E11.9 I10    | -                         | -            | both are codes
        e119 i10     | -                         | -            | spelling of a claim
        E11.9 ZZZ    | -                         | diagnoses[1] | no such code
        -            | -                         | diagnoses    | no diagnosis at all
        I10          | admitting_diagnosis=R99.9 | admitting_diagnosis | the admitting diagnosis counts too
        S72.001      | -                         | -            | told by ICD-seventh-character
        S72.001Z     | -                         | -            | told by ICD-seventh-character
    """,
        "ICD-valid",
    )


def test_billable(edit_cases: Cases) -> None:
    """Codes are reported to the highest number of characters. Rule: ICD-billable."""
    edit_cases(
        """
        diagnoses    | finds        | why
        -------------+--------------+------------------------------
        E11.9        | -            | nothing stands below it
        E11          | diagnoses[0] | a header
        I10 M25.56   | diagnoses[1] | side not told
    """,
        "ICD-billable",
    )


def test_seventh_character(edit_cases: Cases) -> None:
    """A 7th character where the code takes one, and one that it takes. Rule: ICD-seventh-character."""
    edit_cases(
        """
        diagnoses | finds        | why
        ----------+--------------+---------------------------------
        S72.001A  | -            | initial encounter, closed
        S72.001   | diagnoses[0] | phase of care not told
        S72.001Z  | diagnoses[0] | no such 7th character
        I10       | -            | takes none
    """,
        "ICD-seventh-character",
    )


def test_phases(edit_cases: Cases) -> None:
    """One injury in one phase, one eye in one stage. Rule: ICD-phases."""
    edit_cases(
        """
        diagnoses           | finds        | why
        --------------------+--------------+---------------------------------
        S72.001A            | -            | one phase
        S72.001A S72.001D   | diagnoses[1] | active, and healing
        S72.001A S72.002D   | -            | two sides
        T20.20XA T20.20XS   | -            | a new burn beside an old one
        H40.1111 H40.1112   | diagnoses[1] | two stages of one eye
        H40.1111 H40.1122   | -            | an eye each
    """,
        "ICD-phases",
    )


def test_duplicate(edit_cases: Cases) -> None:
    """A code is reported once. Rule: ICD-duplicate."""
    edit_cases(
        """
        diagnoses       | finds        | why
        ----------------+--------------+------------------------------
        I10 E11.9       | -            | two codes
        I10 E11.9 i10   | diagnoses[2] | the same again
    """,
        "ICD-duplicate",
    )


def test_laterality(edit_cases: Cases) -> None:
    """Sides of one condition agree. Rule: ICD-laterality."""
    edit_cases(
        """
        diagnoses         | finds        | why
        ------------------+--------------+--------------------------------------------------
        M25.561           | -            | one side
        M25.561 M25.562   | -            | both sides, and no code says so
        M25.561 M25.569   | diagnoses[1] | a side and no side
        H25.11 H25.12     | diagnoses[1] | H25.13 says both
        H25.13 H25.11     | diagnoses[1] | both, and one of them again
        M25.561 M25.552   | -            | knee and hip
        S72.001A S72.002A | -            | two fractures
        S72.001A S72.001D | -            | not about the side
    """,
        "ICD-laterality",
    )


def test_excludes1(edit_cases: Cases) -> None:
    """Codes that exclude each other. Rule: ICD-excludes1."""
    edit_cases(
        """
        diagnoses    | finds        | why
        -------------+--------------+-----------------------------------------
        E11.9 I10    | -            | no note between them
        E11.9 E10.9  | diagnoses[1] | types of diabetes exclude each other
        I10 E10.9 E11.9 | diagnoses[2] | wherever they stand
    """,
        "ICD-excludes1",
    )


def test_code_first(edit_cases: Cases) -> None:
    """Etiology before manifestation. Rule: ICD-code-first."""
    edit_cases(
        """
        diagnoses     | finds        | why
        --------------+--------------+-----------------------------------------
        G30.9 F02.80  | -            | Alzheimer disease goes first
        F02.80 G30.9  | diagnoses[0] | the dementia goes after it
        N18.6 I12.0   | diagnoses[0] | hypertensive kidney disease goes first
        I12.0 N18.6   | -            | right order
    """,
        "ICD-code-first",
    )


# RIVALS 6: the wrong first diagnosis (Ottehr 4617)
def test_manifestation_first(edit_cases: Cases) -> None:
    """A manifestation never stands first. Rule: ICD-manifestation-first."""
    edit_cases(
        """
        diagnoses     | finds        | why
        --------------+--------------+----------------------------
        F02.80 I10    | diagnoses[0] | in diseases classified elsewhere
        G30.9 F02.80  | -            | after its etiology
        F03.90        | -            | dementia of no stated cause
    """,
        "ICD-manifestation-first",
    )


def test_manifestation_alone(edit_cases: Cases) -> None:
    """A manifestation has its etiology beside it. Rule: ICD-manifestation-alone."""
    edit_cases(
        """
        diagnoses    | finds        | why
        -------------+--------------+----------------------------
        I10 F02.80   | diagnoses[1] | of what disease?
        G30.9 F02.80 | -            | of Alzheimer disease
    """,
        "ICD-manifestation-alone",
    )


def test_use_additional(edit_cases: Cases) -> None:
    """The second code that a note asks for without condition. Rule: ICD-use-additional."""
    edit_cases(
        """
        diagnoses     | finds        | why
        --------------+--------------+-------------------------------
        O80           | diagnoses[0] | Z37.0 is asked for
        O80 Z37.0     | -            | it is there
        I10           | -            | tobacco is asked for only if there is any
        B20           | -            | a note of the whole chapter (resistance) asks nothing of each code
    """,
        "ICD-use-additional",
    )


def test_external_first(edit_cases: Cases) -> None:
    """An external cause never stands first. Rule: ICD-external-first."""
    edit_cases(
        """
        diagnoses         | finds        | why
        ------------------+--------------+----------------------
        W19.XXXA S00.83XA | diagnoses[0] | the fall goes after the bruise
        S00.83XA W19.XXXA | -            | right order
    """,
        "ICD-external-first",
    )


def test_place_first(edit_cases: Cases) -> None:
    """What only adds to a diagnosis does not stand first. Rule: ICD-place-first."""
    edit_cases(
        """
        diagnoses      | finds        | why
        ---------------+--------------+---------------------------------
        R65.20 A41.9   | diagnoses[0] | the infection goes first
        Z68.41 E66.813 | diagnoses[0] | the body mass index adds to obesity
        R40.20         | -            | coma may be the reason
        Z59.00 I10     | diagnoses[0] | a social determinant
    """,
        "ICD-place-first",
    )


def test_first_only(edit_cases: Cases) -> None:
    """Z codes that may only stand first. Rule: ICD-first-only."""
    edit_cases(
        """
        diagnoses         | finds        | why
        ------------------+--------------+-----------------------------------------
        Z00.00 I10        | -            | the examination is the reason
        I10 Z00.00        | diagnoses[1] | only first
        Z51.11 C50.911    | -            | chemotherapy first
        C50.911 Z51.11    | diagnoses[1] | only first
        Z00.00 Z01.411    | -            | two encounters of one day
        I10 Z00.6         | -            | excepted
    """,
        "ICD-first-only",
    )


def test_needs_code(edit_cases: Cases) -> None:
    """Codes that are complete only with another. Rule: ICD-needs-code."""
    edit_cases(
        """
        diagnoses    | finds        | why
        -------------+--------------+------------------------
        O80          | diagnoses[0] | the outcome is absent
        O80 Z37.0    | -            | single live birth
        O82 Z37.2    | -            | twins
    """,
        "ICD-needs-code",
    )


def test_sex(edit_cases: Cases) -> None:
    """Diagnoses of the other sex. Rule: ICD-sex."""
    edit_cases(
        """
        diagnoses | more  | finds        | why
        ----------+-------+--------------+----------------------------
        N40.0     | sex=M | -            | prostate
        N40.0     | sex=F | diagnoses[0] | prostate
        O80       | sex=M | diagnoses[0] | delivery
        N80.9     | sex=U | -            | sex is not known
        C50.911   | sex=M | -            | men have breast cancer too
    """,
        "ICD-sex",
    )


def test_age(edit_cases: Cases) -> None:
    """Diagnoses of another age. Rule: ICD-age."""
    edit_cases(
        """
        diagnoses | more    | finds        | why
        ----------+---------+--------------+-----------------------------
        Z38.00    | age=0   | -            | newborn
        Z38.00    | age=3   | diagnoses[0] | no newborn
        Z00.129   | age=30  | diagnoses[0] | examination of a child
        O80       | age=70  | diagnoses[0] | beyond 64 years
        Z00.00    | -       | -            | age not known
        Z38.00    | birth_date=2026-05-01 | - | three days old
    """,
        "ICD-age",
    )


def test_patient_age(edit_cases: Cases) -> None:
    """The age itself. Rule: Patient-age."""
    edit_cases(
        """
        diagnoses | more                          | finds      | why
        ----------+-------------------------------+------------+-----------------------
        I10       | age=34                        | -          | plain
        I10       | age=130                       | age        | nobody is
        I10       | age=34; birth_date=1950-01-01 | age        | the birth says 76
        I10       | birth_date=2027-01-01         | birth_date | born after the service
    """,
        "Patient-age",
    )


def test_procedures(edit_cases: Cases) -> None:
    """Procedures of a stay are codes of ICD-10-PCS. Rule: PCS-valid."""
    edit_cases(
        """
        diagnoses | procedures      | finds         | why
        ----------+-----------------+---------------+------------
        I10       | 0DTJ4ZZ         | -             | appendectomy
        I10       | 0DTJ4ZZ 1234567 | procedures[1] | no such code
    """,
        "PCS-valid",
        default="inpatient",
    )


def test_poa(edit_cases: Cases) -> None:
    """Values of the indicator. Rule: POA-invalid."""
    edit_cases(
        """
        diagnoses      | more                   | finds        | why
        ---------------+------------------------+--------------+----------------
        I10:Y E11.9:N  | -                      | -            | values
        I10:Q          | -                      | diagnoses[0] | no value
        I10:Q          | poa_reporting=exempt   | -            | an exempt hospital
    """,
        "POA-invalid",
        default="inpatient",
    )


def test_poa_required(edit_cases: Cases) -> None:
    """Every diagnosis that is not exempt has its indicator. Rule: POA-required."""
    edit_cases(
        """
        diagnoses      | finds        | why
        ---------------+--------------+----------------
        I10:Y          | -            | told
        I10:Y E11.9    | diagnoses[1] | not told
        I10:Y E11.9:1  | diagnoses[1] | 1 is for exempt codes
        I10:Y Z79.4:1  | -            | an exempt code
        I10:Y Z79.4    | -            | exempt
    """,
        "POA-required",
        default="inpatient",
    )


def test_poa_exempt(edit_cases: Cases) -> None:
    """An exempt diagnosis has none. Rule: POA-exempt."""
    edit_cases(
        """
        diagnoses      | finds        | why
        ---------------+--------------+----------------
        I10:Y Z79.4:Y  | diagnoses[1] | exempt
        I10:Y Z79.4:1  | -            | the 1 of older forms
    """,
        "POA-exempt",
        default="inpatient",
    )


def test_mce(edit_cases: Cases) -> None:
    """Edits of the Medicare Code Editor with our explanations. Rule: MCE."""
    edit_cases(
        """
        diagnoses        | more                                      | finds        | why
        -----------------+-------------------------------------------+--------------+-----------------------------
        J18.9:Y          | age=70; sex=F; discharged=2026-05-04      | -            | pneumonia
        Z85.3:Y          | age=70; sex=F; discharged=2026-05-04      | diagnoses[0] | a history is no reason for admission
        J18.9:Y O80:Y    | age=70; sex=F; discharged=2026-05-04      | diagnoses[1] | age
    """,
        "MCE",
        default="inpatient",
    )


def test_acquired(edit_cases: Cases) -> None:
    """Hospital-acquired conditions. Rule: HAC."""
    edit_cases(
        """
        diagnoses            | more                                 | finds        | why
        ---------------------+--------------------------------------+--------------+-----------------------------
        J18.9:Y L89.153:N    | age=70; sex=F; discharged=2026-05-04 | diagnoses[1] | pressure ulcer of stage 3, not present on admission
        J18.9:Y L89.153:Y    | age=70; sex=F; discharged=2026-05-04 | -            | present on admission
    """,
        "HAC",
        default="inpatient",
    )


def test_single_cc(edit_cases: Cases) -> None:
    """A DRG that rests on one diagnosis. Rule: DRG-single-cc."""
    edit_cases(
        """
        diagnoses                | more                                 | finds        | why
        -------------------------+--------------------------------------+--------------+-------------------
        J18.9:Y J96.01:Y         | age=70; sex=F; discharged=2026-05-04 | diagnoses[1] | the one MCC
        J18.9:Y J96.01:Y A41.9:Y | age=70; sex=F; discharged=2026-05-04 | -            | two of them
        J18.9:Y                  | age=70; sex=F; discharged=2026-05-04 | -            | none
    """,
        "DRG-single-cc",
        default="inpatient",
    )
