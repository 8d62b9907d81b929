"""What is said of an organ in a plain sentence: after a verb, of two organs at once, with an article in the phrase."""


def test_wordings_predicates(coding_cases):
    """An adjective after its organ, with a verb between or none, is the same as before it; "not" is never passed over.

    Source: ICD-10-CM Official Guidelines I.B.1 to I.B.3, I.B.18.
    """
    coding_cases("""
        note                                                  | codes   | why
        ------------------------------------------------------+---------+------
        The spleen was enlarged.                              | R16.1   | words
        The liver is markedly enlarged.                       | R16.0   | words
        The liver and the spleen were found to be enlarged.   | R16.2   | words
        Liver and spleen enlarged.                            | R16.2   | words
        The prostate is enlarged.                             | N40.0   | words
        The prostate is not enlarged.                         |         | words
        Her periods are irregular.                            | N92.6   | words
        Her periods have become very painful.                 | N94.6   | words
        The appendix had burst.                               | K35.32  | words
        The bladder has dropped.                              | N81.10  | words
        His kidneys are failing.                              | N19     | words
        His transplanted kidney is failing.                   | Z94.0   | words
        Red reflex in both eyes.                              |         | words
        Hemoglobin is low.                                    |         | words
        The right testicle was twisted.                       | N44.00  | words
    """)


def test_wordings_inflamed_and_infarcted(coding_cases):
    """An organ that is inflamed, infarcted, perforated or full of stones.

    Source: ICD-10-CM Alphabetic Index, Inflammation, Infarct, Perforation, Calculus.
    """
    coding_cases("""
        note                                               | codes   | why
        ---------------------------------------------------+---------+------
        The pancreas was acutely inflamed.                 | K85.90  | words
        The esophagus was inflamed.                        | K20.90  | words
        The appendix was acutely inflamed.                 | K35.80  | words
        The epididymis was inflamed.                       | N45.1   | words
        Infarct of the spleen.                             | D73.5   | words
        The kidney was infarcted.                          | N28.0   | words
        The bowel was perforated.                          | K63.1   | words
        The gallbladder contains stones.                   | K80.20  | words
        A stone is seen in the distal common bile duct.    | K80.50  | words
        The bladder contains a stone.                      | N21.0   | words
        Free air under the diaphragm.                      | K66.8   | words
        Perforated sigmoid colon with free air.            | K63.1   | words
        Abscess found in the right lobe of the liver.      | K75.0   | words
        A cyst in the upper pole of the right kidney.      | N28.1   | words
        Left kidney hydronephrosis.                        | N13.30  | words
        The ureter is dilated.                             | N28.82  | words
        Small left kidney.                                 | N27.0   | words
        The inguinal hernia was incarcerated.              | K40.30  | words
        Bilateral inguinal hernias, incarcerated.          | K40.00  | words
    """)


def test_wordings_in_the_words_of_patients(coding_cases):
    """An article or possessive within the phrase, everyday verbs, pregnancy and the newborn.

    Source: ICD-10-CM Official Guidelines I.B.1 to I.B.3, I.B.18, I.C.15, I.C.16.
    """
    coding_cases("""
        note                                       | codes         | why
        -------------------------------------------+---------------+------
        He noticed blood in his stool.             | K92.1         | words
        She has protein in her urine.              | R80.9         | words
        It burns when she pees.                    | R30.0         | words
        He gets up at night to pee three times.    | R35.1         | words
        He cannot pass urine.                      | R33.9         | words
        He cannot get an erection.                 | N52.9         | words
        She has not had a period for six months.   | N91.2         | words
        Stage 4 kidney disease.                    | N18.4         | words
        Pregnant with twins.                       | O30.009       | words
        She lost the pregnancy at 10 weeks.        | O03.9         | words
        The placenta covers the os.                | O44.00        | words
        She bled heavily after delivery.           | O72.1         | words
        The fetus is in breech presentation.       | O32.1XX0      | words
        The neonate became septic.                 | P36.9         | words
        The newborn is hypothermic.                | P80.9         | words
        The newborn's platelets are low.           | P61.0         | words
        The newborn inhaled meconium.              | P24.00        | words
        Patient left without being seen.           | Z53.21        | words
        Mass in the right breast.                  | N63.10        | its side
        Pain in the right ear.                     | H92.01        | its side
        He is incontinent of stool.                | R15.9         | not of urine
    """)
