"""The sample hospital and clinic: whole, made up, without a password; made once, all of it or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.utils import timezone

from nosology.actions.sample import make_samples
from nosology.actions.sample_history import work_sample
from nosology.cli.demo import examples_folder
from nosology.model.access import Role
from nosology.store.models import CodingRun, Document, Encounter, Membership, Organisation, ProviderQuery, User

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


def test_its_last_days_are_worked_through_the_same_doors(
    home: Path, hospital: Any, person: Any, encounter_in: Any
) -> None:
    import server_world

    Organisation.objects.update(sample=True)
    plain = {name: value for name, value in server_world.PNEUMONIA.items() if name != "query"}
    done, given = encounter_in(**plain), encounter_in(**plain)
    who = person("coder")
    history = [{"encounter": done.number, "by": str(who.pk), "days_ago": 2.0, "reject": 1}]
    for _ in range(2):  # a task may run twice
        work_sample.func(str(hospital.pk), {str(who.pk): [given.number]}, history)
    done.refresh_from_db()
    given.refresh_from_db()
    assert (done.state, done.finalized_by, given.state, given.assigned_to) == ("final", who, "ready", who)
    assert done.received_at < done.finalized_at < timezone.now()
    assert [each.verb for each in done.decisions.order_by("number")] == [
        "suggest",
        "reject",
        *["accept"] * 4,
        "finalize",
    ]
    assert done.final_codes.count() == 4


def test_its_queries_are_sent_and_answered(
    home: Path, hospital: Any, person: Any, encounter_in: Any, coded_encounter: Any
) -> None:
    Organisation.objects.update(sample=True)
    coder, provider = person("cdi"), person("provider")
    ProviderQuery.everywhere.update(drafted_by=None)
    asked = {
        "encounter": coded_encounter.number,
        "by": str(coder.pk),
        "to": str(provider.pk),
        "days_ago": 2.0,
        "sent": 1,
        "answered_after": 0.5,
    }
    for _ in range(2):
        work_sample.func(str(hospital.pk), {}, [], [asked])
    query = ProviderQuery.everywhere.get()
    assert (query.state, query.to, query.sent_by) == ("answered", provider, coder)
    assert query.sent_at < query.answered_at < timezone.now()
