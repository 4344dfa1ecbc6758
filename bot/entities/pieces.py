"""Words taken together: a number, spelled letters, or a word that stays as it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from bot.entities.letters import explained, letters_in, may_be_letter, may_go_on_spelling
from bot.entities.lexicons import lexicon
from bot.entities.numbers import cardinal, number_in, ordinal

LONGEST_NUMBER = 12
FIGURE, LETTER, OTHER = "figure", "letter", "other"


class Word(NamedTuple):
    """A word or a row of digits; `follows` if only a blank or a hyphen is before it."""

    text: str
    start: int
    end: int
    follows: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words and what they are in plain form; None where they stay as they are."""

    words: int
    text: str | None
    kind: str
    joins: bool = False
    """Whether it is one of a row of digits, if others stand beside it."""


STAYS = Piece(1, None, OTHER)
DIGITS, DIGIT = Piece(1, None, FIGURE), Piece(1, None, FIGURE, joins=True)
ONE_LETTER = Piece(1, None, LETTER)


def piece_at(words: Sequence[Word], place: int, last: Piece) -> Piece:
    """Return what begins at this word, after the last piece."""
    word = words[place]
    if not _matters(word.text) or _is_pronoun(words, place):
        return STAYS
    if word.text.isdigit():
        return DIGIT if len(word.text) == 1 else DIGITS
    if len(word.text) == 1 and not _goes_on(words, place):
        return ONE_LETTER
    ahead = _row(words, place)
    after = last if word.follows else STAYS
    for reading in (_spelled, _repeated, _sign, _nought, _number):
        piece = reading(ahead, after)
        if piece:
            return piece
    return ONE_LETTER if len(word.text) == 1 else STAYS


def _is_pronoun(words: Sequence[Word], place: int) -> bool:
    """Tell "the other one three stars" from "one three"."""
    pointed = place > 0 and words[place].text == "one" and words[place].follows
    return pointed and words[place - 1].text in lexicon("numbers")["pointing"]


@lru_cache(maxsize=4096)
def _matters(word: str) -> bool:
    if word.isdigit() or may_be_letter(word) or word in _other_words():
        return True
    return cardinal(word) is not None or ordinal(word) is not None


def _goes_on(words: Sequence[Word], place: int) -> bool:
    """Tell whether what follows a letter may belong to it."""
    following = words[place + 1] if place + 1 < len(words) else None
    if following is None or not following.follows:
        return words[place].text in lexicon("numbers")["nought"]
    return may_go_on_spelling(following.text) or _matters(following.text)


def _row(words: Sequence[Word], place: int) -> list[str]:
    """Return this word and those that follow it without a pause."""
    row = [words[place].text]
    for word in words[place + 1 : place + LONGEST_NUMBER]:
        if not word.follows:
            break
        row.append(word.text)
    return row


def _spelled(row: list[str], last: Piece) -> Piece | None:
    if len(row[0]) == 1 and not (row[1:2] and may_go_on_spelling(row[1])):
        return None
    found = letters_in(row)
    if found is None:
        return None
    a_row = len(found.letters) > 2 and (found.sure or not found.spelled)
    before_figure = _is_figure(row[found.words : found.words + 1])
    # "2 Kilo" is a weight: after a figure, one word at the end spells nothing.
    after_figure = last.kind != OTHER and len(found.letters) > 1
    if a_row or (found.sure and (before_figure or after_figure)):
        return Piece(found.words, found.letters, LETTER)
    alone = explained(row)
    return Piece(alone.words, alone.letters, LETTER) if alone else None


def _repeated(row: list[str], last: Piece) -> Piece | None:
    """Take "double four", "triple seven" and "double a" for what is repeated."""
    words = lexicon("numbers")
    times = 2 * (row[0] in words["twice"]) or 3 * (row[0] in words["thrice"])
    if not times or len(row) < 2:
        return None
    digit = _digit(row[1])
    if digit is not None:
        return Piece(2, digit * times, FIGURE, joins=True)
    if len(row[1]) == 1 and last.kind != OTHER:
        return Piece(2, row[1].upper() * times, LETTER)
    return None


def _sign(row: list[str], last: Piece) -> Piece | None:
    is_sign = row[0] in lexicon("numbers")["plus"] and _is_figure(row[1:2])
    return Piece(1, "+", OTHER) if is_sign else None


def _nought(row: list[str], last: Piece) -> Piece | None:
    """Take "oh" for a digit among digits only."""
    if row[0] not in lexicon("numbers")["nought"]:
        return None
    if last.joins or (_is_figure(row[1:2]) and (last.kind == LETTER or _is_figure(row[2:3]))):
        return Piece(1, "0", FIGURE, joins=True)
    return None


def _number(row: list[str], last: Piece) -> Piece | None:
    number = number_in(row)
    if number is None:
        return None
    alone = row[0] == "one" and number.words == 1
    if alone and not (last.joins or last.kind == LETTER or _is_figure(row[1:2])):
        return None
    if number.ordinal:
        return Piece(number.words, f"{number.value}º", OTHER)
    return Piece(number.words, str(number.value), FIGURE, joins=True)


def _is_figure(row: Sequence[str]) -> bool:
    """Tell whether a figure comes next, given no more than the next word."""
    return bool(row) and _begins_figure(row[0])


@lru_cache(maxsize=4096)
def _begins_figure(word: str) -> bool:
    words = lexicon("numbers")
    others = (*words["nought"], *words["twice"], *words["thrice"])
    return word.isdigit() or cardinal(word) is not None or word in others


def _digit(word: str) -> str | None:
    value = 0 if word in lexicon("numbers")["nought"] else cardinal(word)
    if word.isdigit():
        return word if len(word) == 1 else None
    return str(value) if value is not None and value < 10 else None


@cache
def _other_words() -> frozenset[str]:
    words = lexicon("numbers")
    kinds = ("nought", "twice", "thrice", "plus")
    return frozenset({"a", "ein", "one", *(word for kind in kinds for word in words[kind])})
