"""The forest of the exhaustive view: trees are grown, kept as nested lists, and asked."""

from __future__ import annotations

import json

import pytest

from nosology.coding.forest import Tree, chance_of, grow_forest, read_tree

TREE: Tree = (1, 0.5, 0.2, (0, 3.0, 0.4, 0.9))


@pytest.mark.parametrize(
    ("features", "chance"),
    [((9.0, 0.5), 0.2), ((3.0, 0.6), 0.4), ((3.1, 0.6), 0.9)],
    ids=["low", "at the limit", "high"],
)
def test_a_question_goes_low_up_to_its_limit(features: tuple[float, float], chance: float) -> None:
    assert chance_of((TREE,), features) == pytest.approx(chance)


def test_the_forest_says_the_mean_of_its_trees() -> None:
    assert chance_of((TREE, 0.6), (9.0, 0.5)) == pytest.approx(0.4)


def test_a_tree_is_read_back_as_it_was_written() -> None:
    assert read_tree(json.loads(json.dumps(TREE))) == TREE


@pytest.mark.parametrize("raw", [[1, 0.5, 0.2], ["a", 1, 0, 0], None])
def test_anything_else_is_no_tree(raw: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        read_tree(raw)


def test_trees_hold_what_two_numbers_say_only_together() -> None:
    pytest.importorskip("sklearn")
    rows = [(float(i % 2), float(i // 2 % 2)) for i in range(80)]
    forest = grow_forest(rows, [a != b for a, b in rows])
    assert chance_of(forest, (1.0, 0.0)) > 0.8 > 0.2 > chance_of(forest, (1.0, 1.0))
    assert grow_forest(rows, [a != b for a, b in rows]) == forest
