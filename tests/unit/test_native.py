"""Compiled modules are used as long as they are as old as their sources, and nobody has asked for the sources."""

from __future__ import annotations

import copy
import importlib
import os
import sys
import sysconfig
from collections.abc import Callable
from importlib.machinery import PathFinder
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from nosology import native

ROOT = Path(__file__).resolve().parents[2]
FUTURE = "from __future__ import annotations"
TAG = sys.implementation.cache_tag


def describe(path: Path) -> str:
    stat = path.stat()
    return f"{TAG}\n{stat.st_size} {stat.st_mtime_ns} {path.name}\n"


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of one source, with the manifest of a build of it."""
    path = tmp_path / "engine.py"
    path.write_text("ANSWER = 42\n", "utf-8")
    manifest = tmp_path / "native.txt"
    manifest.write_text(describe(path), "utf-8")
    monkeypatch.setattr(native, "_FOLDER", str(tmp_path))
    monkeypatch.setattr(native, "_MANIFEST", str(manifest))
    others = [finder for finder in sys.meta_path if not isinstance(finder, native.FromSource)]
    monkeypatch.setattr(sys, "meta_path", others)
    monkeypatch.delenv("NOSOLOGY_PURE")
    return path


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module that builds."""
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    return importlib.import_module("native")


def passes_over() -> bool:
    """Whether what is compiled is passed over from now on."""
    native.watch()
    return isinstance(sys.meta_path[0], native.FromSource)


def test_a_fresh_build_is_used(source: Path) -> None:
    assert not passes_over()


