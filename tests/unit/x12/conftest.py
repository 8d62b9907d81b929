"""Files of the tests: one remittance and one claim, of synthetic people; pyx12 as a judge."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

REMITTANCE = (
    "ISA*00*          *00*          *ZZ*PAYER          *ZZ*CLINIC         *260504*1200*^*00501*000000001*0*T*:~"
    "GS*HP*PAYER*CLINIC*20260504*1200*1*X*005010X221A1~ST*835*0001~"
    "BPR*I*80*C*CHK************20260504~TRN*1*12345*1512345678~N1*PR*EXAMPLE HEALTH PLAN~N3*1 PLAN STREET~"
    "N4*SPRINGFIELD*IL*62701~PER*BL*EDI DESK*TE*2175550100~N1*PE*EXAMPLE CLINIC*XX*1234567893~LX*1~"
    "CLP*CLAIM1*1*100*80*20*12*PAYER1~NM1*QC*1*DOE*JANE****MI*M1~SVC*HC:99213*100*80**1~DTM*472*20260501~"
    "CAS*PR*2*20~SE*15*0001~GE*1*1~IEA*1*000000001~"
)

CLAIM = (
    "ISA*00*          *00*          *ZZ*CLINIC         *ZZ*PAYER          *260504*1200*^*00501*000000001*0*T*:~"
    "GS*HC*CLINIC*PAYER*20260504*1200*1*X*005010X222A1~ST*837*0001*005010X222A1~"
    "BHT*0019*00*REF1*20260504*1200*CH~NM1*41*2*EXAMPLE CLINIC*****46*12345~PER*IC*EDI DESK*TE*2175550100~"
    "NM1*40*2*EXAMPLE HEALTH PLAN*****46*67890~HL*1**20*1~PRV*BI*PXC*207Q00000X~"
    "NM1*85*2*EXAMPLE CLINIC*****XX*1234567893~N3*1 MAIN STREET~N4*SPRINGFIELD*IL*627010001~REF*EI*123456789~"
    "HL*2*1*22*0~SBR*P*18*GROUP1******CI~NM1*IL*1*DOE*JANE****MI*MEMBER1~N3*2 ELM STREET~N4*SPRINGFIELD*IL*62701~"
    "DMG*D8*19800102*F~NM1*PR*2*EXAMPLE HEALTH PLAN*****PI*67890~CLM*CLAIM1*150***11:B:1*Y*A*Y*Y~"
    "HI*ABK:E119*ABF:I10~NM1*82*1*ROE*RICHARD****XX*1234567893~PRV*PE*PXC*207Q00000X~LX*1~"
    "SV1*HC:99213*100*UN*1***1:2~DTP*472*D8*20260501~REF*6R*L1~LX*2~SV1*HC:36415*50*UN*1***1~DTP*472*D8*20260501~"
    "REF*6R*L2~SE*31*0001~GE*1*1~IEA*1*000000001~"
)


@pytest.fixture
def remittance() -> str:
    """A remittance without a defect."""
    return REMITTANCE


@pytest.fixture
def claim_file() -> str:
    """A professional claim without a defect."""
    return CLAIM


@pytest.fixture
def pyx12_judge(tmp_path: Path) -> Callable[[str], bool]:
    """Whether pyx12 accepts a file."""

    def accepts(text: str) -> bool:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pyx12.params
            import pyx12.x12n_document

            logging.disable(logging.CRITICAL)
            file = tmp_path / "judged.x12"
            file.write_text(text, encoding="ascii")
            try:
                return bool(
                    pyx12.x12n_document.x12n_document(
                        pyx12.params.params(), str(file), fd_997=None, fd_html=None, fd_xmldoc=None, map_path=None
                    )
                )
            finally:
                logging.disable(logging.NOTSET)

    return accepts
