"""What is left of an interest."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_store.interests.strength import strength_now
from crm_store.strategy.policies import policies
from tests.builders import NOW

pytestmark = pytest.mark.unit

strengths = st.floats(min_value=-1, max_value=1)
half_lives = st.timedeltas(min_value=timedelta(hours=1), max_value=timedelta(days=5000))
ages = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=5000))


def left(strength: float, age: timedelta, half_life: timedelta) -> float:
    return strength_now(strength, learned_at=NOW - age, at=NOW, half_life=half_life)


@given(strengths, half_lives)
def test_half_is_left_after_the_half_life(strength: float, half_life: timedelta) -> None:
    assert left(strength, half_life, half_life) == pytest.approx(strength / 2)


@given(strengths, ages, half_lives)
def test_nothing_grows_or_turns_by_itself(
    strength: float, age: timedelta, half_life: timedelta
) -> None:
    now = left(strength, age, half_life)

    assert abs(now) <= abs(strength)
    assert now * strength >= 0


@given(strengths, ages, ages, half_lives)
def test_the_older_is_the_fainter(
    strength: float, age: timedelta, more: timedelta, half_life: timedelta
) -> None:
    assert abs(left(strength, age + more, half_life)) <= abs(left(strength, age, half_life))


@given(strengths, ages, half_lives)
def test_two_waits_are_as_one(strength: float, age: timedelta, half_life: timedelta) -> None:
    halfway = left(strength, age / 2, half_life)

    assert left(halfway, age / 2, half_life) == pytest.approx(left(strength, age, half_life))


@given(strengths, half_lives)
def test_of_what_is_yet_to_come_all_is_left(strength: float, half_life: timedelta) -> None:
    assert left(strength, timedelta(days=-3), half_life) == strength


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(TypeError):
        strength_now(
            1.0,
            learned_at=datetime(2026, 1, 1),  # noqa: DTZ001 - the mistake that is refused
            at=datetime(2026, 1, 1, tzinfo=UTC),
            half_life=timedelta(days=1),
        )


def test_a_shop_that_changed_its_rules_before_these_were_added_keeps_them() -> None:
    kept = policies({"suggestions": {"after_complaint": True}}).suggestions

    assert (kept.after_complaint, kept.most_unasked_per_day) == (True, 1)
