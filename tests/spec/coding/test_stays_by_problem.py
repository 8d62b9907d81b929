"""Courses told problem by problem, in the short forms of the wards: arrests, culprits, clots, doses left out."""


def test_arrests_and_culprits(coding_cases):
    """An arrest by a rhythm or laid to a disease of the heart; the artery of the infarction told at the catheterization.

    Source: Tabular List, I46.2 (code first the underlying cardiac condition), I21.0 to I21.2. Rule I.C.9-circulatory.
    """
    coding_cases("""
        setting   | note                                                                             | codes          | why
        ----------+----------------------------------------------------------------------------------+----------------+-----
        inpatient | Hospital course:\\nVF arrest in the ED, shocked twice.                           | I49.01 I46.2   | the rhythm
        inpatient | Hospital course:\\nPulseless VT arrest.                                          | I47.20 I46.2   | the rhythm
        inpatient | Hospital course:\\nCardiac arrest due to STEMI.                                  | I21.3 I46.2    | a disease of the heart
        inpatient | Hospital course:\\nCardiac arrest due to hyperkalemia.                           | I46.9 E87.5    | none of the heart
        inpatient | Hospital course:\\nPEA arrest.                                                   | I46.9          | cause not said
        inpatient | Hospital course:\\nInferior STEMI. Cath: thrombotic occlusion of the mid RCA.    | I21.11         | told at the catheterization
        inpatient | Hospital course:\\nSTEMI. The LAD was the culprit vessel.                        | I21.02         | culprit
        inpatient | Hospital course:\\nInferior STEMI. Culprit was a dominant circumflex.            | I21.21         | culprit
    """)


def test_bleeding_into_an_infarct(coding_cases):
    """Hemorrhagic conversion of a stroke is a hemorrhage beside it; with its site where it is said.

    Source: Alphabetic Index, Hemorrhage, intracerebral; Guidelines I.C.19.e.5.a. Rule I.C.9-circulatory.
    """
    coding_cases("""
        setting   | note                                                                                            | codes              | why
        ----------+-------------------------------------------------------------------------------------------------+--------------------+-----
        inpatient | Discharge diagnosis:\\n1. Left MCA embolic stroke\\nCourse:\\nHemorrhagic transformation on day 2. | I63.412 I61.9   | transformation
        inpatient | Discharge diagnosis:\\n1. Left MCA embolic stroke\\nCourse:\\nHemorrhagic conversion with a basal ganglia hematoma. | I63.412 I61.0 | site
        inpatient | Discharge diagnosis:\\n1. Left MCA embolic stroke\\nCourse:\\nIntracerebral hemorrhage attributed to thrombolysis. | I63.412 I61.9 T45.615A | the drug
        inpatient | Discharge diagnosis:\\n1. Left MCA embolic stroke\\nCourse:\\nR facial droop, R hemiplegia.  | I63.412 G81.91 R29.810 | neighbours
    """)


def test_necrosis_and_air(coding_cases):
    """Necrosis told apart from the pancreatitis; a pneumothorax that a procedure made; clots of access and neck.

    Source: Tabular List K85.-, J93 (Excludes1), T82.86-, I82.C-. Rules I.C.11-digestive, I.C.10-respiratory.
    """
    coding_cases("""
        setting   | note                                                                                     | codes             | why
        ----------+------------------------------------------------------------------------------------------+-------------------+-----
        inpatient | Hospital course:\\nAcute alcoholic pancreatitis. CT on day 3 showed pancreatic necrosis. | K85.21            | necrosis
        inpatient | Hospital course:\\nGallstone pancreatitis. Pancreatic necrosis, not infected.            | K85.11            | necrosis
        inpatient | Hospital course:\\nSmall pneumothorax on the film: iatrogenic pneumothorax from the line. | J95.811          | one of them
        inpatient | Hospital course:\\nAV fistula thrombosis - no thrill on arrival.                         | T82.868A          | what is denied is the thrill
        inpatient | Hospital course:\\nThrombosed left arm AV graft.                                         | T82.868A          | arm between
        inpatient | Hospital course:\\nAcute DVT of right internal jugular vein.                             | I82.C11           | neck
        inpatient | Hospital course:\\nRight IJ thrombus.                                                    | I82.C11           | neck
        inpatient | Hospital course:\\nHypoK, HypoMg, HypoPhos: replaced.                                    | E87.6 E83.42 E83.39 | short
    """)


