"""The sample hospital and clinic: whole, made up, without a password; made once, all of it or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from django.utils import timezone

from nosology.actions.sample import make_samples
from nosology.cli.demo import examples_folder
from nosology.model.access import Role
from nosology.store.models import CodingRun, Document, Encounter, Membership, Organisation, User

FOLDER = examples_folder() / "sample"


@pytest.fixture(autouse=True)
def _nothing_is_coded(settings: object) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}  # type: ignore[attr-defined]


def test_they_are_whole() -> None:
    made = make_samples(FOLDER, now=timezone.now())
    assert len(made) == 2
    assert all(count >= 19 for count in made.values())
    assert Organisation.objects.filter(sample=True).count() == 2
    assert Encounter.everywhere.count() == sum(made.values())
    assert not Document.everywhere.exclude(state="read").exists()
    assert CodingRun.everywhere.count() == Encounter.everywhere.count() - 2
    assert not [each for each in User.objects.all() if each.has_usable_password()]
    roles = {role for each in Membership.objects.all() for role in each.roles}
    assert roles >= {str(role) for role in Role} - {"patient", "administrator"}
    assert {each["code"] for row in Encounter.everywhere.all() for each in row.registration["lines"]} >= {
        "0120",
        "99214",
    }


def test_all_or_nothing(tmp_path: Path) -> None:
    told = yaml.safe_load((FOLDER / "clinic.yaml").read_text(encoding="utf-8"))
    told["encounters"][5]["documents"][0]["file"] = "absent.txt"
    (tmp_path / "clinic.yaml").write_text(yaml.safe_dump(told), encoding="utf-8")
    (tmp_path / "clinic").symlink_to(FOLDER / "clinic")
    with pytest.raises(Exception, match="absent"):
        make_samples(tmp_path, now=timezone.now())
    assert not Organisation.objects.exists()


def test_no_file_is_left_over() -> None:
    named = {
        each["file"]
        for path in FOLDER.glob("*.yaml")
        for encounter in yaml.safe_load(path.read_text(encoding="utf-8"))["encounters"]
        for each in encounter["documents"]
    }
    assert named == {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.txt")}
