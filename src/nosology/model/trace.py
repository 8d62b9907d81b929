"""How a result came about: the steps that led to it and the versions that it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from nosology.model.quick_init import quicken

__all__ = ["Provenance", "Step"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a derivation, as a coder would say it.

    ``name`` is the kind of step ("index", "tabular", "guideline", "hierarchy" …), ``result`` what it gave,
    ``source`` the
    publication and section it rests on, ``inputs`` what went in.
    """

    name: str
    result: str
    source: str = ""
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a stored result rests on: package version, releases with digests, digest of the rules, model id of a
    verifier, name of the calibration.
    """

    package: str
    releases: tuple[tuple[str, str, str], ...] = ()  # (system, release, sha256)
    rules: str = ""
    model: str = ""
    calibration: str = ""


quicken(Step)
