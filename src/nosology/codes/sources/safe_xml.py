"""XML of the publishers, parsed without trusting it."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from nosology.errors import UnreadableInput

__all__ = ["first_text", "parse_xml", "text_of"]


def parse_xml(data: bytes, *, name: str, root: str) -> Element:
    """The root element of a publication.

    Raises:
        UnreadableInput: not well-formed, truncated, with entity tricks, or its root is not ``root``.
    """
    try:
        element: Element = fromstring(data)
    except ParseError as error:
        raise UnreadableInput(f"{name}: broken or truncated XML ({error}); fetch the file again") from error
    except (DefusedXmlException, ValueError, LookupError) as error:
        raise UnreadableInput(f"{name}: XML that must not be trusted ({type(error).__name__})") from error
    if element.tag != root:
        raise UnreadableInput(f"{name}: the root element is <{element.tag}>, expected <{root}>; this is another file")
    return element


def text_of(element: Element) -> str:
    """All text below an element, white space collapsed."""
    return " ".join("".join(element.itertext()).split())


def first_text(element: Element, tag: str) -> str:
    """The text of the first child with that tag, white space collapsed; "" if there is none."""
    child = element.find(tag)
    return "" if child is None else text_of(child)
