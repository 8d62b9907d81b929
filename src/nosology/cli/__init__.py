"""The command line: one module per verb, imported when it is asked for; parses, calls, prints.

Every error ends here and only here: a :class:`~nosology.errors.NosologyError` becomes one line on stderr and its exit
code; Ctrl-C ends with 130; a full disk or a refused folder with 12; a reader that closed the pipe early with silence;
anything unexpected with 70, an incident id and no word of the chart. ``--debug`` shows the traceback too.
"""

from __future__ import annotations

import errno
import gc
import importlib
import io
import os
import sys
import zlib
from collections.abc import Sequence
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from nosology.errors import NosologyError, NotPermitted, UnreadableInput

__all__ = ["UNEXPECTED", "VERBS", "app", "complain", "main"]

UNEXPECTED = 70
"""Exit code of a fault of ours (EX_SOFTWARE of sysexits.h)."""

VERBS = {
    "code": "Code clinical notes in ICD-10-CM, every code with its evidence and reason.",
    "lookup": "Show a code: title, path, notes, neighbours, and what it maps to.",
    "search": "Find codes by words, in any order, with prefixes, typos and abbreviations.",
    "group": "Group encounters into MS-DRG and HCC.",
    "check": "Check encounters against every edit in force.",
    "x12": "Read, validate and answer X12 files: 837, 835, 999, 277CA, 276/277, 270/271.",
    "claim": "Make the claim of an encounter, on the wire or on paper, or price it.",
    "payer": "Answer claims and questions as an insurer does: 999, 277CA, 835, 271, 277.",
    "remit": "Read a remittance, balance and match it, and post it into the books.",
    "ledger": "Balances, ageing, denials, statements and entries of the books.",
    "explain": "Explain a code or a rule, with its source.",
    "pcs": "Build, read and look up ICD-10-PCS codes axis by axis.",
    "codesets": "List, install and compare releases of the code sets.",
    "evaluate": "Measure the coding against a gold file.",
    "serve": "Open the workbench in the browser.",
    "db": "Bring the server's database up to date, back it up, restore it, rotate its keys.",
    "audit": "Prove the server's audit log, anchor it outside the database, export it.",
    "decisions": "Write what an organisation's coders decided, as the file that the engine learns from.",
    "demo": "Walk one chart from note to codes, paid claim and the patient's balance.",
}
"""Verb → the line that ``nosology --help`` shows. It is the function or the Typer ``<verb>_app`` of its module."""

_REFUSED = {
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.EROFS: "the file system is read-only",
    errno.ENOSPC: "no space left on the disk",
    errno.EDQUOT: "the disk quota is used up",
}


class _Verbs(TyperGroup):
    """The group of verbs: imports the module of a verb when that verb runs, and turns every error into one line."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(f"nosology.cli.{cmd_name}")
        verb = getattr(module, cmd_name, None)
        if callable(verb) and not isinstance(verb, typer.Typer):
            single = typer.Typer(add_completion=False)
            single.command(cmd_name)(verb)
            command = typer.main.get_command(single)
        else:
            command = typer.main.get_group(getattr(module, f"{cmd_name}_app"))
        command.name = cmd_name
        return command

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any) -> NoReturn:  # type: ignore[override]
        words = list(sys.argv[1:] if args is None else args)
        options = words[: words.index("--")] if "--" in words else words
        debug = "--debug" in options
        if debug:
            words.remove("--debug")
        extra.pop("standalone_mode", None)
        try:
            result = super().main(words or ["--help"], prog_name or "nosology", standalone_mode=False, **extra)
            sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        except SystemExit as stop:
            if isinstance(stop.__context__, BrokenPipeError):
                sys.exit(0)
            raise
        except (KeyboardInterrupt, typer.Abort):
            complain("stopped; nothing is half-written")
            sys.exit(130)
        except Exception as error:
            if debug:
                sys.excepthook(type(error), error, error.__traceback__)
            sys.exit(_report(error))
        if result == 130:  # what Typer makes of Ctrl-C
            complain("stopped; nothing is half-written")
        sys.exit(result if isinstance(result, int) else 0)


app = typer.Typer(
    cls=_Verbs,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        from nosology.native import is_native

        print(f"nosology {version('nosology')}" + (" (native)" if is_native() else ""))
        raise typer.Exit


@app.callback()
def _nosology(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and end.", is_eager=True, callback=_show_version)
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error; stands anywhere.")] = False,
) -> None:
    """Reads a chart, codes it with evidence, and explains every step."""


def main() -> NoReturn:
    """Run the command line with ``sys.argv`` and leave the process with the documented exit code. Output is UTF-8."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    gc.set_threshold(50_000)  # loading makes many objects and next to no garbage
    sys.exit(typer.main.get_command(app).main(prog_name="nosology"))


def complain(line: str) -> None:
    """Say one line on stderr, as ``nosology: …``, without control characters."""
    shown = "".join(character if character.isprintable() else "?" for character in " ".join(line.split()))
    try:
        print("nosology:", shown, file=sys.stderr, flush=True)
    except OSError:  # stderr is closed: there is nobody left to tell
        return


def _report(error: Exception) -> int:
    """Say in one line what went wrong; the exit code."""
    if isinstance(error, NosologyError):
        complain(str(error))
        return error.exit_code
    if hasattr(error, "format_message") and hasattr(error, "exit_code"):  # a call that Typer could not parse
        context = getattr(error, "ctx", None)
        command = context.command_path if context is not None else "nosology"
        complain(f"{error.format_message().rstrip('.')}; see `{command} --help`")
        return int(error.exit_code)
    if isinstance(error, OSError) and error.errno in _REFUSED:
        where = f"{os.fspath(error.filename)}: " if error.filename else ""
        advice = "choose another folder (NOSOLOGY_HOME)" if where else "free some, or write elsewhere, and run again"
        complain(f"{where}{_REFUSED[error.errno]}; {advice}")
        return NotPermitted.exit_code
    if isinstance(error, FileNotFoundError | IsADirectoryError | NotADirectoryError) and error.filename:
        complain(f"{os.fspath(error.filename)}: {(error.strerror or 'cannot be read').lower()}")
        return UnreadableInput.exit_code
    place = _place(error)
    incident = f"{zlib.crc32(f'{type(error).__name__} {place}'.encode()):08x}"
    complain(
        f"a fault of ours ({type(error).__name__} in {place}, incident {incident}); run with --debug to see it all"
    )
    return UNEXPECTED


def _place(error: Exception) -> str:
    """The innermost place in our own code, as ``coding/suggest.py:120``."""
    place = "cli"
    trace = error.__traceback__
    while trace is not None:
        path = trace.tb_frame.f_code.co_filename.replace(os.sep, "/")
        if "/nosology/" in path:
            place = f"{path.rpartition('/nosology/')[2]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
