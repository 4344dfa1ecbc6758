"""Letters that were spelled: "Anton", "A wie Anton", "B for Bravo", "double u"."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bot.entities.lexicons import lexicon

SHORTEST_EXAMPLE = 3


@dataclass(frozen=True, slots=True)
class Letters:
    """Letters, the words that they took, and whether an alphabet was used, and surely one."""

    letters: str
    words: int
    spelled: bool = False
    sure: bool = False

    def __add__(self, other: "Letters") -> "Letters":
        return Letters(
            self.letters + other.letters,
            self.words + other.words,
            self.spelled or other.spelled,
            self.sure or other.sure,
        )


def letters_in(words: Sequence[str]) -> Letters | None:
    """Return the letters that these words begin with, as many as stand side by side."""
    found = Letters("", 0)
    while found.words < len(words):
        letter = _letter(words[found.words :])
        if letter is None:
            break
        found += letter
    return found if found.words else None


def explained(words: Sequence[str]) -> Letters | None:
    """Return the letter of "A wie Anton": whatever word explains it begins with it."""
    letter, *like = words[:4]
    if not _is_letter(letter):
        return None
    length = 2 if " ".join(like[:2]) == "as in" else 1
    example = like[length] if len(like) > length else ""
    if " ".join(like[:length]) not in _like() or not _explains(example, letter):
        return None
    return Letters(letter.upper(), length + 2, spelled=True, sure=True)


def may_be_letter(word: str) -> bool:
    """Tell whether a word is a letter, or one by any alphabet."""
    return _is_letter(word) or word in _alphabet("sure") or word in _alphabet("beside_others")


def may_go_on_spelling(word: str) -> bool:
    """Tell whether a letter before this word is spelled, or explained by it."""
    return may_be_letter(word) or word in ("wie", "for", "like", "as", "double")


def _letter(words: Sequence[str]) -> Letters | None:
    word = words[0]
    if word == "double" and words[1:2] in (["u"], ["you"]):
        return Letters("W", 2, spelled=True, sure=True)
    for kind in ("sure", "beside_others"):
        if word in _alphabet(kind):
            return Letters(_alphabet(kind)[word].upper(), 1, spelled=True, sure=kind == "sure")
    if not _is_letter(word):
        return None
    return explained(words) or Letters(word.upper(), 1)


def _is_letter(word: str) -> bool:
    return len(word) == 1 and word.isalpha()


def _explains(example: str, letter: str) -> bool:
    usual = len(example) >= SHORTEST_EXAMPLE and example not in lexicon("spelling")["unlike"]
    return usual and example.startswith(letter)


@cache
def _like() -> frozenset[str]:
    return frozenset(lexicon("spelling")["like"])


@cache
def _alphabet(kind: str) -> dict[str, str]:
    return {
        word: letter
        for alphabet in lexicon("spelling")[kind].values()
        for letter, words in alphabet.items()
        for word in words
    }
