"""``nosology evaluate --train``: the ranker of the exhaustive view, from charts with gold codes."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from nosology.coding.evaluate import GoldNote
from nosology.errors import NotPermitted

__all__ = ["train_to_file"]


def train_to_file(
    notes: Sequence[GoldNote], name: str, target: Path, on: date, progress: Callable[[int, int, str], None] | None
) -> str:
    """Train on ``notes``, write the model to ``target`` whole or not at all, and return one line of what was learnt.

    Raises UsageError where scikit-learn is absent or the charts are too few, NotPermitted where the file cannot be
    written.
    """
    from nosology.model.note import Document
    from nosology.pipeline import read_example, train_ranker

    examples = []
    for done, note in enumerate(notes):
        if progress:
            progress(done, len(notes), "reading charts")
        codes = [code for entry in note.required for code in (entry.code,)]
        examples.append(read_example(Document(note.id, note.text), codes, on=on))
    digest = hashlib.sha256("\n".join(note.text for note in notes).encode()).hexdigest()[:12]
    model = train_ranker(examples, on=on, source=f"{name}, {digest}")
    _write(target, model.to_json())
    return (
        f"{target}: {len(model.phrases)} phrases from {len(examples)} charts, threshold {model.threshold}, "
        f"F1 on charts held out in turn {model.provenance['held-out F1']}"
    )


def _write(target: Path, text: str) -> None:
    try:
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=target.name)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(temporary, target)
    except OSError as error:
        raise NotPermitted(f"cannot write {target}: {error.strerror}; choose another folder") from error
