"""Every number of the board against what was reckoned by hand from `golden.py`."""

from datetime import UTC, date, datetime
from typing import get_args

import pytest

from crm_store.base import Language
from crm_store.board.measures import measure, measures
from crm_store.board.numbers import Cut
from crm_store.board.reading import Asked, board_of, read_board, read_detail, read_now
from crm_store.board.span import Span
from crm_store.conversations.models import Channel
from crm_store.db import SessionFactory
from crm_store.errors import UnknownMeasure
from crm_store.strategy.policies import Numbered
from crm_store.strategy.repository import PolicyRepository
from tests.integration.crm_store.board.golden import CHAT, DE, EN, NOW, PHONE, Shop

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

BERLIN = "Europe/Berlin"
TWO_DAYS = Asked(2, Cut(), NOW)
BY_HAND = {
    "waiting": (2, 2),  # E, F
    "longest_wait": (30, 2),  # E
    "with_agents": (1, 1),  # G
    "service_level": (3 / 6, 6),  # A, G, M of A, B, D, E, G, M: C gave up early, F has just asked
    "abandonment": (2 / 6, 6),  # C, D of A, B, C, D, G, M: E, F still wait, M was taken at first
    "answer_time": ((10 + 40 + 20 + 15) / 4, 4),  # A, B, G, M
    "first_response": ((25 + 60 + 35) / 3, 3),  # A and B wrote, G spoke
    "handling_time": ((300 + 600) / 2, 2),  # A, B
    "containment": (2 / 8, 8),  # H, J of A, B, C, D, M, H, I, J: I came back as J, K goes on
    "transfers": (2 / 4, 4),  # B, M of A, B, G, M
    "rating": (3.5, 2),  # A, B
    "repeat_contacts": (1 / 3, 3),  # A came back as B; of A, B, M, as M is about something else
    "unproved": (1 / 2, 2),  # H's first of H's two; K's still holds
    "fallback": (2 / 5, 5),  # one of H's two, J's of I's, J's and K's; what was clicked counts not
    "unhandled": (3, 3),  # H, I, J
}


@pytest.fixture
async def shop(sessions: SessionFactory) -> Shop:
    async with sessions.begin() as session:
        shop = Shop(session)
        await shop.open()
    return shop


@pytest.mark.usefixtures("shop")
async def test_every_number_is_what_is_reckoned_by_hand(sessions: SessionFactory) -> None:
    async with sessions() as session:
        board = await read_board(session, TWO_DAYS)

    found = {one.measure.key: one.number for one in board.numbers}
    assert set(found) == set(BY_HAND) == set(measures())
    for key, (value, count) in BY_HAND.items():
        assert found[key].value == pytest.approx(value), key
        assert found[key].count == count, key


@pytest.mark.usefixtures("shop")
async def test_a_number_stands_beside_what_it_was_before(sessions: SessionFactory) -> None:
    async with sessions() as session:
        board = await read_board(session, TWO_DAYS)

    before = {one.measure.key: one.before for one in board.numbers}
    assert before["waiting"] is None
    level, rating = before["service_level"], before["rating"]
    assert level is not None
    assert rating is not None
    assert (level.value, level.count) == (1.0, 1)
    assert (rating.value, rating.count) == (None, 0)


@pytest.mark.usefixtures("shop")
async def test_hours_and_days_are_the_shops_own_when_clocks_are_put_back(
    sessions: SessionFactory,
) -> None:
    async with sessions() as session:
        abandoned = await read_detail(session, measure("abandonment"), TWO_DAYS)
        level = await read_detail(session, measure("service_level"), TWO_DAYS)

    hours = {when: (one.value, one.count) for when, one in abandoned.hours.items()}
    assert hours == {(6, 12): (0.0, 2), (6, 13): (0.0, 1), (7, 2): (1.0, 2), (7, 12): (0.0, 1)}
    days = {day: one and (round(one.value or 0, 4), one.count) for day, one in level.days.items()}
    assert days == {date(2026, 10, 24): (0.6667, 3), date(2026, 10, 25): (0.3333, 3)}


