"""When each modifier is called for, by the statements of the chart, the fee schedule and the date."""

from __future__ import annotations

from collections.abc import Callable

from nosology.coding.modifiers import modifier_rules, read_site

Cases = Callable[[str], None]


def test_global_period(modifier_cases: Cases) -> None:
    """Visits and procedures around a procedure. Rule: Modifier-global."""
    modifier_cases("""
    kind      | said                                                        | modifiers | why
    ----------|-------------------------------------------------------------|-----------|----
    visit     | in_global, unrelated                                        | 24        | another problem
    visit     | in_global                                                   | -         | part of the package
    visit     | same_day_procedure, separate_visit                          | 25        | the chart tells a visit of its own
    visit     | same_day_procedure                                          | -         | never 25 for the procedure alone
    visit     | decision_for_surgery                                        | 57        | the operation was decided
    visit     | same_day_procedure, separate_visit, decision_for_surgery    | 57        | 57 instead of 25
    visit     | in_global, unrelated, same_day_procedure, separate_visit    | 24 25     | both
    procedure | in_global, staged                                           | 58        | planned
    procedure | in_global, complication_return                              | 78        | back to the operating room
    procedure | in_global, unrelated                                        | 79        | another problem
    procedure | in_global                                                   | -         | nothing says why
    procedure | same_day_procedure, separate_visit                          | -         | 25 is for visits
    """)


def test_parts_of_the_care(modifier_cases: Cases) -> None:
    """Who did what of a package. Rule: Modifier-care-parts."""
    modifier_cases("""
    kind      | said               | fees            | modifiers      | why
    ----------|--------------------|-----------------|----------------|----
    procedure | surgery_only       | global_days=090 | 54             | operation alone
    procedure | postoperative_only | global_days=010 | 55             | care after it
    procedure | preoperative_only  | global_days=090 | 56             | care before it
    procedure | surgery_only       | global_days=000 | - ?not-allowed | no care after it in the package
    procedure | surgery_only       | -               | 54             | schedule not known
    """)


def test_extent(modifier_cases: Cases) -> None:
    """More, less, broken off. Rule: Modifier-extent."""
    modifier_cases("""
    kind      | said                                      | fees            | modifiers      | why
    ----------|-------------------------------------------|-----------------|----------------|----
    procedure | unusual_work                              | global_days=090 | 22             | told with its reason
    procedure | unusual_work                              | global_days=XXX | - ?not-allowed | only with a global period
    visit     | unusual_work                              | -               | -              | never a visit
    procedure | reduced                                   | -               | 52             | by choice
    procedure | discontinued                              | -               | 53             | physician
    procedure | discontinued, facility, before_anesthesia | -               | 73             | facility, before
    procedure | discontinued, facility                    | -               | 74             | facility, after
    """)


def test_sides(modifier_cases: Cases) -> None:
    """Sides. Rule: Modifier-sides."""
    modifier_cases("""
    kind      | said                                 | fees        | modifiers      | why
    ----------|--------------------------------------|-------------|----------------|----
    procedure | left                                 | -           | LT             | one side
    procedure | right                                | bilateral=1 | RT             | one side
    procedure | right, left                          | bilateral=1 | 50             | both sides
    procedure | right, left                          | bilateral=3 | 50             | radiology
    procedure | right, left                          | bilateral=0 | - ?not-allowed | 150 percent does not apply
    procedure | right, left                          | bilateral=2 | - ?not-allowed | priced as bilateral
    drug      | right                                | -           | RT             | injected on that side
    visit     | left                                 | -           | -              | visits have no side
    procedure | left, left ring finger, named_site   | -           | F3             | the digit says the side
    """)


