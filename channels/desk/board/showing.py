"""The board as its page reads it."""

from collections.abc import Iterator, Mapping

from channels.desk.board.csv import Cell
from crm_store.base import Json, Language
from crm_store.board.measures import Measure
from crm_store.board.numbers import Counted, Number, Sentence
from crm_store.board.people import AtDesk
from crm_store.board.reading import Board, Compared, Detail


def show_board(board: Board, language: Language) -> Json:
    """Return all numbers, with their names."""
    return {
        "since": board.span.since.isoformat(),
        "until": board.span.until.isoformat(),
        "target": board.rules.answer_share,
        "numbers": [_compared(one, language) for one in board.numbers],
        "sentences": [_sentence(one) for one in board.sentences],
    }


def show_now(numbers: Mapping[str, Number]) -> Json:
    """Return what the numbers of this moment are made of; it changes only when they do."""
    return {
        key: {"count": number.count, "since": number.since and number.since.isoformat()}
        for key, number in numbers.items()
    }


def show_person(person: AtDesk) -> Json:
    """Return somebody at the desk."""
    return {
        "name": person.name,
        "standing": person.standing,
        "conversations": person.conversations,
    }


def show_detail(detail: Detail, language: Language) -> Json:
    """Return one number taken apart, with its definition in words and in SQL."""
    return {
        **_named(detail.measure, language),
        "meaning": detail.measure.meaning(language, detail.rules),
        "sql": detail.measure.sql,
        "days": [
            {"day": day.isoformat(), **show_number(number)} for day, number in detail.days.items()
        ],
        "hours": [
            {"day": day, "hour": hour, **show_number(number)}
            for (day, hour), number in detail.hours.items()
        ],
        "parts": [
            {"channel": channel, "language": spoken, **show_number(number)}
            for (channel, spoken), number in detail.parts.items()
        ],
    }


def show_counted(counted: Counted) -> Json:
    """Return one thing that counts."""
    return {
        "conversation": str(counted.conversation),
        "at": counted.at.isoformat(),
        "channel": counted.channel,
        "language": counted.language,
        "value": counted.value,
        "name": counted.name,
    }


def counted_cells(counted: Counted) -> tuple[Cell, ...]:
    """Return one thing that counts as a line of a table."""
    return tuple(show_counted(counted).values())


def day_cells(detail: Detail) -> Iterator[tuple[Cell, ...]]:
    """Return a number's days as lines of a table."""
    for day, number in detail.days.items():
        value, count = (None, 0) if number is None else (number.value, number.count)
        yield (detail.measure.key, day.isoformat(), value, count)


def show_number(number: Number | None) -> Json:
    """Return a number, and of how many things it tells."""
    value, count = (None, 0) if number is None else (number.value, number.count)
    return {"value": value, "count": count}


def _compared(one: Compared, language: Language) -> Json:
    before = None if one.before is None else one.before.value
    return {
        **_named(one.measure, language),
        **show_number(one.number),
        "before": before,
        "limit": one.limit,
    }


def _named(measure: Measure, language: Language) -> Json:
    return {
        "key": measure.key,
        "name": measure.names[language],
        "unit": measure.unit,
        "now": measure.is_now,
        "high_is_bad": measure.worst_is_high,
    }


def _sentence(sentence: Sentence) -> Json:
    return {
        "text": sentence.text,
        "times": sentence.times,
        "language": sentence.language,
        "conversation": str(sentence.conversation),
    }
