"""Folders and partners: staged, released, looked for, picked up; settings that cannot be are one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from nosology.clearinghouse.folder import FolderDrop
from nosology.clearinghouse.interface import Place, check_name
from nosology.clearinghouse.partner import open_partner, read_partners
from nosology.clearinghouse.sftp import SftpDrop
from nosology.errors import UnreadableInput, UsageError

TOML = """
[north]
sender_id = "CLINIC"
receiver_id = "NORTH"
submitter = { name = "CLINIC", id = "123", contact = "BILLING", phone = "2175550100" }
receiver = { name = "NORTHCLEAR", id = "456" }
usage = "P"
outbox = "out"

[south]
sender_id = "CLINIC"
receiver_id = "SOUTH"
submitter = { name = "CLINIC", id = "123", contact = "BILLING", phone = "2175550100" }
receiver = { name = "SOUTHCLEAR", id = "789" }
sftp = { host = "sftp.example.org", user = "clinic", host_key = "ssh-ed25519 AAAA" }
"""


def test_partners_of_a_file(tmp_path: Path) -> None:
    """RIVALS 12: one interface, and each partner its own way and credentials."""
    (tmp_path / "partners.toml").write_text(TOML)
    found = read_partners(tmp_path / "partners.toml")
    assert isinstance(open_partner(found["north"]), FolderDrop)
    assert isinstance(open_partner(found["south"]), SftpDrop)
    envelope = found["north"].envelope(7, "202605040900")
    assert (envelope.interchange_control, envelope.usage, envelope.receiver_id) == ("000000007", "P", "NORTH")


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (("sender_id =", "sendr_id ="), "unknown setting"),
        ((', id = "123"', ""), "id"),
        (("[south]", "[south"), "no TOML"),
    ],
)
def test_wrong_settings_are_one_line(tmp_path: Path, change: tuple[str, str], part: str) -> None:
    (tmp_path / "partners.toml").write_text(TOML.replace(*change))
    with pytest.raises((UsageError, UnreadableInput), match=part):
        read_partners(tmp_path / "partners.toml")


def test_a_folder(tmp_path: Path) -> None:
    house = FolderDrop(tmp_path / "out", tmp_path / "in")
    assert house.look("a.837") is Place.ABSENT
    house.stage("a.837", b"x")
    assert house.look("a.837") is Place.STAGED
    house.release("a.837")
    assert house.look("a.837") is Place.RELEASED
    assert house.poll() == ()
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.999").write_bytes(b"y")
    (tmp_path / "in" / "b.835.part").write_bytes(b"half")
    for _ in range(2):
        assert [(each.name, each.data) for each in house.poll()] == [("a.999", b"y")]
        house.take("a.999")
        (tmp_path / "in" / "a.999").write_bytes(b"y")
    assert sorted(path.name for path in (tmp_path / "in" / "done").iterdir()) == ["a.999", "a.999.2"]


@pytest.mark.parametrize("name", ["", "../a", "a/b", ".hidden", "a\\b"])
def test_names_stay_in_their_folder(name: str) -> None:
    with pytest.raises(UsageError):
        check_name(name)
