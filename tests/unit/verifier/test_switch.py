"""Nothing is sent unless a file says so: from the command line, with the network taken away."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from nosology.cli.render_json import read_schema

from .conftest import Stub, answers

ROOT = Path(__file__).resolve().parents[3]
CHART = ROOT / "examples" / "clinic_chronic_followup.txt"
WORDS = ("code", CHART, "--on", "2026-05-04", "--format", "json")


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    tried: list[str] = []

    def refuse(*args: object, **options: object) -> None:
        tried.append("network")
        raise AssertionError("the network was touched")

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    return tried


def test_without_the_option_the_network_is_not_touched(
    runner: Any, home: Path, no_network: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NOSOLOGY_VERIFIER_API_KEY", "OPENAI_API_KEY"):
        monkeypatch.setenv(name, "set")
    for name in ("OPENAI_BASE_URL", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/v1")
    run = runner(*WORDS)
    assert run.exit_code == 0, run.stderr
    assert no_network == []
    assert "verifier" not in run.stdout


def test_without_the_option_nothing_that_could_send_is_loaded(home: Path) -> None:
    program = (
        "import sys; from nosology.cli import app; from typer.testing import CliRunner;"
        f"r = CliRunner().invoke(app, {[str(word) for word in WORDS]!r}); assert r.exit_code == 0, r.output;"
        "print([m for m in sys.modules if m.startswith('nosology.verifier') or m == 'http.client'])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "NOSOLOGY_HOME": str(home)},
    )
    assert run.stdout.strip() == "[]"


def test_with_the_option_and_no_network_the_coding_stands(
    runner: Any, home: Path, tmp_path: Path, no_network: list[str]
) -> None:
    path = tmp_path / "v.toml"
    path.write_text('base_url = "http://127.0.0.1:9/v1"\nmodel = "m"\nretries = 0\n', "utf-8")
    plain = runner(*WORDS)
    assert no_network == []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "create_connection", lambda *args, **options: (_ for _ in ()).throw(OSError()))
        run = runner(*WORDS, "--verify-with", path)
    assert run.exit_code == 0, run.stderr
    before, after = json.loads(plain.stdout), json.loads(run.stdout)
    assert [f["rule"] for f in after["findings"]] == [*(f["rule"] for f in before["findings"]), "verifier.unavailable"]
    assert sorted(after["gate"]["reasons"]) == sorted(["warning: verifier.unavailable", *before["gate"]["reasons"]])
    assert after | {"findings": [], "gate": None} == before | {"findings": [], "gate": None}


def test_with_the_option_the_model_is_asked(runner: Any, home: Path, tmp_path: Path, stub: Stub) -> None:
    path = tmp_path / "v.toml"
    path.write_text(f'base_url = "{stub.url}"\nmodel = "m"\n', "utf-8")

    def confirm(body: dict[str, Any]) -> Any:
        material = json.loads(body["messages"][1]["content"].partition("\n\n")[2])
        return answers(*({"id": row["id"], "quote": row["evidence"][0]} for row in material["codes"]))

    stub.replies = [confirm]
    run = runner(*WORDS, "--verify-with", path)
    assert run.exit_code == 0, run.stderr
    result = json.loads(run.stdout)
    jsonschema.validate(result, read_schema())
    assert stub.requests
    diagnoses = [code for code in result["codes"] if code["system"] == "icd10cm"]  # services are not asked about
    assert diagnoses
    assert all(code["steps"][-1]["source"] == "stub-1, verify-1" for code in diagnoses)
    text = CHART.read_text("utf-8")
    for piece in [piece for code in result["codes"] for piece in code["evidence"]]:
        assert text[piece["start"] : piece["end"]] == piece["quote"]


@pytest.mark.parametrize(
    ("content", "code", "part"),
    [
        (None, 10, "no such file"),
        ('model = "m"', 2, "base_url is missing"),
        ('base_url = "http://models.example.org/v1"\nmodel = "m"', 2, "plain http"),
    ],
)
def test_wrong_file_is_one_line(
    runner: Any, home: Path, tmp_path: Path, content: str | None, code: int, part: str
) -> None:
    path = tmp_path / "v.toml"
    if content is not None:
        path.write_text(content, "utf-8")
    run = runner(*WORDS, "--verify-with", path)
    assert run.exit_code == code
    assert part in run.stderr
    assert run.stderr.count("\n") == 1
    assert run.stdout == ""
