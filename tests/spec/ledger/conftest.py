"""How cases of posting are written: what a remittance says of an amount, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nosology.ledger.reasons import load_reasons


@pytest.fixture
def ledger_cases() -> Callable[[str], None]:
    """Checks a table. Columns: told (group-reason); becomes (write-off, patient, open); denial (its kind, - for none)."""

    def check(table: str) -> None:
        reasons = load_reasons()
        wrong = []
        rows = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()[2:]]
        for told, becomes, denial, *_why in rows:
            group, _, reason = told.partition("-")
            off, patient = reasons.writes_off(group, reason), reasons.goes_to_patient(group, reason)
            assert not (off and patient)
            got = "write-off" if off else "patient" if patient else "open"
            kind = reasons.denial_class(reason).name if reasons.denies(group, reason) else "-"
            if (got, kind) != (becomes, denial):
                wrong.append(f"{told}: {got}, {kind}")
        assert not wrong, "\n".join(wrong)

    return check
