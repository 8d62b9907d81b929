"""``make native``: compiles the engine with mypyc, from the same sources, in place.

The modules that coding a note goes through become one shared library; beside each source stands a small extension file
that Python finds before it. What the engine answers is the same (``tools/same.py`` shows it), it only takes less time.
``src/nosology/native.txt`` names the sources with their size and time: where one of them has changed since, the
package passes over the compiled files and runs from source (``nosology/native.py``). ``--clean`` removes everything.

Exit code 3: there is no C compiler or no header of Python, or this Python has no mypyc; the engine runs from source.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import os
import shlex
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from native_nouns import with_constructors
from native_source import with_constants

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"
PACKAGE = SOURCE / "nosology"
MANIFEST = PACKAGE / "native.txt"
BROKEN = f"{sys.implementation.cache_tag}\n0 0 being-built\n"  # whoever starts meanwhile runs from source
WORK = ROOT / "build" / "native"
NAME = "nosology"  # of the shared library: nosology__mypyc
NOT_POSSIBLE = 3
FLAGS = ("-g0", "-w", "-fvisibility=hidden", "-fno-plt")
"""The functions of the library call each other directly, since nobody else may."""

COMPILED = (
    "codes/icd10cm.py",
    "codes/instructions.py",
    "coding",
    "lexicon",
    "model/coding.py",
    "model/note.py",
    "model/trace.py",
    "notes",
    "pipeline.py",
    "rules/loader.py",
)
"""What is compiled, below the package: files, and folders with what is in them."""

LEFT_OUT = {
    "coding/drugs/given.py": "a field of a type that is only imported where a drug was given",
    "coding/evaluate*.py": "measuring",
    "coding/calibrate*.py": "learning",
    "coding/gold.py": "measuring",
    "coding/judged.py": "learning",
    "coding/reliability.py": "measuring",
    "coding/superseded.py": "measuring",
    "coding/train.py": "learning",
    "coding/worksheet*.py": "the coder's desk",
    "coding/code_entry.py": "the coder's desk",
    "coding/decisions.py": "learning",
    "lexicon/books.py": "runs once per release",
    "lexicon/compile.py": "runs once per release",
    "lexicon/variants.py": "runs once per release",
    "lexicon/*search.py": "search",
    "lexicon/query.py": "search",
    "notes/hostile.py": "reading files",
    "notes/read*.py": "reading files",
}
"""What is not, and why; everything else runs compiled as soon as it is written."""

CHECKED = ("codes", "coding", "errors.py", "lexicon", "model", "notes", "pipeline.py", "rules")
"""Sources whose change makes the build stale: those compiled, and those whose types they rest on."""


class NotPossibleError(Exception):
    """This machine cannot compile; the message says why."""


def modules() -> list[Path]:
    """Every source that is compiled, relative to ``src``; the ``__init__`` modules hold next to no code."""
    found: list[Path] = []
    for part in COMPILED:
        path = PACKAGE / part
        found += [path] if path.is_file() else sorted(path.rglob("*.py"))
    return [
        path.relative_to(SOURCE)
        for path in found
        if path.name != "__init__.py" and not any(path.relative_to(PACKAGE).match(out) for out in LEFT_OUT)
    ]


def checked() -> Iterator[Path]:
    """Every file that the manifest names."""
    for part in CHECKED:
        path = PACKAGE / part
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


def remove() -> int:
    """Remove what a build has put beside the sources, the manifest last; return how many files."""
    suffix = sysconfig.get_config_var("EXT_SUFFIX")
    if MANIFEST.is_file():
        MANIFEST.write_text(BROKEN, "utf-8")
    found = [*PACKAGE.rglob(f"*{suffix}"), *SOURCE.glob("*__mypyc.*")]
    for path in found:
        path.unlink()
    MANIFEST.unlink(missing_ok=True)
    return len(found)


def compiler() -> tuple[list[str], list[str]]:
    """The commands that compile one file and that link a shared library. Raises NotPossibleError."""
    compile_one = shlex.split(os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc")
    link = shlex.split(sysconfig.get_config_var("LDSHARED") or "")
    if os.environ.get("CC"):
        link[: len(shlex.split(sysconfig.get_config_var("CC")))] = compile_one
    include = sysconfig.get_path("include")
    if not Path(include, "Python.h").is_file():
        raise NotPossibleError(f"no Python.h in {include} (Debian: apt-get install python3-dev)")
    probe = "#include <Python.h>\nint main(void) { return 0; }\n"
    with tempfile.TemporaryDirectory() as folder:
        test = Path(folder, "probe.c")
        test.write_text(probe)
        try:
            subprocess.run(
                [*compile_one, f"-I{include}", "-c", str(test), "-o", str(test.with_suffix(".o"))],
                check=True,
                capture_output=True,
            )
        except (OSError, subprocess.CalledProcessError):
            raise NotPossibleError(f"no C compiler that works ({compile_one[0]})") from None
    return compile_one, link


def copy_sources() -> Path:
    """Write every source of the package below ``WORK``, those that are compiled with their constants marked and
    the constructors of their dataclasses written out.
    """
    compiled = set(modules())
    folder = WORK / "source"
    wanted = {path.relative_to(SOURCE): path for path in PACKAGE.rglob("*.py")}
    for old in [path for path in folder.rglob("*.py") if path.relative_to(folder) not in wanted]:
        old.unlink()
    for place, path in wanted.items():
        text = path.read_text("utf-8")
        if place in compiled:
            text = with_constants(with_constructors(text))
        target = folder / place
        if not target.is_file() or target.read_text("utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
    return folder


def write_c(paths: list[Path], optimise: str) -> list[Any]:
    """Let mypyc write the C files of ``paths`` into ``WORK``; return the extensions that it asks for."""
    try:
        from mypyc.build import mypycify
    except ImportError:
        raise NotPossibleError("this Python has no mypyc (make native installs it)") from None
    except SystemExit as error:
        raise NotPossibleError(f"mypyc needs setuptools: {error}") from None
    said = io.StringIO()
    before = Path.cwd()
    os.chdir(copy_sources())
    try:
        with contextlib.redirect_stdout(said):
            found: list[Any] = mypycify(
                [
                    "--config-file=",
                    "--ignore-missing-imports",
                    "--follow-imports=silent",
                    f"--cache-dir={WORK / 'mypy_cache'}",
                    *map(str, paths),
                ],
                opt_level=optimise,
                debug_level="0",
                multi_file=True,
                target_dir=str(WORK),
                group_name=NAME,
            )
    except SystemExit:
        print(said.getvalue(), file=sys.stderr)
        raise SystemExit("mypyc cannot compile this; its message stands above") from None
    finally:
        os.chdir(before)
    return found


def compile_c(extensions: list[Any], compile_one: list[str], optimise: str) -> dict[str, Path]:
    """Compile every C file, those that have changed since the last build; return file → object."""
    jobs = {source: each for each in extensions for source in each.sources}
    folders = {folder for each in extensions for folder in each.include_dirs}
    headers = hashlib.sha256()
    for header in sorted(WORK.rglob("*.h")):
        headers.update(header.read_bytes())
    objects = WORK / "objects"
    objects.mkdir(parents=True, exist_ok=True)
    flags = [
        *shlex.split(sysconfig.get_config_var("CFLAGS") or ""),
        *shlex.split(sysconfig.get_config_var("CCSHARED") or ""),
        f"-I{sysconfig.get_path('include')}",
        *(f"-I{folder}" for folder in sorted(folders)),
    ]

    def one(source: str) -> tuple[str, Path]:
        extra = [*jobs[source].extra_compile_args, f"-O{optimise}", *FLAGS]
        key = hashlib.sha256(" ".join([*compile_one, *flags, *extra, sys.version]).encode())
        key.update(headers.digest())
        key.update(source.encode() + Path(source).read_bytes())
        target = objects / f"{key.hexdigest()[:32]}.o"
        if not target.is_file():
            partial = target.with_suffix(f".{os.getpid()}")
            subprocess.run([*compile_one, *flags, *extra, "-c", source, "-o", str(partial)], check=True)
            partial.replace(target)
        return source, target

    done: dict[str, Path] = {}
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        largest = sorted(jobs, key=lambda source: -Path(source).stat().st_size)  # the last to end is then a small one
        for source, target in pool.map(one, largest):
            done[source] = target
            if len(done) % 50 == 0 or len(done) == len(jobs):
                print(f"  {len(done)} of {len(jobs)} C files", flush=True)
    for old in set(objects.glob("*.o")) - set(done.values()):
        old.unlink()
    return done


def link_all(extensions: list[Any], objects: dict[str, Path], link: list[str]) -> dict[Path, Path]:
    """Link every extension below ``WORK``; return where it stands → where it belongs."""
    suffix = sysconfig.get_config_var("EXT_SUFFIX")

    def one(each: Any) -> tuple[Path, Path]:
        place = Path(*each.name.split(".")).with_suffix("")
        target = WORK / "linked" / f"{place}{suffix}"
        target.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([*link, *(str(objects[s]) for s in each.sources), "-o", str(target)], check=True)
        return target, SOURCE / f"{place}{suffix}"

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return dict(pool.map(one, extensions))


def describe(paths: Iterable[Path]) -> str:
    """The manifest: a line for each file with its size, its time and its place below the package."""
    lines = [sys.implementation.cache_tag or ""]
    for path in paths:
        stat = path.stat()
        lines.append(f"{stat.st_size} {stat.st_mtime_ns} {path.relative_to(PACKAGE).as_posix()}")
    return "\n".join(lines) + "\n"


def build(optimise: str) -> None:
    """Compile, and put what was compiled into its place. Raises NotPossibleError."""
    started = time.perf_counter()
    paths = modules()
    manifest = describe(checked())
    if MANIFEST.is_file() and MANIFEST.read_text("utf-8") == manifest:
        print("native build: nothing has changed")
        return
    compile_one, link = compiler()
    print(f"native build: {len(paths)} modules to C …", flush=True)
    extensions = write_c(paths, optimise)
    print(f"  written in {time.perf_counter() - started:.0f} s; compiling with -O{optimise} …", flush=True)
    linked = link_all(extensions, compile_c(extensions, compile_one, optimise), link)
    remove()
    MANIFEST.write_text(BROKEN, "utf-8")
    for made, place in linked.items():
        made.replace(place)
    partial = MANIFEST.with_suffix(".partial")
    partial.write_text(manifest, "utf-8")
    partial.replace(MANIFEST)
    names = [".".join(path.with_suffix("").parts) for path in paths]
    tried = f"import importlib as i\nfor n in {names!r}: assert not i.import_module(n).__file__.endswith('.py'), n"
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), "NOSOLOGY_PURE": ""}
    if subprocess.run([sys.executable, "-c", tried], env=environment).returncode:
        remove()
        raise SystemExit("the compiled engine cannot be imported (its message stands above) and was removed")
    size = sum(place.stat().st_size for place in linked.values()) / 1e6
    print(f"native build: done in {time.perf_counter() - started:.0f} s, {size:.0f} MB", flush=True)


def main() -> None:
    """Build, or remove what was built."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clean", action="store_true", help="remove the compiled files")
    parser.add_argument("-O", dest="optimise", choices="0123", default="2", help="how far the C compiler optimises")
    options = parser.parse_args()
    if options.clean:
        print(f"native build: {remove()} files removed")
        return
    try:
        build(options.optimise)
    except NotPossibleError as error:
        print(f"native build: not possible here, {error}; the engine runs from source", file=sys.stderr)
        sys.exit(NOT_POSSIBLE)


if __name__ == "__main__":
    main()
