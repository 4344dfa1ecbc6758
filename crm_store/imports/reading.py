"""Reads an import file record by record: CSV, JSON lines, or one JSON document."""

import csv
import json
from collections.abc import Iterator
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
    """Yield what the file holds, in its order."""
    match path.suffix.lower():
        case ".csv":
            yield from _csv(path)
        case ".jsonl" | ".ndjson":
            yield from _json_lines(path)
        case ".json":
            yield from _json(path)
        case other:
            raise UnknownFormat(f"{other or 'a file without ending'}: csv, jsonl or json")


def _csv(path: Path) -> Iterator[Record]:
    # Spreadsheets write a byte-order mark, and semicolons where the comma is for decimals.
    with path.open(encoding="utf-8-sig", newline="") as file:
        head = file.readline()
        file.seek(0)
        between = ";" if head.count(";") > head.count(",") else ","
        reader = csv.DictReader(file, delimiter=between)
        for row in reader:
            if "lines" in row:
                row["lines"] = json.loads(row["lines"] or "[]")
            yield Record(reader.line_num, None, row)


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
    document = json.loads(path.read_text(encoding="utf-8-sig"))
    keyed = document.items() if isinstance(document, dict) else ((None, r) for r in document)
    for place, (key, content) in enumerate(keyed, start=1):
        yield Record(place, key, content)
