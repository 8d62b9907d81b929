"""Readers of coverage lists: the Medicare Coverage Database's download of local articles, and lists of national ones.

The download is a zip of tables in CSV (article, article_x_hcpc_code, article_x_icd10_covered …), as its data dictionary
describes them; the columns were taken from public readers of it, and no file of CMS was at hand to try them on. Local
determinations (LCD) hold their codes in the articles that belong to them. The national lists (NCD) are spreadsheets
whose layout differs from one to the next: read is a table with the heads NCD, HCPCS, ICD-10, covered, and dates.
"""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime

from nosology.errors import UnreadableInput

__all__ = [
    "MCD_KINDS",
    "McdTables",
    "detect_mcd",
    "newest_change",
    "parse_mcd",
    "parse_ncd_list",
    "write_mcd",
    "write_ncd_list",
]

MCD_KINDS: Mapping[str, tuple[str, frozenset[str]]] = {
    "mcd-covered": (
        "Medicare Coverage Database, covered diagnoses (article_x_icd10_covered.csv)",
        frozenset({"article_id", "icd10_code_id", "icd10_covered_group"}),
    ),
    "mcd-noncovered": (
        "Medicare Coverage Database, diagnoses that are not covered (article_x_icd10_noncovered.csv)",
        frozenset({"article_id", "icd10_code_id", "icd10_noncovered_group"}),
    ),
    "mcd-covered-group": (
        "Medicare Coverage Database, paragraphs of covered groups (article_x_icd10_covered_group.csv)",
        frozenset({"article_id", "icd10_covered_group", "paragraph"}),
    ),
    "mcd-drugs": (
        "Medicare Coverage Database, self-administered drugs (article_x_code_table.csv)",
        frozenset({"article_id", "code_table_row", "hcpc_code_id"}),
    ),
    "mcd-hcpcs": (
        "Medicare Coverage Database, services (article_x_hcpc_code.csv)",
        frozenset({"article_id", "hcpc_code_id", "hcpc_code_group"}),
    ),
    "mcd-contractor": (
        "Medicare Coverage Database, contractors (contractor.csv)",
        frozenset({"contractor_id", "contractor_number"}),
    ),
    "mcd-article": (
        "Medicare Coverage Database, articles (article.csv)",
        frozenset({"article_id", "title", "status"}),
    ),
    "mcd-article-contractor": (
        "Medicare Coverage Database, contractors of articles (article_x_contractor.csv)",
        frozenset({"article_id", "article_version", "contractor_id"}),
    ),
}
"""Kind → what to call it, and the columns by which it is known; the first that fits."""

_NEEDED = ("mcd-article", "mcd-hcpcs", "mcd-covered", "mcd-article-contractor", "mcd-contractor")
_AT_LEAST = 50  # rows of services and of covered diagnoses; the database has hundreds of thousands
_NAMED = re.compile(r"\b([A-Z]\d{4}|\d{4}[0-9A-Z])(?:\s*(?:-|\u2013|to|through)\s*([A-Z]\d{4}|\d{4}[0-9A-Z]))?\b")
_BUT = re.compile(r"\b(?:except|excluding|other than|do(?:es)? not)\b", re.IGNORECASE)
_MORE = re.compile(
    r"\b(?:secondary|dual|must also|in addition to|and a code from|required? (?:to be )?(?:report|bill)|both)\b",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^>]*>|&\w+;")

McdTables = dict[str, list[tuple[str, ...]]]
"""Table of the release → its rows, see :func:`write_mcd`."""


_Read = Callable[[str], Iterator[dict[str, str]]]


def detect_mcd(head: str) -> str:
    """The kind of a file by its head, "" if it is none of these."""
    columns = set(_columns(head.lstrip("\ufeff").split("\n", 1)[0]))
    for kind, (_name, wanted) in MCD_KINDS.items():
        if wanted <= columns:
            return kind
    known = {_ncd_column(each) for each in columns}
    return "ncd-list" if {"ncd", "code", "diagnosis", "covered"} <= known else ""


def _columns(line: str) -> list[str]:
    return [cell.strip().strip('"').lower() for cell in line.strip().split(",")]


def _rows(text: str, name: str) -> Iterator[dict[str, str]]:
    before = csv.field_size_limit(50_000_000)  # the body of an article stands in one cell
    try:
        reader = csv.reader(io.StringIO(text, newline=""))
        heads = [cell.strip().lower() for cell in next(reader, [])]
        for cells in reader:
            if cells:
                yield {head: cell.strip() for head, cell in zip(heads, cells, strict=False)}
    except csv.Error as error:
        raise UnreadableInput(f"{name}: damaged or truncated table ({error}); fetch the file again") from error
    finally:
        csv.field_size_limit(before)


