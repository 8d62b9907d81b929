"""The walk in code: ``code_note`` takes a document to suggested codes with evidence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from nosology.codes.icd10cm import open_icd10cm
from nosology.coding.present import present_draft
from nosology.coding.suggest import Coder
from nosology.lexicon.store import open_lexicon
from nosology.model.coding import CodedNote
from nosology.model.encounter import Setting
from nosology.model.note import Document
from nosology.notes.annotate import annotate

__all__ = ["code_note", "load_coder"]

_CODERS: dict[tuple[str, str], Coder] = {}


def load_coder(
    on: date, *, home: Path | None = None, progress: Callable[[int, int, str], None] | None = None
) -> Coder:
    """Return the coder for the release in force on the date, loaded once. Raises ReleaseNotFound."""
    icd = open_icd10cm(on=on, home=home, progress=progress)
    key = (icd.release.name, icd.release.sha256)
    coder = _CODERS.get(key)
    if coder is None:
        coder = _CODERS[key] = Coder(icd, open_lexicon(icd, home=home, progress=progress))
    return coder


def code_note(
    document: Document,
    *,
    setting: str | Setting,
    on: date,
    sex: str | None = None,
    age: int | None = None,
    scope: str = "reportable",
    home: Path | None = None,
) -> CodedNote:
    """Return the suggested codes of ``document`` for the setting and date of service.

    ``scope`` "reportable" is what a coder would report, "all" every condition, sign and symptom present. ``sex`` is "F" or "M",
    ``age`` in years. Raises ReleaseNotFound where no release is in force on the date.
    """
    setting = Setting(setting)
    coder = load_coder(on, home=home)
    tokens = coder.lexicon.tokens(document.text)
    note = annotate(document, lexicon=coder.lexicon, tokens=tokens)
    draft = coder.draft(note, tokens, setting=setting, on=on, sex=(sex or "").upper(), age=age, scope=scope)
    return present_draft(draft, note, coder.icd, setting=setting, on=on, scope=scope)
