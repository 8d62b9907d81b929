"""Some thousands of random remittances keep the books balanced to the cent; ``bench/books.py`` runs 100,000."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def books() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_books", ROOT / "bench" / "books.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("seed", [2, 3])
def test_random_remittances_lose_no_cent(books: ModuleType, seed: int) -> None:
    office = books.run(1000, seed, every=500)
    assert office.count["reversed"] > 20
    assert office.count["payment wrong"] > 2
    assert office.count["seen before"] > 5
