"""Segments and envelopes of X12 files, as clean and as broken as they come."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path

import pytest

from nosology.errors import UnreadableInput, UsageError
from nosology.model.edi import EdiFinding
from nosology.x12.syntax import (
    NO_REPETITION,
    Delimiters,
    OutgoingGroup,
    OutgoingTransaction,
    SegmentWriter,
    read_segments,
    read_transactions,
    repetitions,
    write_interchange,
)

BODY = ["BHT*0019*00*1*20260504*1200*CH", "NM1*41*2*ACME CLINIC*****46*12345"]


def interchange(
    control: str = "1", delimiters: Delimiters | None = None, body: list[str] | None = None, sets: int = 1
) -> str:
    used = delimiters or Delimiters()
    segments = BODY if body is None else body
    segments = [text.replace("*", used.element) for text in segments]
    transactions = [OutgoingTransaction("837", f"{n + 1:04d}", segments, "005010X222A1") for n in range(sets)]
    group = OutgoingGroup("HC", "005010X222A1", control, transactions)
    return write_interchange(
        [group], sender=("ZZ", "SENDER"), receiver=("ZZ", "RECEIVER"), created="202605041200", control=control,
        delimiters=delimiters,
    )  # fmt: skip


def findings(source: object) -> list[EdiFinding]:
    found: list[EdiFinding] = []
    for _ in read_transactions(source, report=found.append):  # type: ignore[arg-type]
        pass
    return found


def rules(source: object) -> list[str]:
    return [finding.rule for finding in findings(source)]


@pytest.mark.parametrize("line_end", ["", "\n", "\r\n", "\r", " \n", "\n\n"])
@pytest.mark.parametrize("marks", ["*:^~", "|>!'", "+<^\x1c", "\x1d\x1f\x1e~"])
def test_any_delimiters_and_line_ends(marks: str, line_end: str) -> None:
    used = Delimiters(marks[0], marks[1], marks[2], marks[3], line_end)
    text = interchange(delimiters=used)
    (only,) = read_transactions(text)
    assert only.delimiters == Delimiters(*marks)
    assert only.segments[2] == ["NM1", "41", "2", "ACME CLINIC", "", "", "", "", "46", "12345"]
    assert not rules(text)
    for raw in read_segments(text):
        assert text[raw.offset :].startswith(raw.elements[0])


@pytest.mark.parametrize("terminator", ["\n", "\r\n", "\r"])
def test_a_line_break_may_be_the_terminator(terminator: str) -> None:
    text = interchange().replace("~", terminator)
    (only,) = read_transactions(text)
    assert len(only.segments) == 4
    assert not rules(text)


def test_facts_of_the_envelope() -> None:
    (only,) = read_transactions(interchange("77"))
    assert (only.id, only.control, only.version, only.ordinal) == ("837", "0001", "005010X222A1", 1)
    assert only.interchange.control == "000000077"
    assert only.interchange.sender == ("ZZ", "SENDER")
    assert only.group.functional_id == "HC"
    raw = only.raw_segments()[2]
    assert str(only.position(raw, 3)) == "transaction 1, segment 3, NM103"


@pytest.mark.parametrize("lazy", [False, True])
def test_several_interchanges_each_with_its_own_delimiters(lazy: bool) -> None:
    text = interchange("1") + "\n" + interchange("2", Delimiters("|", ">", "!", "'")) + interchange("3", sets=3)
    seen = [
        (t.interchange.ordinal, t.ordinal, t.delimiters.element, len(list(t)))
        for t in read_transactions(text, lazy=lazy)
    ]
    assert seen == [(1, 1, "*", 4), (2, 1, "|", 4), (3, 1, "*", 4), (3, 2, "*", 4), (3, 3, "*", 4)]


def test_lazy_reading_goes_on_where_a_transaction_set_was_left() -> None:
    text = interchange(sets=3)
    for transaction in read_transactions(text, lazy=True):
        assert next(iter(transaction)).elements[0] == "ST"
    assert not rules(text)


def test_every_kind_of_source() -> None:
    text = interchange()
    for source in (
        text,
        text.encode(),
        io.StringIO(text),
        io.BytesIO(text.encode()),
        [text[:50], text[50:]],
        iter([text]),
    ):
        assert [raw.elements[0] for raw in read_segments(source)][-1] == "IEA"  # type: ignore[arg-type]


def test_pieces_of_any_size_give_the_same_segments() -> None:
    text = interchange("1", sets=40) + interchange("2", Delimiters("|", ">", "!", "\n"), sets=3)
    whole = list(read_segments(text))
    for size in (1, 7, 100, 1000):

        class Pieces(io.StringIO):
            def read(self, count: int | None = -1, size: int = size) -> str:
                return super().read(size)

        assert list(read_segments(Pieces(text))) == whole


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("\ufeff" + interchange(), ""),
        (interchange().replace("SENDER         ", "SENDER"), ""),
        (interchange().replace("00*          *", "00**"), ""),
        ("Message follows:\n" + interchange(), "x12.text_before"),
        (interchange() + "\nEnd of message\n", "x12.text_after"),
        (interchange() + "\x1a", ""),
        (interchange()[:-1], "x12.no_terminator"),
        (interchange().replace("SE*4*", "SE*5*"), "x12.se_count"),
        (interchange().replace("SE*4*0001", "SE*4*0002"), "x12.se_control"),
        (interchange().replace("GE*1*1", "GE*2*1"), "x12.ge_count"),
        (interchange().replace("GE*1*1", "GE*1*9"), "x12.ge_control"),
        (interchange().replace("IEA*1*", "IEA*x*"), "x12.iea_count"),
        (interchange().replace("IEA*1*000000001", "IEA*1*000000002"), "x12.iea_control"),
        (interchange().replace("SE*4*0001~", ""), "x12.se_missing"),
        (interchange().replace("GE*1*1~", ""), "x12.ge_missing"),
        (interchange().replace("IEA*1*000000001~", ""), "x12.iea_missing"),
        (interchange() + interchange(), "x12.isa_control_twice"),
        (interchange(sets=2).replace("*0002", "*0001"), "x12.st_control_twice"),
        (interchange().replace("IEA*1", "ZZZ*1~IEA*1"), "x12.outside"),
        (interchange().replace("005010X222A1~ST", "004010X098A1~ST"), "x12.version"),
        (interchange().replace("CLINIC", "CLINIC\nOF TOWN"), ""),
        (
            interchange().replace("BHT*0019*00*1*20260504*1200*CH~", "BHT*0019*00*1*20260504*1200*CH\n"),
            "x12.no_terminator",
        ),
    ],
)
def test_what_is_odd_is_a_finding(text: str, rule: str) -> None:
    assert rules(text) == ([rule] if rule else [])
    assert len(list(read_transactions(text))) >= 1


def test_codes_of_the_acknowledgements_and_places() -> None:
    (found,) = findings(interchange().replace("SE*4*", "SE*5*"))
    assert (found.transaction_error, found.position.segment, found.position.element) == ("4", 4, 1)
    (found,) = findings(interchange().replace("GE*1*1", "GE*2*1"))
    assert (found.group_error, found.position.segment_id, found.position.group) == ("5", "GE", 1)
    (found,) = findings(interchange().replace("IEA*1*", "IEA*3*"))
    assert (found.interchange_error, found.position.segment_id) == ("021", "IEA")


def test_a_file_that_breaks_off_keeps_what_is_there() -> None:
    text = interchange(sets=2)
    cut = text[: text.rindex("NM1") + 12]
    sets = list(read_transactions(cut))
    assert [len(t.segments) for t in sets] == [4, 3]
    assert rules(cut) == ["x12.no_terminator", "x12.se_missing", "x12.ge_missing", "x12.iea_missing"]


def test_mixed_encodings_are_read_with_one_finding() -> None:
    data = interchange(body=["NM1*41*2*PE\u00d1A*****46*1", "NM1*41*2*M\u00dcLLER*****46*1"]).encode()
    data = data.replace("\u00dc".encode(), b"\xdc")
    (only,) = read_transactions(data)
    assert [only.segments[1][3], only.segments[2][3]] == ["PE\u00d1A", "M\u00dcLLER"]
    assert rules(data) == ["x12.encoding"]
    assert not rules(interchange().encode("utf-16"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"  \n ",
        b"%PDF-1.7\n...",
        b"PK\x03\x04....",
        b"hello, this is no claim",
        b"\x00" * 500,
        b"ISA*00*    ",
        b"\xff" * 99,
    ],
)
def test_what_is_no_x12_is_refused_in_one_line(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "remittance.835"
    file.write_bytes(data)
    with pytest.raises(UnreadableInput) as caught:
        list(read_transactions(file, name=file.name))
    assert "remittance.835" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_transaction_sets_without_envelope_are_read() -> None:
    text = interchange()
    bare = text[text.index("ST*837") : text.index("GE*1")]
    (only,) = read_transactions(bare)
    assert only.id == "837"
    assert rules(bare) == ["x12.no_interchange", "x12.no_group"]


def test_4010_has_no_repetition_separator() -> None:
    text = interchange().replace("*^*00501*", "*U*00401*")
    (only,) = read_transactions(text)
    assert only.delimiters.repetition == NO_REPETITION
    assert repetitions("A^B", only.delimiters) == ["A^B"]


def test_memory_does_not_grow_with_the_file() -> None:
    def pieces(count: int) -> object:
        text = interchange(body=["HL*1**20*1"] * 100, sets=1)
        start, end = text.split("HL*1**20*1~", 1)[0], text[text.index("SE*") :]
        yield start
        for _ in range(count):
            yield "HL*1**20*1~" * 1000
        yield end

    tracemalloc.start()
    count = sum(1 for t in read_transactions(pieces(60), lazy=True) for _ in t)  # type: ignore[arg-type]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 60_002
    assert peak < 25_000_000


def test_writer_drops_what_is_empty_and_refuses_separators() -> None:
    writer = SegmentWriter()
    writer.add("NM1", "41", "", "X", "", "")
    writer.add("HI", writer.composite("ABK", "E119", "", ""), writer.repeated(["A", "B"]))
    assert writer.texts == ["NM1*41**X", "HI*ABK:E119*A^B"]
    for value in ("A*B", "A~B", "A:B", "A^B", "A\nB"):
        with pytest.raises(UsageError, match="NM1"):
            writer.add("NM1", value)
        with pytest.raises(UsageError, match="composite"):
            writer.composite(value)
    cleaning = SegmentWriter(replace=True)
    cleaning.add("NM1", "A*B")
    assert cleaning.texts == ["NM1*A B"]


@pytest.mark.parametrize(
    "wrong", [{"control": "1234567890"}, {"control": "x"}, {"created": "2026"}, {"sender": ("ZZ", "X" * 16)}]
)
def test_writer_refuses_an_envelope_that_cannot_be(wrong: dict[str, object]) -> None:
    right: dict[str, object] = {
        "sender": ("ZZ", "A"),
        "receiver": ("ZZ", "B"),
        "created": "202605041200",
        "control": "1",
    }
    with pytest.raises(UsageError):
        write_interchange([], **{**right, **wrong})  # type: ignore[arg-type]
