"""The headers of interchanges and functional groups, ISA and GS, with what their elements mean."""

from __future__ import annotations

from typing import NamedTuple

from nosology.x12.segments import Delimiters

__all__ = ["Group", "Interchange"]


class Interchange(NamedTuple):
    """ISA … IEA: its count in the file, its elements without padding (index 1 is ISA01), its delimiters."""

    ordinal: int
    header: tuple[str, ...]
    delimiters: Delimiters
    offset: int

    @property
    def sender(self) -> tuple[str, str]:
        """Qualifier and id of the sender (ISA05, ISA06)."""
        return self.header[5], self.header[6]

    @property
    def receiver(self) -> tuple[str, str]:
        """Qualifier and id of the receiver (ISA07, ISA08)."""
        return self.header[7], self.header[8]

    @property
    def control(self) -> str:
        """The interchange control number (ISA13)."""
        return self.header[13]

    @property
    def version(self) -> str:
        """The version of the control segments (ISA12): 00501, 00401."""
        return self.header[12]

    @property
    def usage(self) -> str:
        """P production, T test (ISA15)."""
        return self.header[15]


class Group(NamedTuple):
    """GS … GE: its count in the interchange and its elements (index 1 is GS01)."""

    ordinal: int
    header: tuple[str, ...]
    offset: int

    @property
    def functional_id(self) -> str:
        """What kind of transaction sets it holds (GS01): HC claims, HP remittances, FA acknowledgements …"""
        return self.header[1]

    @property
    def control(self) -> str:
        """The group control number (GS06)."""
        return self.header[6]

    @property
    def version(self) -> str:
        """The guide that its transaction sets follow (GS08), as 005010X222A1."""
        return self.header[8]
