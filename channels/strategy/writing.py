"""A section of the policies as a file that a person can change, and back."""

import json
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from crm_store.base import Json


class NoSection(ValueError):  # noqa: N818 - it names what was given, not a failure of ours
    """The file is no section of rules; the message says why."""


def as_toml(section: str, rules: Mapping[str, Any]) -> str:
    """Return a section as TOML."""
    return "\n".join(_table(section, rules)) + "\n"


def read(section: str, file: str) -> Json:
    """Return the rules in a TOML or JSON file (`-` for standard input), or raise NoSection.

    They may stand alone or under the section's own name.
    """
    text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    return section_of(section, parsed(text))


def section_of(section: str, rules: Json) -> Json:
    """Return the rules of a section, whether they stand alone or under its name."""
    inner = rules.get(section)
    return inner if isinstance(inner, dict) and len(rules) == 1 else rules


def parsed(text: str) -> Json:
    """Return the rules in a TOML or JSON text, or raise NoSection."""
    try:
        rules = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except ValueError as error:
        raise NoSection(str(error)) from error
    return dict(rules)


def _table(name: str, rules: Mapping[str, Any], *, one_of_many: bool = False) -> Iterator[str]:
    yield f"[[{name}]]" if one_of_many else f"[{name}]"
    for key, value in rules.items():
        if not isinstance(value, dict) and not _is_tables(value):
            yield f"{key} = {_value(value)}"
    for key, value in rules.items():
        for inner in value if _is_tables(value) else [value]:
            if isinstance(inner, dict):
                yield ""
                yield from _table(f"{name}.{key}", inner, one_of_many=_is_tables(value))


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _value(value: object) -> str:
    # What JSON writes of strings, numbers, truths and lists of them, TOML reads alike.
    return json.dumps(value, ensure_ascii=False)
