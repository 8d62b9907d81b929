"""Behind TLS: cookies, HSTS and the redirect; before it: what every answer says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

PROGRAM = """
import json, django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.conf import settings
from django.core.checks import run_checks
from django.test import Client
from nosology.store.models import Membership, Organisation, User
plain = Client().get("/account/login/", headers={"host": "code.example.org"})
client = Client(headers={"host": "code.example.org", "x-forwarded-proto": "https", "x-forwarded-for": "192.0.2.1"})
user = User.objects.create_user("ada@example.org", "a heron stands in the reeds")
place = Organisation.objects.create(name="Here", kind="hospital")
Membership.objects.create(user=user, organisation=place, roles=["coder"])
page = client.get("/account/login/")
program = [Client(headers=more | {"host": "code.example.org"}).get("/api/v1/encounters").status_code
           for more in ({}, {"x-forwarded-proto": "https"})]
entered = client.post(
    "/account/login/",
    {"login": user.email, "password": "a heron stands in the reeds"},
    headers={"referer": "https://code.example.org/account/login/"},
)
cookies = {c.key: [c["secure"], c["httponly"], c["samesite"], c["path"], c["domain"]] for c in client.cookies.values()}
print(json.dumps({
    "plain": [plain.status_code, plain.headers.get("Location", "")],
    "program": program, "health": Client().get("/health", headers={"host": "code.example.org"}).status_code,
    "page": dict(page.headers), "entered": [entered.status_code, entered.headers.get("Location", "")],
    "cookies": cookies, "debug": settings.DEBUG,
    "wrong host": Client().get("/account/login/", headers={"host": "evil.example"}).status_code,
    "checks": [each.id for each in run_checks(include_deployment_checks=True)],
}))
"""


def test_behind_tls(tmp_path: Path) -> None:
    environment = {each: value for each, value in os.environ.items() if not each.startswith(("NOSOLOGY", "DJANGO"))} | {
        "NOSOLOGY_HOME": str(tmp_path),
        "NOSOLOGY_SECURE": "1",
        "NOSOLOGY_HOSTS": "code.example.org",
        "DJANGO_SETTINGS_MODULE": "nosology.web.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    done = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert said["plain"] == [301, "https://code.example.org/account/login/"]
    assert said["program"] == [403, 401]  # never led on: the sender would not notice
    assert said["health"] == 200
    assert said["wrong host"] == 400
    assert said["page"]["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    assert said["entered"][0] == 302
    assert {"__Host-sessionid", "__Host-csrftoken"} <= set(said["cookies"])
    for secure, http_only, same_site, path, domain in said["cookies"].values():
        assert (secure, http_only, path, domain) == (True, True, "/", "")
        assert same_site in ("Lax", "Strict")
    assert said["debug"] is False
    assert not set(said["checks"]) - {"security.W021"}  # the preload list is the site's to ask for


def test_what_every_answer_says(db: None) -> None:
    answer = Client().get("/account/login/")
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert answer.headers["Cache-Control"].startswith(("no-store", "max-age=0"))
    assert "Server" not in answer.headers
    assert "X-Powered-By" not in answer.headers


@pytest.mark.parametrize("address", ["/", "/account/login/", "/worklist", "/api/v1/encounters", "/health"])
def test_no_answer_repeats_a_request(db: None, address: str) -> None:
    answer = Client().trace(address, headers={"X-Canary": "heron"})
    assert b"heron" not in answer.content
    assert b"TRACE" not in answer.content
