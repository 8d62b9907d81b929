"""Small publications of our own making, and the real release built once for the session."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from nosology.codes.icd10cm import Icd10cm, open_icd10cm
from nosology.codes.release_file import Progress, ReleaseSource

TABULAR = """<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.tabular>
  <version>2026</version>
  <introduction><introSection type="title"><title>List</title></introSection></introduction>
  <chapter>
    <name>1</name>
    <desc>Test diseases (A00-A19)</desc>
    <excludes2><note>other chapters</note></excludes2>
    <section id="A00-A19">
      <desc>All test diseases (A00-A19)</desc>
      <includes><note>every one of them</note></includes>
    </section>
    <section id="A00-A09">
      <desc>Small test diseases (A00-A09)</desc>
      <diag>
        <name>A00</name><desc>Blue fever</desc>
        <inclusionTerm><note>Azure  fever</note></inclusionTerm>
        <useAdditionalCode><note>code to identify the shade</note></useAdditionalCode>
        <useAdditionalCode><note>code for the depth</note></useAdditionalCode>
        <diag><name>A00.0</name><desc>Blue fever, acute</desc><excludes1><note>chronic (A00.1)</note></excludes1></diag>
        <diag><name>A00.1</name><desc>Blue fever, chronic</desc></diag>
      </diag>
    </section>
    <section id="A10">
      <desc>Lone disease (A10)</desc>
      <diag><name>A10</name><desc>Lone disease</desc></diag>
    </section>
    <section id="A11-A19">
      <desc>Injuries of the test (A11-A19)</desc>
      <diag>
        <name>A11</name><desc>Bruise</desc>
        <sevenChrNote><note>Add a 7th character to each code of A11</note></sevenChrNote>
        <sevenChrDef>
          <extension char="A">initial encounter</extension>
          <extension char="D">subsequent encounter</extension>
          <extension char="S">sequela</extension>
          <note>late effect</note>
        </sevenChrDef>
        <notes>
          <note>7th characters D and S do not apply to codes in category A11
            with 6th character 7 - fatal, or 8 - fatal too.</note>
        </notes>
        <diag><name>A11.0</name><desc>Bruise of toe</desc></diag>
        <diag placeholder="true">
          <name>A11.1X</name><desc>Bruise of head</desc>
          <diag><name>A11.1X1</name><desc>Bruise of head, light</desc></diag>
          <diag><name>A11.1X7</name><desc>Bruise of head, fatal</desc></diag>
        </diag>
      </diag>
    </section>
  </chapter>
</ICD10CM.tabular>
"""

INDEX = """<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.index>
  <version>2026</version>
  <title>ICD-10-CM INDEX TO DISEASES and INJURIES</title>
  <letter>
    <title>F</title>
    <mainTerm>
      <title>Fever<nemod>(high) (of (any) origin)</nemod> NEC</title>
      <code>A00.-</code>
      <seeAlso>Heat</seeAlso>
      <term level="1">
        <title>blue</title>
        <code>A00</code>
        <manif>A10</manif>
        <term level="2"><title>acute</title><code>A00.0</code></term>
      </term>
      <term level="1"><title>old</title><see>Fever, blue</see></term>
    </mainTerm>
  </letter>
</ICD10CM.index>
"""

NEOPLASMS = """<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.index>
  <version>2026</version>
  <indexHeading><head col="1">Neoplasm</head><head col="2">Malignant Primary</head></indexHeading>
  <letter>
    <title>N</title>
    <mainTerm>
      <title>Neoplasm, neoplastic</title>
      <cell col="2">C80.1</cell><cell col="3">C79.9</cell><cell col="4">D09.9</cell>
      <cell col="5">D36.9</cell><cell col="6">D48.9</cell><cell col="7">D49.9</cell>
      <term level="1"><title>toe</title><cell col="2">C44.70-</cell><cell col="4">--</cell></term>
    </mainTerm>
  </letter>
</ICD10CM.index>
"""


@pytest.fixture(scope="session")
def icd10cm(home: Path) -> Icd10cm:
    """The release that comes out of the box."""
    return open_icd10cm(on=date(2026, 6, 1), home=home)


@pytest.fixture
def tabular() -> bytes:
    """A tabular list with every trap of the real one."""
    return TABULAR.encode()


@pytest.fixture
def index_xml() -> bytes:
    """An Alphabetic Index of one main term."""
    return INDEX.encode()


@pytest.fixture
def neoplasm_xml() -> bytes:
    """A Table of Neoplasms of two rows."""
    return NEOPLASMS.encode()


@pytest.fixture
def make_source() -> Callable[..., ReleaseSource]:
    """A source whose release holds one table with the word given; ``fill`` may be replaced."""

    def make(
        word: str = "one",
        first: date = date(2026, 4, 1),
        last: date | None = date(2026, 9, 30),
        origin: str = "installed",
        fill: Callable[[sqlite3.Connection, Progress], dict[str, int]] | None = None,
    ) -> ReleaseSource:
        def write(connection: sqlite3.Connection, progress: Progress) -> dict[str, int]:
            progress(0, 1, "writing")
            connection.execute("CREATE TABLE word (word TEXT)")
            connection.execute("INSERT INTO word VALUES (?)", (word * 3000,))
            return {"codes": 1}

        return ReleaseSource("icd10cm", first, last, f"test {word}", lambda: "0" * 64, fill or write, origin)

    return make