def _day(text: str) -> str:
    """A date of the database ("2019-10-03 00:00:00", "10/03/2019", "10/3/2019 12:00:00 AM") as ISO, "" if none."""
    plain = text.split()[0].split("T")[0] if text.split() else ""
    for form in ("%Y-%m-%d", "%m/%d/%Y"):
        try:
            return datetime.strptime(plain, form).date().isoformat()
        except ValueError:
            continue
    return ""


def newest_change(text: str, *, name: str) -> date | None:
    """The newest day in the column ``last_updated`` of a table, None if there is none."""
    days = [_day(row.get("last_updated", "")) for row in _rows(text, name)]
    return max((date.fromisoformat(day) for day in days if day), default=None)


def parse_mcd(files: Mapping[str, Sequence[tuple[str, str]]]) -> McdTables:
    """The rows of the release from the files: kind → (name, text) of each.

    Raises:
        UnreadableInput: a table that is needed is missing, cut short or damaged.
    """
    for kind in _NEEDED:
        if not files.get(kind):
            raise UnreadableInput(f"{MCD_KINDS[kind][0]}: missing; install the zip as CMS publishes it, or its folder")

    def read(kind: str) -> Iterator[dict[str, str]]:
        for name, text in files.get(kind, ()):
            yield from _rows(text, name)

    articles = {}
    for row in read("mcd-article"):
        first = _day(row.get("article_eff_date", ""))
        if row["status"].upper() not in ("A", "R", "") or not first or row.get("display_id", "").startswith("D"):
            continue  # drafts and proposals are not in force
        ends = [_day(row.get(column, "")) for column in ("article_end_date", "article_rev_end_date")]
        key = (row["article_id"], row.get("article_version", ""))
        articles[key] = (*key, row["title"][:200], first, min((each for each in ends if each), default="9999-12-31"))
    numbers = {}
    for row in read("mcd-contractor"):
        numbers[row["contractor_id"], row.get("contractor_version", "")] = row["contractor_number"]
    tables: McdTables = {"article": list(articles.values())}
    tables["contractor"] = [
        (*key, number.zfill(5))
        for row in read("mcd-article-contractor")
        if (key := (row["article_id"], row["article_version"])) in articles
        and (number := numbers.get((row["contractor_id"], row.get("contractor_version", "")), ""))
    ]
    codes: dict[tuple[str, str], set[str]] = {}
    for row in read("mcd-hcpcs"):
        codes.setdefault((row["article_id"], row.get("article_version", "")), set()).add(row["hcpc_code_id"].upper())
    tables["service"] = [(*key, code) for key, found in codes.items() if key in articles for code in sorted(found)]
    tables["diagnosis"] = _diagnoses(read, articles)
    tables["scope"] = _scopes(read, codes)
    tables["drug"] = [
        (row["article_id"], row.get("article_version", ""), row["hcpc_code_id"].upper(),
         _day(row.get("eff_date", "")) or "0001-01-01", _day(row.get("end_date", "")) or "9999-12-31")
        for row in read("mcd-drugs") if (row["article_id"], row.get("article_version", "")) in articles
    ]  # fmt: skip
    for name in ("service", "diagnosis"):
        if len(tables[name]) < _AT_LEAST:
            raise UnreadableInput(
                f"the table of each {name} holds only {len(tables[name])} rows; the file is truncated"
            )
    return tables


