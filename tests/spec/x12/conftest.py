"""Claims without a fault, one of each form, from which cases make others by replacing segments."""

from __future__ import annotations

from collections.abc import Callable

import pytest

HEAD = """ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260601*1200*^*00501*000000001*0*T*:
GS*HC*SENDER*RECEIVER*20260601*1200*1*X*{guide}
ST*837*0001*{guide}
BHT*0019*00*REF1*20260601*1200*CH
NM1*41*2*CLINIC*****46*SUB1
PER*IC*DESK*TE*2175550100
NM1*40*2*PAYER*****46*PAY1
HL*1**20*1
NM1*85*2*CLINIC*****XX*1234567893
N3*1 MAIN ST
N4*SPRINGFIELD*IL*627010001
REF*EI*123456789
"""
INSURED = """HL*2*1*22*0
SBR*P*18*GRP1******CI
NM1*IL*1*DOE*ANN****MI*M123
N3*2 OAK ST
N4*SPRINGFIELD*IL*62701
DMG*D8*19800102*F
NM1*PR*2*PAYER*****PI*PAY1
"""
PATIENT = """HL*2*1*22*1
SBR*P**GRP1******CI
NM1*IL*1*DOE*ANN****MI*M123
N3*2 OAK ST
N4*SPRINGFIELD*IL*62701
DMG*D8*19800102*F
NM1*PR*2*PAYER*****PI*PAY1
HL*3*2*23*0
PAT*19
NM1*QC*1*DOE*BEN
N3*2 OAK STREET
N4*SPRINGFIELD*IL*62702
DMG*D8*20150102*M
"""
PROFESSIONAL = """CLM*ACCT1*100***11:B:1*Y*A*Y*Y
HI*ABK:J069*ABF:R051
NM1*82*1*ROE*SAM****XX*1234567893
PRV*PE*PXC*207Q00000X
LX*1
SV1*HC:99213*100*UN*1***1
DTP*472*D8*20260504
"""
INPATIENT = """CLM*ACCT1*100***11:A:1**A*Y*Y
DTP*096*TM*1100
DTP*434*RD8*20260501-20260504
DTP*435*DT*202605010900
CL1*1*1*01
HI*ABK:J189:::::::Y
HI*ABJ:R059
NM1*71*1*ROE*SAM****XX*1234567893
LX*1
SV2*0120**100*DA*3
"""
OUTPATIENT = """CLM*ACCT1*100***13:A:1**A*Y*Y
DTP*434*RD8*20260504-20260504
CL1*3*1*01
HI*ABK:J189
NM1*71*1*ROE*SAM****XX*1234567893
LX*1
SV2*0300*HC:80053*100*UN*1
DTP*472*D8*20260504
"""
DENTAL = """CLM*ACCT1*100***11:B:1*Y*A*Y*Y
NM1*82*1*ROE*SAM****XX*1234567893
LX*1
SV3*AD:D2150*100
TOO*JP*30*M:O
DTP*472*D8*20260504
"""
OTHER = """SBR*P*18*******MB
CAS*PR*2*20
AMT*D*80
OI***Y***Y
NM1*IL*1*DOE*ANN****MI*M9
NM1*PR*2*FIRST PAYER*****PI*PAY9
DTP*573*D8*20260520
"""
TAIL = """SE*{count}*0001
GE*1*1
IEA*1*000000001
"""
BASES = {
    "P": ("005010X222A1", INSURED, PROFESSIONAL),
    "P patient": ("005010X222A1", PATIENT, PROFESSIONAL),
    "P second": ("005010X222A1", INSURED.replace("SBR*P", "SBR*S"), PROFESSIONAL.replace("LX*1\n", OTHER + "LX*1\n")),
    "I": ("005010X223A2", INSURED, INPATIENT),
    "I outpatient": ("005010X223A2", INSURED, OUTPATIENT),
    "D": ("005010X224A2", INSURED, DENTAL),
    "D patient": ("005010X224A2", PATIENT, DENTAL),
}


@pytest.fixture(scope="session")
def claim_file_of() -> Callable[..., str]:
    """What makes a file of a base claim."""
    return _file_of


def _file_of(base: str, *changes: dict[str, str]) -> str:
    """Return the file of a base claim after replacements, each of which must find its text."""
    guide, insured, claim = BASES[base]
    text = HEAD.format(guide=guide) + insured + claim
    for change in changes:
        for old, new in change.items():
            assert old in text, f"{old!r} is not in the claim"
            text = text.replace(old, new, 1)
    lines = [line for line in text.split("\n") if line]
    count = len(lines) - 1  # from ST, with SE
    return "~\n".join([*lines, *TAIL.format(count=count).splitlines()]) + "~\n"
