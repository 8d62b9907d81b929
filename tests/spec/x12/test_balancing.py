"""SNIP 3: sums of claims and of remittances, each with a file that balances and one that does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nosology.x12.validate import validate

Change = dict[str, str]
DATE = "DTP*472*D8*20260504\n"
DECISION = "SVD*PAY9*80*HC:99213**1\nCAS*PR*2*20\nDTP*573*D8*20260520\n"
TWO = {"ACCT1*100": "ACCT1*150.5", DATE: DATE + "LX*2\nSV1*HC:85025*50.50*UN*1***2\n" + DATE}
ON_LINE = {"CAS*PR*2*20\n": "", DATE: DATE + DECISION}

CLAIMS: list[tuple[str, Change, Change, str]] = [
    ("P", {}, {"ACCT1*100*": "ACCT1*101*"}, "CLM02"),
    ("P", TWO, {"*50.50*": "*50.49*"}, "CLM02"),
    ("I", {}, {"SV2*0120**100": "SV2*0120**99.99"}, "CLM02"),
    ("D", {}, {"D2150*100": "D2150*90"}, "CLM02"),
    ("P second", {}, {"AMT*D*80": "AMT*D*79"}, "AMT02"),
    ("P second", {}, {"CAS*PR*2*20": "CAS*PR*2*10*1*3*5"}, "AMT02"),
    ("P second", {"CAS*PR*2*20": "CAS*PR*2*15**3*5"}, {"3*5": "3*6"}, "AMT02"),
    ("P second", ON_LINE, {"SVD*PAY9*80": "SVD*PAY9*70", "AMT*D*80": "AMT*D*70"}, "SVD02 AMT02"),
    ("P second", ON_LINE, {"AMT*D*80": "AMT*D*81"}, "AMT02"),
]

REMITTANCE = """ISA*00*          *00*          *ZZ*PAYER          *ZZ*CLINIC         *260601*1200*^*00501*000000001*0*T*:
GS*HP*PAYER*CLINIC*20260601*1200*1*X*005010X221A1
ST*835*0001
BPR*I*120*C*CHK************20260601
TRN*1*CHECK1*1512345678
N1*PR*PAYER
N3*1 ELM ST
N4*SPRINGFIELD*IL*62701
PER*BL*EDI*TE*2175550100
N1*PE*CLINIC*XX*1234567893
LX*1
CLP*ACCT1*1*100*80*20*12*P1
NM1*QC*1*DOE*ANN
SVC*HC:99213*100*80
DTM*472*20260504
CAS*PR*2*20
CLP*ACCT2*1*60*50*0*12*P2
CAS*CO*45*10
NM1*QC*1*ROE*BEN
SVC*HC:85025*60*60
DTM*472*20260504
PLB*1234567893*20261231*WO:P0*15*L6*-5
SE*{count}*0001
GE*1*1
IEA*1*000000001
"""
PAYMENTS: list[tuple[Change, Change, str]] = [
    ({}, {"BPR*I*120": "BPR*I*125"}, "BPR02"),
    ({}, {"WO:P0*15": "WO:P0*16"}, "BPR02"),
    ({}, {"*1*100*80*20": "*1*100*81*20", "BPR*I*120": "BPR*I*121"}, "CLP04"),
    ({}, {"99213*100*80": "99213*100*79"}, "SVC03"),
    ({}, {"CAS*PR*2*20": "CAS*PR*2*21"}, "SVC03 CLP04"),
    ({}, {"85025*60*60": "85025*59*59"}, "CLP03"),
    ({}, {"CO*45*10": "CO*45*9"}, "CLP04"),
    ({"LX*1": "LX*1\nTS3*1234567893*11*20261231*2*160"}, {"1231*2*160": "1231*3*160"}, "TS304"),
    ({"BPR*I*120*C": "BPR*I*0*C", "WO:P0*15": "WO:P0*135"}, {"BPR*I*0": "BPR*I*1"}, "BPR02"),
]


def _sums(text: str) -> list[str]:
    found = [finding for finding in validate(text, snip=3) if finding.snip == 3]
    return [f"{finding.position.segment_id}{finding.position.element:02d}" for finding in found]


@pytest.mark.parametrize(("base", "keep", "broken", "places"), CLAIMS)
def test_claims(claim_file_of: Callable[..., str], base: str, keep: Change, broken: Change, places: str) -> None:
    assert not _sums(claim_file_of(base, keep))
    assert _sums(claim_file_of(base, keep, broken)) == places.split()


@pytest.mark.parametrize(("keep", "broken", "places"), PAYMENTS)
def test_remittances(keep: Change, broken: Change, places: str) -> None:
    text = REMITTANCE
    for change, expected in ((keep, []), (broken, places.split())):
        for old, new in change.items():
            assert old in text
            text = text.replace(old, new)
        lines = text.replace("{count}", str(text.count("\n") - 4)).splitlines()
        assert _sums("~".join([*lines, ""])) == expected


def test_an_amount_that_cannot_be_read_spoils_no_sum(claim_file_of: Callable[..., str]) -> None:
    assert not _sums(claim_file_of("P", {"99213*100": "99213*1OO"}))
