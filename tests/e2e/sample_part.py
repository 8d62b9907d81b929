"""A few charts of the sample, so that a walk through the pages does not wait for all of them to be coded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

__all__ = ["CHARTS", "make_part"]

SAMPLE = Path(__file__).parents[2] / "examples" / "sample"
CHARTS: Mapping[str, Sequence[str]] = {
    "hospital": ("H26-1002", "H26-1007", "H26-1010", "H26-1021", "H26-1023"),
    "clinic": ("V26-2003",),
}
"""One to be coded, one that is final, one not coded yet, one with queries sent, one with an answer; an office visit."""


def make_part(folder: Path, charts: Mapping[str, Sequence[str]] = CHARTS) -> Any:
    """Make the organisations of the sample with these charts alone, described anew in ``folder``; the hospital."""
    from django.utils import timezone

    from nosology.actions.sample import make_samples
    from nosology.store.models import Organisation

    for name, numbers in charts.items():
        told = yaml.safe_load((SAMPLE / f"{name}.yaml").read_text("utf-8"))
        told["encounters"] = [each for each in told["encounters"] if each["number"] in numbers]
        for part in ("history", "queries"):
            told[part] = [each for each in told.get(part, ()) if each["encounter"] in numbers]
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(told), "utf-8")
        (folder / name).symlink_to(SAMPLE / name)
    make_samples(folder, now=timezone.now())
    return Organisation.objects.get(name__startswith="Riverbend")
