"""Which diagnoses Medicare covers for a service: local articles by contractor (LCD) and national lists (NCD)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from nosology.codes.release import Release, open_release

__all__ = ["CoverageBook", "CoverageList", "LocalCoverage", "NationalCoverage", "open_lcd", "open_ncd"]


@dataclass(frozen=True, slots=True)
class CoverageList:
    """What one determination says of one service: undotted diagnoses that are covered and that are not.

    ``covered`` is empty where only a list of what is not covered is published. ``noted`` are the covered diagnoses
    that the determination gives only under further conditions (an asterisk, a second diagnosis).
    """

    name: str
    title: str
    covered: frozenset[str]
    refused: frozenset[str]
    noted: frozenset[str]

    def covers(self, diagnoses: Iterable[str]) -> str:
        """The first of the diagnoses that the list covers, "" if none is."""
        for code in diagnoses:
            plain = code.replace(".", "").upper()
            if plain in self.covered or (not self.covered and plain not in self.refused):
                return plain
        return ""


class CoverageBook(Protocol):
    """Lists of coverage in force on a date."""

    release: Release

    def lists(self, code: str, contractor: str, day: date) -> tuple[CoverageList, ...]:
        """The lists that name a service on a day, for a contractor where they are local."""
        ...


class LocalCoverage:
    """The articles of the Medicare Coverage Database."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self._known: dict[tuple[str, str, date], tuple[CoverageList, ...]] = {}

    def lists(self, code: str, contractor: str, day: date) -> tuple[CoverageList, ...]:
        """The articles of a contractor (number of five digits) that name a service and hold lists of diagnoses.

        An article counts on the days between its effective and its end date; of several versions, the newest one.
        """
        key = (code, contractor, day)
        if key not in self._known:
            rows = self.release.connection.execute(
                "SELECT a.article, a.version, a.title FROM service s JOIN article a "
                "ON a.article = s.article AND a.version = s.version JOIN contractor c "
                "ON c.article = a.article AND c.version = a.version "
                "WHERE s.code = ? AND c.contractor = ? AND a.first <= ? AND a.last >= ? "
                "GROUP BY a.article HAVING CAST(a.version AS INTEGER) = MAX(CAST(a.version AS INTEGER)) "
                "ORDER BY a.article",
                (code, contractor.zfill(5), day.isoformat(), day.isoformat()),
            ).fetchall()
            made = (self._list(article, version, title, code) for article, version, title in rows)
            self._known[key] = tuple(each for each in made if each.covered or each.refused)
        return self._known[key]

    def _list(self, article: str, version: str, title: str, code: str) -> CoverageList:
        where = "FROM scope WHERE article = ? AND version = ?"
        scopes = {
            group: (services.split(), more)
            for group, services, more in self.release.connection.execute(
                f"SELECT grp, services, more {where}", (article, version)
            )
        }
        covered, refused, noted = set(), set(), set()
        for diagnosis, group, positive, mark in self.release.connection.execute(
            "SELECT diagnosis, grp, covered, noted FROM diagnosis WHERE article = ? AND version = ?", (article, version)
        ):
            if positive == "0":
                refused.add(diagnosis)
                continue
            services, more = scopes.get(group, ([], ""))
            if not services or code in services:
                covered.add(diagnosis)
                if mark or more:
                    noted.add(diagnosis)
        return CoverageList(f"A{article}", title, frozenset(covered), frozenset(refused), frozenset(noted))

    def self_administered(self, code: str, contractor: str, day: date) -> str:
        """The article in which a contractor lists a drug as usually self-administered on a day, "" if none does."""
        row = self.release.connection.execute(
            "SELECT d.article FROM drug d JOIN contractor c ON c.article = d.article AND c.version = d.version "
            "WHERE d.code = ? AND c.contractor = ? AND d.first <= ? AND d.last >= ? ORDER BY d.article",
            (code, contractor.zfill(5), day.isoformat(), day.isoformat()),
        ).fetchone()
        return f"A{row[0]}" if row else ""


class NationalCoverage:
    """Lists of national determinations."""

    def __init__(self, release: Release) -> None:
        self.release = release

    def lists(self, code: str, contractor: str, day: date) -> tuple[CoverageList, ...]:
        """The national lists that name a service on a day; ``contractor`` has no say."""
        found: dict[str, tuple[set[str], set[str]]] = {}
        for ncd, diagnosis, covered in self.release.connection.execute(
            "SELECT ncd, diagnosis, covered FROM ncd WHERE code = ? AND first <= ? AND last >= ?",
            (code, day.isoformat(), day.isoformat()),
        ):
            found.setdefault(ncd, (set(), set()))[0 if covered == "1" else 1].add(diagnosis)
        return tuple(
            CoverageList(f"NCD {ncd.removeprefix('NCD ')}", "", frozenset(good), frozenset(bad), frozenset())
            for ncd, (good, bad) in sorted(found.items())
        )


_CACHE: dict[Path, LocalCoverage | NationalCoverage] = {}


def open_lcd(*, on: date | None = None, home: Path | None = None) -> LocalCoverage:
    """The local articles at hand on a date. Raises ReleaseNotFound where none are installed."""
    release = open_release("lcd", on=on, home=home)
    known = _CACHE.get(release.path)
    if not isinstance(known, LocalCoverage) or known.release is not release:
        known = _CACHE[release.path] = LocalCoverage(release)
    return known


def open_ncd(*, on: date | None = None, home: Path | None = None) -> NationalCoverage:
    """The national lists at hand on a date. Raises ReleaseNotFound where none are installed."""
    release = open_release("ncd", on=on, home=home)
    known = _CACHE.get(release.path)
    if not isinstance(known, NationalCoverage) or known.release is not release:
        known = _CACHE[release.path] = NationalCoverage(release)
    return known
