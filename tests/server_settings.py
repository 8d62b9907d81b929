"""The server's settings in tests: a data folder of their own, quick password digests, tasks at once."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

__all__: list[str] = []

os.environ["NOSOLOGY_PURE"] = "1"  # as in conftest.py, which is read later
_FOLDER = tempfile.TemporaryDirectory(prefix="nosology-server-")
_before = os.environ.get("NOSOLOGY_HOME")
os.environ["NOSOLOGY_HOME"] = _FOLDER.name
try:
    from nosology.web.settings import *  # noqa: F403
    from nosology.web.settings import DATABASES, INSTALLED_APPS
finally:
    if _before is None:
        del os.environ["NOSOLOGY_HOME"]
    else:
        os.environ["NOSOLOGY_HOME"] = _before

if "sqlite3" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_FOLDER.name) / "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
NOSOLOGY_RATES = {"account": "", "address": ""}  # tests ask quickly; those of the throttle set their own
INSTALLED_APPS += ["server_test_app.ServerTests"]
