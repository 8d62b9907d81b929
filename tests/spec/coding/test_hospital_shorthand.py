"""Summaries of large hospitals in shorthand: results beside a problem, causes in fragments, abbreviations."""


def test_a_result_beside_a_problem_does_not_deny_it(coding_cases):
    """A negative result in brackets or behind the label of a problem is that of the test, not of the problem.

    Source: ICD-10-CM Official Guidelines III (conditions that exist). Rules II.H-not-upheld, I.C.1-organisms.
    """
    coding_cases("""
        setting   | note                                                                              | codes       | why
        ----------+-----------------------------------------------------------------------------------+-------------+-----
        inpatient | Hospital course:\\n# Sepsis (BCx negative), treated with zosyn.                   | A41.9       | brackets
        inpatient | Hospital course:\\n# Sepsis: BCx neg, UCx neg. Zosyn.                             | A41.9       | label
        inpatient | Hospital course:\\n# Sepsis due to E. coli (ESBL negative). CTX.                  | A41.51      | resistance only
        inpatient | Hospital course:\\n# Sepsis: source not identified.                               | A41.9       | label
        inpatient | Hospital course:\\n# Thrombocytopenia (HIT Ab negative): nadir 60.                | D69.6       | another cause denied
        inpatient | Hospital course:\\n# Encephalopathy (CTH neg, UA neg): improved off sedatives.    | G93.40      | list in brackets
        inpatient | Hospital course:\\n# COPD exacerbation (flu/RSV/COVID neg): prednisone.           | J44.1       | agents
        inpatient | Hospital course:\\n# Cellulitis of left leg (DVT US negative): cefazolin.         | L03.116     | another condition
        inpatient | Hospital course:\\n# Syncope: tele negative.                                      | R55         | label
        inpatient | Hospital course:\\n# Stroke: AF not seen.                                         | I63.9       | the rhythm is denied
        inpatient | Hospital course:\\n# Sepsis: meningitis ruled out by LP. Zosyn.                   | A41.9       | another is ruled out
        inpatient | Hospital course:\\n# Headache: meningitis ruled out.                              | R51.9       | another is ruled out
        inpatient | Hospital course:\\nMSSA PNA HD4, not felt to be vent-associated. Cefazolin 7d.    | J15.211     | what kind it is not
        inpatient | Hospital course:\\n# AKI: not felt to be HRS. IVF.                                | N17.9       | what kind it is not
        inpatient | Hospital course:\\n# PE (CTA negative).                                           | -           | only a test tells of it
        inpatient | Hospital course:\\n# PE: CTA negative.                                            | -           | only a test tells of it
        inpatient | Hospital course:\\nDVT: US negative.                                              | -           | only a test tells of it
        inpatient | Hospital course:\\n# Pneumonia: considered but ruled out.                         | -           | itself
        inpatient | Hospital course:\\n# Pneumonia: ruled out.                                        | -           | itself
        inpatient | Hospital course:\\nPneumonia not felt to be present.                              | -           | itself
        inpatient | Hospital course:\\n# Diarrhea: C diff, stool cx, O&P, CMV all neg.                | R19.7       | list of tests
    """)


def test_causes_in_fragments(coding_cases):
    """A fragment behind a problem says what caused it; checkpoint inhibitors have a category of their own (T45.AX-).

    Source: ICD-10-CM Official Guidelines I.C.19.e.5.a; Tabular List T45.AX-, K71.1-. Rules
    I.C.19.e-adverse-effects, I.C.11-digestive.
    """
    coding_cases("""
        setting   | note                                                                                    | codes            | why
        ----------+-----------------------------------------------------------------------------------------+------------------+-----
        inpatient | Hospital course:\\n# Immune-mediated colitis, G3. 2/2 pembrolizumab. Methylpred.        | K52.1 T45.AX5A   | fragment
        inpatient | Hospital course:\\n# Colitis due to nivolumab: steroids.                                | K52.1 T45.AX5A   | class
        inpatient | Hospital course:\\n# Hypothyroidism 2/2 pembro: levothyroxine up to 88.                 | E03.2 T45.AX5A   | short name
        inpatient | Hospital course:\\n# Neutropenia. Due to valganciclovir.                                | D70.2 T37.5X5A   | another class
        inpatient | Hospital course:\\n# Peripheral neuropathy due to paclitaxel.                           | G62.0 T45.1X5A   | chemotherapy
        inpatient | Hospital course:\\n# Acute liver failure 2/2 APAP. Intentional acetaminophen overdose. | T39.1X2A K71.10  | by the drug
        inpatient | Hospital course:\\n# Acute liver failure, cause unknown.                                | K72.00           | no drug
    """)


