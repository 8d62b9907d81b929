"""What every test may ask for: the shared data (if it is there), one built data folder, a runner of the commands."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from typer.testing import CliRunner

os.environ["NOSOLOGY_PURE"] = "1"  # tests put things into modules, which compiled ones would not see
settings.register_profile("nosology", deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine
settings.load_profile("nosology")

ROOT = Path(__file__).resolve().parents[1]
OUT_OF_THE_BOX = {"ccsr", "gems", "icd10cm", "icd10pcs"}
"""Releases that are built from the dependencies; anything else in the shared folder changes other tests' answers."""

pytest_plugins = ("server_fixtures",)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of official publications and gold files; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("NOSOLOGY_SHARED_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("the shared data folder is not here (name it with NOSOLOGY_SHARED_DATA)")
    return folder


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder of the session (NOSOLOGY_HOME): releases are built in it once, for all workers together.

    NOSOLOGY_TEST_HOME names a folder to keep between sessions.
    """
    kept = os.environ.get("NOSOLOGY_TEST_HOME")
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder = Path(kept) if kept else shared / "nosology-home"
    folder.mkdir(parents=True, exist_ok=True)
    before = os.environ.get("NOSOLOGY_HOME")
    os.environ["NOSOLOGY_HOME"] = str(folder)
    yield folder
    if before is None:
        del os.environ["NOSOLOGY_HOME"]
    else:
        os.environ["NOSOLOGY_HOME"] = before
    found = {path.name.split("-2")[0] for path in folder.glob("releases/*.sqlite")}
    assert kept or found <= OUT_OF_THE_BOX, (
        f"a test installed {found - OUT_OF_THE_BOX} for all; use a folder of its own"
    )


@pytest.fixture(scope="session", autouse=True)
def _not_the_users_home() -> Iterator[None]:
    """No test reads or writes the data folder of whoever runs the tests."""
    before = os.environ.get("NOSOLOGY_HOME")
    with tempfile.TemporaryDirectory(prefix="nosology-none-") as folder:
        os.environ["NOSOLOGY_HOME"] = folder
        yield
    if before is None:
        os.environ.pop("NOSOLOGY_HOME", None)
    else:
        os.environ["NOSOLOGY_HOME"] = before


class Runner(CliRunner):
    """Typer's runner, and short: ``runner("code", path)`` runs ``nosology code path``."""

    def __call__(self, *words: object, stdin: str | bytes | None = None, width: int = 100) -> Any:
        from nosology.cli import app

        return self.invoke(app, [str(word) for word in words], input=stdin, env={"COLUMNS": str(width)})


@pytest.fixture
def runner() -> Runner:
    """Runs verbs in this process: ``result.exit_code``, ``result.stdout``, ``result.stderr``."""
    return Runner()