CHANGES: dict[str, Callable[[Path], object]] = {
    "another size": lambda path: path.write_text("ANSWER = 420\n", "utf-8"),
    "another time": lambda path: os.utime(path, ns=(0, 0)),
    "gone": lambda path: path.unlink(),
    "a build that was broken off": lambda path: path.with_name("native.txt").write_text(f"{TAG}\n0 0 being-built\n"),
    "a damaged manifest": lambda path: path.with_name("native.txt").write_text(f"{TAG}\nnothing\n"),
    "an empty manifest": lambda path: path.with_name("native.txt").write_text(""),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_stale_is_passed_over(source: Path, change: str) -> None:
    CHANGES[change](source)
    assert passes_over()


def test_no_build_changes_nothing(source: Path) -> None:
    source.with_name("native.txt").unlink()
    source.unlink()
    assert not passes_over()


def test_a_build_for_another_python_changes_nothing(source: Path) -> None:
    source.with_name("native.txt").write_text("cpython-299\n0 0 engine.py\n", "utf-8")
    assert not passes_over()


def test_who_asks_for_the_sources_gets_them(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOSOLOGY_PURE", "1")
    assert passes_over()


def test_sources_are_found_beside_compiled_files(source: Path) -> None:
    suffix = sysconfig.get_config_var("EXT_SUFFIX")
    source.with_name(f"engine{suffix}").write_bytes(b"")
    folder = [str(source.parent)]
    usual = PathFinder.find_spec("nosology.engine", folder)
    assert usual is not None
    assert usual.origin == str(source.with_name(f"engine{suffix}"))
    spec = native.FromSource().find_spec("nosology.engine", folder)
    assert spec is not None
    assert spec.origin == str(source)


@pytest.mark.parametrize("name", ["other.engine", "nosology.absent"])
def test_other_modules_are_left_to_others(source: Path, name: str) -> None:
    assert native.FromSource().find_spec(name, [str(source.parent)]) is None


def test_tests_run_from_source() -> None:
    assert not native.is_native()
    assert native.describe_engine().startswith("interpreted")


CONSTANTS = {
    "_ONE = 1": "_ONE: _Final = 1",
    "_WORD = re.compile('ü')": "_WORD: _Final = re.compile('ü')",
    "KNOWN: dict[str, int] = {}": "KNOWN: _Final[dict[str, int]] = {}",
    "'ü'; _KNOWN: set[str] = set()": "'ü'; _KNOWN: _Final[set[str]] = set()",
    "_A = {\n1: 2}\n\ndef f():\n    _A = 2": "_A: _Final = {\n1: 2}\n\ndef f():\n    _A = 2",
    "_B = ('a', 'b')\n_C = ('c', *_B, *('d',))": (
        "_B: _Final[tuple[str, ...]] = ('a', 'b')\n_C: _Final[tuple[str, ...]] = ('c', *_B, *('d',))"
    ),
}


@pytest.mark.parametrize("source", CONSTANTS)
def test_constants_are_marked(tool: ModuleType, source: str) -> None:
    read = tool.with_constants(f"{FUTURE}\n{source}\n")
    assert read == f"{FUTURE}; from typing import Final as _Final\n{CONSTANTS[source]}\n"


@pytest.mark.parametrize(
    "source",
    [
        "_TWICE = 1\n_TWICE = 2",
        "_COUNT = 0\n_COUNT += 1",
        "_COUNT = 0\n\ndef count():\n    global _COUNT\n    _COUNT += 1",
        "_EACH = 0\nfor _EACH in [1]:\n    pass",
        "_OPEN = 0\nif (_OPEN := 1):\n    pass",
        "if True:\n    _INSIDE = 1",
        "_A, _B = 1, 2",
        "_A = ('a', 1)",
        "_A = ()",
        "_A = (*other, 'a')",
        "_Plan = tuple[str, int]",
        "_Both = int | str",
        "Other = Known",
        "T = TypeVar('T')",
        "Kind = NamedTuple('Kind', [])",
        "Alias: TypeAlias = int",
        "FIXED: Final = 1",
        "__all__ = ['a']",
        "declared: int",
        "class C:\n    FIELD = 1",
    ],
)
def test_what_is_no_constant_stays(tool: ModuleType, source: str) -> None:
    text = f"{FUTURE}\n{source}\n"
    assert tool.with_constants(text) == text


NOUN = """
from dataclasses import dataclass, field

@dataclass(frozen=True, slots=True)
class Noun:
    one: int
    more: dict[str, int] = field(default_factory=dict, hash=False)
    last: str = "z"


@dataclass(slots=True)
class Desk:
    made: list[int] = field(default_factory=lambda: [1])

    def __post_init__(self):
        self.made.append(2)
"""


def test_constructors_are_written_out(tool: ModuleType) -> None:
    read = tool.with_constructors(NOUN)
    assert all(line in ("", other) for line, other in zip(NOUN.split("\n"), read.split("\n"), strict=False))
    known: dict[str, Any] = {}
    exec(NOUN, known)
    assert "def __init__(self, one: int, more: dict[str, int] | None = None, last: str = 'z') -> None: " in read
    assert "self.more = (dict)() if more is None else more; self.last = last" in read
    assert "return (Noun, (self.one, self.more, self.last, ))" in read
    bare = read.replace("frozen=True, ", "")  # compiled, what is frozen is set by its constructor all the same
    exec(bare, known)
    assert known["Noun"](1) == known["Noun"](1, {}, "z")
    assert known["Desk"]().made == [1, 2]
    assert copy.copy(known["Noun"](3, last="y")).last == "y"


@pytest.mark.parametrize(
    "source",
    [
        "@dataclass\nclass C:\n    a: int\n\n\n",
        "@dataclass(slots=True, eq=False)\nclass C:\n    a: int\n\n\n",
        "@dataclass(slots=True)\nclass C(B):\n    a: int\n\n\n",
        "@dataclass(slots=True)\nclass C:\n    a: int = field(init=False)\n\n\n",
        "@dataclass(slots=True)\nclass C:\n    a: ClassVar[int] = 1\n\n\n",
        "@dataclass(slots=True)\nclass C:\n    a: int\n\n    def __init__(self, a):\n        self.a = a\n\n\n",
        "class C(NamedTuple):\n    a: int\n\n\n",
        "class C:\n    a: int\n\n\n",
    ],
)
def test_other_classes_stay_as_they_are(tool: ModuleType, source: str) -> None:
    assert tool.with_constructors(source).rstrip() == source.rstrip()


def test_the_list_of_what_is_compiled_is_true(tool: ModuleType) -> None:
    compiled = {path.as_posix() for path in tool.modules()}
    assert {"nosology/pipeline.py", "nosology/lexicon/tokens.py", "nosology/coding/checks/wording.py"} <= compiled
    named = {path.relative_to(tool.PACKAGE).as_posix() for path in tool.checked()}
    assert {name.removeprefix("nosology/") for name in compiled} <= named
    for pattern in tool.LEFT_OUT:
        assert list(tool.PACKAGE.glob(pattern)), f"{pattern} names nothing"
