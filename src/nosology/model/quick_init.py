"""Constructors of frozen nouns that cost a third: a note makes hundreds of them.

A frozen dataclass sets each field through ``object.__setattr__``. Here the few fields of a small noun are set by the
descriptors of its slots; a larger noun takes the class of a twin that is not frozen, sets its fields plainly, and takes
its own class again before anybody else sees it.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from types import FunctionType
from typing import Any

__all__ = ["quicken"]

_FEW = 3  # fields that are set sooner one by one than by way of a twin


def quicken(*kinds: type) -> None:
    """Give frozen, slotted dataclasses a quicker constructor of the same arguments; what it makes is the same.

    Raises:
        TypeError: for a field that is not of the constructor, or where something is to be done after it.
    """
    for kind in kinds:
        if not isinstance(vars(kind).get("__init__"), FunctionType):  # compiled, and quick
            continue
        shape = fields(kind)
        if hasattr(kind, "__post_init__") or not all(each.init for each in shape) or any(e.kw_only for e in shape):
            raise TypeError(f"{kind.__name__} is not made of plain fields")
        names = [each.name for each in shape]
        known: dict[str, Any] = {"_kind": kind}
        arguments, values = ["self"], {}
        for each in shape:
            values[each.name] = each.name
            if each.default is not MISSING:
                known[f"_of_{each.name}"] = each.default
                arguments.append(f"{each.name}=_of_{each.name}")
            elif each.default_factory is not MISSING:
                known["_missing"], known[f"_of_{each.name}"] = MISSING, each.default_factory
                arguments.append(f"{each.name}=_missing")
                values[each.name] = f"_of_{each.name}() if {each.name} is _missing else {each.name}"
            else:
                arguments.append(each.name)
        if len(names) <= _FEW:
            known |= {f"_set_{name}": getattr(kind, name).__set__ for name in names}
            steps = [f"_set_{name}(self, {value})" for name, value in values.items()]
        else:
            twin: Any = type(f"_{kind.__name__}", (), {"__slots__": tuple(names)})
            known["_twin"] = twin
            known["_become"] = object.__dict__["__class__"].__set__
            object.__new__(twin).__class__ = kind  # TypeError where Python does not allow it
            steps = [f"self.{name} = {value}" for name, value in values.items()]
            steps = ["_become(self, _twin)", *steps, "self.__class__ = _kind"]
        exec(f"def __init__({', '.join(arguments)}):\n " + "\n ".join(steps), known)
        made = known["__init__"]
        made.__qualname__ = f"{kind.__qualname__}.__init__"
        type.__setattr__(kind, "__init__", made)