def test_sites(modifier_cases: Cases) -> None:
    """Digits, eyelids, coronary arteries. Rule: Modifier-sites."""
    modifier_cases("""
    kind      | said                           | modifiers | why
    ----------|--------------------------------|-----------|----
    procedure | left thumb                     | FA        | hand
    procedure | left index finger              | F1        | hand
    procedure | left middle finger             | F2        | hand
    procedure | left little finger             | F4        | hand
    procedure | right thumb                    | F5        | hand
    procedure | right index finger             | F6        | hand
    procedure | right middle finger            | F7        | hand
    procedure | right ring finger              | F8        | hand
    procedure | right little finger            | F9        | hand
    procedure | left great toe                 | TA        | foot
    procedure | left second toe                | T1        | foot
    procedure | left third toe                 | T2        | foot
    procedure | left fourth toe                | T3        | foot
    procedure | left fifth toe                 | T4        | foot
    procedure | right great toe                | T5        | foot
    procedure | right second toe               | T6        | foot
    procedure | right third toe                | T7        | foot
    procedure | right fourth toe               | T8        | foot
    procedure | right fifth toe                | T9        | foot
    procedure | left upper eyelid              | E1        | eye
    procedure | left lower eyelid              | E2        | eye
    procedure | right upper eyelid             | E3        | eye
    procedure | right lower eyelid             | E4        | eye
    procedure | left circumflex artery         | LC        | heart
    procedure | left anterior descending artery | LD       | heart
    procedure | left main artery               | LM        | heart
    procedure | right coronary artery          | RC        | heart
    procedure | ramus intermedius              | RI        | heart
    """)


def test_components_and_sessions(modifier_cases: Cases) -> None:
    """Parts of a test; several procedures. Rules: Modifier-components, Modifier-multiple."""
    modifier_cases("""
    kind      | said                        | fees       | modifiers      | why
    ----------|-----------------------------|------------|----------------|----
    test      | interpretation_only         | pc_tc=1    | 26             | report alone
    test      | equipment_only              | pc_tc=1    | TC             | equipment alone
    test      | film_exposed                | pc_tc=1    | FX             | on film
    test      | cassette_radiography        | pc_tc=1    | FY             | with a cassette
    test      | cassette_radiography, interpretation_only | pc_tc=1 | 26   | the reader has no part in it
    test      | below_dose_standard         | pc_tc=1    | CT             | equipment below the standard
    test      | interpretation_only         | pc_tc=6    | 26             | laboratory interpretation
    test      | equipment_only              | pc_tc=6    | - ?not-allowed | has no technical part
    test      | interpretation_only         | pc_tc=2    | - ?not-allowed | is professional already
    test      | interpretation_only         | pc_tc=3    | - ?not-allowed | is technical only
    procedure | lesser_of_session           | multiple=2 | 51             | lesser procedure
    procedure | lesser_of_session           | multiple=0 | - ?not-allowed | no reduction
    procedure | lesser_of_session, add_on   | multiple=2 | -              | add-on codes never
    """)


def test_distinct_and_repeated(modifier_cases: Cases) -> None:
    """Distinct services; the same again. Rules: Modifier-distinct, Modifier-repeat."""
    modifier_cases("""
    kind       | said                             | on         | modifiers | why
    -----------|----------------------------------|------------|-----------|----
    procedure  | other_encounter                  | -          | XE        | another encounter
    procedure  | other_structure                  | -          | XS        | another structure
    procedure  | other_practitioner               | -          | XP        | another practitioner
    procedure  | no_overlap                       | -          | XU        | no overlap
    procedure  | distinct                         | -          | 59        | nothing more specific
    procedure  | distinct, other_structure        | -          | XS        | the specific one instead of 59
    procedure  | other_structure, payer_without_x | -          | 59        | a payer that takes no X modifier
    procedure  | other_encounter, other_structure, payer_without_x | - | 59 | once
    procedure  | payer_without_x                  | -          | -         | nothing that is distinct
    therapy    | other_encounter                  | -          | XE        | blocks of time of their own
    procedure  | other_structure, other_encounter | -          | XE        | one of them
    procedure  | other_structure                  | 2014-12-31 | -         | X modifiers since 2015
    procedure  | repeat_same                      | -          | 76        | same practitioner
    procedure  | repeat_other                     | -          | 77        | another one
    laboratory | repeat_result                    | -          | 91        | laboratory
    procedure  | repeat_result                    | -          | -         | 91 is for the laboratory
    """)


def test_surgeons(modifier_cases: Cases) -> None:
    """Co-surgeons, teams, assistants. Rule: Modifier-surgeons."""
    modifier_cases("""
    kind      | said                            | fees         | modifiers      | why
    ----------|---------------------------------|--------------|----------------|----
    procedure | co_surgeon                      | co_surgeon=2 | 62             | paid
    procedure | co_surgeon                      | co_surgeon=0 | - ?not-allowed | not paid
    procedure | team                            | team=1       | 66             | paid by report
    procedure | team                            | team=0       | - ?not-allowed | not paid
    procedure | assistant                       | assistant=2  | 80             | physician
    procedure | assistant, minimum_assistant    | assistant=2  | 81             | for a part
    procedure | assistant, resident_unavailable | assistant=2  | 82             | no resident
    procedure | assistant, not_physician        | assistant=2  | AS             | physician assistant
    procedure | assistant                       | assistant=1  | - ?not-allowed | not paid
    """)


