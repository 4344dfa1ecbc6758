"""Tables for spreadsheets, in which no cell is ever a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Final

from starlette.responses import Response

BEGIN_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""Characters by which a spreadsheet takes a text for a formula (OWASP, "CSV Injection")."""
BYTE_ORDER: Final = "\ufeff"
"""Tells Excel that the text is UTF-8."""

Cell = str | int | float | None


def table(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return rows as CSV; what could be taken for a formula is marked as text."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow([_harmless(column) for column in columns])
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return BYTE_ORDER + written.getvalue()


def download(name: str, text: str) -> Response:
    """Return a table as a file."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


def _harmless(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell.startswith(BEGIN_FORMULAS):
        return f"'{cell}"
    return cell
