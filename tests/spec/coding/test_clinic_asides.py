"""What a visit note says beside its diagnoses: reasons, fears, vaccines, devices to come and gone, plans by problem."""


def test_why_a_drug_is_not_taken(coding_cases):
    """The reason for which somebody refused a drug, or could not take it, is no condition of the visit.

    Source: ICD-10-CM Official Guidelines IV.J. Rules IV.J-drug-reasons, I.C.21.c.3-given-up.
    """
    coding_cases(r"""
        note                                                                                                | codes        | why
        ----------------------------------------------------------------------------------------------------+--------------+------
        Assessment:\nType 2 diabetes. She stopped her SGLT2 inhibitor because of recurrent yeast infections. | E11.9       | given up
        Assessment:\nType 2 diabetes. Glipizide declined because of yeast infections.                       | E11.9 [Z79.84] | refused
        Assessment:\nIron deficiency anemia. She has not tolerated oral iron (constipated).                 | D50.9        | in brackets
        Assessment:\nHyperlipidemia. He refused statins because of muscle pains.                            | E78.5        | feared
        Assessment:\nDepression. She does not want sertraline because of insomnia.                          | F32.A        | unwilling
        Assessment:\nBPH. Could not take tamsulosin because of erectile dysfunction.                        | N40.0        | not tolerated
        Assessment:\nConstipation from iron pills. Senna.                                                   | K59.03 T45.4X5A | of today
        Assessment:\nGallstones. She declined surgery because of her asthma.                                | K80.20 J45.909 | no drug
        Assessment:\nType 2 diabetes with constipation. He refuses metformin.                               | E11.9 K59.00 | before it
        Assessment:\nType 2 diabetes. Yeast infection, fluconazole 150 mg.                                  | E11.9 B37.9  | treated
    """)


def test_vaccines_of_several_diseases(coding_cases):
    """Diseases in a list before the word for their vaccines are what the vaccines are against.

    Source: ICD-10-CM Official Guidelines I.C.21.c.2, IV.J.
    """
    coding_cases(r"""
        note                                                                     | codes     | why
        -------------------------------------------------------------------------+-----------+------
        Assessment:\nGout. He had the RSV and flu vaccines at the pharmacy.      | M10.9     | two
        Assessment:\nGout. Flu, COVID and RSV vaccines are up to date.           | M10.9     | three
        Assessment:\nGout. Due for tetanus and hepatitis B vaccination.          | M10.9     | to come
        Assessment:\nGout. Got her shingles and pneumonia shots last year.       | M10.9     | shots
        Assessment:\nGout. Vaccinate for hep B at the next visit.                | M10.9     | the verb
        Assessment:\nPneumonia and influenza A. Vaccines discussed.              | J10.00    | another sentence
        Assessment:\nAsthma, flu vaccine given today.                            | J45.909 Z23 | only one of them
    """)


def test_devices_to_come_and_devices_taken_out(coding_cases):
    """A device is reported where it is there: not where it is planned, and not where it was taken out again.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3. Rules I.C.21.c.3-status, I.C.21.c.3-ended.
    """
    coding_cases(r"""
        note                                                                              | codes         | why
        ----------------------------------------------------------------------------------+---------------+------
        Assessment:\nIschemic cardiomyopathy. Had his ICD put in in 2019.                 | I25.5 Z95.810 | there
        Assessment:\nIschemic cardiomyopathy. Will have an ICD implanted in June.         | I25.5         | planned
        Assessment:\nSick sinus syndrome. Pacemaker to be placed next month.              | I49.5         | planned
        Assessment:\nSick sinus syndrome. He will have a pacemaker placed in May.         | I49.5         | planned
        Assessment:\nGout. He had a pacemaker placed in 2016; explanted in 2018.          | M10.9         | gone
        Assessment:\nGout. IVC filter placed in 2016, removed in 2017.                    | M10.9         | gone
        Assessment:\nGout. IVC filter placed in 2016.                                     | M10.9 [Z95.828] | there
        Assessment:\nGout. He got his right knee replaced in 2017.                        | M10.9 Z96.651 | there
        Assessment:\nGout. She had her aortic valve replaced in 2018.                     | M10.9 Z95.2   | there
        Assessment:\nPulmonary fibrosis. I raised lung transplant with them.              | J84.10        | spoken of
        Assessment:\nIschemic cardiomyopathy. We touched on a heart transplant.           | I25.5         | spoken of
        Assessment:\nLung transplant in 2020, we discussed his tacrolimus level.          | Z94.2 [Z79.621] | done
    """)