def test_shorthand_of_the_wards(coding_cases):
    """Abbreviations that large hospitals use, and what the same letters mean elsewhere.

    Source: Alphabetic Index; Tabular List I63.4-, I80.8, S82.-. Rules I.C.9-circulatory, I.C.11-digestive.
    """
    coding_cases("""
        setting   | note                                                                                     | codes                        | why
        ----------+------------------------------------------------------------------------------------------+------------------------------+-----
        inpatient | Hospital course:\\n# IDDM2: A1c 7.6, on Lantus.                                          | E11.9 Z79.4                    | type told
        inpatient | Hospital course:\\n# CAD: 3VD on cath, referred for CABG.                                | I25.10                       | three vessels
        inpatient | Hospital course:\\n# HE, grade 2: lactulose/rifaximin.\\n# EtOH cirrhosis                | K70.30 K76.82                | liver
        inpatient | Hospital course:\\n# portal HTN / esophageal varices: nadolol. # EtOH cirrhosis          | K70.30 K76.6 I85.10          | both
        inpatient | Hospital course:\\n# NASH cirrhosis c/b ascites.                                         | K74.60 K75.81 R18.8          | ascites is no sign of every cirrhosis
        inpatient | Hospital course:\\n# R MCA stroke: L neglect, dysarthria.                                | I63.511 R41.4 R47.1          | neglect
        inpatient | Hospital course:\\n# Embolic L cerebellar infarct.                                       | I63.442                      | embolus
        inpatient | Hospital course:\\n# L cerebellar infarct.                                               | I63.542                      | no embolus told
        inpatient | Hospital course:\\nR open tib/fib shaft fx s/p IMN.                                      | S82.201B S82.401B            | shafts
        inpatient | Hospital course:\\nL1 TP fx after fall, no brace.                                        | S32.019A W19.XXXA            | transverse process
        inpatient | Path: mod diff adenoCA of sigmoid colon, margins neg.                                    | C18.7                        | no bacterium
        inpatient | Hospital course:\\nC. diff colitis: PO vancomycin.                                       | A04.72                       | the bacterium
        inpatient | Hospital course:\\nSuperficial thrombophlebitis of L cephalic vein at PIV site.          | I80.8 T80.1XXA               | arm
        inpatient | Hospital course:\\n# Prosthetic valve endocarditis due to E. faecalis: ampicillin + CTX. | T82.6XXA I33.0 B95.2         | use additional code
        inpatient | Hospital course:\\nTook his wife's NTG with partial relief. # NSTEMI, CAD: DES.          | I21.4 I25.10                 | no harm
        inpatient | Hospital course:\\nMSSA PNA (BAL 10^5). EtOH 261, EtOH intoxication.                     | J15.211 F10.129 Y90.8        | lavage, level
    """)


