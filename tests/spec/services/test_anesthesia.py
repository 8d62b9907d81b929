"""Records of anaesthesia."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from nosology.coding.procedures.anesthesia import time_units
from nosology.edits.anesthesia import AnesthesiaCase, find_overlaps

Cases = Callable[..., None]


def test_anesthesia(service_cases: Cases) -> None:
    """Code by the operation, minutes, who gave it, physical status. Rule: Service-anesthesia."""
    service_cases(
        """
        note                                                                                                                                                       | setting      | codes
        -----------------------------------------------------------------------------------------------------------------------------------------------------------|--------------|------------------
        ANESTHESIA RECORD\\nProcedure: Laparoscopic cholecystectomy\\nASA III. Anesthesia start: 07:32. Anesthesia end: 08:47. CRNA under medical direction.         | professional | 00790-QX-P3×75
        ANESTHESIA RECORD\\nProcedure: Screening colonoscopy\\nASA 2. MAC. Anesthesia start 09:00, anesthesia end 09:25. Given by CRNA.                              | professional | 00812-QZ-QS-P2×25
        ANESTHESIA RECORD\\nProcedure: Total knee arthroplasty, right\\nASA 3. Anesthesia time 110 minutes. Anesthesia personally performed by the anesthesiologist. | professional | 01402-AA-P3×110
        ANESTHESIA RECORD\\nProcedure: Total hip arthroplasty\\nAnesthesia start: 10:00. Anesthesia end: 10:00.                                                      | professional | -
        ANESTHESIA RECORD\\nProcedure: Total hip arthroplasty\\nASA 2.                                                                                               | professional | -
        Plan: anesthesia consult before cholecystectomy.                                                                                                           | professional | -
        """,
        findings="service.",
    )


def test_unusual_anesthesia(service_cases: Cases) -> None:
    """23, AD, G8 and G9 from the words of the record. Rules: Service-anesthesia, Modifier-anesthesia."""
    service_cases(
        """
        note                                                                                                                                                                       | setting      | codes
        ---------------------------------------------------------------------------------------------------------------------------------------------------------------------------|--------------|------------------
        ANESTHESIA RECORD\\nProcedure: Screening colonoscopy\\nAnesthesia time 30 minutes. General anesthesia was needed where sedation is usually enough. Personally performed by the anesthesiologist. General anesthesia for a procedure usually done under sedation. | professional | 00812-AA-23×30
        ANESTHESIA RECORD\\nProcedure: Screening colonoscopy\\nMAC. Severe cardiopulmonary disease. Anesthesia time 30 minutes. Given by CRNA.                                        | professional | 00812-QZ-QS-G9×30
        ANESTHESIA RECORD\\nProcedure: Screening colonoscopy\\nMAC for a complicated procedure. Anesthesia time 30 minutes. Given by CRNA.                                          | professional | 00812-QZ-QS-G8×30
        """,
        findings="service.",
    )


def test_labour_and_caesarean(service_cases: Cases) -> None:
    """The add-on beside analgesia in labour, where the record times both. Rule: Service-anesthesia."""
    service_cases(
        """
        note                                                                                                                                                                                                                                                 | setting      | codes
        -----------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------|--------------|--------------------------------
        ANESTHESIA RECORD\\nProcedure: Labor epidural. ASA 2. By CRNA. Anesthesia start 02:00, anesthesia end 06:00.                                                                                                                                          | professional | 01967-QZ-P2×240
        ANESTHESIA RECORD\\nProcedure: Labor epidural, then cesarean delivery. ASA 2. By CRNA. Anesthesia start 02:00, anesthesia end 06:00. Anesthesia start 06:05, anesthesia end 07:15.                                                                  | professional | 01967-QZ-P2×240 01968-QZ-P2×70
        ANESTHESIA RECORD\\nProcedure: Cesarean section. ASA 2. By CRNA. Labor epidural was dosed for cesarean. Anesthesia start 02:00, anesthesia end 07:15.                                                                                               | professional | 01967-QZ-P2×315 ?unsettled
        ANESTHESIA RECORD\\nProcedure: Cesarean section under spinal. ASA 2. By CRNA. Anesthesia start 06:05, anesthesia end 07:15.                                                                                                                         | professional | 01961-QZ-P2×70
        """,
        findings="service.",
    )


def test_time_is_needed(service_cases: Cases) -> None:
    """No time and zero time are findings. Rule: Service-anesthesia."""
    service_cases(
        """
        note                                                                                                                 | setting      | codes
        ---------------------------------------------------------------------------------------------------------------------|--------------|--------
        ANESTHESIA RECORD\\nProcedure: Total hip arthroplasty\\nAnesthesia start: 10:00. Anesthesia end: 10:00.              | professional | - ?time
        ANESTHESIA RECORD\\nProcedure: Total hip arthroplasty\\nASA 2.                                                       | professional | - ?time
        ANESTHESIA RECORD\\nProcedure: Total hip arthroplasty\\nASA 2. Anesthesia start 23:30, anesthesia end 01:00. By CRNA. | professional | 01214-QZ-P2×90
        """,
        findings="anesthesia.",
    )


def test_overlapping_cases() -> None:
    """One person gives one anaesthetic at a time and directs four at most. Rule: Service-anesthesia."""

    def case(name: str, start: int, end: int, *, directed: bool) -> AnesthesiaCase:
        return AnesthesiaCase(name, datetime(2026, 5, 4, start), datetime(2026, 5, 4, end), directed)

    apart = [case("A", 7, 9, directed=False), case("B", 9, 10, directed=False)]
    assert find_overlaps(apart) == ()
    personal = [case("A", 7, 9, directed=False), case("B", 8, 10, directed=True)]
    assert [f.rule for f in find_overlaps(personal)] == ["anesthesia.overlap"]
    four = [case(name, 7, 9, directed=True) for name in "ABCD"]
    assert find_overlaps(four) == ()
    assert {f.severity.value for f in find_overlaps([*four, case("E", 7, 9, directed=True)])} == {"warning"}
    assert [f.rule for f in find_overlaps([case("A", 9, 9, directed=False)])] == ["anesthesia.time"]


def test_time_units() -> None:
    """Fifteen minutes a unit, to one decimal. Rule: Service-anesthesia."""
    assert [str(time_units(minutes)) for minutes in (15, 67, 75, 110)] == ["1.0", "4.5", "5.0", "7.3"]
