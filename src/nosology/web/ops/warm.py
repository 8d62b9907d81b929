"""What a first request would wait for, done before it comes: code books, rules, groupers, addresses, templates."""

from __future__ import annotations

import gc
import logging
from contextlib import suppress

__all__ = ["warm_up"]

_LOG = logging.getLogger(__name__)
_TEMPLATES = ("chart/page.html", "chart/panel.html", "worklist/page.html", "errors/404.html", "errors/500.html")


def warm_up() -> None:
    """Load it all into this process; what cannot be loaded is left to the request that needs it."""
    try:
        _load_pages()
        _load_engine()
    except Exception as error:
        _LOG.warning("not everything is loaded beforehand: %s", type(error).__name__)
    gc.collect()
    gc.freeze()  # what is loaded stays: the collector need not look at it again, and processes go on sharing it
    gc.set_threshold(50_000, 20, 20)  # a long chart makes many objects and hardly any garbage


def _load_pages() -> None:
    from django.template import TemplateDoesNotExist
    from django.template.loader import get_template
    from django.urls import get_resolver

    _ = get_resolver().url_patterns
    for name in _TEMPLATES:
        with suppress(TemplateDoesNotExist):
            get_template(name)


def _load_engine() -> None:
    from nosology.actions.assessment import Case, assess
    from nosology.pipeline import load_coder, search

    on = load_coder(None).icd.release.effective_from
    search("hypertension", limit=1, on=on)
    for setting in ("inpatient", "professional"):
        codes = tuple(
            {"key": f"icd10cm:{code}", "system": "icd10cm", "code": code, "role": role, "state": "accepted", "poa": "Y"}
            for code, role in (("J18.9", "principal"), ("I10", "secondary"))
        )
        assess(Case("", 0, setting, on, codes, age=60, sex="F", birth_date="1966-01-01"))
