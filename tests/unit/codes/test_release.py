"""Releases: chosen by date, built once, proved, rebuilt when damaged, never half-written."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from nosology.codes import release as release_module
from nosology.codes import release_file
from nosology.codes.home import data_home, releases_folder
from nosology.codes.release import install_release, list_releases, open_release, verify_releases
from nosology.codes.release_file import ReleaseSource, find_release_files, verify_release_file
from nosology.errors import DamagedRelease, NotPermitted, ReleaseNotFound, UsageError

MakeSource = Callable[..., ReleaseSource]
BUILD = """
import sys
from datetime import date
from pathlib import Path
from nosology.codes.icd10cm import open_icd10cm
built = []
book = open_icd10cm(on=date(2026, 6, 1), home=Path(sys.argv[1]), progress=lambda done, total, what: built.append(what))
print(len(book), book.title("E11.621"), bool(built))
"""


@pytest.fixture
def built_in(monkeypatch: pytest.MonkeyPatch, make_source: MakeSource) -> ReleaseSource:
    """Only one small release comes out of the box."""
    source = make_source(origin="built-in")
    monkeypatch.setattr(release_module, "_built_in", lambda system: (source,) if system == "icd10cm" else ())
    return source


@pytest.fixture
def nothing_built_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release_module, "_built_in", lambda system: ())


def word_of(home: Path, on: date | None = None) -> str:
    row = open_release("icd10cm", on=on, home=home).connection.execute("SELECT word FROM word").fetchone()
    return str(row[0][:3])


def left_behind(home: Path) -> list[str]:
    folder = releases_folder(home)
    return [name for name in os.listdir(folder) if name.endswith(".tmp")] if folder.is_dir() else []


def test_home_is_named_by_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NOSOLOGY_HOME", str(tmp_path / "here"))
    assert data_home() == tmp_path / "here"
    assert releases_folder() == tmp_path / "here" / "releases"
    monkeypatch.setenv("NOSOLOGY_HOME", "  ")
    assert data_home().name == "nosology"
    assert not (tmp_path / "here").exists()


def test_built_once_then_opened(built_in: ReleaseSource, tmp_path: Path) -> None:
    said: list[str] = []
    first = open_release("icd10cm", home=tmp_path, progress=lambda done, total, what: said.append(what))
    assert said == ["writing"]
    assert (first.system, first.name, first.origin) == ("icd10cm", "2026-04-01", "built-in")
    assert (first.effective_from, first.effective_to) == (date(2026, 4, 1), date(2026, 9, 30))
    assert first.counts == {"codes": 1}
    assert len(first.sha256) == 64
    assert open_release("icd10cm", home=tmp_path, progress=lambda *call: said.append("again")) is first
    assert said == ["writing"]
    assert left_behind(tmp_path) == []


def test_a_release_cannot_be_written(built_in: ReleaseSource, tmp_path: Path) -> None:
    release = open_release("icd10cm", home=tmp_path)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        release.connection.execute("DELETE FROM word")


def test_date_before_any_release(built_in: ReleaseSource, tmp_path: Path) -> None:
    with pytest.raises(ReleaseNotFound) as raised:
        open_release("icd10cm", on=date(2020, 1, 1), home=tmp_path)
    assert "2020-01-01" in str(raised.value)
    assert "2026-04-01" in str(raised.value)
    assert "nosology codesets install icd10cm --from" in str(raised.value)
    assert raised.value.exit_code == 11


def test_date_after_the_end_returns_the_newest_and_says_so(built_in: ReleaseSource, tmp_path: Path) -> None:
    late = date(2027, 1, 1)
    release = open_release("icd10cm", on=late, home=tmp_path)
    assert release.outdated(late)
    assert not release.outdated(date(2026, 9, 30))
    assert not release.outdated(None)


def test_nothing_installed_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(ReleaseNotFound, match="nosology codesets install icd10cm-index --from"):
        open_release("icd10cm-index", home=tmp_path)


def test_unknown_system(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="icd10cm"):
        open_release("icd11", home=tmp_path)


def test_a_newer_release_ends_the_one_before(built_in: ReleaseSource, make_source: MakeSource, tmp_path: Path) -> None:
    install_release(make_source("two", date(2026, 7, 1), None), home=tmp_path)
    assert open_release("icd10cm", on=date(2026, 6, 30), home=tmp_path).effective_to == date(2026, 6, 30)
    assert word_of(tmp_path, date(2026, 6, 30)) == "one"
    assert word_of(tmp_path, date(2026, 7, 1)) == "two"
    assert word_of(tmp_path) == "two"
    entries = list_releases("icd10cm", home=tmp_path)
    assert [(entry.name, entry.effective_to, entry.state) for entry in entries] == [
        ("2026-04-01", date(2026, 6, 30), "ready"),
        ("2026-07-01", None, "ready"),
    ]


def test_installing_again_replaces(nothing_built_in: None, make_source: MakeSource, tmp_path: Path) -> None:
    install_release(make_source("one"), home=tmp_path)
    install_release(make_source("two"), home=tmp_path)
    assert word_of(tmp_path) == "two"
    assert len(find_release_files(releases_folder(tmp_path))) == 1


@pytest.mark.parametrize("how", ["truncated", "overwritten", "emptied", "one byte", "garbage"])
def test_damaged_file_is_rebuilt(built_in: ReleaseSource, tmp_path: Path, how: str) -> None:
    path = open_release("icd10cm", home=tmp_path).path
    good = path.read_bytes()
    middle = len(good) // 2
    damaged = {
        "truncated": good[:middle],
        "overwritten": bytes(len(good)),
        "emptied": b"",
        "one byte": good[:middle] + bytes([good[middle] ^ 1]) + good[middle + 1 :],
        "garbage": b"not a database",
    }[how]
    path.chmod(0o644)
    path.write_bytes(damaged)
    assert not verify_release_file(find_release_files(releases_folder(tmp_path))[0])
    assert word_of(tmp_path) == "one"
    (file,) = find_release_files(releases_folder(tmp_path))
    assert file.path.read_bytes() == good


def test_damaged_installed_file_says_how_to_mend(
    nothing_built_in: None, make_source: MakeSource, tmp_path: Path
) -> None:
    path = install_release(make_source(), home=tmp_path).path
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(DamagedRelease, match="nosology codesets install icd10cm --from") as raised:
        open_release("icd10cm", home=tmp_path)
    assert raised.value.exit_code == 10
    assert [entry.state for entry in list_releases("icd10cm", home=tmp_path)] == ["damaged"]
    assert [good for _file, good in verify_releases(home=tmp_path)] == [False]


def test_file_of_an_older_layout_is_rebuilt(
    built_in: ReleaseSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release_file, "SCHEMA_VERSION", 0)
    old = release_file.write_release(_made(releases_folder(tmp_path)), built_in, lambda *call: None)
    monkeypatch.undo()
    monkeypatch.setattr(release_module, "_built_in", lambda system: (built_in,))
    assert open_release("icd10cm", home=tmp_path).path != old.path
    assert not old.path.exists()


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def test_an_unchanged_file_is_not_read_again(
    built_in: ReleaseSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_release("icd10cm", home=tmp_path)
    (file,) = find_release_files(releases_folder(tmp_path))
    monkeypatch.setattr(release_file, "file_sha256", lambda path: pytest.fail("hashed without need"))
    assert verify_release_file(file)


def test_a_touched_file_is_proved_once(
    built_in: ReleaseSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_release("icd10cm", home=tmp_path)
    (file,) = find_release_files(releases_folder(tmp_path))
    os.utime(file.path, ns=(1, 1))
    hashed: list[Path] = []
    real = release_file.file_sha256
    monkeypatch.setattr(release_file, "file_sha256", lambda path: (hashed.append(path), real(path))[1])
    assert verify_release_file(file)
    assert verify_release_file(file)
    assert len(hashed) == 1


def test_lost_or_broken_stamp_is_made_anew(built_in: ReleaseSource, tmp_path: Path) -> None:
    path = open_release("icd10cm", home=tmp_path).path
    stamp = path.with_suffix(".stamp")
    stamp.write_bytes(b"\xff\xfe nothing")
    (file,) = find_release_files(releases_folder(tmp_path))
    assert verify_release_file(file)
    stamp.unlink()
    assert verify_release_file(file)
    assert stamp.exists()


def test_full_disk_leaves_nothing(make_source: MakeSource, tmp_path: Path, nothing_built_in: None) -> None:
    def fill(connection: sqlite3.Connection, progress: object) -> dict[str, int]:
        connection.execute("CREATE TABLE half (written TEXT)")
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(NotPermitted, match="the disk is full") as raised:
        install_release(make_source(fill=fill), home=tmp_path)
    assert raised.value.exit_code == 12
    assert "\n" not in str(raised.value)
    assert left_behind(tmp_path) == []
    assert find_release_files(releases_folder(tmp_path)) == []


def test_sqlite_says_that_the_disk_is_full(make_source: MakeSource, tmp_path: Path, nothing_built_in: None) -> None:
    def fill(connection: sqlite3.Connection, progress: object) -> dict[str, int]:
        connection.execute("COMMIT")
        connection.execute("PRAGMA max_page_count = 4")
        connection.execute("BEGIN")
        connection.execute("CREATE TABLE half (written TEXT)")
        connection.execute("INSERT INTO half VALUES (?)", ("x" * 100_000,))
        return {}

    with pytest.raises(NotPermitted, match="the disk is full"):
        install_release(make_source(fill=fill), home=tmp_path)
    assert left_behind(tmp_path) == []


def test_failed_replacement_keeps_the_old_release(
    make_source: MakeSource, tmp_path: Path, nothing_built_in: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_release(make_source("one"), home=tmp_path)

    def refuse(source: object, target: object) -> None:
        raise OSError(errno.EDQUOT, "Disk quota exceeded")

    monkeypatch.setattr(release_file.os, "replace", refuse)
    with pytest.raises(NotPermitted):
        install_release(make_source("two"), home=tmp_path)
    monkeypatch.undo()
    monkeypatch.setattr(release_module, "_built_in", lambda system: ())
    assert word_of(tmp_path) == "one"
    assert left_behind(tmp_path) == []


def test_folder_that_cannot_be_made(built_in: ReleaseSource, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file stands where the folder should be")
    with pytest.raises(NotPermitted, match="NOSOLOGY_HOME"):
        open_release("icd10cm", home=tmp_path / "home")


def test_read_only_home_refuses_to_build(
    built_in: ReleaseSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, *arguments: object, **options: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(NotPermitted, match="Read-only file system"):
        open_release("icd10cm", home=tmp_path / "home")


def test_read_only_home_with_a_good_release_works(
    built_in: ReleaseSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_release("icd10cm", home=tmp_path)
    folder = releases_folder(tmp_path)
    for stamp in folder.glob("*.stamp"):
        stamp.unlink()

    def refuse(*arguments: object, **options: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "write_text", refuse)
    monkeypatch.setattr(Path, "mkdir", refuse)
    folder.chmod(0o555)
    try:
        assert word_of(tmp_path) == "one"
        assert list(folder.glob("*.stamp")) == []
    finally:
        folder.chmod(0o755)


def test_what_a_killed_process_left_is_removed(built_in: ReleaseSource, tmp_path: Path) -> None:
    left = _made(releases_folder(tmp_path)) / ".icd10cm-2026-04-01.99999.tmp"
    left.write_bytes(b"half")
    open_release("icd10cm", home=tmp_path)
    assert not left.exists()


def test_two_processes_build_at_once(tmp_path: Path) -> None:
    """Both end well; one built, the other waited and took what was built."""
    command = [sys.executable, "-c", BUILD, str(tmp_path)]
    runs = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") for _ in range(2)
    ]
    results = [run.communicate(timeout=120) for run in runs]
    assert [run.returncode for run in runs] == [0, 0], results
    words = sorted(out.strip() for out, _err in results)
    title = "98505 Type 2 diabetes mellitus with foot ulcer"
    assert set(words) <= {f"{title} True", f"{title} False"}
    assert f"{title} True" in words
    assert len(find_release_files(releases_folder(tmp_path))) == 1
    assert left_behind(tmp_path) == []


def test_a_forked_process_opens_the_file_for_itself(
    built_in: ReleaseSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = open_release("icd10cm", home=tmp_path)
    own = release.connection
    monkeypatch.setattr(release_module.os, "getpid", lambda: -1)
    assert release.connection is not own
    assert release.connection.execute("SELECT count(*) FROM word").fetchone() == (1,)
    release.connection.close()
    monkeypatch.undo()
    assert release.connection is own


def test_a_file_system_that_cannot_lock_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Older releases of filelock say NotImplementedError there, the present one OSError."""

    class Refusing:
        def __init__(self, path: Path) -> None:
            pass

        def acquire(self) -> None:
            raise NotImplementedError("this file system does not lock")

    monkeypatch.setattr("filelock.FileLock", Refusing)
    with (
        pytest.raises(NotPermitted, match="set NOSOLOGY_HOME to a folder that can be written"),
        release_file.lock_releases(tmp_path / "releases", "icd10cm"),
    ):
        raise AssertionError("the lock was held")