# RIVALS 8: modifier 95 by itself (Ottehr 4738)
def test_telehealth(modifier_cases: Cases) -> None:
    """At a distance, by date. Rule: Modifier-telehealth."""
    modifier_cases("""
    kind  | said              | on         | modifiers | why
    ------|-------------------|------------|-----------|----
    visit | video             | -          | 95        | sound and picture
    visit | video             | 2016-06-01 | GT        | before 95
    visit | audio_only        | -          | 93        | sound alone
    visit | audio_only        | 2021-12-31 | -         | 93 since 2022
    visit | store_and_forward | -          | GQ        | stored and sent
    """)


def test_notices(modifier_cases: Cases) -> None:
    """Notices of noncoverage; therapy. Rules: Modifier-notices, Modifier-therapy."""
    modifier_cases("""
    kind      | said                              | modifiers | why
    ----------|-----------------------------------|-----------|----
    procedure | abn_required                      | GA        | notice on file
    procedure | abn_voluntary                     | GX        | voluntary notice
    procedure | abn_voluntary, excluded_by_statute | GX GY    | both together
    procedure | excluded_by_statute               | GY        | excluded
    procedure | denial_expected                   | GZ        | no notice
    procedure | denial_expected, abn_required     | GA        | the notice instead
    therapy   | physical_plan                     | GP        | physical therapy
    therapy   | occupational_plan                 | GO        | occupational therapy
    therapy   | speech_plan                       | GN        | speech-language pathology
    therapy   | physical_plan, requirements_met   | GP KX     | beyond the threshold
    therapy   | physical_plan, therapy_assistant  | GP CQ     | an assistant gave a part
    therapy   | occupational_plan, therapy_assistant | GO CO  | an assistant gave a part
    therapy   | physical_plan, speech_plan        | GN GP ?conflict | one discipline
    """)


def test_equipment(modifier_cases: Cases) -> None:
    """Equipment that is bought or rented. Rule: Modifier-equipment."""
    modifier_cases("""
    kind      | said                            | modifiers | why
    ----------|---------------------------------|-----------|----
    supply    | new_equipment                   | NU        | bought
    supply    | used_equipment                  | UE        | bought used
    supply    | rented                          | RR        | rented
    supply    | rented, new_equipment           | RR        | rented, though it is new
    supply    | new_equipment, requirements_met | NU KX     | the policy is met
    supply    | -                               | -         | not told
    procedure | new_equipment                   | -         | not of a procedure
    """)


def test_anesthesia(modifier_cases: Cases) -> None:
    """Anaesthesia. Rule: Modifier-anesthesia."""
    modifier_cases("""
    kind       | said                                        | modifiers | why
    -----------|---------------------------------------------|-----------|----
    anesthesia | by_anesthesiologist, status_1               | AA P1     | in person
    anesthesia | by_anesthesiologist, status_2               | AA P2     | mild disease
    anesthesia | directs_one, status_3                       | QY P3     | one directed
    anesthesia | directs_two_to_four, status_4               | QK P4     | up to four
    anesthesia | supervises_more, status_5                   | AD P5     | more than four
    anesthesia | by_crna, directed                           | QX        | directed
    anesthesia | by_anesthesiologist, unusual_anesthesia     | AA 23     | where none is usual
    anesthesia | by_crna, status_6                           | QZ P6     | alone
    anesthesia | by_anesthesiologist, monitored_care         | AA QS     | monitored
    anesthesia | monitored_care, complicated_procedure       | QS G8     | deep
    anesthesia | monitored_care, severe_cardiopulmonary      | QS G9     | heart or lung
    anesthesia | by_anesthesiologist, directs_one            | AA QY ?conflict | either
    anesthesia | status_1, status_2                          | P1 P2 ?conflict | one status
    procedure  | by_anesthesiologist                         | -         | not of a procedure
    """)


