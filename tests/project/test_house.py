"""The house keeps its order: layers, size of modules, public names, rules, and what the repository may not hold."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "nosology"
MODULES = sorted(p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts)  # those are written by Django
RULES = sorted(p for p in (SOURCE / "rules").rglob("*.yaml") if "x12" not in p.parts)  # those are guide tables


def tracked() -> list[Path]:
    """Every file that git keeps; outside a checkout, every file of the folders that it would keep."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def name_of(module: Path) -> str:
    return module.relative_to(ROOT).as_posix()


def test_layers_hold() -> None:
    run = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("module", sorted((ROOT / "tests").rglob("*.py")) + sorted(SOURCE.rglob("*.py")), ids=name_of)
def test_no_module_is_longer_than_500_lines(module: Path) -> None:
    assert len(module.read_text("utf-8").splitlines()) <= 500


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_module_has_a_docstring_and_names_what_is_public(module: Path) -> None:
    tree = ast.parse(module.read_text("utf-8"))
    assert ast.get_docstring(tree), "no docstring"
    defined = {
        name for node in tree.body for name in _defined(node) if not name.startswith("_") and name != "annotations"
    }
    dotted = ".".join(module.relative_to(SOURCE.parent).with_suffix("").parts).removesuffix(".__init__")
    listed = getattr(importlib.import_module(dotted), "__all__", None)
    if module.name == "settings.py":  # Django reads a settings module by itself
        return
    if listed is None:
        assert not defined, f"no __all__, but defines {sorted(defined)}"
        return
    assert sorted(set(listed)) == sorted(listed), "a name stands twice in __all__"
    assert not defined - set(listed), "public, but not in __all__"
    if dotted != "nosology":
        assert not set(listed) - defined - _imported(tree), "in __all__, but not defined"


def _defined(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
        return [node.name]
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return [node.target.id]
    return []


def _imported(tree: ast.Module) -> set[str]:
    return {
        alias.asname or alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }


def test_no_folder_of_odds_and_ends() -> None:
    vague = {"utils", "core", "common", "helpers", "services"}
    assert not [name_of(m) for m in MODULES if vague & {*m.relative_to(SOURCE).parts, m.stem}]


@pytest.mark.skipif(not RULES, reason="no rule file yet")
@pytest.mark.parametrize("path", RULES, ids=name_of)
def test_rule_has_a_source_a_date_and_a_case(path: Path) -> None:
    rule = yaml.safe_load(path.read_text("utf-8"))
    assert {"id", "title", "check", "severity", "citation", "effective", "settings", "message"} <= set(rule)
    assert rule["citation"]["title"]
    assert rule["citation"]["section"]
    assert rule["severity"] in {"error", "warning", "information"}
    assert rule["effective"]["from"].year >= 1990
    assert rule["settings"]
    specs = "".join(
        spec.read_text("utf-8")
        for spec in (ROOT / "tests" / "spec").rglob("*")
        if spec.suffix in {".py", ".txt", ".md"}
    )
    assert rule["id"] in specs, f"no case table in tests/spec names the rule {rule['id']}"


def test_no_text_of_a_rule_is_cut_at_a_comma() -> None:
    def cut(value: object) -> list[str]:
        if isinstance(value, dict):
            return [str(key) for key, each in value.items() if each is None] + [
                n for v in value.values() for n in cut(v)
            ]
        return [name for each in value for name in cut(each)] if isinstance(value, list) else []

    wrong = {path.name: cut(yaml.safe_load(path.read_text("utf-8"))) for path in RULES}
    assert not {name: keys for name, keys in wrong.items() if keys}, "put the text into quotation marks"


def test_rule_ids_are_unique() -> None:
    ids = [yaml.safe_load(path.read_text("utf-8"))["id"] for path in RULES]
    assert sorted(set(ids)) == sorted(ids)


# A machine's own paths, and hosts that packages come from. Written in pieces, so that this file passes.
_PATHS = re.compile(
    "|".join(("/ro" + "ot/", "/wo" + r"rk/(?!\w*flow)", "/home/" + r"[a-z]+/", r"C:\\Us" + "ers", "/tm" + "p/[a-z]"))
)
_HOSTS = re.compile(
    "|".join(
        ("pypi" + r"\.org", "python" + r"hosted\.org", "--extra-" + "index", "--index-" + "url ", "--find-" + "links")
    )
)
_TEXT = {".py", ".md", ".toml", ".txt", ".yaml", ".yml", ".lock", ".in", ".json", ".css", ".tsv", ".svg", ".html", ""}


def test_tracked_files_name_no_machine_and_no_registry() -> None:
    bad = []
    for path in tracked():
        if path.suffix in _TEXT and path.stat().st_size < 20_000_000:
            text = path.read_text("utf-8")
            bad += [f"{name_of(path)}: {found.group()}" for found in _PATHS.finditer(text)]
            bad += [f"{name_of(path)}: {found.group()}" for found in _HOSTS.finditer(text)]
    assert not bad


@pytest.mark.parametrize(
    "lock",
    [
        "requirements.lock",
        "requirements-dev.lock",
        "bench/requirements-rival.lock",
        "bench/requirements-x12-rival.lock",
    ],
)
def test_lock_is_pinned_hashed_and_names_no_host(lock: str) -> None:
    entries = (ROOT / lock).read_text("utf-8").replace("\\\n", " ").splitlines()
    assert len(entries) > 3
    for entry in entries:
        assert re.match(r"^[a-z0-9._-]+==\S+ ", entry), entry[:60]
        assert "--hash=sha256:" in entry, entry[:60]
    assert "://" not in "".join(entries)


def test_lock_has_every_dependency_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    for lock, groups in (("requirements.lock", ["build"]), ("requirements-dev.lock", ["build", "dev"])):
        locked = set(re.findall(r"^([a-z0-9._-]+)==", (ROOT / lock).read_text("utf-8"), re.MULTILINE))
        wanted = project["project"]["dependencies"] + [
            item for group in groups for item in project["dependency-groups"][group]
        ]
        names = {re.split(r"[<>=!~\[; ]", item)[0].lower().replace("_", "-") for item in wanted}
        assert not names - locked, f"{lock}: run make lock"