def test_plans_by_problem_under_a_heading_of_their_own(coding_cases):
    """A list of problems with what is done about them is an assessment and plan, however its heading joins the two.

    Source: ICD-10-CM Official Guidelines IV.J.
    """
    coding_cases(r"""
        note                                                                                                | codes       | why
        ----------------------------------------------------------------------------------------------------+-------------+------
        HPI: Here for follow-up.\n\nProblem list with plan:\n\nADPKD - continue tolvaptan.\n                | Q61.2       | with
        HPI: Here for follow-up.\n\nDiagnoses and their management:\n\nPolycystic liver - no treatment.\n    | Q44.6       | and their
        HPI: Here for follow-up.\n\nActive problems with plans\n\nGout, quiet\n                             | M10.9       | plural
        HPI: Here for follow-up.\n\nProblem list:\n\nOld ankle sprain\n\nAssessment:\nGout.                 | M10.9       | only a list
    """)


def test_the_chronic_of_an_abbreviation_is_its_own(coding_cases):
    """The chronic that an abbreviation brings along does not take the place of the one before the neighbour.

    Source: ICD-10-CM Official Guidelines I.B.2.
    """
    coding_cases(r"""
        note                                                              | codes         | why
        ------------------------------------------------------------------+---------------+------
        Assessment:\nChronic metabolic acidosis from CKD.                 | E87.22 N18.9  | behind
        Assessment:\nCKD with chronic metabolic acidosis.                 | N18.9 E87.22  | before
        Assessment:\nChronic anal fissure and CKD.                        | K60.1 N18.9   | joined
        Assessment:\nChronic pulmonary embolism in CKD.                   | I27.82 N18.9  | in
        Assessment:\nCOPD and chronic pulmonary embolism.                 | J44.9 I27.82  | another
        Assessment:\nAnal fissure and CKD.                                | K60.2 N18.9   | not said
    """)


def test_symptoms_that_stand_beside_their_neighbour(coding_cases):
    """A cough of months and blood in the urine are none of the routine signs of a rhinitis, a cyst or a bladder.

    Source: ICD-10-CM Official Guidelines I.B.5, I.B.6. Rule I.B.5-integral.
    """
    coding_cases(r"""
        note                                                                                    | codes         | why
        ----------------------------------------------------------------------------------------+---------------+------
        Assessment:\n1. Allergic rhinitis.\n2. Chronic cough, chest film ordered.               | J30.9 R05.3   | its own
        Assessment:\n1. Allergic rhinitis.\n2. Cough.                                           | J30.9         | routine
        Assessment:\n1. COPD.\n2. Chronic cough.                                                | J44.9         | routine
        Assessment:\n1. Simple renal cyst, left.\n2. Gross hematuria.                           | N28.1 R31.0   | its own
        Assessment:\n1. Overactive bladder.\n2. Microscopic hematuria.                          | N32.81 R31.29 | its own
        Assessment:\n1. Kidney stone.\n2. Hematuria.                                            | N20.0         | routine
        Assessment:\nPosterior vitreous detachment of the left eye with floaters, left eye.     | H43.812       | routine
    """)


def test_worries_and_risks_are_no_findings(coding_cases):
    """What somebody worries about, was warned of, or had a biopsy for is not there by that.

    Source: ICD-10-CM Official Guidelines IV.H, IV.J. Rule IV.H-refuted.
    """
    coding_cases(r"""
        note                                                                                              | codes       | why
        --------------------------------------------------------------------------------------------------+-------------+------
        Assessment:\nHypertension. Her son is worried about the cost.                                     | I10         | cost
        Assessment:\nContact dermatitis. She was worried that this might be shingles.                     | L25.9       | feared
        Assessment:\nExcessive worry, wants counseling.                                                   | R45.82      | the symptom
        Assessment:\nChronic pain syndrome. Understands the risk including overdose.                      | G89.4       | warned
        Assessment:\nNevus of the back. Will biopsy it for melanoma if it changes.                        | D22.5       | looked for
        Assessment:\nActinic keratosis. We biopsied the lesion for squamous cell carcinoma.               | L57.0       | looked for
    """)


