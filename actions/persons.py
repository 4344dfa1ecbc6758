"""Hears a person's name in an answer, spelled or spoken."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from rapidfuzz import fuzz

MOST_WORDS: Final = 5
FEWEST_SPELLED: Final = 3
SAME_WORD: Final = 60
_WORD: Final = re.compile(r"[^\W\d_][^\W\d_'’.-]*(?:[-'’][^\W\d_]+)*\.?")
_SPELLED_SO: Final = re.compile(r"\b([^\W\d_])\s+(?:wie|as in|for)\s+\w+,?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PersonName:
    """What was heard of a name; a part that was not named stays as it is."""

    given: str | None
    family: str | None

    @property
    def whole(self) -> bool:
        """Whether both parts were named."""
        return self.given is not None and self.family is not None


def name_within(text: str) -> PersonName | None:
    """Return the name that a longer sentence gives: after "my name is", say."""
    said = _after_lead(_joined_letters(text))
    return _named(text, said) if said is not None else None


def name_in(text: str) -> PersonName | None:
    """Return the name that an answer to the question for one gives."""
    spelled = _joined_letters(text)
    said = _after_lead(spelled)
    return _named(text, spelled if said is None else said)


def _named(text: str, said: str) -> PersonName | None:
    words = _name_words(said)
    if _joined_letters(text) != text:
        words = _spelled_once(words)
    if not words or len(words) > MOST_WORDS:
        return None
    part = _part_asked(text)
    name = " ".join(words)
    if part == "family":
        return PersonName(None, name)
    if part == "given":
        return PersonName(name, None)
    return _parted(words)


def _parted(words: list[str]) -> PersonName | None:
    """Part given from family name; one word alone may be either."""
    if len(words) < 2:
        return None
    first = (place for place, word in enumerate(words) if place and _is(word, "particles"))
    begins = next(first, len(words) - 1)
    return PersonName(" ".join(words[:begins]), " ".join(words[begins:]))


def _part_asked(text: str) -> str | None:
    said = {word.casefold().strip(".") for word in re.findall(r"[^\W\d_]+", text)}
    named = [part for part in ("family", "given") if said & _words(part)]
    return named[0] if len(named) == 1 else None


def _after_lead(text: str) -> str | None:
    """Return what follows the last words that a name follows; None where there are none."""
    ends = [match.end() for match in _leads().finditer(text)]
    return text[ends[-1] :] if ends else None


def _name_words(said: str) -> list[str]:
    words: list[str] = []
    for part in re.split(r"[,;.!?]\s|[,;!?]$|\s+", said.strip()):
        word = part.strip("\"'“”„,;!?")
        if _is(word, "filler") and not words:
            continue
        if _is(word, "filler") or _is(word, "after") or not _WORD.fullmatch(word):
            break
        words.append(_written(word.rstrip(".")))
    return words


def _joined_letters(text: str) -> str:
    """Return the text with what was spelled as words: "W i n t e r", "W-I-N", "R wie Richard"."""
    letters = _SPELLED_SO.sub(r"\1", text)
    single = r"[^\W\d_](?![^\W\d_])"
    run = re.compile(rf"(?<![^\W\d_]){single}(?:[\s,.-]+{single}){{{FEWEST_SPELLED - 1},}}")
    return run.sub(lambda found: "".join(re.findall(r"[^\W\d_]", found[0])).capitalize(), letters)


def _spelled_once(words: list[str]) -> list[str]:
    """Drop a word that was spoken and then spelled."""
    kept: list[str] = []
    for word in words:
        if kept and fuzz.ratio(kept[-1].casefold(), word.casefold()) > SAME_WORD:
            kept.pop()
        kept.append(word)
    return kept


def _written(word: str) -> str:
    """Return a word with its capital, unless it is a small one or was written with some."""
    if _is(word, "particles") or any(letter.isupper() for letter in word):
        return word
    return "-".join(part.capitalize() for part in word.split("-"))


def _is(word: str, kind: str) -> bool:
    return word.casefold() in _words(kind)


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _lexicon()[kind].split())


@cache
def _leads() -> re.Pattern[str]:
    leads = sorted(_lexicon()["before"], key=len, reverse=True)
    said = "|".join(re.escape(lead) for lead in leads)
    return re.compile(rf"(?<!\w)(?:{said})(?!\w)", re.IGNORECASE)


@cache
def _lexicon() -> dict[str, Any]:
    return tomllib.loads(files("actions").joinpath("persons.toml").read_text("utf-8"))
