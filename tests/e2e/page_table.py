"""Every page of the server, as whom it is looked at, and what opens on it by key; :mod:`test_every_page` walks them.

Whoever adds an address that can be asked for adds it to ``PAGES``, or to ``PARTS`` if it is no page of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

__all__ = ["PAGES", "PARTS", "Look"]

HOSPITAL, CLINIC = "riverbend", "hillside"


@dataclass(frozen=True)
class Look:
    """One look at a page.

    ``who``: a person of the sample by the first part of the address, "administrator" (with a password and no second
    factor), "guarded" (with every second factor), or "" for nobody. ``given``: values in the address; of the rest the
    walk knows one. ``keys``: what opens, with the keys that open it; each is closed again with Escape.
    """

    who: str
    query: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, Sequence[str]] = field(default_factory=dict)
    at: str = HOSPITAL


_CHART_KEYS = {
    "search": ("/", "pneumonia"),
    "change": ("j", "c"),
    "reject": ("j", "r"),
    "present on admission": ("j", "o"),
    "code book": ("j", "b"),
    "keys": ("?",),
    "checks": ("x",),
    "drg": ("g",),
    "queries": ("q",),
    "notes": ("t",),
    "finish": ("F",),
}
_WORKLIST_KEYS = {"keys": ("?",), "hand over": ("j", "x", "h")}

PAGES: dict[str, tuple[Look, ...]] = {
    "account_login": (Look(""),),
    "account_inactive": (Look(""),),
    "account_logout": (Look("administrator"),),
    "account_reset_password": (Look(""),),
    "account_set_password": (Look("administrator"),),
    "password-link": (Look(""), Look("", given={"token": "no-such-link"})),
    "welcome": (Look("", given={"token": "no-such-link"}),),
    "account_reauthenticate": (Look("administrator"),),
    "account_change_password": (Look("administrator"),),
    "mfa_index": (Look("administrator"), Look("guarded")),
    "mfa_authenticate": (Look("at the door"),),
    "mfa_reauthenticate": (Look("guarded"),),
    "mfa_activate_totp": (Look("administrator"),),
    "mfa_deactivate_totp": (Look("guarded"),),
    "mfa_view_recovery_codes": (Look("guarded"),),
    "mfa_generate_recovery_codes": (Look("guarded"),),
    "mfa_list_webauthn": (Look("guarded"),),
    "mfa_add_webauthn": (Look("guarded"),),
    "mfa_reauthenticate_webauthn": (Look("guarded"),),
    "mfa_remove_webauthn": (Look("guarded"),),
    "mfa_edit_webauthn": (Look("guarded"),),
    "account": (Look("administrator"), Look("casey.morgan")),
    "tokens": (Look("casey.morgan"),),
    "people": (Look("administrator"),),
    "people-person": (Look("administrator"),),
    "audit": (Look("theo.marsh"), Look("theo.marsh", "?actor=nobody-of-this-name")),
    "break-glass": (Look("casey.morgan"),),
    "worklist": (
        Look("casey.morgan", "?list=mine", keys=_WORKLIST_KEYS),
        Look("dana.kowalski", "?list=open", keys=_WORKLIST_KEYS),
        Look("sam.whitfield", "?list=final"),
        Look("casey.morgan", "?list=autonomous"),
    ),
    "chart": (
        Look("casey.morgan", keys=_CHART_KEYS),
        Look("theo.marsh", given={"encounter": "H26-1007"}, keys={"checks": ("x",)}),
        Look("casey.morgan", given={"encounter": "H26-1010"}),
        Look(
            "alex.romero",
            given={"encounter": "V26-2003"},
            keys={"modifiers": ("line", "m"), "units": ("line", "u"), "diagnoses": ("line", "i")},
            at=CLINIC,
        ),
    ),
    "claim": (
        Look("sam.whitfield"),
        Look("sam.whitfield", given={"encounter": "H26-1007"}),
        Look("pat.dunn", given={"encounter": "V26-2003"}, at=CLINIC),
    ),
    "codebook": (
        Look("casey.morgan", "?on=2026-05-04", given={"system": "icd10cm", "code": "E11.621"}),
        Look("lena.ford", "?on=2026-05-04", given={"system": "icd10cm", "code": "J18"}),
    ),
    "rule": (Look("casey.morgan"),),
    "intake": (Look("dana.kowalski"),),
    "intake-new": (Look("dana.kowalski"),),
    "intake-encounter": (Look("dana.kowalski"), Look("dana.kowalski", given={"encounter": "H26-1010"})),
    "queries": (
        Look("jordan.ellis", "?show=drafts"),
        Look("jordan.ellis", "?show=sent"),
        Look("ama.osei", "?show=mine"),
    ),
    "query-new": (Look("jordan.ellis", "?encounter={encounter}"),),
    "queries-outcomes": (Look("dana.kowalski"),),
    "query": (
        Look("jordan.ellis", given={"query": "draft"}),
        Look("jordan.ellis", given={"query": "sent"}),
        Look("jordan.ellis", given={"query": "answered"}),
    ),
    "query-answer": (Look("ama.osei", given={"query": "sent"}),),
    "manager": (Look("dana.kowalski"), Look("ruth.abbott")),
}

PARTS: dict[str, str] = {
    "home": "leads on",
    "health": "file",
    "ready": "file",
    "metrics": "file",
    "openapi-json": "file",
    "api-root": "file",
    "manager-csv": "file",
    "manager-decisions": "file",
    "mfa_download_recovery_codes": "file",
    "mfa_login_webauthn": "file",
    "worklist-counts": "part",
    "worklist-rows": "part",
    "chart-document": "part",
    "chart-panel": "part",
    "chart-code": "part",
    "chart-search": "part",
    "intake-progress": "part",
}
"""Addresses that can be asked for and are no page: "part" of a page that is walked, a "file", or it "leads on"."""
