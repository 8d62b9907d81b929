"""``nosology group --hcc --columns``: scores of a population, JSON lines or Parquet in and out, by blocks."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nosology.errors import NosologyError, UnreadableInput, UsageError

if TYPE_CHECKING:
    from nosology.grouping.hcc_columnar import PopulationScores
    from nosology.grouping.hcc_columns import Population

__all__ = ["score_file"]

_BLOCK = 100_000  # beneficiaries at a time: memory grows with it, not with the file
_PROFILE = ("dual_status", "orec", "crec", "new_enrollee", "snp", "long_term_institutional", "low_income")
_NEEDED = ("id", "age", "sex", "diagnoses")


@dataclass(slots=True)
class _Block:
    """Beneficiaries in columns, as :class:`Population` takes them."""

    ids: list[str] = field(default_factory=list)
    columns: dict[str, list[Any]] = field(default_factory=dict)
    person: list[int] = field(default_factory=list)
    code: list[str] = field(default_factory=list)

    def add(self, name: str, values: dict[str, Any], codes: Iterable[str]) -> None:
        """One more beneficiary."""
        place = len(self.ids)
        self.ids.append(name)
        for key, value in values.items():
            self.columns.setdefault(key, []).append(value)
        for code in codes:
            self.person.append(place)
            self.code.append(code)

    def population(self) -> Population:
        """The block as arrays; at least one beneficiary is in it."""
        from nosology.grouping.hcc_columns import Population

        return Population(person=self.person, code=self.code or [""][:0], **self.columns)


def score_file(file: str, lines: Iterable[tuple[int, Any]], *, model: str, to: str = "") -> tuple[int, set[int]]:
    """Score ``file`` (Parquet by its name, else the values of ``lines``); results go to stdout as JSON lines, or to a
    Parquet file. Returns how many were scored, and the exit codes of what could not be read.

    Raises:
        UsageError: columns that do not fit; an age or sex is missing in a Parquet file.
        UnreadableInput: no Parquet file; a column is missing.
        ReleaseNotFound: no tables for the payment year.
    """
    codes: set[int] = set()
    blocks = _read_parquet(file) if Path(file).suffix == ".parquet" else _read_lines(file, lines, model, codes)
    writer = _ParquetWriter(to) if to else None
    count = 0
    try:
        for ids, year, people in blocks:
            from nosology.grouping.hcc_columnar import score_population

            scores = score_population(people, model=model, payment_year=year)
            count += len(scores)
            if writer is not None:
                writer.write(ids, scores)
            else:
                _print(ids, scores)
    finally:
        if writer is not None:
            writer.close()
    return count, codes


def _print(ids: list[str], scores: PopulationScores) -> None:
    texts = [
        json.dumps(
            {"id": name, "model": scores.model, "segment": segment, "hccs": hccs, "score": score,
             "demographic_score": demographic}, ensure_ascii=False)
        for name, (segment, hccs, score, demographic) in zip(ids, scores.rows(), strict=True)
    ]  # fmt: skip
    sys.stdout.buffer.write(("\n".join(texts) + "\n").encode("utf-8", "replace"))


def _read_lines(
    file: str, lines: Iterable[tuple[int, Any]], model: str, codes: set[int]
) -> Iterator[tuple[list[str], int, Population]]:
    """Encounters as ``nosology group`` reads them, a block of each run of one payment year; what is wrong with one is
    told and stops no other.
    """
    from nosology.grouping.hcc_demographics import read_beneficiary
    from nosology.grouping.hcc_tables import open_hcc_tables
    from nosology.model.encounter_json import read_encounter

    rest = iter(lines)
    while some := list(islice(rest, _BLOCK)):
        block, year = _Block(), 0
        for number, value in some:
            read = False
            try:
                if isinstance(value, NosologyError):
                    raise value
                found = read_encounter(value)
                read = True
                who = read_beneficiary(found, model)
                open_hcc_tables(model, who.profile.payment_year)
            except NosologyError as error:
                print(f"nosology: {file} line {number}: {error}", file=sys.stderr)
                codes.add(error.exit_code if read else UnreadableInput.exit_code)
                continue
            if block.ids and who.profile.payment_year != year:
                yield block.ids, year, block.population()
                block = _Block()
            year = who.profile.payment_year
            values: dict[str, Any] = {name: getattr(who.profile, name) for name in _PROFILE}
            months = who.profile.graft_months
            values |= {"age": who.age, "sex": who.sex, "graft_months": -1 if months is None else months}
            block.add(found.id, values, (each.code for each in found.diagnoses))
        if block.ids:
            yield block.ids, year, block.population()


def _read_parquet(file: str) -> Iterator[tuple[list[str], int, Population]]:
    """Columns ``id``, ``age``, ``sex``, ``diagnoses`` (lists of codes), and those of the profile that are there; a
    column ``payment_year`` must hold one year.
    """
    import numpy as np
    import pyarrow
    import pyarrow.parquet

    from nosology.grouping.hcc_columns import Population
    from nosology.grouping.hcc_tables import PAYMENT_YEAR

    try:
        opened = pyarrow.parquet.ParquetFile(file)
    except (pyarrow.ArrowException, OSError) as error:
        raise UnreadableInput(f"{file}: cannot be read as Parquet ({type(error).__name__})") from None
    names = set(opened.schema_arrow.names)
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise UnreadableInput(f"{file}: no column {', '.join(missing)}; needed are {', '.join(_NEEDED)}")
    kept = [name for name in (*_PROFILE, "graft_months") if name in names]
    dated = ["payment_year"] if "payment_year" in names else []
    for batch in opened.iter_batches(batch_size=_BLOCK, columns=[*_NEEDED, *kept, *dated]):
        years = set(batch.column("payment_year").to_pylist()) if dated else {PAYMENT_YEAR}
        if len(years) > 1:
            raise UsageError(f"{file}: more than one payment_year; a file of beneficiaries is of one")
        lists = batch.column("diagnoses")
        if not pyarrow.types.is_list(lists.type) and not pyarrow.types.is_large_list(lists.type):
            raise UnreadableInput(f"{file}: the column diagnoses must hold lists of codes")
        columns = {}
        for name in ("age", "sex", *kept):
            column = batch.column(name)
            if column.null_count and name != "graft_months":
                raise UsageError(f"{file}: the column {name} has {column.null_count} rows without a value")
            values = column.fill_null(-1) if name == "graft_months" else column
            found = values.to_numpy(zero_copy_only=False)
            columns[name] = found.astype("U") if found.dtype == object else found
        counts = np.array(lists.value_lengths().fill_null(0))
        person = np.repeat(np.arange(len(batch)), counts)
        code = np.array([each or "" for each in lists.flatten().to_pylist()], dtype="U")
        ids = [str(each) for each in batch.column("id").to_pylist()]
        yield ids, int(years.pop() or PAYMENT_YEAR), Population(person=person, code=code, **columns)


class _ParquetWriter:
    """Writes the scores of each block as a row group; the file is there when all is written."""

    def __init__(self, name: str) -> None:
        self._path = Path(name)
        self._part = self._path.with_name(self._path.name + ".part")
        self._writer: Any = None

    def write(self, ids: list[str], scores: PopulationScores) -> None:
        """One block."""
        import pyarrow
        import pyarrow.parquet

        rows = list(scores.rows())
        table = pyarrow.table(
            {
                "id": ids,
                "model": pyarrow.array([scores.model] * len(ids)),
                "segment": [row[0] for row in rows],
                "hccs": pyarrow.array([list(row[1]) for row in rows], type=pyarrow.list_(pyarrow.string())),
                "score": scores.score,
                "demographic_score": scores.demographic_score,
            }
        )
        try:
            if self._writer is None:
                self._writer = pyarrow.parquet.ParquetWriter(self._part, table.schema)
            self._writer.write_table(table)
        except OSError as error:
            raise UsageError(f"cannot write {self._path}: {error.strerror or error}") from None

    def close(self) -> None:
        """Finish the file and give it its name; without a block nothing is written."""
        if self._writer is not None:
            self._writer.close()
            self._part.replace(self._path)
