"""States, statuses and malformations in words of their own."""


def test_rejection_by_its_organ(coding_cases):
    """The organ of a rejection may stand elsewhere in the chart.

    Source: ICD-10-CM Official Guidelines I.C.19.g.3.a. Rule I.C.19-injuries.
    """
    coding_cases("""
        note                                                                              | codes  | why
        ----------------------------------------------------------------------------------+--------+----
        Assessment:\\n1. Liver transplant recipient\\n2. Acute cellular rejection           | T86.41 | liver
        Assessment:\\n1. Kidney transplant recipient\\n2. Acute cellular rejection          | T86.11 | kidney
        Assessment:\\n1. Acute cellular rejection                                          | T86.91 | organ unsaid
        Assessment:\\n1. Kidney transplant recipient. No acute cellular rejection.         | Z94.0  | denied
    """)


def test_states_in_other_words(coding_cases):
    """Sensation, standing, drowsiness; doubled and missing organs.

    Source: Alphabetic Index, Disturbance, sensation; Unsteadiness on feet; Somnolence; Double uterus; Septum, vagina.
    """
    coding_cases("""
        note                                                                | codes   | why
        --------------------------------------------------------------------+---------+----
        Assessment:\\n1. Alteration in the sensitivity of the face           | R20.9   | sensation
        Assessment:\\n1. Instability when standing                           | R26.81  | standing
        Assessment:\\n1. Tendency to sleep                                   | R40.0   | somnolence
        Assessment:\\n1. Uterus didelphys                                    | Q51.28  | see Double uterus
        Assessment:\\n1. Uterus didelphys with double cervix                 | Q51.10  | with the cervix
        Assessment:\\n1. Transverse vaginal septum                           | Q52.11  | transverse
        Assessment:\\n1. Interauricular communication                        | Q21.10  | atria
        Assessment:\\n1. Agenesis of the dorsal pancreas                     | Q45.0   | a part
        Assessment:\\n1. History of multiple fractures in childhood          | Z87.81  | healed
    """)


def test_carriers_and_blood_groups(coding_cases):
    """A carrier has the gene or the germ, not the disease; a blood group is said in many ways.

    Source: Alphabetic Index, Carrier (suspected) of; Trait; Blood, type.
    """
    coding_cases("""
        note                                                  | codes   | why
        ------------------------------------------------------+---------+----
        Assessment:\\n1. Hemophilia carrier                    | Z14.01  | gene
        Assessment:\\n1. Carrier of Duchenne muscular dystrophy | Z14.8  | gene
        Assessment:\\n1. Sickle cell carrier                   | D57.3   | trait
        Assessment:\\n1. Beta thalassemia carrier              | D56.3   | trait
        Assessment:\\n1. Meningococcal carrier                 | Z22.31  | germ
        Assessment:\\n1. Hemophilia A                          | D66     | the disease
        Assessment:\\n1. Anxiety. Her sister is a cystic fibrosis carrier. | F41.9 | another's
        Assessment:\\n1. Blood group O negative                | Z67.41  | group first
        Assessment:\\n1. Blood type A positive                 | Z67.10  | type
    """)