def test_doses_and_sessions_left_out(coding_cases):
    """Who decides to stop a drug, runs out of one that needs a prescription, or stays away from dialysis, and why.

    Source: ICD-10-CM Official Guidelines I.C.19.e.5.c; Tabular List Z91.15-. Rules I.C.19.e-underdosing, I.C.14-renal.
    """
    coding_cases("""
        setting      | note                                                                                    | codes | why
        -------------+-----------------------------------------------------------------------------------------+-------+-----
        inpatient    | Hospital course:\\nDKA. She decided on her own to stop taking her insulin. | E11.10 T38.3X6A Z91.128 [Z79.4] | her own will
        inpatient    | Hospital course:\\nDKA due to omitted insulin. | E11.10 T38.3X6A [Z79.4] | omitted
        inpatient    | Hospital course:\\nHepatic encephalopathy. He ran out of lactulose and could not afford the refill. | K76.82 T47.3X6A Z91.120 | money
        inpatient    | Hospital course:\\nHyperkalemia. Skipped dialysis twice. | E87.5 Z91.158 | another reason
        inpatient    | Hospital course:\\nHyperkalemia. Skipped dialysis as he could not afford the ride. | E87.5 Z91.151 | money
        inpatient    | Hospital course:\\nSeptic shock, on day 3 we decided to stop vancomycin. | A41.9 R65.21 | the provider's
        professional | Assessment:\\nHepatic encephalopathy, stable. He was admitted last week after he ran out of lactulose. | K76.82 | a stay that is over
    """)


def test_what_a_poisoning_brings(coded):
    """The poisoning first, its manifestations beside it; the drug that treated a low pressure did not cause it.

    Source: ICD-10-CM Official Guidelines I.C.19.e.5.b. Rules II-principal, I.B.5-integral, I.C.19.e-adverse-effects.
    """
    text = (
        "Toxicology impression: intentional quetiapine overdose.\nHospital course:\n"
        + "She was watched in the unit and woke slowly over the following days, with family at the bedside. " * 5
        + "\nQT prolongation: magnesium.\nDrug-induced hypotension: responded to norepinephrine.\n"
        "Major depressive disorder, recurrent, severe without psychotic features: transfer to psychiatry."
    )
    codes = [s.code for s in coded(text, setting="inpatient").suggestions]
    assert codes[0] == "T43.592A"
    assert {"R94.31", "F33.2", "I95.2"} <= set(codes)
    assert not [c for c in codes if c.startswith(("T44", "T50"))]


def test_tests_and_doubts_of_the_wards(coding_cases):
    """Lists of serologies with one result, genes that are no arteries, and what is thought less likely.

    Source: ICD-10-CM Official Guidelines II.H, III.C. Rule II.H-not-upheld.
    """
    coding_cases("""
        setting   | note                                                                               | codes         | why
        ----------+------------------------------------------------------------------------------------+---------------+-----
        inpatient | Hospital course:\\nAcute cholecystitis. HIV, hep B/C neg.                          | K81.0         | one result
        inpatient | Hospital course:\\nColon cancer. NGS panel and RAS/BRAF pending.                   | C18.9         | genes
        inpatient | Hospital course:\\nATN from low flow, contrast nephropathy less likely.            | N17.0         | less likely
        inpatient | Hospital course:\\nHeart failure; less likely pneumonia.                           | I50.9         | ahead
        inpatient | Hospital course:\\nAppendicitis - no perforation.                                  | K37           | a part is denied
        inpatient | Hospital course:\\nHip fracture - no displacement.                                 | S72.009A      | a part is denied
        inpatient | Hospital course:\\nCellulitis of left leg. DVT - no.                               | L03.116       | the whole is denied
    """)


def test_other_courses(coding_cases):
    """Shock of the injured, abscesses of the spine, grades of bleeding in newborns, fever after a birth, grafts, status.

    Source: Alphabetic Index: Shock, hemorrhagic, trauma; Abscess, epidural, spinal; Tabular List P52, O86.12, G40.B1.
    Rules I.C.19-injury, I.C.15-obstetric, I.C.5-mental.
    """
    coding_cases("""
        setting   | note                                                                                          | codes                  | why
        ----------+-----------------------------------------------------------------------------------------------+------------------------+-----
        inpatient | Hospital course:\\nLiver laceration after a crash. Hemorrhagic shock, massive transfusion.     | S36.113A T79.4XXA      | of the injury
        inpatient | Hospital course:\\nDuodenal ulcer with bleeding. Hemorrhagic shock.                            | K26.4 R57.1            | of the ulcer
        inpatient | Hospital course:\\nSeptic shock is ruled out. Cardiogenic shock with hypotension.              | R57.0                  | one pressure
        inpatient | Hospital course:\\nL1-L2 vertebral osteomyelitis with epidural abscess.                        | M46.26 G06.1           | of the spine
        inpatient | Hospital course:\\nThrombosed fem-pop bypass graft, thrombectomy.                              | T82.868A               | graft
        inpatient | Hospital course:\\nNewborn, head ultrasound with grade II IVH.                                 | P52.1                  | grade
        inpatient | Hospital course:\\nJuvenile myoclonic epilepsy, intractable, with status epilepticus.          | G40.B11                | with status
        inpatient | Hospital course:\\nAIN from nafcillin, Cr 2.6, steroids given.                                 | N10 T36.0X5A           | kidney
    """)
