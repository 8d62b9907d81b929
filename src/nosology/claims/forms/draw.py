"""Draws filled forms as PDF: our own drawing of the form with the data, or the data alone for pre-printed stock."""

from __future__ import annotations

import io
from collections.abc import Sequence

from nosology.claims.forms.layout import Field, Layout, Page

__all__ = ["draw_form"]

_FONT, _LABEL = "Courier", "Helvetica"
_SIZE = 12.0  # Courier of 12 points stands at 10 characters to the inch
_RED = (0.72, 0.13, 0.13)
_TINT = (0.98, 0.92, 0.91)


def draw_form(
    layout: Layout, pages: Sequence[Page], *, overlay: bool = False, shift: tuple[float, float] = (0.0, 0.0)
) -> bytes:
    """The PDF of a filled form, letter size, one page for each of ``pages``.

    ``overlay`` draws the data alone; ``shift`` moves it (right, up) in points to suit a printer. The same input gives
    the same bytes.
    """
    from reportlab.lib.pagesizes import letter
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=letter, invariant=True, pageCompression=1)
    canvas.setTitle(layout.title)
    canvas.setCreator("Nosology")
    for number, page in enumerate(pages, 1):
        if not overlay:
            _draw_frame(canvas, layout, page, number, len(pages))
        canvas.saveState()
        canvas.translate(*shift)
        canvas.setFillColorRGB(0, 0, 0)
        for name, text in page.items():
            _draw_text(canvas, layout, layout.fields[name], text)
        canvas.restoreState()
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw_text(canvas, layout: Layout, field: Field, text: str) -> None:  # type: ignore[no-untyped-def]
    if not text:
        return
    column = field.column + (max(0, field.size - len(text)) if field.align == "right" else 0)
    x, y = layout.at(field.line, column)
    canvas.setFont(_FONT, _SIZE)
    canvas.drawString(x, y, text)


def _draw_frame(canvas, layout: Layout, page: Page, number: int, count: int) -> None:  # type: ignore[no-untyped-def]
    canvas.saveState()
    canvas.setLineWidth(0.5)
    canvas.setFillColorRGB(*_TINT)
    for top, left, bottom, right in layout.shade:
        x, y = layout.edge(bottom, left)
        far, high = layout.edge(top, right)
        canvas.rect(x, y, far - x, high - y, stroke=0, fill=1)
    canvas.setStrokeColorRGB(*_RED)
    canvas.setFillColorRGB(*_RED)
    for box in layout.boxes:
        x, y = layout.edge(box.bottom, box.left)
        far, high = layout.edge(box.top, box.right)
        canvas.rect(x, y, far - x, high - y)
        canvas.setFont(f"{_LABEL}-Bold", 5.5)
        canvas.drawString(x + 2, high - 6.5, box.number)
        start = canvas.stringWidth(box.number, f"{_LABEL}-Bold", 5.5) + (4 if box.number else 2)
        canvas.setFont(_LABEL, 5.5)
        canvas.drawString(x + start, high - 6.5, box.label)
    for line, left, right in layout.rules:
        x, y = layout.edge(line, left)
        canvas.line(x, y, layout.edge(line, right)[0], y)
    for field in layout.fields.values():
        if field.align == "mark":
            x, y = layout.at(field.line, field.column)
            canvas.rect(x - 0.8, y - 1.6, 8.8, 9.6)
            canvas.setFont(_LABEL, 5.5)
            canvas.drawString(x + 9.5, y, layout.labels.get(field.name, field.name.rpartition(".")[2]))
    canvas.setFont(_LABEL, 5.5)
    for text, line, column, field_beside in layout.words:
        if field_beside and page.get(field_beside):
            continue
        canvas.drawString(*layout.at(line, column), text)
    x, y = layout.at(*layout.title_at)
    canvas.setFont(f"{_LABEL}-Bold", 8)
    canvas.drawString(x, y, layout.title)
    canvas.setFont(_LABEL, 6)
    pages = f" · page {number} of {count}" if count > 1 else ""
    canvas.drawString(x + canvas.stringWidth(layout.title, f"{_LABEL}-Bold", 8) + 6, y, layout.note + pages)
    canvas.restoreState()
