"""Intervals against published examples, and against scipy.stats wherever it has the same."""

import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from crm_store.proof.intervals import (
    Interval,
    Share,
    needed_for_means,
    needed_to_tell,
    newcombe,
    welch,
    wilson,
)

pytestmark = pytest.mark.unit

SHARES = st.integers(1, 5_000).flatmap(
    lambda of: st.integers(0, of).map(lambda hits: Share(hits, of))
)
VALUES = st.lists(st.floats(0, 1_000).map(lambda value: round(value, 2)), min_size=2, max_size=50)


@given(SHARES)
def test_a_rate_is_between_what_scipy_says(share: Share) -> None:
    expected = stats.binomtest(share.hits, share.of).proportion_ci(method="wilson")

    found = wilson(share)

    assert found is not None
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-9)


def test_a_difference_of_rates_is_as_newcombe_published_it() -> None:
    # Table II, (a) and (b), method 10.
    assert _rounded(newcombe(Share(56, 70), Share(48, 80))) == (0.0524, 0.3339)
    assert _rounded(newcombe(Share(9, 10), Share(3, 10))) == (0.1705, 0.8090)


@given(SHARES, SHARES)
def test_a_difference_turned_round_is_the_same_turned_round(one: Share, other: Share) -> None:
    there, back = newcombe(one, other), newcombe(other, one)

    assert there is not None
    assert back is not None
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low), abs=1e-12)
    assert -1 - 1e-12 <= there.low <= one.rate - other.rate <= there.high <= 1 + 1e-12


@given(VALUES, VALUES)
def test_a_difference_of_means_is_between_what_scipy_says(
    one: list[float], other: list[float]
) -> None:
    found = welch(one, other)

    if found is None:
        assert len(set(one)) == len(set(other)) == 1
        return
    with warnings.catch_warnings(action="ignore"):
        # It warns of groups that hardly vary.
        test = stats.ttest_ind(one, other, equal_var=False)
    expected = test.confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx(
        (expected.low, expected.high), rel=1e-6, abs=1e-6
    )


@pytest.mark.parametrize(("one", "other"), [([], []), ([1.0], [1.0, 2.0]), ([3.0] * 5, [3.0] * 9)])
def test_where_nothing_can_be_told_there_is_no_interval(
    one: list[float], other: list[float]
) -> None:
    assert welch(one, other) is None
    assert wilson(Share(0, 0)) is None
    assert newcombe(Share(0, 0), Share(1, 2)) is None


def test_two_groups_alike_need_what_lehr_s_rule_says() -> None:
    # 16 p (1 - p) / d², Lehr (Statistics in Medicine 11, 1992).
    needed = needed_to_tell(0.05, Share(100_000, 1_000_000), times=1)

    assert needed == pytest.approx(16 * 0.1 * 0.9 / 0.05**2, rel=0.03)


def test_a_needed_number_sees_the_difference_as_often_as_it_says() -> None:
    control, times, rate, least = needed_to_tell(0.05, Share(125, 1_000), times=9), 9, 0.10, 0.05
    draw = np.random.default_rng(7)
    runs = 2_000
    offered = draw.binomial(control * times, rate + least, runs)
    without = draw.binomial(control, rate, runs)

    seen = 0
    for a, b in zip(offered, without, strict=True):
        interval = newcombe(Share(int(a), control * times), Share(int(b), control))
        seen += interval is not None and interval.low > 0

    assert 0.75 < seen / runs < 0.92


@given(SHARES, st.floats(0.01, 0.2), st.floats(1, 20))
def test_a_smaller_difference_needs_more(seen: Share, least: float, times: float) -> None:
    assert needed_to_tell(least / 2, seen, times=times) >= needed_to_tell(least, seen, times=times)


def test_skewed_values_need_more_customers() -> None:
    few_spend = [0.0] * 95 + [100.0] * 5

    assert needed_for_means([]) == needed_for_means([1.0, 2.0, 3.0]) == 355
    assert needed_for_means(few_spend) == math.ceil(355 * stats.skew(few_spend) ** 2)


def _rounded(interval: Interval | None) -> tuple[float, float]:
    assert interval is not None
    return round(interval.low, 4), round(interval.high, 4)
