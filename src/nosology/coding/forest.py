"""A small forest of decision trees: what one number says only together with another, which a scorecard cannot hold.

A tree is a question or an answer. A question ``(feature, limit, low, high)`` goes on to ``low`` where the feature is no
more than the limit, else to ``high``; an answer is the share of the codes there that were right. The forest says the
mean of its trees (extremely randomised trees: Geurts, Ernst, Wehenkel, Mach Learn 2006;63:3-42).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

__all__ = ["Tree", "chance_of", "grow_forest", "read_tree"]

Tree: TypeAlias = float | tuple[int, float, Any, Any]
"""The last two are trees in turn."""

_TREES = 100
_LEAVES = 128  # most answers of a tree
_LEAST = 5  # fewest codes behind an answer
_SHARE = 0.6  # of the features, drawn anew for every question


def chance_of(forest: Sequence[Tree], features: Sequence[float]) -> float:
    """Return the mean of what the trees say of a row of features."""
    total = 0.0
    for tree in forest:
        while isinstance(tree, tuple):
            tree = tree[2] if features[tree[0]] <= tree[1] else tree[3]
        total += tree
    return total / len(forest)


def read_tree(raw: Any) -> Tree:
    """Return the tree that nested lists hold. Raises TypeError or ValueError for anything else."""
    if isinstance(raw, list):
        feature, limit, low, high = raw
        return int(feature), float(limit), read_tree(low), read_tree(high)
    return float(raw)


def grow_forest(rows: Sequence[Sequence[float]], right: Sequence[bool]) -> tuple[Tree, ...]:
    """Return the forest of rows of features and whether their codes were right. Needs scikit-learn."""
    from sklearn.ensemble import ExtraTreesClassifier  # type: ignore[import-untyped]

    grown: Any = ExtraTreesClassifier(
        _TREES, max_leaf_nodes=_LEAVES, min_samples_leaf=_LEAST, max_features=_SHARE, random_state=1
    ).fit(rows, right)
    yes = list(grown.classes_).index(True)
    return tuple(_written(each.tree_, 0, yes) for each in grown.estimators_)


def _written(tree: Any, node: int, yes: int) -> Tree:
    low, high = int(tree.children_left[node]), int(tree.children_right[node])
    if low < 0:
        counts = tree.value[node][0]
        return round(float(counts[yes] / counts.sum()), 3)
    limit = round(float(tree.threshold[node]), 4)
    return int(tree.feature[node]), limit, _written(tree, low, yes), _written(tree, high, yes)
