"""Names of patients stand where they may be seen and nowhere else; hostile text in every field stays text."""

from __future__ import annotations

import json
import logging
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from security.matrix import Address, World, addresses, ask, body_of, make_world, samples

from nosology.model.access import GRANTS, Permission, Role
from nosology.store import models as tables
from nosology.store.append_only import drop_triggers, install_triggers

PATIENT = "Quillabo Vexmarine"
RECORD = "MRN-CANARY-77"
TEXT = "Zephyrotic canaritis"
SECRETS = (PATIENT, "Vexmarine", RECORD, TEXT)
MAY_SEE = {Permission.CHART_READ, Permission.CHART_CLAIM_PART, Permission.INTAKE_WRITE, Permission.BREAK_GLASS}
PAGES = [each for each in addresses() if "GET" in each.methods]
FORMS = [each for each in addresses() if "POST" in each.methods and isinstance(each.rule, Permission)]

ATTACK = """"'><script>alert('hostile')</script><img src=x onerror=alert(1)>{{6841*9973}}<svg/onload=alert(1)>"""


def given(world: World) -> dict[str, Any]:
    return samples(world) | {"place": str(world.organisation.pk), "token": world.rows["token"].pk}


@pytest.fixture
def canary(db: None) -> World:
    """A tenant whose patient, record number and chart text are like nothing else."""
    world = make_world("Here", person="Nobody")
    patient = world.encounter.patient
    patient.name, patient.mrn = PATIENT, RECORD
    patient.save()
    document = world.rows["document"]
    document.text = document.text + f"\n{TEXT}\n"
    document.save()
    return world


@pytest.mark.parametrize("role", Role)
def test_a_patient_is_named_to_those_alone_who_may_see_the_chart(role: Role, canary: World) -> None:
    client = canary.client(str(role))
    seen = 0
    for address in PAGES:
        headers = canary.bearer(str(role)) if address.api and role is not Role.PATIENT else {}
        answer = ask(client, address, "GET", given(canary), headers)
        page = body_of(answer)
        seen += any(each in page for each in SECRETS)
        for each in re.findall(r"<title>(.*?)</title>", page, re.S):
            assert not any(secret in each for secret in SECRETS), address
        assert not any(each in str(answer.headers) for each in SECRETS), address
        if TEXT in page:
            assert Permission.CHART_READ in GRANTS[role], address
    if not MAY_SEE & GRANTS[role]:
        assert not seen


@pytest.mark.parametrize("address", PAGES + FORMS, ids=lambda each: f"{each}")
def test_neither_logs_nor_errors_name_anybody(
    address: Address, canary: World, caplog: Any, monkeypatch: Any, capfd: Any
) -> None:
    def fall(*_args: Any, **_more: Any) -> Any:
        raise ValueError(f"{PATIENT} {RECORD} {TEXT}")

    manager = make_manager(canary)
    with caplog.at_level(logging.DEBUG):
        for method in set(address.methods) & {"GET", "POST"}:
            ask(manager, address, method, given(canary), {})
        monkeypatch.setattr("django.template.base.Template.render", fall)  # whatever is shown fails with a name in it
        manager.raise_request_exception = False
        broken = ask(manager, address, "GET", given(canary), {})
    if broken.status_code >= 500:
        assert not any(each in body_of(broken) for each in SECRETS)
    shown = capfd.readouterr()
    assert not any(each in shown.err + shown.out for each in SECRETS)
    for record in caplog.records:
        assert not any(each in record.getMessage() for each in SECRETS), record.name


def make_manager(world: World) -> Client:
    """Somebody with every role."""
    import server_world

    user = server_world.make_person(world.organisation, *(str(each) for each in Role))
    return server_world.signed_in(user, world.organisation)


class Reader(HTMLParser):
    """Collects what a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.handlers: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self._inside = tag == "script" and held.get("type") != "application/json"
        self.handlers += [f"{name} of {tag}" for name in held if name.startswith("on")]
        if tag == "img" and held.get("src") == "x":
            self.handlers.append("an image of the attack")

    def handle_data(self, data: str) -> None:
        if self._inside and data.strip():
            self.scripts.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._inside = False


def poison(world: World) -> int:
    """The attack in every text that somebody may have written; how many columns."""
    drop_triggers(connection)  # decisions and finished runs are append-only otherwise
    kept = {"state", "sex", "setting", "kind", "media_type", "verb", "outcome", "role", "system", "poa", "rule"}
    count = 0
    for model in apps.get_models():
        if model._meta.app_label != "store" or model in (tables.AuditEvent, tables.AuditHead, tables.Organisation):
            continue
        for column in model._meta.concrete_fields:
            if (
                isinstance(column, models.CharField | models.TextField)
                and column.name not in kept
                and not column.choices
                and not column.primary_key
                and (column.max_length is None or column.max_length >= 40)
                and not re.search(r"sha256|digest|index|password|mrn_index|request|event", column.name)
            ):
                unique = column.unique or column.name in ("number", "key", "name") or column.name == "email"
                for at, row in enumerate(model._base_manager.all()):
                    text = (f"{at}{ATTACK}" if unique else ATTACK)[: column.max_length]
                    model._base_manager.filter(pk=row.pk).update(**{column.name: text})
                    count += 1
    tables.Organisation.objects.filter(pk=world.organisation.pk).update(name=ATTACK[:120])
    sheet = tables.Worksheet.everywhere.get(encounter=world.encounter)
    sheet.codes = [each | {"title": ATTACK, "why": ATTACK} for each in sheet.codes]
    sheet.save()
    run = tables.CodingRun.everywhere.get(encounter=world.encounter)
    held = json.loads(json.dumps(run.result))
    for each in held["suggestions"]:
        each["title"] = ATTACK
        each["steps"] = [{"name": ATTACK, "result": ATTACK, "source": ATTACK}]
    run.result = held
    run.save()
    install_triggers(connection)
    return count


@pytest.mark.parametrize("address", PAGES, ids=str)
def test_hostile_text_stays_text(address: Address, db: None) -> None:
    world = make_world("Here")
    client = make_manager(world)
    assert poison(world) > 30
    answer = ask(client, address, "GET", given(world), {})
    assert answer.status_code < 500
    if "html" in answer.headers.get("Content-Type", ""):
        reader = Reader()
        reader.feed(body_of(answer))
        assert not [each for each in reader.scripts if "hostile" in each or "alert" in each]
        assert not reader.handlers
        assert "68225293" not in body_of(answer)


@pytest.mark.parametrize("address", FORMS, ids=str)
def test_hostile_text_in_forms_is_kept_as_text_or_refused(address: Address, db: None) -> None:
    world = make_world("Here")
    client = make_manager(world)
    ids = given(world)
    names = (
        "name email team reason text why q number code key value verb system version roles days reach kind title payer "
        "department mrn birth_date service_date admitted discharged age sex setting answer options question chosen "
        "note priority due filter criteria organisation to user encounter encounters documents charges request"
    )
    for attack in (
        ATTACK,
        "A\x00B",
        "9" * 5000,
        "=HYPERLINK(1)",
        "../../etc/passwd",
        "' OR 1=1 --",
        "-1",
        "\ud7ff\u202e",
    ):
        answer = client.post(address.path(ids), dict.fromkeys(names.split(), attack))
        assert answer.status_code < 500, attack[:20]
        if "html" in answer.headers.get("Content-Type", ""):
            reader = Reader()
            reader.feed(body_of(answer))
            assert not [each for each in reader.scripts if "alert" in each]
            assert not reader.handlers
