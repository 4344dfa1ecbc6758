"""What is found in sentences, read on one and the same day: Wednesday, 25 November 2026."""

from datetime import date

from bot.entities import named_in

TODAY = date(2026, 11, 25)


def found(text: str, *, language: str | None = None, region: str = "DE") -> list[tuple[str, str]]:
    names = named_in(text, language=language, today=TODAY, region=region)
    return [(name.entity, name.value) for name in names]
