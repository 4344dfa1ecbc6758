"""Which canned replies an agent may mean by what they have typed. Pure."""

from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz, utils

from crm_store.base import Language
from crm_store.canned.models import CannedReply

MOST: Final = 8
LIKE_ENOUGH: Final = 65
BEGINS_SO: Final = 101
"""A name that begins with what was typed goes before anything that is only like it."""
BY_WORDS: Final = 0.9
"""The share of a likeness that counts where it is to the words and not to the name."""
SHORTEST: Final = 3
"""With fewer letters, almost any words would be like them."""


def fitting(typed: str, replies: Sequence[CannedReply], language: Language) -> list[CannedReply]:
    """Return the replies that fit, the likeliest first; all in their order if nothing is typed."""
    wish = utils.default_process(typed)
    if not wish:
        return list(replies[:MOST])
    scored = [(_likeness(wish, reply, language), reply) for reply in replies]
    fit = [one for one in scored if one[0] >= LIKE_ENOUGH]
    fit.sort(key=lambda one: (-one[0], one[1].name))
    return [reply for _, reply in fit[:MOST]]


def _likeness(wish: str, reply: CannedReply, language: Language) -> float:
    name = utils.default_process(reply.name)
    if name.startswith(wish):
        return BEGINS_SO
    by_name = fuzz.WRatio(wish, name)
    if len(wish) < SHORTEST:
        return by_name
    words = utils.default_process(reply.said(language))
    return max(by_name, BY_WORDS * fuzz.partial_ratio(wish, words))
