"""Offering an errand with a question; a yes begins it (actions/take_offer.py)."""

from typing import Any

from rasa_sdk.events import SlotSet

from actions.base import Event


def offered(errand: str, **given: Any) -> list[Event]:
    """Return the events by which a yes begins an errand, with what is known for it already.

    For whoever has just asked "Shall I ...?" in a response of the domain.
    """
    return [
        SlotSet("offered", {"errand": errand, "given": given}),
        SlotSet("question", "offer"),
    ]
