"""Price tables in words: services of a day in, allowed amounts out. The rates are CMS's own, installed from the files."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nosology.claims.price import Terms, expect_payment
from nosology.codes.install import install_from
from nosology.model.encounter import Encounter, ServiceLine, Setting
from nosology.model.price import PricedClaim

DAY = date(2025, 11, 3)


@pytest.fixture(scope="session")
def rates(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the 2025 schedules; base units of anaesthesia and laboratory rates are made up for the test."""
    home, fees = tmp_path_factory.mktemp("rates"), shared_data / "codesets" / "fees"
    if not fees.is_dir():
        pytest.skip("the published schedules are not here")
    made = tmp_path_factory.mktemp("made")
    install_from("pfs", fees / "PPRRVU2025_Oct_numbers.zip", effective=date(2025, 10, 1), home=home)
    install_from("gpci", fees / "GPCI2025.csv", home=home)
    (made / "opps").mkdir()
    for each in ("OPPS_Addendum_A_2025.txt", "OPPS_Addendum_B_2025_numbers.txt"):
        shutil.copy(fees / each, made / "opps")
    install_from("opps", made / "opps", home=home)
    (made / "anesthesia").mkdir()
    shutil.copy(fees / "ANES2025.csv", made / "anesthesia")
    units = "\n".join(f"{100 + number:05},{3 + number % 12}" for number in range(300))
    (made / "anesthesia" / "base.csv").write_text(f"Code,Base Units\n{units}\n00790,7\n", "utf-8")
    install_from("anesthesia", made / "anesthesia", home=home)
    tests = "\n".join(f"2025,{80000 + number},,20250101,N,{number % 90 + 1}.50,x" for number in range(600))
    head = "YEAR,HCPCS,MOD,EFF_DATE,INDICATOR,RATE,SHORTDESC"
    (made / "CLFS2025.csv").write_text(f"{head}\n{tests}\n2025,36415,,20250101,N,8.83,x\n", "utf-8")
    install_from("clfs", made / "CLFS2025.csv", home=home)
    install_from("msdrg-weights", shared_data / "codesets" / "msdrg" / "msdrg_fy2026_table5_weights.csv", home=home)
    return home


@pytest.fixture
def price(rates: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., PricedClaim]:
    """``price("99213 | 27447-50 22", setting=…, terms=…)``: code, modifiers, place of service (11), ``*`` units."""
    monkeypatch.setenv("NOSOLOGY_HOME", str(rates))

    def run(services: str, *, setting: str = "professional", terms: Terms | None = None, **fields: Any) -> PricedClaim:
        lines = []
        for each in services.split("|"):
            word, *rest = each.split()
            code, *modifiers = word.split("-")
            units = next((Decimal(one[1:]) for one in rest if one.startswith("*")), Decimal(1))
            charge = next((Decimal(one[1:]) for one in rest if one.startswith("$")), Decimal(0))
            place = next((one for one in rest if one.isdigit()), "11")
            lines.append(ServiceLine(code, tuple(modifiers), units, charge, DAY, place))
        encounter = Encounter("P1", Setting(setting), lines=tuple(lines), **fields)
        drg = fields.pop("drg", "")
        return expect_payment(encounter, terms or Terms("10112", "00"), on=DAY, drg=drg)

    return run


def amounts(priced: PricedClaim) -> list[str]:
    return ["none" if line.allowed is None else str(line.allowed) for line in priced.lines]
