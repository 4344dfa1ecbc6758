"""Turns another system's records into rows, as a mapping file says."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import jmespath
from jmespath import functions

from crm_store.imports.reading import Record


class UnknownMapping(ValueError):  # noqa: N818 - it names what is missing
    """There is no such mapping, or it says nothing of these rows."""


class _Functions(functions.Functions):
    """What mappings may use beside JMESPath's own functions."""

    @functions.signature({"types": ["string"]}, {"types": ["string"]})
    def _func_without(self, text: str, letters: str) -> str:
        return "".join(c for c in text if c not in letters)

    @functions.signature({"types": ["object"]})
    def _func_pairs(self, options: Mapping[str, Any]) -> list[str]:
        return [f"{name}: {value}" for name, value in options.items()]


@dataclass(frozen=True, slots=True)
class RowMapping:
    """How the records of one system become rows of one kind."""

    columns: Mapping[str, Any]
    """For each column the JMESPath expression over `key`, `record` and `row`."""
    rows: Any = None
    """Gives the rows of a record, where it holds several."""
    defaults: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Other systems' words for states, eras and so on, by column."""

    def apply(self, record: Record) -> Iterator[dict[str, Any]]:
        """Yield the rows that a record holds."""
        for row in self._rows(record.content):
            seen = {"key": record.key, "record": record.content, "row": row}
            yield self._translated(
                {name: found.search(seen, options=_OPTIONS) for name, found in self.columns.items()}
            )

    def _rows(self, content: Any) -> list[Any]:
        return [content] if self.rows is None else self.rows.search(content, options=_OPTIONS) or []

    def _translated(self, row: dict[str, Any]) -> dict[str, Any]:
        known = {
            name: self.values[name].get(value, value) if name in self.values else value
            for name, value in row.items()
            if value is not None and value != ""
        }
        return {**self.defaults, **known}


_OPTIONS = jmespath.Options(custom_functions=_Functions())


def mapping_named(name: str, noun: str) -> RowMapping:
    """Return a mapping of the product's own by its name, or the shop's by its file."""
    written = tomllib.loads(_text(name))
    if noun not in written:
        raise UnknownMapping(f"the mapping {name} says nothing of {noun}")
    said = written[noun]
    return RowMapping(
        columns={column: jmespath.compile(path) for column, path in said["columns"].items()},
        rows=jmespath.compile(said["rows"]) if "rows" in said else None,
        defaults=said.get("defaults", {}),
        values=said.get("values", {}),
    )


def mapping_names() -> list[str]:
    """Return the names of the mappings that come with the product."""
    return sorted(
        Path(file.name).stem
        for file in files("crm_store.imports").joinpath("mappings").iterdir()
        if file.name.endswith(".toml")
    )


def _text(name: str) -> str:
    if name in mapping_names():
        folder = files("crm_store.imports").joinpath("mappings")
        return folder.joinpath(f"{name}.toml").read_text("utf-8")
    if Path(name).is_file():
        return Path(name).read_text("utf-8")
    raise UnknownMapping(f"no mapping {name}; there are {', '.join(mapping_names())}")
