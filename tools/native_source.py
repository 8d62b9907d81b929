"""What mypyc is given to read: the sources, with their constants told as such.

A name that a module assigns once, and no function rebinds, is marked ``Final``: compiled code then holds its value
itself instead of looking the name up each time. Lines stay where they are, so that tracebacks point at the source.
A tuple of strings is marked as one of any length, so that it is handed on as it is.
"""

from __future__ import annotations

import ast
from collections import Counter

__all__ = ["with_constants"]

_VALUES = (ast.Call, ast.Constant, ast.Dict, ast.DictComp, ast.JoinedStr, ast.List, ast.ListComp, ast.Set, ast.SetComp)
_TYPES = {"Final", "NamedTuple", "NewType", "ParamSpec", "TypeAlias", "TypeVar", "TypeVarTuple", "namedtuple"}
_FUTURE = "from __future__ import annotations"


def with_constants(text: str) -> str:
    """Return the source of a module with ``Final`` where it holds."""
    tree = ast.parse(text)
    bound = _bound(tree)
    lines = text.split("\n")
    marks: list[tuple[int, int, str]] = []  # line, column in bytes, what to put there
    strings: set[str] = set()  # names of tuples of strings
    for each in tree.body:
        name = _name(each)
        if name is None or bound[name] != 1:
            continue
        if isinstance(each, ast.Assign):
            target = each.targets[0]
            if isinstance(each.value, ast.Tuple) and _of_strings(each.value, strings):
                strings.add(name)
                marks.append((target.end_lineno or 0, target.end_col_offset or 0, ": _Final[tuple[str, ...]]"))
            elif isinstance(each.value, _VALUES) and not _makes_type(each.value):
                marks.append((target.end_lineno or 0, target.end_col_offset or 0, ": _Final"))
        elif isinstance(each, ast.AnnAssign) and not _TYPES & _names(each.annotation):
            annotation = each.annotation
            marks.append((annotation.lineno, annotation.col_offset, "_Final["))
            marks.append((annotation.end_lineno or 0, annotation.end_col_offset or 0, "]"))
    if not marks or _FUTURE not in lines:
        return text
    for line, column, mark in sorted(marks, reverse=True):
        whole = lines[line - 1].encode()
        lines[line - 1] = (whole[:column] + mark.encode() + whole[column:]).decode()
    lines[lines.index(_FUTURE)] = f"{_FUTURE}; from typing import Final as _Final"
    return "\n".join(lines)


def _bound(tree: ast.Module) -> Counter[str]:
    """How often each name is bound at the level of the module; what a function rebinds counts more than once."""
    found: Counter[str] = Counter()
    pending: list[ast.AST] = [*tree.body]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found[node.name] += 1
            continue
        if isinstance(node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            found.update((each.asname or each.name).split(".")[0] for each in node.names)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store | ast.Del):
            found[node.id] += 1
        pending += ast.iter_child_nodes(node)
    for node in ast.walk(tree):
        if isinstance(node, ast.Global):
            found.update(dict.fromkeys(node.names, 2))
        elif isinstance(node, ast.NamedExpr):
            found[node.target.id] += 1
    return found


def _name(node: ast.stmt) -> str | None:
    """The one name that a statement assigns, None for any other statement."""
    if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
        name = node.targets[0].id
    elif isinstance(node, ast.AnnAssign) and node.value is not None and isinstance(node.target, ast.Name):
        name = node.target.id
    else:
        return None
    return None if name.startswith("__") else name


def _of_strings(value: ast.expr, known: set[str]) -> bool:
    """Whether a tuple holds strings alone: by its type it has a certain length, and is taken apart for each use."""
    if isinstance(value, ast.Name):
        return value.id in known
    if not isinstance(value, ast.Tuple) or not value.elts:
        return False
    return all(
        _of_strings(each.value, known)
        if isinstance(each, ast.Starred)
        else isinstance(each, ast.Constant) and isinstance(each.value, str)
        for each in value.elts
    )


def _makes_type(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and bool(_TYPES & _names(value.func))


def _names(node: ast.expr) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
