"""The bot's log tells what failed and where, and nothing that was said."""

import logging
import sys

import pytest

from bot.logs import Confidential, only_the_event

pytestmark = pytest.mark.unit

SAID = "Meine Nummer ist 4711"


def a_failure() -> logging.LogRecord:
    try:
        try:
            raise KeyError(SAID)
        except KeyError as cause:
            raise ValueError(f"could not answer {SAID}") from cause
    except ValueError:
        return logging.LogRecord(
            "bot", logging.ERROR, __file__, 1, "A turn has failed.", None, sys.exc_info()
        )


def test_a_failure_is_told_by_its_kinds_and_places() -> None:
    line = Confidential().format(a_failure())

    assert "A turn has failed." in line
    assert "KeyError" in line
    assert "ValueError" in line
    assert "in a_failure" in line


def test_what_the_customer_said_is_not_in_it() -> None:
    assert SAID not in Confidential().format(a_failure())


def test_what_rasa_attaches_to_a_line_is_dropped() -> None:
    event = {"event": "processor.message.parse", "parse_data_text": SAID, "exc_info": None}

    assert only_the_event(None, "debug", event) == {
        "event": "processor.message.parse",
        "exc_info": None,
    }