def test_a_disease_named_by_its_organ(coding_cases):
    """ "The lung disease" is the one that the chart names; a grief called uncomplicated is a bereavement.

    Source: ICD-10-CM Official Guidelines I.B.2. Rules I.C.10-respiratory, I.C.4-endocrine, I.C.5-mental, I.C.13-musculoskeletal,
    I.C.2-blood, I.C.19.e-underdosing.
    """
    coding_cases(r"""
        note                                                                                          | codes          | why
        ----------------------------------------------------------------------------------------------+----------------+------
        Assessment:\nPulmonary fibrosis. Pulmonary hypertension from the lung disease.                | J84.10 I27.23  | named
        Assessment:\nBack pain. Lung disease, unspecified.                                            | M54.9 J98.4    | not named
        Assessment:\nGraves disease. Osteoporosis from the thyroid disease.                           | E05.00 M81.0   | named
        Assessment:\nGrieving her husband. Uncomplicated bereavement.                                 | Z63.4          | uncomplicated
        Assessment:\nErectile dysfunction. This is due to diabetes.                                   | E11.69 N52.1   | two sentences
        Assessment:\nErectile dysfunction. Type 2 diabetes.                                           | N52.9 E11.9    | beside it
        Assessment:\nAnemia from RA.                                                                  | M06.9 D63.8    | rheumatoid
        Assessment:\nRotator cuff tear. Right, complete.                                              | M75.121        | behind its name
        Assessment:\nRotator cuff tear. Left, partial.                                                | M75.112        | behind its name
        Assessment:\nCataract. Nuclear sclerotic, right eye.                                          | H25.11         | behind its name
        Assessment:\nImpacted wax, right ear.                                                         | H61.21         | wax
        Assessment:\nBiopsy-proven squamous cell carcinoma, left nasal ala.                           | C44.321        | skin
        Assessment:\nGout flare after cutting back on allopurinol by himself.                         | M10.9 T50.4X6A Z91.128 | his own will
    """)


def test_what_is_over_at_the_visit(coding_cases):
    """A stroke of weeks ago, a polyp of another year and an infection that has cleared are histories at a visit.

    Source: ICD-10-CM Official Guidelines I.C.9.d, I.C.21.c.4, IV.J. Rules I.C.21.c.4-personal-history, IV.H-refuted.
    """
    coding_cases(r"""
        setting      | note                                                                        | codes           | why
        -------------+-----------------------------------------------------------------------------+-----------------+------
        professional | Assessment:\nTIA last month, no deficits. On clopidogrel.                   | Z86.73 Z79.02   | last month
        professional | Assessment:\nStroke 3 months ago, no deficits.                              | Z86.73          | months
        professional | Assessment:\nStroke 3 months ago with residual left hemiparesis.            | I69.354         | residual
        professional | Assessment:\nTIA last week, here after the hospital stay.                   | G45.9           | too recent
        emergency    | Assessment:\nTIA, symptoms last month and again today.                      | G45.9           | emergency
        professional | Assessment:\nDiverticulitis last month, resolved.                           | Z87.19          | over
        professional | Assessment:\nPneumonia in January, cleared up. Gout.                        | Z87.01 M10.9    | over
        professional | Assessment:\nUTI last month, now with burning again.                        | N39.0           | not over
        professional | Assessment:\nColon polyps, adenomatous, in 2021. Colonoscopy now due.       | Z86.0101        | of that year
        professional | Assessment:\nColon polyps since 2021.                                       | K63.5           | still there
        professional | Assessment:\nTelogen effluvium after COVID in the fall.                     | L65.0           | after it
        professional | Assessment:\nCOVID, fever since yesterday.                                  | U07.1           | now
    """)


def test_drugs_that_go_on_behind_one_that_ended(coding_cases):
    """A drug behind a comma and "on" is in use, whatever ended before it; aspirin for the vessels is taken for long.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3. Rule I.C.21.c.3-long-term-drugs.
    """
    coding_cases(r"""
        note                                                                                  | codes           | why
        --------------------------------------------------------------------------------------+-----------------+------
        Assessment:\nAtrial fibrillation. Stopped aspirin, on apixaban.                       | I48.91 Z79.01   | on
        Assessment:\nBreast cancer, finished radiation in 2020, on letrozole.                 | C50.919 Z79.811 | on
        Assessment:\nAtrial fibrillation. Stopped aspirin, on Monday he will start apixaban.  | I48.91          | a day
        Assessment:\nCoronary artery disease. On aspirin.                                     | I25.10 Z79.82   | for life
        Assessment:\nCoronary artery disease. Start aspirin.                                  | I25.10          | begun
        Assessment:\nGout. On aspirin.                                                        | M10.9           | for nothing named
    """)