@pytest.mark.usefixtures("shop")
async def test_a_number_is_told_apart_by_channel_and_language(sessions: SessionFactory) -> None:
    phone = Asked(2, Cut(channel=Channel.phone), NOW)
    english = Asked(2, Cut(language=Language.en), NOW)
    async with sessions() as session:
        taken = await read_detail(session, measure("answer_time"), TWO_DAYS)
        by_phone = await (await board_of(session, phone)).number(measure("service_level"))
        in_english = await (await board_of(session, english)).number(measure("service_level"))

    assert {part: one.value for part, one in taken.parts.items()} == {
        (CHAT, DE): 10,
        (CHAT, EN): (40 + 15) / 2,
        (PHONE, DE): 20,
    }
    assert by_phone.value == pytest.approx(1 / 3)
    assert by_phone.count == 3
    assert (round(in_english.value or 0, 4), in_english.count) == (0.3333, 3)


async def test_a_number_leads_to_its_conversations_the_worst_first(
    sessions: SessionFactory, shop: Shop
) -> None:
    async with sessions() as session:
        board = await board_of(session, TWO_DAYS)
        slow = await board.counted(measure("answer_time"), most=9)
        rated = await board.counted(measure("rating"), most=9)

    names = {conversation: name for name, conversation in shop.named.items()}
    assert [(names[one.conversation], one.value) for one in slow] == [
        ("B", 40),
        ("G", 20),
        ("M", 15),
        ("A", 10),
    ]
    assert [(names[one.conversation], one.value) for one in rated] == [("B", 2), ("A", 5)]


async def test_equal_sentences_without_an_answer_are_counted_together(
    sessions: SessionFactory, shop: Shop
) -> None:
    async with sessions() as session:
        board = await read_board(session, TWO_DAYS)

    assert [(one.text, one.times) for one in board.sentences] == [
        ("was macht ihr mit altpapier?", 2),
        ("wie wird das wetter?", 1),
    ]
    assert board.sentences[0].conversation == shop.named["J"]


@pytest.mark.usefixtures("shop")
async def test_this_moment_tells_since_when_the_first_has_waited(sessions: SessionFactory) -> None:
    async with sessions() as session:
        now = await read_now(session, Cut(), at=NOW)

    assert set(now) == {"waiting", "longest_wait", "with_agents"}
    assert now["waiting"].count == 2
    assert now["longest_wait"].since == datetime(2026, 10, 25, 11, 59, 30, tzinfo=UTC)


@pytest.mark.usefixtures("shop")
async def test_a_number_past_its_limit_is_raised(sessions: SessionFactory) -> None:
    async with sessions.begin() as session:
        limits = {"waiting": 1, "longest_wait": 30, "service_level": 0.6, "rating": 3}
        await PolicyRepository(session).change("board", {"limits": limits}, at=NOW)
        board = await read_board(session, TWO_DAYS)

    past = {one.measure.key: one.limit for one in board.numbers if one.limit is not None}
    assert past == {"waiting": 1, "service_level": 0.6}


def test_every_number_can_have_a_limit() -> None:
    assert set(get_args(Numbered)) == set(measures())


async def test_an_empty_shop_has_numbers_that_say_nothing(sessions: SessionFactory) -> None:
    async with sessions() as session:
        board = await read_board(session, TWO_DAYS)

    assert {one.number.count for one in board.numbers} == {0}
    assert {one.limit for one in board.numbers} == {None}
    assert {one.number.value for one in board.numbers} == {None, 0.0}


def test_a_span_has_whole_days_of_the_shop() -> None:
    span = Span.of(2, BERLIN, NOW)

    assert span.since == datetime(2026, 10, 23, 22, 0, tzinfo=UTC)
    assert span.days == (date(2026, 10, 24), date(2026, 10, 25))
    assert span.before(BERLIN).since == datetime(2026, 10, 21, 22, 0, tzinfo=UTC)
    # Thirteen o'clock, as now, though the clocks were put back in between.
    assert span.before(BERLIN).until == datetime(2026, 10, 23, 11, 0, tzinfo=UTC)


def test_no_other_number_is_measured() -> None:
    with pytest.raises(UnknownMeasure):
        measure("happiness")
