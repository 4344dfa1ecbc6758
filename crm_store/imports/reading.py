"""Reads an import file record by record: CSV, JSON lines, or one JSON document."""

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Record:
    """One record and where it stands: a line, or its place in a JSON document."""

    line: int
    key: str | None
    content: Any


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line that is no record."""

    line: int
    reason: str


class UnknownFormat(ValueError):  # noqa: N818 - it names what the file has
    """The file is none of the kinds that can be imported."""


def records(path: Path) -> Iterator[Record | Unreadable]:
    """Yield what the file holds, in its order; raise UnknownFormat if it is no such file."""
    try:
        yield from _reader(path)(path)
    except UnicodeDecodeError as error:
        raise UnknownFormat("the file is not in UTF-8") from error


def _reader(path: Path) -> Callable[[Path], Iterator[Record | Unreadable]]:
    match path.suffix.lower():
        case ".csv":
            return _csv
        case ".jsonl" | ".ndjson":
            return _json_lines
        case ".json":
            return _json
        case other:
            raise UnknownFormat(f"{other or 'a file without ending'}: csv, jsonl or json")


def _csv(path: Path) -> Iterator[Record | Unreadable]:
    # Spreadsheets write a byte-order mark, and semicolons where the comma is for decimals.
    with path.open(encoding="utf-8-sig", newline="") as file:
        head = file.readline()
        file.seek(0)
        between = ";" if head.count(";") > head.count(",") else ","
        reader: csv.DictReader[Any] = csv.DictReader(file, delimiter=between)
        for row in reader:
            yield _csv_record(reader.line_num, row)


def _csv_record(line: int, row: dict[str | None, Any]) -> Record | Unreadable:
    if None in row:
        return Unreadable(line, "more values than there are columns")
    if "lines" not in row:
        return Record(line, None, row)
    try:
        return Record(line, None, {**row, "lines": json.loads(row["lines"] or "[]")})
    except json.JSONDecodeError as error:
        return Unreadable(line, f"lines: not JSON: {error.msg}")


def _json_lines(path: Path) -> Iterator[Record | Unreadable]:
    with path.open(encoding="utf-8-sig") as file:
        for line, text in enumerate(file, start=1):
            if text.strip():
                yield _json_record(line, text)


def _json_record(line: int, text: str) -> Record | Unreadable:
    try:
        return Record(line, None, json.loads(text))
    except json.JSONDecodeError as error:
        return Unreadable(line, f"not JSON: {error.msg}")


def _json(path: Path) -> Iterator[Record]:
    document = _document(path)
    keyed = document.items() if isinstance(document, dict) else ((None, r) for r in document)
    for place, (key, content) in enumerate(keyed, start=1):
        yield Record(place, key, content)


def _document(path: Path) -> Any:
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        raise UnknownFormat(f"not JSON, line {error.lineno}: {error.msg}") from error
    if not isinstance(document, dict | list):
        raise UnknownFormat("neither a list of records nor records by their keys")
    return document
