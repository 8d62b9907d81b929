"""Quick constructors make what the slow ones make."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from nosology.model.note import Mention, Span, Status
from nosology.model.quick_init import quicken


@dataclass(frozen=True, slots=True)
class Small:
    one: int
    more: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Large:
    a: int
    b: int
    c: int = 3
    d: tuple[int, ...] = ()
    e: list[int] = field(default_factory=list)


quicken(Small, Large)
MENTION = Mention(Span(1, 3), (Span(1, 3),), ("I10",), ("hypertension",), 0, section=1, cue="no", status=Status.ABSENT)


def test_fields_and_defaults() -> None:
    assert (Small(1).one, Small(1).more) == (1, [])
    assert Small(1).more is not Small(1).more
    large = Large(1, b=2, d=(4,))
    assert (large.a, large.b, large.c, large.d, large.e) == (1, 2, 3, (4,), [])
    assert type(large) is Large
    assert Large(1, 2).e is not Large(1, 2).e
    assert repr(Large(1, 2)) == "Large(a=1, b=2, c=3, d=(), e=[])"


@pytest.mark.parametrize("noun", [Small(1), Large(1, 2), MENTION, MENTION.span])
def test_a_noun_is_equal_to_its_copies_and_frozen(noun: object) -> None:
    assert pickle.loads(pickle.dumps(noun)) == copy.deepcopy(noun) == replace(noun) == noun  # type: ignore[type-var]
    with pytest.raises(FrozenInstanceError):
        setattr(noun, next(iter(noun.__slots__)), 1)  # type: ignore[attr-defined]


def test_wrong_arguments_are_told() -> None:
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'end'"):
        Span(1)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword argument"):
        Large(1, 2, f=3)  # type: ignore[call-arg]


def test_only_plain_fields() -> None:
    @dataclass(frozen=True, slots=True)
    class After:
        one: int

        def __post_init__(self) -> None:
            raise AssertionError

    with pytest.raises(TypeError, match="After"):
        quicken(After)
