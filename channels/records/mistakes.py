"""Mistakes in what somebody has written, told in their language and with their places."""

from typing import Any, Final

from pydantic import ValidationError

from channels.records.words import said

SAID: Final = {
    **dict.fromkeys(("int_parsing", "int_type", "int_from_float"), "number"),
    **dict.fromkeys(("float_parsing", "float_type", "decimal_parsing", "decimal_type"), "number"),
    **dict.fromkeys(("bool_parsing", "bool_type"), "yes_or_no"),
    **dict.fromkeys(("enum", "literal_error"), "one_of"),
    **{
        kind: kind
        for kind in (
            *("missing", "extra_forbidden", "string_type"),
            *("greater_than", "greater_than_equal", "less_than", "less_than_equal"),
        )
    },
}
"""How each kind of pydantic's is told; any other is told in pydantic's own words."""


def listed(mistakes: ValidationError) -> str:
    """Return every mistake with its place in a section."""
    return "; ".join(_told(mistake) for mistake in mistakes.errors())


def _told(mistake: Any) -> str:
    # The section itself is what is being edited: its name would be said in front of each.
    place = ".".join(str(part) for part in mistake["loc"][1:]) or str(mistake["loc"][0])
    kind = SAID.get(mistake["type"])
    if kind is None:
        return f"{place}: {mistake['msg']}"
    return f"{place}: {str(said(f'mistake_{kind}')).format(**mistake.get('ctx', {}))}"
