"""What a caller has heard of our words when they spoke over them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words that were sent to be spoken, and the message that they belong to, if any."""

    text: str
    seq: int | None = None


def heard_of(said: Sequence[Utterance], heard: str) -> list[Utterance]:
    """Return the utterances that were cut short, each with the part that was heard.

    `heard` is what Twilio played before the caller spoke: the beginning of one utterance, or of
    several in a row. Whatever came after it was not heard at all.
    """
    heard = _plain(heard)
    begin = next((at for at in range(len(said)) if _begins(said[at:], heard)), len(said) - 1)
    cut: list[Utterance] = []
    for utterance in said[max(begin, 0) :]:
        text = _plain(utterance.text)
        if not heard.startswith(text):
            cut.append(Utterance(heard if text.startswith(heard) else "", utterance.seq))
        heard = heard.removeprefix(text).strip() if heard.startswith(text) else ""
    return cut


def _begins(said: Sequence[Utterance], heard: str) -> bool:
    return _plain(" ".join(utterance.text for utterance in said)).startswith(heard)


def _plain(text: str) -> str:
    return " ".join(text.split())