def test_contacts_and_tests_and_guesses(coding_cases):
    """An exposure is a contact; a test that was sent, or a guess, makes no disease.

    Source: ICD-10-CM Official Guidelines I.C.21.c.1, IV.H. Rules I.B.9-outpatient, IV.H-refuted,
    I.C.21.c-contraception, I.C.19-injuries.
    """
    coding_cases(r"""
        note                                                                          | codes        | why
        ------------------------------------------------------------------------------+--------------+------
        Assessment:\nExposure to COVID at work, no symptoms, test negative.           | Z20.822      | heads the line
        Assessment:\nExposure to measles.                                             | Z20.828      | alone
        Assessment:\nDyspepsia. H. pylori stool test sent.                            | R10.13       | sent
        Assessment:\nGastritis. H. pylori stool antigen positive.                     | K29.70 B96.81 | positive
        Assessment:\nCOVID home test positive.                                        | U07.1        | positive
        Assessment:\nElevated liver enzymes. Fatty liver would be my first guess.     | R74.8        | a guess
        Assessment:\nToe pain. My best guess is gout.                                 | M79.676      | a guess
        Assessment:\nASCUS pap, HPV negative.                                         | R87.610      | negative
        Assessment:\nASCUS pap with positive HPV.                                     | R87.610 R87.810 | positive
        Assessment:\nProstate cancer on active surveillance.                          | C61          | not treated
        Assessment:\nTMJ disorder, both sides, bite guard.                            | M26.603      | no bite
        Assessment:\nEustachian tube dysfunction, both.                               | H69.93       | both
        Assessment:\nBurn of the left forearm, blisters.                              | T22.212A     | its degree
        Assessment:\nFracture of the left distal radius, closed, in a cast, healing.  | S52.502D     | heals
        Assessment:\nRight ankle sprain 4 weeks ago, still in therapy.                | S93.401D     | heals
        Assessment:\nContraception: Nexplanon inserted today, left arm.               | Z30.017      | put in
    """)


def test_what_plain_words_leave_to_the_reader(coding_cases):
    """Short and plain names lead where the Index has them; what is only wanted or planned is not there yet.

    Source: ICD-10-CM Official Guidelines I.B.2, I.C.15.a, I.C.21.c.3. Rules I.B.9-outpatient, I.C.15-pregnancy,
    I.C.21.c.3-status.
    """
    coding_cases(r"""
        note                                                                                      | codes           | why
        ------------------------------------------------------------------------------------------+-----------------+------
        A/P\n1. Asthma.\n2. Nasal polyps - shrunk. Rinses go on.                                  | J45.909 J33.9   | a problem
        A/P\n1. Colon polyp - tubular adenoma.                                                    | D12.6           | a specimen
        Assessment:\nAnkylosing spondylitis, lumbar, low activity.                                | M45.6           | region
        Assessment:\nEarly Lyme disease (erythema migrans).                                       | A69.20          | its rash
        Assessment:\nIron deficiency anemia. Oral iron; constipated on it last time.              | D50.9           | then
        Assessment:\nProstatic adenoma.                                                           | D29.1           | Index
        Assessment:\nBPH with obstructing adenoma, nocturia.                                      | N40.1 R35.1     | hyperplasia
        Assessment:\nAdenofibroma of the prostate.                                                | N40.0           | see Enlargement
        Assessment:\nLong COVID with persistent loss of smell.                                    | R43.0 U09.9     | code first
        Assessment:\nPrior skin cancers: BCC left cheek 2018, SCC right ear 2020. No recurrence.  | Z85.828         | all of them
        Assessment:\nSpot on the nose is a basal cell. Mohs.                                      | C44.311         | in short
        Assessment:\nHole in the right eardrum, central, dry.                                     | H72.01          | central
        Assessment:\nAvulsion of the left great toenail.                                          | S91.202A        | open wound
        Assessment:\nWants to have her tubes tied.                                                | -               | to come
        Assessment:\nGout. Had her tubes tied in 2010.                                            | M10.9 [Z98.51]  | done
        Assessment:\nGestational hypertension, 34 weeks.                                          | O13.3 Z3A.34    | weeks
        Assessment:\nThreatened miscarriage, 12 weeks.                                            | O20.0 Z3A.12    | weeks
        Assessment:\nPre-op for cataract surgery on the right; she is cleared. Hypertension.      | Z01.818 I10     | to come
    """)
