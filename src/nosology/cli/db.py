"""``nosology db``: the server's database brought up to date, backed up, restored."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nosology.cli.progress import draw_progress
from nosology.cli.serve import start_django
from nosology.errors import NotPermitted

__all__ = ["backup", "db_app", "link", "migrate", "restore", "rotate_keys"]

db_app = typer.Typer(
    no_args_is_help=True,
    help="Bring the server's database up to date, back it up, restore it, rotate its keys, let somebody in.",
)


@db_app.command()
def migrate() -> None:
    """Bring the tables up to date with this version; nothing happens where they are.

    Exit codes: 0 up to date; 12 the database does not answer.
    """
    start_django()
    from django.core.management import call_command

    from nosology.web.ops.checks import waiting_migrations

    count = waiting_migrations()
    if count:
        call_command("migrate", verbosity=0, interactive=False)
    print(f"{count} migrations applied" if count else "up to date")


@db_app.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write, for instance nosology.zip.")],
) -> None:
    """Write all tables as they stand at one moment into one file, while people work.

    The keys are not in it: without keys.json of the data folder the encrypted columns cannot be read.
    Exit codes: 0 written; 12 not permitted.
    """
    home = start_django()
    from importlib.metadata import version

    from django.utils import timezone

    from nosology.store.backup import write_backup

    with draw_progress() as draw:
        manifest = write_backup(file, version=version("nosology"), now=timezone.now(), progress=draw)
    rows = sum(part["rows"] for part in manifest["parts"].values())
    print(f"{file}: {rows} rows of {len(manifest['parts'])} tables, {file.stat().st_size} bytes")
    print(f"not in it: {home / 'keys.json'}; keep a copy of that file elsewhere, the backup cannot be read without it")


@db_app.command("restore")
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file written by nosology db backup.")],
) -> None:
    """Put a backup into an empty database, the embedded one or PostgreSQL: all of it or nothing.

    The keys of the time of the backup must be in the data folder. Sessions are not restored: everybody signs in anew.
    Exit codes: 0 restored; 10 damaged or newer; 12 the database is not empty or the keys are others.
    """
    start_django()
    from django.core.management import call_command

    from nosology.store.backup import read_manifest
    from nosology.store.backup import restore as put_back

    read_manifest(file)
    call_command("migrate", verbosity=0, interactive=False)
    with draw_progress() as draw:
        manifest = put_back(file, progress=draw)
    rows = sum(part["rows"] for part in manifest["parts"].values())
    print(f"{rows} rows of {len(manifest['parts'])} tables restored, as they stood at {manifest['at']}")


@db_app.command("rotate-keys")
def rotate_keys(
    retire: Annotated[
        bool, typer.Option("--retire", help="Take the old keys away, once nothing stands under them any more.")
    ] = False,
) -> None:
    """A new key: encrypted columns are written anew under it while people work; the old ones still open.

    Restart the server for the new secret of cookies and links, then run it once more with --retire. Broken off, run it
    again. Copy keys.json of the data folder elsewhere afterwards: older backups need the keys of their time.
    Exit codes: 0 rotated; 10 damaged keys; 12 values stand under old keys still, or not permitted.
    """
    home = start_django()
    from nosology.actions.key_rotation import encrypt_anew, values_under_old_keys
    from nosology.model.access import Access
    from nosology.web.keys import add_keys, retire_keys

    if retire:
        left = values_under_old_keys()
        if left:
            raise NotPermitted(f"{left} values stand under old keys still: run nosology db rotate-keys first")
        print(f"{retire_keys(home)} old keys retired: {home / 'keys.json'}")
        return
    if not values_under_old_keys():  # else it was broken off: the key is new already
        add_keys(home)
    with draw_progress() as draw:
        seen = 0

        def drawn(more: int) -> None:
            nonlocal seen
            seen += more
            draw(seen, 0, "rows")

        count = encrypt_anew(Access.system("", via="command"), progress=drawn)
    print(f"{count} values encrypted anew; the old keys still open (restart the server, then --retire)")


@db_app.command()
def link(
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="Whose: the address with which the person signs in.")],
    keep_second_factors: Annotated[
        bool, typer.Option("--keep-second-factors/--remove-second-factors", help="Whether an app or key is lost too.")
    ] = True,
) -> None:
    """Print a link by which somebody chooses a new password: for an administrator who forgot it.

    It works once, within a day. Open it on the address of the server.
    Exit codes: 0 printed; 2 nobody signs in with that address; 12 the database does not answer.
    """
    start_django()
    from django.utils import timezone

    from nosology.actions.people import rescue_person
    from nosology.model.access import Access

    made = rescue_person(
        Access.system("", via="command"), email=email, now=timezone.now(), remove=not keep_second_factors
    )
    print(made.path)
