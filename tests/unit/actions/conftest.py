"""Books of a small practice, which must hold together at the end of every test."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from nosology.store.books import Books


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    with Books(tmp_path / "books.db", create=True) as kept:
        yield kept
        assert not sum(kept.balances().values(), Decimal(0))
        assert not [claim for claim, position in kept.positions().items() if position.difference]