def test_births_told_in_shorthand(coding_cases):
    """Labor before term that ends in the birth; the swab told by a sign; an infection of the womb always counts.

    Source: Tabular List O60.1-, O99.82-, O41.12-. Rules I.C.15-obstetrics, I.C.15-phrases.
    """
    coding_cases("""
        setting   | note                                                                                  | codes                      | why
        ----------+---------------------------------------------------------------------------------------+----------------------------+-----
        inpatient | Preterm labor at 34w2d, delivered SVD liveborn male.                                  | O60.14X0 Z3A.34 Z37.0      | delivered
        inpatient | 31yo G3P2 at 39w1d in labor, GBS+ (PCN given). SVD liveborn female.                   | O99.824 Z3A.39 Z37.0       | sign
        inpatient | Chorioamnionitis at 39w2d, amp/gent. SVD liveborn female.                             | O41.1230 Z3A.39 Z37.0      | infection
    """)


def test_stays_in_halves(coding_cases):
    """A course in an acute and a chronic half; the embolism behind a number sign; what was taken, behind its label.

    Source: ICD-10-CM Official Guidelines III, I.C.19.e.5.b, I.C.4.a.3, I.C.1.d. Rules I.C.19.e-poisoning,
    III-not-of-a-stay, I.C.1-infections.
    """
    coding_cases("""
        setting   | note                                                                                   | codes              | why
        ----------+----------------------------------------------------------------------------------------+--------------------+-----
        inpatient | CC: fever\\n\\nAcute:\\n# Cholangitis: ERCP, CTX.\\n# Severe malnutrition: supplements\\n\\nChronic:\\n# HTN: home meds | K83.09 E43 I10 | halves
        inpatient | Hospital course:\\n# fentanyl OD: naloxone gtt.                                        | T40.411A           | label
        inpatient | Problems:\\n# Accidental fentanyl / cocaine OD.                                        | T40.411A T40.5X1A  | both
        inpatient | Hospital course:\\n# hyperK: insulin/D50, Ca.                                          | E87.5              | no long-term insulin
        inpatient | Hospital course:\\n# MSSA sepsis: 4/4 BCx MSSA. cefazolin.                             | A41.01             | one organism
        inpatient | Hospital course:\\n# Secondary hyperPTH: PTH 640, sevelamer.                           | N25.81             | short
        inpatient | Hospital course:\\n# cocaine use d/o severe: counselled.                               | F14.20             | short
        inpatient | Hospital course:\\n# HSV labialis: acyclovir.                                          | B00.1              | short
        inpatient | 37yo G2P1001 @ 39w1d, AMA. SVD liveborn female.                                        | O09.523 Z3A.39 Z37.0 | age
        inpatient | 37yo G2P1001 @ 37w1d, FGR (EFW 6%). SVD liveborn female.                               | O36.5930 Z3A.37 Z37.0 | growth
    """)


def test_what_a_word_of_the_term_is_not(coding_cases):
    """The number of an item is no fetus, the head of the pancreas no head, the lysis of a tumor no tumor.

    Source: ICD-10-CM Official Guidelines I.C.15; Tabular List O36 (7th character), J90 (Excludes1), C71.-.
    Rules I.C.15-pregnancy, I.C.2-neoplasms, I.C.10-respiratory.
    """
    coding_cases("""
        setting   | note                                                                                    | codes                 | why
        ----------+-----------------------------------------------------------------------------------------+-----------------------+-----
        inpatient | Dx: 1. 34w1d IUP 4. FGR 5. PPH. Liveborn female.                                        | O36.5930 O72.1 Z3A.34 Z37.0 | number of an item
        inpatient | Fetus 2 FGR, 37w1d. Liveborn twins, both living.                                        | O36.5932 Z37.2 Z3A.37 | number of a fetus
        inpatient | Hospital course:\\n# pancreatic head adenoca with liver mets.                           | C25.0 C78.7           | head of the pancreas
        inpatient | Hospital course:\\nTumor lysis syndrome: rasburicase.                                   | E88.3                 | lysis
        inpatient | Hospital course:\\nPleural cytology + -> malignant effusion. Pleural effusion tapped. # DLBCL | C83.30 J91.0    | malignant
        inpatient | Hospital course:\\n# L frontal glioblastoma: dex.                                       | C71.1                 | lobe
    """)
