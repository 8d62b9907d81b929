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


@pytest.fixture(scope="session")
def rates_together(rates: Path, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with OPPS whose Addenda J and M are made up: neither was at hand."""
    home, made = tmp_path_factory.mktemp("together"), tmp_path_factory.mktemp("addenda")
    for each in ("OPPS_Addendum_A_2025.txt", "OPPS_Addendum_B_2025_numbers.txt"):
        shutil.copy(shared_data / "codesets" / "fees" / each, made)
    families = {
        "8004": "76700 76705 76770 76776 76831 76856 76857",
        "8005": "70450 70480 71250 74176",
        "8006": "70460 70481 71260 74177",
        "8007": "70551 72141",
        "8008": "70553",
        "8010": "90832 90834 90837 90853 96130",
    }
    head = "HCPCS Code\tShort Descriptor\tCI\tSI\tSingle Code APC Assignment\tComposite APC Assignment\n"
    rows = "".join(f"{code}\t\t\tQ3\t5522\t{apc}\n" for apc, codes in families.items() for code in codes.split())
    (made / "2025 Addendum M.txt").write_text(f"\tAddendum M.- made up for a test\n{head}{rows}", "utf-8")
    pairs = [("29881", "64721", "5114"), ("29881", "29881", "5114"), ("27447", "20985", "5116")]
    pairs += [(str(29000 + number), "29999", "5113") for number in range(20)]
    head = (
        "Primary HCPCS Code,Primary SI,Primary APC,Secondary J1 or Add-on HCPCS Code,Complexity Adjusted APC Assignment"
    )
    rows = "".join(f"{first},J1,5113,{second},{apc}\n" for first, second, apc in pairs)
    (made / "2025 Addendum J.csv").write_text(f"{head}\n{rows}", "utf-8")
    install_from("opps", made, home=home)
    for each in (rates / "releases").iterdir():
        if not each.name.startswith("opps"):
            shutil.copy(each, home / "releases")
    return home