def _diagnoses(read: _Read, articles: Mapping[tuple[str, str], object]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for kind, column, covered in (
        ("mcd-covered", "icd10_covered_group", "1"),
        ("mcd-noncovered", "icd10_noncovered_group", "0"),
    ):
        for row in read(kind):
            key = (row["article_id"], row.get("article_version", ""))
            code = row["icd10_code_id"].replace(".", "").upper()
            if key in articles and re.fullmatch(r"[A-Z]\d[0-9A-Z]{1,5}", code):  # "XX000" stands for no code
                noted = "1" if row.get("asterisk", "").strip() not in ("", "0", "N", "n") else ""
                found.append((*key, code, row[column], covered, noted))
    return found


def _scopes(read: _Read, codes: Mapping[tuple[str, str], set[str]]) -> list[tuple[str, ...]]:
    """For each covered group the services of its article that its paragraph names ("" for all), and if it asks for
    more than one diagnosis."""
    found: list[tuple[str, ...]] = []
    for row in read("mcd-covered-group"):
        key = (row["article_id"], row.get("article_version", ""))
        text = _TAG.sub(" ", row["paragraph"])
        named: set[str] = set()
        for first, last in _NAMED.findall(text.upper()):
            named |= {code for code in codes.get(key, ()) if first <= code <= (last or first)}
        limited = "" if _BUT.search(text) else " ".join(sorted(named))
        more = "1" if _MORE.search(text) else ""
        if limited or more:
            found.append((*key, row["icd10_covered_group"], limited, more))
    return found


_TABLES = {
    "article": ("article", "version", "title", "first", "last"),
    "contractor": ("article", "version", "contractor"),
    "service": ("article", "version", "code"),
    "diagnosis": ("article", "version", "diagnosis", "grp", "covered", "noted"),
    "scope": ("article", "version", "grp", "services", "more"),
    "drug": ("article", "version", "code", "first", "last"),
}
_INDEXES = {"service": "code", "diagnosis": "article, version", "contractor": "article", "drug": "code"}


def _write(connection: sqlite3.Connection, name: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    connection.execute(f"CREATE TABLE {name} ({', '.join(f'{column} TEXT NOT NULL' for column in columns)})")
    connection.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})", rows)


def write_mcd(connection: sqlite3.Connection, tables: McdTables) -> dict[str, int]:
    """Write the tables of the release; returns the counts."""
    for name, columns in _TABLES.items():
        _write(connection, name, columns, tables[name])
        if name in _INDEXES:
            connection.execute(f"CREATE INDEX {name}_key ON {name} ({_INDEXES[name]})")
    return {
        "articles": len(tables["article"]),
        "services": len(tables["service"]),
        "diagnoses": len(tables["diagnosis"]),
    }


def _ncd_column(head: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", " ", head.lower()).strip()
    if plain.startswith("ncd"):
        return "title" if "title" in plain else "ncd"
    if "hcpcs" in plain or "cpt" in plain:
        return "code"
    if "icd" in plain and "desc" not in plain:
        return "diagnosis"
    if plain.startswith("covered"):
        return "covered"
    if "effective" in plain or plain in ("start", "from"):
        return "first"
    return "last" if "end" in plain.split() or "termination" in plain or plain == "to" else ""


def parse_ncd_list(rows: Sequence[Sequence[str]], *, name: str) -> list[tuple[str, ...]]:
    """Rows (ncd, service, diagnosis, covered, first, last) of a table with the heads NCD, HCPCS, ICD-10, covered (Y or
    N), and effective and end date if there are any.

    Raises:
        UnreadableInput: other columns, or no row.
    """
    heads: dict[str, int] = {}
    found: list[tuple[str, ...]] = []
    for cells in rows:
        if not heads:
            tried: dict[str, int] = {}
            for place, cell in enumerate(cells):
                tried.setdefault(_ncd_column(str(cell)), place)
            if {"ncd", "code", "diagnosis", "covered"} <= set(tried):
                heads = tried
            continue
        row = {head: str(cells[place]).strip() if place < len(cells) else "" for head, place in heads.items()}
        diagnosis = row["diagnosis"].replace(".", "").upper()
        if re.fullmatch(r"[A-Z]\d[0-9A-Z]{1,5}", diagnosis) and re.fullmatch(r"[A-Z0-9]{5}", row["code"].upper()):
            covered = "1" if row["covered"].upper().startswith("Y") else "0"
            first, last = _day(row.get("first", "")), _day(row.get("last", ""))
            found.append((row["ncd"], row["code"].upper(), diagnosis, covered, first or "0001-01-01",
                          last or date.max.isoformat()))  # fmt: skip
    if not found:
        raise UnreadableInput(f"{name}: no rows under the heads NCD, HCPCS, ICD-10, covered; this is another file")
    return found


def write_ncd_list(connection: sqlite3.Connection, rows: Sequence[tuple[str, ...]]) -> dict[str, int]:
    """Write the national lists; returns the count."""
    _write(connection, "ncd", ("ncd", "code", "diagnosis", "covered", "first", "last"), rows)
    connection.execute("CREATE INDEX ncd_key ON ncd (code)")
    return {"rows": len(rows), "determinations": len({row[0] for row in rows})}
