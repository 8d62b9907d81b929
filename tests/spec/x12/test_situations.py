"""Situational rules of claims: each with a claim that keeps it and one that breaks it in one place.

A row: rule, base claim (see conftest), what makes the claim that keeps the rule, what then breaks it, the segment at
which the finding stands.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nosology.model.finding import Severity
from nosology.x12.situations import load_situations
from nosology.x12.validate import validate

Change = dict[str, str]
DATE = "DTP*472*D8*20260504\n"
CERTIFICATE = (
    "PWK*CT*AD\nCR3*I*MO*12\nDTP*472*D8*20260504\nDTP*463*D8*20260401\n"
    "NM1*DK*1*ROE*ANN****XX*1234567893\n"
)  # fmt: skip
DECISION = "SVD*PAY9*80*HC:99213**1\nCAS*PR*2*20\nDTP*573*D8*20260520\n"
RIDE = (
    "NM1*PW*2\nN3*1 ELM ST\nN4*SPRINGFIELD*IL*62701\nNM1*45*2\nN3*2 ELM ST\nN4*SPRINGFIELD*IL*62701\n"
)  # fmt: skip
TRANSPORT = {"99213*": "A0429:RH*", "HI*ABK": "CR1****A*DH*5\nHI*ABK", "LX*1": RIDE + "LX*1", "***11:B": "***41:B"}
KEEP: Change = {}

ROWS: list[tuple[str, str, Change, Change, str]] = [
    # -- subscriber and patient
    ("837.insured-is-patient-no-patient-loop", "P patient", KEEP, {"SBR*P*": "SBR*P*18"}, "PAT"),
    ("837.claim-without-patient", "P", KEEP, {"SBR*P*18": "SBR*P*"}, "SBR"),
    ("837.insured-patient-street", "P", KEEP, {"N3*2 OAK ST\n": ""}, "SBR"),
    ("837.insured-patient-city", "D", KEEP, {"N4*SPRINGFIELD*IL*62701\n": ""}, "SBR"),
    ("837.insured-patient-demographics", "I", KEEP, {"DMG*D8*19800102*F\n": ""}, "SBR"),
    ("837.insured-person-member-id", "P patient", KEEP, {"****MI*M123": ""}, "NM1"),
    ("837.insured-person-first-name", "P", KEEP, {"DOE*ANN": "DOE*"}, "NM1"),
    ("837.organisation-is-no-patient", "P patient", {"NM1*IL*1*DOE*ANN": "NM1*IL*2*WORKS*"}, {"SBR*P*": "SBR*P*18"}, "SBR"),
    ("837.patient-facts-of-other", "P", {"NM1*IL": "PAT*********Y\nNM1*IL", "HI*ABK": "DTP*484*D8*20260401\nHI*ABK"},
     {"SBR*P*18": "SBR*P*"}, "PAT"),
    ("837.pregnant-insured-sex", "P", {"NM1*IL": "PAT*********Y\nNM1*IL", "HI*ABK": "DTP*484*D8*20260401\nHI*ABK"},
     {"19800102*F": "19800102*M"}, "PAT"),
    ("837.pregnant-patient-sex", "P patient", {"PAT*19": "PAT*01********Y", "20150102*M": "19850102*F"},
     {"19850102*F": "19850102*M"}, "PAT"),
    ("837.filing-indicator", "P", KEEP, {"GRP1******CI": "GRP1"}, "SBR"),
    ("837.group-name-with-number", "P", KEEP, {"*GRP1*": "*GRP1*BIG GROUP"}, "SBR"),
    ("837.medicare-secondary-type", "P second", {"GRP1******CI": "GRP1**12****MB", "*******MB": "*******CI"},
     {"**12****MB": "******MB"}, "SBR"),
    ("837.medicare-primary-no-type", "P", {"GRP1******CI": "GRP1******MB"}, {"******MB": "**12****MB"}, "SBR"),
    ("837.medicare-type-without-medicare", "P second", KEEP, {"GRP1******CI": "GRP1**12****CI"}, "SBR"),
    ("837.later-payer-needs-earlier", "P", KEEP, {"SBR*P*18": "SBR*S*18"}, "SBR"),
    ("837.payers-in-one-order", "P second", KEEP, {"SBR*P*18*******MB": "SBR*S*18*******MB"}, "SBR"),
    ("837.casualty-claim-number", "P", {"******CI": "******AM", "NM1*PR": "REF*Y4*CLM9\nNM1*PR"}, {"REF*Y4*CLM9\n": ""}, "SBR"),
    ("837.patient-casualty-number-twice", "P patient", {"CLM*": "REF*Y4*CLM9\nCLM*"}, {"NM1*PR": "REF*Y4*CLM9\nNM1*PR"}, "REF"),
    ("837.billing-npi", "P", KEEP, {"NM1*85*2*CLINIC*****XX*1234567893": "NM1*85*2*CLINIC"}, "NM1"),
    ("837.billing-person-first-name", "P", {"NM1*85*2*CLINIC*": "NM1*85*1*ROE*SAM"}, {"ROE*SAM****XX": "ROE*****XX"}, "NM1"),
    ("837.billing-street", "P", KEEP, {"N3*1 MAIN ST": "N3*P.O. BOX 12"}, "N3"),
    ("837.billing-place", "P", KEEP, {"*627010001": "*62701"}, "N4"),
    ("837.pay-to-place", "P", {"HL*2*": "NM1*87*2\nN3*PO BOX 3\nN4*SPRINGFIELD*IL*62701\nHL*2*"},
     {"N4*SPRINGFIELD*IL*62701\nHL": "N4*SPRINGFIELD*IL\nHL"}, "N4"),
    ("837.subscriber-place", "P", KEEP, {"N4*SPRINGFIELD*IL*62701\n": "N4*SPRINGFIELD*IL\n"}, "N4"),
    ("837.patient-place", "P patient", KEEP, {"SPRINGFIELD*IL*62702": "SPRINGFIELD**62702"}, "N4"),
    # -- claim
    ("837.replaced-claim-number", "P", {":B:1": ":B:7", "HI*ABK": "REF*F8*P1\nHI*ABK"}, {"REF*F8*P1\n": ""}, "CLM"),
    ("837.original-claim-number", "P", KEEP, {"HI*ABK": "REF*F8*P1\nHI*ABK"}, "REF"),
    ("837.claim-attachment-number", "P", {"HI*ABK": "PWK*OZ*EL***AC*A1\nHI*ABK"}, {"EL***AC*A1": "EL"}, "PWK"),
    ("837.line-attachment-number", "P", {DATE: "PWK*OZ*FX***AC*A1\n" + DATE}, {"FX***AC*A1": "FX"}, "PWK"),
    ("837.line-count", "P", KEEP, {"LX*1": "LX*2"}, "LX"),
    ("837.charge-below-zero", "P", KEEP, {"ACCT1*100": "ACCT1*-100"}, "CLM"),
    ("837.patient-paid-below-zero", "P", {"HI*ABK": "AMT*F5*10\nHI*ABK"}, {"F5*10": "F5*-10"}, "AMT"),
    ("837.special-need-epsdt", "P", {"HI*ABK": "CRC*ZZ*N*NU\nHI*ABK"}, {"N*NU": "N*AV"}, "CRC"),
    ("837.special-need-epsdt-given", "P", {"HI*ABK": "CRC*ZZ*Y*AV\nHI*ABK"}, {"Y*AV": "Y*NU"}, "CRC"),
    ("837.accident-date", "P", {"Y*A*Y*Y": "Y*A*Y*Y**OA", "HI*ABK": "DTP*439*D8*20260501\nHI*ABK"},
     {"DTP*439*D8*20260501\n": ""}, "CLM"),
    ("837.accident-date-second-cause", "P", {"Y*A*Y*Y": "Y*A*Y*Y**EM:OA", "HI*ABK": "DTP*439*D8*20260501\nHI*ABK"},
     {"DTP*439*D8*20260501\n": ""}, "CLM"),
    ("837.employment-date", "P", {"Y*A*Y*Y": "Y*A*Y*Y**EM", "HI*ABK": "DTP*431*D8*20260501\nHI*ABK"},
     {"DTP*431*D8*20260501\n": ""}, "CLM"),
    ("837.accident-cause", "D", {"Y*A*Y*Y": "Y*A*Y*Y**OA", "NM1*82": "DTP*439*D8*20260501\nNM1*82"}, {"Y**OA": "Y"}, "CLM"),
    ("837.motor-accident-state", "P", {"Y*A*Y*Y": "Y*A*Y*Y**AA:::IL", "HI*ABK": "DTP*439*D8*20260501\nHI*ABK"},
     {"AA:::IL": "AA"}, "CLM"),
    ("837.motor-accident-state-second", "P", {"Y*A*Y*Y": "Y*A*Y*Y**EM:AA::IL", "HI*ABK": "DTP*439*D8*20260501\nHI*ABK"},
     {"EM:AA::IL": "EM:AA"}, "CLM"),
    ("837.inpatient-admission-date", "P", {"11:B": "21:B", "HI*ABK": "DTP*435*D8*20260501\nHI*ABK"},
     {"DTP*435*D8*20260501\n": ""}, "CLM"),
    ("837.discharge-after-admission", "P", {"HI*ABK": "DTP*435*D8*20260501\nDTP*096*D8*20260505\nHI*ABK"},
     {"096*D8*20260505": "096*D8*20260430"}, "DTP"),
    ("837.shared-care-dates", "P", {"99213": "66984:55", "HI*ABK": "DTP*090*D8*20260501\nHI*ABK"},
     {"DTP*090*D8*20260501\n": ""}, "SV1"),
    ("837.last-menstruation-sex", "P", {"HI*ABK": "DTP*484*D8*20260401\nHI*ABK"}, {"19800102*F": "19800102*M"}, "DTP"),
    ("837.last-menstruation-patient-sex", "P patient", {"HI*ABK": "DTP*484*D8*20260401\nHI*ABK", "20150102*M": "19900102*F"},
     {"19900102*F": "19900102*M"}, "DTP"),
    ("837.pregnancy-menstruation", "P", {"NM1*IL": "PAT*********Y\nNM1*IL", "HI*ABK": "DTP*484*D8*20260401\nHI*ABK"},
     {"DTP*484*D8*20260401\n": ""}, "PAT"),
    ("837.onset-not-after-service", "P", {"HI*ABK": "DTP*431*D8*20260501\nHI*ABK"}, {"431*D8*20260501": "431*D8*20260509"}, "DTP"),
    ("837.accident-not-after-service", "P", {"Y*A*Y*Y": "Y*A*Y*Y**OA", "HI*ABK": "DTP*439*D8*20260501\nHI*ABK"},
     {"439*D8*20260501": "439*D8*20260505"}, "DTP"),
    ("837.primary-care-after-referring", "P", {"NM1*82": "NM1*DN*1*ROE*A****XX*1234567893\nNM1*P3*1*POE*B****XX*1234567893\nNM1*82"},
     {"NM1*DN*1*ROE*A****XX*1234567893\n": ""}, "NM1"),
    ("837.service-facility-place", "P", {"LX*1": "NM1*77*2*HALL\nN3*3 ELM ST\nN4*SPRINGFIELD*IL*62703\nLX*1"},
     {"IL*62703": "IL"}, "N4"),
    ("837.service-facility", "P", {"11:B": "22:B", "LX*1": "NM1*77*2*HALL\nN3*3 ELM ST\nN4*SPRINGFIELD*IL*62703\nLX*1"},
     {"NM1*77*2*HALL\nN3*3 ELM ST\nN4*SPRINGFIELD*IL*62703\n": ""}, "CLM"),
    ("837.rendering-of-group", "D", KEEP, {"NM1*82*1*ROE*SAM****XX*1234567893\n": ""}, "NM1"),
    ("837.home-health-plan-oversight", "P", {"******CI": "******MB", "99213": "G0181", "HI*ABK": "REF*1J*1234567893\nHI*ABK"},
     {"REF*1J*1234567893\n": ""}, "SV1"),
    # -- other payers
    ("837.decided-amount", "P second", KEEP, {"AMT*D*80\n": ""}, "CAS"),
    ("837.decided-day", "P second", KEEP, {"DTP*573*D8*20260520\n": ""}, "AMT"),
    ("837.decided-day-not-after-file", "P second", KEEP, {"20260520": "20270520"}, "DTP"),
    ("837.line-decision-day-not-after-file", "P second", {"CAS*PR*2*20\n": "", DATE: DATE + DECISION},
     {"1\nCAS*PR*2*20\nDTP*573*D8*2026": "1\nCAS*PR*2*20\nDTP*573*D8*2027"}, "DTP"),
    ("837.line-payer-known", "P second", {"CAS*PR*2*20\n": "", DATE: DATE + DECISION}, {"SVD*PAY9": "SVD*PAY8"}, "SVD"),
    ("837.corrected-decision-amount", "P second", {"LX*1": "REF*T4*Y\nLX*1", "CAS*PR*2*20\n": ""}, {"AMT*D*80\n": ""}, "REF"),
    ("837.liability-below-zero", "P second", {"CAS*PR*2*20\n": "", DATE: DATE + DECISION + "AMT*EAF*20\n"}, {"EAF*20": "EAF*-20"}, "AMT"),
    ("837.paid-below-zero", "P second", KEEP, {"AMT*D*80": "AMT*D*-80"}, "AMT"),
    ("837.other-insured-place", "P second", {"NM1*PR*2*FIRST": "N3*4 ELM ST\nN4*SPRINGFIELD*IL*62704\nNM1*PR*2*FIRST"},
     {"IL*62704": "IL"}, "N4"),
    # -- professional lines
    ("837.pointers", "P", KEEP, {"1***1\n": "1***3\n"}, "SV1"),
    ("837.service-not-after-file", "P", KEEP, {"472*D8*20260504": "472*D8*20270504"}, "DTP"),
    ("837.service-in-life", "P", KEEP, {"472*D8*20260504": "472*D8*19700504"}, "DTP"),
    ("837.line-amounts", "P", KEEP, {"99213*100": "99213*-100"}, "SV1"),
    ("837.line-units", "P", KEEP, {"UN*1*": "UN*0*"}, "SV1"),
    ("837.drug-units", "P", {"99213": "J1885", DATE: DATE + "LIN**N4*00409379501\nCTP****1*ML\n"}, {"CTP****1": "CTP****0"}, "CTP"),
    ("837.outside-laboratory", "P", {"99213": "80053:90", DATE: DATE + "REF*F4*14D0000001\n"}, {"REF*F4*14D0000001\n": ""}, "SV1"),
    ("837.purchased-service-provider", "P", {DATE: DATE + "PS1*REF1*50\nNM1*QB*2******XX*1234567893\n"},
     {"NM1*QB*2******XX*1234567893\n": ""}, "PS1"),
    ("837.purchased-service-charge", "P", {DATE: DATE + "PS1*REF1*50\nNM1*QB*2******XX*1234567893\n"}, {"PS1*REF1*50\n": ""}, "NM1"),
    ("837.certificate-equipment", "P", {"99213": "E0424:RR", DATE: CERTIFICATE}, {"CR3*I*MO*12\n": ""}, "PWK"),
    ("837.certificate-therapy-begin", "P", {"99213": "E0424:RR", DATE: CERTIFICATE}, {"DTP*463*D8*20260401\n": ""}, "PWK"),
    ("837.certificate-ordering", "P", {"99213": "E0424:RR", DATE: CERTIFICATE}, {"NM1*DK*1*ROE*ANN****XX*1234567893\n": ""}, "PWK"),
    ("837.certificate-renewal", "P", {"99213": "E0424:RR", DATE: CERTIFICATE + "", "CR3*I": "CR3*R",
     "DTP*463": "DTP*607*D8*20260401\nDTP*463"}, {"DTP*607*D8*20260401\n": ""}, "CR3"),
    ("837.renewal-after-certification", "P", {DATE: DATE + "DTP*607*D8*20260401\nDTP*461*D8*20250401\n"},
     {"461*D8*2025": "461*D8*2027"}, "DTP"),
    ("837.equipment-same-service", "P", {"99213": "E0601:RR", DATE: "SV5*HC:E0601*DA*30*100*900*4\n" + DATE}, {"SV5*HC:E0601": "SV5*HC:E0562"}, "SV5"),
    ("837.unlisted-described", "P", {"99213": "J3490:::::NEW DRUG"}, {"J3490:::::NEW DRUG": "J3490"}, "SV1"),
    ("837.ambulance-patients", "P", {**TRANSPORT, DATE: DATE + "QTY*PT*2\n"}, {"CR1****A*DH*5\n": ""}, "QTY"),
    ("837.obstetric-units", "P", {"99213*100*UN": "01967:AA*100*MJ", DATE: DATE + "QTY*FL*3\n"}, {"01967:AA*100*MJ": "59400*100*UN"}, "SV1"),
    # -- institutional
    ("837i.admission-date", "I", KEEP, {"DTP*435*DT*202605010900\n": ""}, "CLM"),
    ("837i.admission-before-end", "I", KEEP, {"DT*20260501": "DT*20260505"}, "DTP"),
    ("837i.statement-in-order", "I", KEEP, {"20260501-20260504": "20260504-20260501"}, "DTP"),
    ("837i.discharge-hour", "I", KEEP, {"DTP*096*TM*1100\n": ""}, "CLM"),
    ("837i.still-patient-final", "I", KEEP, {"CL1*1*1*01": "CL1*1*1*30"}, "CL1"),
    ("837i.interim-still-patient", "I", {":A:1": ":A:2", "CL1*1*1*01": "CL1*1*1*30"}, {"CL1*1*1*30": "CL1*1*1*01"}, "CL1"),
    ("837i.admission-source", "I outpatient", KEEP, {"CL1*3*1*01": "CL1*3**01"}, "CL1"),
    ("837i.newborn-source", "I", {"CL1*1*1": "CL1*4*5", "NM1*71": "HI*BE:54:::3200\nNM1*71"}, {"CL1*4*5": "CL1*4*1"}, "CL1"),
    ("837i.attending", "I", KEEP, {"NM1*71*1*ROE*SAM****XX*1234567893\n": ""}, "CLM"),
    ("837i.other-operating", "I", {"LX*1": "NM1*72*1*A*****XX*1234567893\nNM1*ZZ*1*B*****XX*1234567893\nLX*1"},
     {"NM1*72*1*A*****XX*1234567893\n": ""}, "NM1"),
    ("837i.operating", "I", {"NM1*71": "HI*BBR:0DTJ4ZZ:D8:20260502\nNM1*71", "LX*1": "NM1*72*1*A*****XX*1234567893\nLX*1"},
     {"NM1*72*1*A*****XX*1234567893\n": ""}, "HI"),
    ("837i.admitting-diagnosis", "I", KEEP, {"HI*ABJ:R059\n": ""}, "CLM"),
    ("837i.reason-for-visit", "I outpatient", {"CL1*3": "CL1*1", "0300*HC:80053": "0450*HC:99283", "NM1*71": "HI*APR:R059\nNM1*71"},
     {"HI*APR:R059\n": ""}, "CLM"),
    ("837i.reason-inpatient", "I", KEEP, {"NM1*71": "HI*APR:R059\nNM1*71"}, "HI"),
    ("837i.procedure-outpatient", "I outpatient", KEEP, {"NM1*71": "HI*BBR:0DTJ4ZZ:D8:20260504\nNM1*71"}, "HI"),
    ("837i.other-procedure-alone", "I", {"NM1*71": "HI*BBR:0DTJ4ZZ:D8:20260502\nHI*BBQ:0DTJ4ZZ:D8:20260502\nNM1*71",
     "LX*1": "NM1*72*1*A*****XX*1234567893\nLX*1"}, {"HI*BBR:0DTJ4ZZ:D8:20260502\n": ""}, "HI"),
    ("837i.admitting-outpatient", "I outpatient", KEEP, {"NM1*71": "HI*ABJ:R059\nNM1*71"}, "HI"),
    ("837i.medicare-secondary-value", "I", {"SBR*P*18*GRP1******CI": "SBR*S*18*******MA", "NM1*71": "HI*BE:12:::50\nNM1*71",
     "LX*1": "SBR*P*18*******CI\nOI***Y***Y\nNM1*IL*1*DOE*ANN****MI*M9\nNM1*PR*2*FIRST*****PI*PAY9\nLX*1"},
     {"HI*BE:12:::50\n": ""}, "CLM"),
    ("837i.motor-accident-state", "I outpatient", {"NM1*71": "HI*BH:01:D8:20260504\nNM1*71", "HI*ABK": "REF*LU*IL\nHI*ABK"},
     {"REF*LU*IL\n": ""}, "HI"),
    ("837i.outpatient-line-date", "I outpatient", KEEP, {DATE: ""}, "CLM"),
    ("837i.line-in-statement", "I outpatient", KEEP, {"472*D8*20260504": "472*D8*20260503"}, "DTP"),
    ("837i.outpatient-procedure", "I outpatient", KEEP, {"0300*HC:80053": "0300*"}, "SV2"),
    ("837i.drug-procedure", "I outpatient", {"0300*HC:80053": "0636*HC:J1885"}, {"0636*HC:J1885": "0636*"}, "SV2"),
    ("837i.room-in-days", "I", KEEP, {"*DA*3": "*UN*3"}, "SV2"),
    ("837i.total-line", "I", KEEP, {"SV2*0120": "SV2*0001"}, "SV2"),
    ("837i.line-amounts", "I", KEEP, {"SV2*0120**100": "SV2*0120**-100"}, "SV2"),
    # -- dental
    ("837d.service-date", "D", KEEP, {DATE: ""}, "CLM"),
    ("837d.predetermination-date", "D", {"Y*A*Y*Y": "Y*A*Y*Y**********PB", DATE: ""}, {"TOO*JP*30*M:O\n": "TOO*JP*30*M:O\n" + DATE}, "DTP"),
    ("837d.replacement-prosthesis", "D", {"D2150*100": "D2740*100***R", DATE: DATE + "DTP*441*D8*20150101\n"},
     {"DTP*441*D8*20150101\n": ""}, "SV3"),
    ("837d.pointers", "D", {"NM1*82": "HI*ABK:K0262\nNM1*82", "D2150*100": "D2150*100****1*****1"}, {"*****1\n": "*****2\n"}, "SV3"),
    ("837d.line-amounts", "D", KEEP, {"D2150*100": "D2150*-100"}, "SV3"),
    ("837d.line-count", "D", {"D2150*100": "D2150*100****1"}, {"****1\n": "****0\n"}, "SV3"),
    ("837d.tooth-surfaces", "D", KEEP, {"30*M:O": "8*M:O"}, "TOO"),
    # -- kinds of service (SNIP 6)
    ("837.ambulance-transport", "P", TRANSPORT, {"CR1****A*DH*5\n": ""}, "SV1"),
    ("837.ambulance-pick-up", "P", TRANSPORT, {"NM1*PW*2\nN3*1 ELM ST\nN4*SPRINGFIELD*IL*62701\n": ""}, "SV1"),
    ("837.ambulance-drop-off", "P", TRANSPORT, {"NM1*45*2\nN3*2 ELM ST\nN4*SPRINGFIELD*IL*62701\n": ""}, "SV1"),
    ("837.ambulance-modifier", "P", TRANSPORT, {"A0429:RH": "A0429"}, "SV1"),
    ("837.anaesthesia-minutes", "P", {"99213*100*UN*1": "00840:AA*100*MJ*60"}, {"MJ*60": "UN*4"}, "SV1"),
    ("837.minutes-of-other-service", "P", KEEP, {"UN*1*": "MJ*15*"}, "SV1"),
    ("837.anaesthesia-modifier", "P", {"******CI": "******MB", "99213*100*UN*1": "00840:AA*100*MJ*60"}, {"00840:AA": "00840"}, "SV1"),
    ("837.chiropractic-first-treatment", "P", {"******CI": "******MB", "99213": "98940:AT", "HI*ABK": "DTP*454*D8*20260401\nHI*ABK"},
     {"DTP*454*D8*20260401\n": ""}, "SV1"),
    ("837.mammography-certificate", "P", {"******CI": "******MB", "99213": "77067", "HI*ABK": "REF*EW*123456\nHI*ABK"},
     {"REF*EW*123456\n": ""}, "SV1"),
    ("837.laboratory-clia", "P", {"******CI": "******MB", "99213": "80053", "HI*ABK": "REF*X4*14D0000001\nHI*ABK"},
     {"REF*X4*14D0000001\n": ""}, "SV1"),
    ("837.drug-ndc-medicaid", "P", {"******CI": "******MC", "99213": "J1885", DATE: DATE + "LIN**N4*00409379501\nCTP****1*ML\n"},
     {"LIN**N4*00409379501\nCTP****1*ML\n": ""}, "SV1"),
    ("837.drug-line-ndc", "P", {"99213": "J1885", DATE: DATE + "LIN**N4*00409379501\nCTP****1*ML\n"}, {"J1885": "99213"}, "SV1"),
    ("837.erythropoietin-test", "P", {"******CI": "******MB", "99213": "J0881", DATE: DATE + "MEA*TR*R2*30\n"}, {"MEA*TR*R2*30\n": ""}, "SV1"),
    ("837.rental-of-equipment", "P", {"99213": "E0601:RR", DATE: "SV5*HC:E0601*DA*30*100*900*4\n" + DATE}, {"E0601:RR": "E0601"}, "SV1"),
    ("837.oxygen-certificate", "P", {"99213": "E0424:RR", DATE: "CR3*I*MO*12\nCRC*09*Y*ZV\n" + DATE}, {"CR3*I*MO*12\n": ""}, "CRC"),
    ("837.vision-prescription", "P", {"99213": "V2020", "HI*ABK": "DTP*471*D8*20260401\nHI*ABK"}, {"DTP*471*D8*20260401\n": ""}, "SV1"),
    ("837i.home-health-rate", "I outpatient", {"***13:A": "***32:A", "0300*HC:80053": "0023*HP:1AA11"}, {"HP:1AA11": "HC:G0299"}, "SV2"),
    ("837i.home-health-area", "I outpatient", {"***13:A": "***32:A", "******CI": "******MA", "0300*HC:80053": "0023*HP:1AA11",
     "NM1*71": "HI*BE:61:::19100\nNM1*71"}, {"HI*BE:61:::19100\n": ""}, "CLM"),
    ("837i.covered-days", "I", {"******CI": "******MA", "NM1*71": "HI*BE:80:::3\nNM1*71"}, {"HI*BE:80:::3\n": ""}, "CLM"),
    ("837i.newborn-weight", "I", {"CL1*1*1": "CL1*4*5", "NM1*71": "HI*BE:54:::3200\nNM1*71"}, {"HI*BE:54:::3200\n": ""}, "CLM"),
    ("837d.orthodontic-months", "D patient", {"D2150": "D8080", "TOO*JP*30*M:O\n": "", "NM1*82": "DN1*24*24\nNM1*82"}, {"DN1*24*24\n": ""}, "SV3"),
    ("837d.tooth", "D", {"D2150": "D7140", "30*M:O": "30"}, {"TOO*JP*30\n": ""}, "SV3"),
    ("837d.surfaces", "D", KEEP, {"30*M:O": "30"}, "TOO"),
    ("837d.surface-count", "D", KEEP, {"30*M:O": "30*M:O:D"}, "TOO"),
    ("837d.quadrant", "D", {"D2150*100": "D4341*100**10", "TOO*JP*30*M:O\n": ""}, {"*100**10": "*100"}, "SV3"),
    ("837d.arch", "D", {"D2150*100": "D5213*100", "TOO*JP*30*M:O\n": "", "NM1*82": "DN2*3*M****JP\nNM1*82"}, {"DN2*3*M****JP\n": ""}, "SV3"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "base", "keep", "broken", "segment"), ROWS, ids=[row[0] for row in ROWS])
def test_a_broken_claim_is_found_and_a_right_one_is_not(
    claim_file_of: Callable[..., str], rule: str, base: str, keep: Change, broken: Change, segment: str
) -> None:
    right = list(validate(claim_file_of(base, keep), snip=6))
    assert not [finding for finding in right if finding.rule == rule or finding.severity is Severity.ERROR]
    found = [finding for finding in validate(claim_file_of(base, keep, broken), snip=6) if finding.rule == rule]
    assert [finding.position.segment_id for finding in found] == [segment]
    assert found[0].snip in {4, 6}
    assert found[0].status is not None
    assert found[0].segment_error in {"I6", "I9", "8"}
    assert (found[0].segment_error == "8") is bool(found[0].element_error)


def test_every_rule_has_a_case_and_a_source() -> None:
    rules = load_situations()
    assert len({rule.id for rule in rules}) == len(rules) >= 140
    assert {rule.id for rule in rules} == {row[0] for row in ROWS}
    assert all(rule.citation and rule.message and rule.fix for rule in rules)
