"""The commands of the audit log, of keys and of locked-out administrators, on a server's data folder of their own."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def nosology(tmp_path: Path) -> Run:
    """``nosology("audit", "verify")`` with an embedded database of its own."""
    environment = {each: value for each, value in os.environ.items() if not each.startswith(("NOSOLOGY", "DJANGO"))}
    environment |= {"NOSOLOGY_HOME": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}

    def run(*words: str, code: int = 0) -> Any:
        done = subprocess.run(
            [sys.executable, "-m", "nosology", *words], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == code, done.stderr + done.stdout
        return done

    run("db", "migrate")
    return run


def test_the_log_is_verified_anchored_exported_and_tampering_found(nosology: Run, tmp_path: Path) -> None:
    nosology("db", "link", "nobody@example.org", code=2)
    for _ in range(3):
        nosology("db", "rotate-keys")
    assert "no anchors" in nosology("audit", "verify").stderr
    lines = nosology("audit", "anchor", "--to", "-").stdout
    assert lines == (tmp_path / "audit-anchors.jsonl").read_text()
    (tmp_path / "elsewhere.jsonl").write_text(lines)
    (tmp_path / "key.pub").write_text(nosology("audit", "anchor", "--show-key").stdout)
    held = ("--anchors", str(tmp_path / "elsewhere.jsonl"), "--key", str(tmp_path / "key.pub"))
    assert nosology("audit", "verify", *held).stdout.endswith("whole\n")
    assert nosology("audit", "export").stdout.count('"verb": "keys.rotate"') == 3
    nosology("audit", "export", "--organisation", "None such", code=2)
    database = sqlite3.connect(tmp_path / "nosology.sqlite3")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        database.execute("DELETE FROM store_auditevent")
    for trigger in ("audit_event_kept_delete", "audit_head_forward"):
        database.execute(f"DROP TRIGGER {trigger}")
    database.execute("DELETE FROM store_auditevent WHERE number > 2")
    database.execute(
        "UPDATE store_audithead SET count = 2, digest = (SELECT digest FROM store_auditevent WHERE number = 2)"
    )
    database.commit()
    database.close()
    said = nosology("audit", "verify", *held, code=1).stdout
    assert "no trigger audit_event_kept_delete" in said
    assert "its tail was cut off" in said
    (tmp_path / "elsewhere.jsonl").write_text(lines.replace('"number":', '"number":1'))
    assert "signature" in nosology("audit", "verify", *held, code=1).stdout
    nosology("audit", "verify", "--anchors", str(tmp_path / "none"), code=10)
    nosology("audit", "verify", "--key", str(tmp_path / "none"), code=10)


def test_keys_rotate_and_retire_by_command(nosology: Run, tmp_path: Path) -> None:
    before = (tmp_path / "keys.json").read_text()
    nosology("db", "rotate-keys")
    assert "1 old keys retired" in nosology("db", "rotate-keys", "--retire").stdout
    assert (tmp_path / "keys.json").read_text() != before
