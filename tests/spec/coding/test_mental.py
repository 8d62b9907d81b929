"""Substances, dementia, epilepsy."""


def test_substances(coding_cases):
    """Dependence over abuse over use; withdrawal stands in the code; packs are of cigarettes.

    Source: ICD-10-CM Official Guidelines I.C.5.b. Rules I.C.5-mental, I.C.20-alcohol-level.
    """
    coding_cases("""
        setting   | note                                                                                    | codes          | why
        ----------+-----------------------------------------------------------------------------------------+----------------+----
        inpatient | Discharge diagnosis:\\n1. Alcohol withdrawal delirium\\n2. Alcohol use disorder, severe   | F10.231        | one code
        inpatient | Discharge diagnosis:\\n1. Opioid use disorder, severe, with withdrawal                   | F11.23         | withdrawal
        inpatient | Discharge diagnosis:\\n1. Alcohol intoxication, BAL 148                                  | F10.129 Y90.6  | level
        inpatient | Discharge diagnosis:\\n1. Pneumonia\\n2. Smoker, 1 ppd                                   | J18.9 F17.210  | cigarettes
    """)


def test_dementia_and_epilepsy(coding_cases):
    """Alzheimer's disease with its dementia; status epilepticus in the code of the epilepsy; causes keep their codes.

    Source: ICD-10-CM Official Guidelines I.A.13, I.C.5. Rule I.C.5-mental.
    """
    coding_cases("""
        setting   | note                                                                                 | codes         | why
        ----------+--------------------------------------------------------------------------------------+---------------+----
        inpatient | Discharge diagnosis:\\n1. Delirium due to UTI\\n2. Alzheimer dementia                  | N39.0 G30.9 F05 F02.80 | the cause and the disease too
        inpatient | Discharge diagnosis:\\n1. Metabolic encephalopathy due to hyponatremia               | G93.41 E87.1  | both
    """)


def test_depression(coding_cases):
    """Episode and severity as the provider states them anywhere in the problem.

    Source: ICD-10-CM Official Guidelines I.B.2, I.C.5. Rule I.C.5-depression.
    """
    coding_cases("""
        note                                                                                   | codes       | why
        ---------------------------------------------------------------------------------------+-------------+------------------
        Assessment:\\n1. Depression. This is his third episode, and I would call it moderate.   | F33.1       | recurrent
        Assessment:\\n1. Major depressive disorder. Currently moderate in severity.             | F32.1       | severity below
        Assessment:\\n1. Recurrent depression, in full remission on citalopram.                 | F33.42      | remission
        Assessment:\\n1. Depression, recurrent, severe without psychosis.                       | F33.2       | denied psychosis
        Assessment:\\n1. Depression, stable.\\n2. Mild anxiety.                                  | F32.A F41.9 | of something else
        Assessment:\\n1. Depression, mild.                                                      | F32.A       | neither major nor an episode
    """)


def test_remission_by_severity_and_past_overdoses(coding_cases):
    """A use disorder in remission is coded by its severity; an overdose of years ago is no new one.

    Source: ICD-10-CM Official Guidelines I.C.5.b.1, I.C.19.a; Alphabetic Index, Disorder, opioid use; Z91.51.
    """
    coding_cases("""
        note                                                                                     | codes        | why
        -----------------------------------------------------------------------------------------+--------------+----
        OUD, severe, in remission.                                                               | F11.21       | commas
        AUD severe in remission.                                                                 | F10.21       | none
        Cannabis use disorder, mild, in remission.                                               | F12.11       | mild
        Opioid use disorder, severe. Depression in remission.                                    | F11.20 F32.5 | another's
        Overdosed in 2019 on heroin.                                                             | -            | years ago
        Overdosed today on heroin.                                                               | T40.1X1A     | new
        Assessment:\\n1. MDD, recurrent, moderate. Past suicide attempt by overdose of Tylenol.  | F33.1 Z91.51 | an attempt
    """)
