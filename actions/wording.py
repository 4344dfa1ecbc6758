"""The domain's own words, for what does not go through an utterance: titles of choices, letters."""

from collections.abc import Mapping
from typing import Any

from crm_store.base import Json, Language
from crm_store.conversations.models import Channel


class MissingWording(LookupError):  # noqa: N818 - it names a state, not a failure
    """The domain has no such response in this language."""


def wording(
    domain: Mapping[str, Any],
    response: str,
    language: Language,
    *,
    channel: Channel = Channel.chat,
    **values: str,
) -> str:
    """Return the text of a response as the bot would say it, or raise MissingWording.

    A placeholder without a value stays as it is.
    """
    variants = domain.get("responses", {}).get(response, [])
    spoken = [variant for variant in variants if _holds(variant, language)]
    ranked = sorted(spoken, key=lambda variant: _distance(variant, channel))
    if not ranked or _distance(ranked[0], channel) > 1:
        raise MissingWording(f"{response} in {language}")
    text = str(ranked[0]["text"])
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def has_wording(domain: Mapping[str, Any], response: str) -> bool:
    """Return whether the domain knows a response."""
    return bool(domain.get("responses", {}).get(response))


def _holds(variant: Json, language: Language) -> bool:
    return all(
        condition.get("value") == language
        for condition in variant.get("condition", [])
        if condition.get("name") == "language"
    )


def _distance(variant: Json, channel: Channel) -> int:
    match variant.get("channel"):
        case None:
            return 1
        case named:
            return 0 if named == channel else 2
