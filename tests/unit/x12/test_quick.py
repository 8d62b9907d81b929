"""Nouns that are made quickly are the nouns themselves."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, dataclass, field

import pytest

from nosology.model.claim import Claim, ClaimLine, OtherPayer, Subscriber
from nosology.model.claim_parts import Address, Party
from nosology.x12.quick import quick


@pytest.mark.parametrize("kind", [Address, Party, ClaimLine, Claim, OtherPayer, Subscriber])
def test_the_same_noun(kind: type) -> None:
    values = ("x",) * len(kind.__dataclass_fields__)
    made, plain = quick(kind)(*values), kind(*values)
    assert type(made) is kind
    assert made == plain
    assert repr(made) == repr(plain)
    assert hash(made) == hash(plain)
    with pytest.raises(FrozenInstanceError):
        setattr(made, next(iter(kind.__dataclass_fields__)), "y")


def test_defaults_are_those_of_the_noun() -> None:
    assert quick(Address)(city="SALEM") == Address(city="SALEM")
    with pytest.raises(TypeError):
        quick(Party)()


def test_only_plain_fields() -> None:
    @dataclass(frozen=True, slots=True)
    class Odd:
        found: list[str] = field(default_factory=list)

    with pytest.raises(TypeError, match="found"):
        quick(Odd)
