from datetime import date

import pytest

from nosology.codes.prepared import Remembered, prepare, read_yaml


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("NOSOLOGY_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def source(tmp_path):
    file = tmp_path / "list.txt"
    file.write_text("one")
    return file


class Maker:
    def __init__(self, source):
        self.source, self.calls = source, 0

    def __call__(self):
        self.calls += 1
        return {"text": self.source.read_text(), 1: (2, None, [True])}


def test_it_is_made_once_for_one_content(home, source):
    make = Maker(source)
    first = prepare("list", [source], make)
    assert prepare("list", [source], make) == first == {"text": "one", 1: (2, None, [True])}
    assert make.calls == 1
    source.write_text("two")
    assert prepare("list", [source], make)["text"] == "two"
    assert make.calls == 2


@pytest.mark.parametrize(
    "compiled", ["list.cpython-311-x86_64-linux-gnu.so", "list.cp311-win_amd64.pyd", "list.abi3.so"]
)
def test_a_compiled_module_is_known_by_its_source(home, source, compiled):
    module = source.with_name("list.py")
    module.write_text("one = 1")
    library = source.with_name(compiled)
    library.write_bytes(b"the same whatever is in it")
    make = Maker(source)
    prepare("list", [module], make)
    prepare("list", [library], make)
    assert make.calls == 1
    module.write_text("one = 2")
    prepare("list", [library], make)
    assert make.calls == 2


@pytest.mark.parametrize("damage", [b"", b"abc", b"\0\0\0\0none"])
def test_a_damaged_file_is_made_anew(home, source, damage):
    make = Maker(source)
    prepare("list", [source], make)
    (kept,) = (home / "prepared").iterdir()
    kept.write_bytes(damage)
    assert prepare("list", [source], make)["text"] == "one"
    assert make.calls == 2
    assert kept.read_bytes() != damage


def test_where_nothing_can_be_kept_it_is_made_every_time(tmp_path, monkeypatch, source):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("NOSOLOGY_HOME", str(tmp_path / "file" / "below"))
    make = Maker(source)
    assert prepare("list", [source], make) == prepare("list", [source], make)
    assert make.calls == 2


def test_dates_stay_as_written():
    assert read_yaml("from: 2025-10-01\nnumber: 7") == {"from": "2025-10-01", "number": 7}
    assert date.fromisoformat(read_yaml("2025-10-01")) == date(2025, 10, 1)


def test_what_is_no_yaml_is_a_value_error():
    with pytest.raises(ValueError, match="no YAML"):
        read_yaml("a: [")


def test_an_answer_is_worked_out_once_and_kept_for_other_processes(home, source):
    asked = []

    def answer(question):
        asked.append(question)
        return (question.upper(),)

    one, other = Remembered("answers", [source], answer), Remembered("answers", [source], answer)
    assert [one("a"), one("a"), other("b")] == [("A",), ("A",), ("B",)]
    one.keep()
    other.keep()
    later = Remembered("answers", [source], answer)
    assert (later("a"), later("b")) == (("A",), ("B",))
    assert asked == ["a", "b"]
    source.write_text("two")
    assert Remembered("answers", [source], answer)("a") == ("A",)
    assert asked == ["a", "b", "a"]