def test_drugs_and_circumstances(modifier_cases: Cases) -> None:
    """Waste; substitutes, foot care, waived tests, hospice. Rules: Modifier-drugs, Modifier-circumstances."""
    modifier_cases("""
    kind       | said                           | on         | modifiers | why
    -----------|--------------------------------|------------|-----------|----
    drug       | discarded_line                 | -          | JW        | the line of waste
    drug       | single_dose, nothing_discarded | -          | JZ        | nothing discarded
    drug       | single_dose, nothing_discarded | 2023-06-30 | -         | JZ since July 2023
    drug       | nothing_discarded              | -          | -         | container not known
    visit      | reciprocal_substitute          | -          | Q5        | substitute
    visit      | paid_substitute                | -          | Q6        | substitute
    visit      | clinical_trial                 | -          | Q1        | routine care in a study
    procedure  | clinical_trial, investigational | -         | Q0        | what the study is about
    procedure  | living_donor                   | -          | Q3        | donor of a kidney
    procedure  | screening_converted, medicare  | -          | PT        | a screen that became treatment
    procedure  | screening_converted, preventive | -         | 33        | another payer
    procedure  | screening_converted, preventive, medicare | - | PT      | Medicare takes PT
    laboratory | outside_laboratory             | -          | 90        | made elsewhere
    procedure  | outside_laboratory             | -          | -         | of the laboratory
    procedure  | class_a                        | -          | Q7        | foot care
    procedure  | two_class_b                    | -          | Q8        | foot care
    procedure  | one_class_b, two_class_c       | -          | Q9        | foot care
    laboratory | waived_test                    | -          | QW        | waived
    laboratory | portable_kit                   | -          | 92        | a kit
    procedure  | anesthesia_by_surgeon          | -          | 47        | the surgeon gave it
    visit      | facility, further_visit_of_date | -         | 27        | a second clinic of the hospital
    visit      | hospice, attending             | -          | GV        | hospice
    visit      | hospice, unrelated_to_hospice  | -          | GW        | hospice
    """)


def test_payer_order(modifier_cases: Cases) -> None:
    """Payer order: what prices first, sides last. Rules: Modifier-sides, Modifier-components, Modifier-global."""
    modifier_cases("""
    kind      | said                                       | modifiers | why
    ----------|--------------------------------------------|-----------|----
    test      | interpretation_only, left                  | 26 LT     | component before the side
    procedure | in_global, staged, left                    | 58 LT     | period before the side
    procedure | co_surgeon, in_global, unrelated, right    | 62 79 RT  | price, period, side
    procedure | other_structure, left thumb                | XS FA     | distinct, then the digit
    visit     | video, same_day_procedure, separate_visit  | 25 95     | visit, then the distance
    """)


def test_what_stands_on_a_line(modifier_cases: Cases) -> None:
    """Findings on modifiers that stand on a line. Rules: Modifier-global, Modifier-sides, Modifier-distinct."""
    modifier_cases("""
    kind      | said                               | stand | fees        | on         | findings    | why
    ----------|------------------------------------|-------|-------------|------------|-------------|----
    visit     | same_day_procedure, separate_visit | 25    | -           | -          | -           | supported
    visit     | same_day_procedure                 | 25    | -           | -          | unsupported | not told
    visit     | same_day_procedure, separate_visit | -     | -           | -          | missing     | told, not there
    procedure | -                                  | 25    | -           | -          | kind        | of visits
    procedure | left                               | LT    | -           | -          | -           | supported
    procedure | left                               | RT    | -           | -          | unsupported missing | the other side
    procedure | left                               | LT LT | -           | -          | repeated    | twice
    procedure | right, left                        | 50    | bilateral=0 | -          | not-allowed | schedule
    procedure | right, left                        | 50 LT | -           | -          | unsupported conflict | both
    procedure | other_structure                    | XS    | -           | 2014-06-01 | date        | not yet
    test      | interpretation_only, left          | LT 26 | -           | -          | order       | 26 first
    procedure | -                                  | ZZ    | -           | -          | unknown     | no rule
    """)


def test_every_modifier_has_a_case() -> None:
    source = __import__("pathlib").Path(__file__).read_text("utf-8")
    missing = [name for name in modifier_rules() if f" {name} " not in source.replace("|", " ")]
    assert not missing


def test_sites_are_read_from_words() -> None:
    for text, said in (
        ("Left 4th finger", {"left", "left ring finger", "named_site"}),
        ("right big toe", {"right", "right great toe", "named_site"}),
        ("Right hallux", {"right", "right great toe", "named_site"}),
        ("left upper lid", {"left", "left upper eyelid", "named_site"}),
        ("stent to the LAD", {"left", "left anterior descending artery", "named_site"}),
        ("both knees", {"left", "right"}),
        ("right knee", {"right"}),
        ("abdomen", set()),
    ):
        assert read_site(text) == said, text
