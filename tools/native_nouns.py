"""Dataclasses of which mypyc is given the constructor to read, so that it compiles it.

Of a dataclass, mypyc compiles the methods, and leaves its constructor to be made when the module is imported, in
Python. Written out, it costs a tenth. It is put into the two empty lines behind the class, so that all others stay
where they are. A frozen dataclass cannot be changed from Python all the same; a ``__reduce__`` lets it be copied and
pickled, which mypyc otherwise does by setting fields.
"""

from __future__ import annotations

import ast

__all__ = ["with_constructors"]

_METHODS = ("__init__", "__reduce__")


def with_constructors(text: str) -> str:
    """Return the source of a module with the constructor of each dataclass that is made of plain fields."""
    lines = [*text.split("\n"), ""]  # behind a class at the end, too, are two empty lines
    for each in ast.parse(text).body:
        if isinstance(each, ast.ClassDef) and not each.bases and (frozen := _frozen(each)) is not None:
            end = each.end_lineno or 0
            if lines[end : end + 2] == ["", ""] and (fields := _fields(each)):
                lines[end] = _constructor(fields, any(_defines(part, "__post_init__") for part in each.body))
                if frozen:
                    lines[end + 1] = _reduce(each.name, [name for name, _kind, _default in fields])
    return "\n".join(lines).rstrip("\n") + "\n"


def _frozen(node: ast.ClassDef) -> bool | None:
    """Whether a dataclass is frozen; None for any other class, and for one of other options than we use."""
    if len(node.decorator_list) != 1 or any(_defines(each, *_METHODS) for each in node.body):
        return None
    call = node.decorator_list[0]
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or call.func.id != "dataclass":
        return None
    options = {each.arg: getattr(each.value, "value", None) for each in call.keywords}
    if options.keys() - {"frozen", "slots", "order"} or not options.get("slots"):
        return None
    return bool(options.get("frozen"))


def _defines(node: ast.stmt, *names: str) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name in names


def _fields(node: ast.ClassDef) -> list[tuple[str, str, str]]:
    """The fields with their types and the arguments' defaults; ``= ...`` and what makes the value where it is made for
    each. None at all where one is not plain.
    """
    fields = []
    for each in node.body:
        if not isinstance(each, ast.AnnAssign) or not isinstance(each.target, ast.Name):
            continue
        kind, default = ast.unparse(each.annotation), ""
        if "ClassVar" in kind or "InitVar" in kind:
            return []
        if isinstance(each.value, ast.Call) and getattr(each.value.func, "id", "") == "field":
            made = [option for option in each.value.keywords if option.arg == "default_factory"]
            if not made or any(option.arg in ("init", "kw_only", "default") for option in each.value.keywords):
                return []
            default = f"= ... or ({ast.unparse(made[0].value)})()"
        elif each.value is not None:
            default = f"= {ast.unparse(each.value)}"
        fields.append((each.target.id, kind, default))
    return fields


def _constructor(fields: list[tuple[str, str, str]], more: bool) -> str:
    arguments, steps = ["self"], []
    for name, kind, default in fields:
        _none, made, factory = default.partition("= ... or ")
        arguments.append(f"{name}: {kind} | None = None" if made else f"{name}: {kind} {default}".rstrip())
        steps.append(f"self.{name} = {factory} if {name} is None else {name}" if made else f"self.{name} = {name}")
    if more:
        steps.append("self.__post_init__()")
    return f"    def __init__({', '.join(arguments)}) -> None: {'; '.join(steps)}  # type: ignore"


def _reduce(name: str, fields: list[str]) -> str:
    values = "".join(f"self.{field}, " for field in fields)
    return f"    def __reduce__(self) -> tuple[object, ...]: return ({name}, ({values}))"
