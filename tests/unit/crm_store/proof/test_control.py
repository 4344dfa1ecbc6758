"""The draw of the control group: stable, as large as wished, and growing with its share."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_store.proof.control import in_control_group

pytestmark = pytest.mark.unit

SHARES = st.floats(min_value=0, max_value=1)
SALTS = st.text(max_size=20)
MANY = [UUID(int=number) for number in range(4_000)]


@given(st.uuids(), SHARES, SALTS)
def test_a_customer_stays_where_they_are(customer: UUID, share: float, salt: str) -> None:
    again = UUID(str(customer))

    assert in_control_group(customer, share=share, salt=salt) is in_control_group(
        again, share=share, salt=salt
    )


@given(st.uuids(), SHARES, SHARES, SALTS)
def test_a_greater_share_lets_nobody_go(
    customer: UUID, one: float, other: float, salt: str
) -> None:
    lesser, greater = sorted((one, other))

    if in_control_group(customer, share=lesser, salt=salt):
        assert in_control_group(customer, share=greater, salt=salt)


@given(st.uuids(), SALTS)
def test_none_of_them_is_nobody_and_all_of_them_everybody(customer: UUID, salt: str) -> None:
    assert not in_control_group(customer, share=0, salt=salt)
    assert in_control_group(customer, share=1, salt=salt)


@given(st.floats(min_value=0.02, max_value=0.98), SALTS)
def test_the_group_is_as_large_as_its_share(share: float, salt: str) -> None:
    drawn = sum(in_control_group(customer, share=share, salt=salt) for customer in MANY)

    # Six standard deviations of a fair draw: one run in half a thousand million is further off.
    furthest = 6 * (share * (1 - share) / len(MANY)) ** 0.5
    assert abs(drawn / len(MANY) - share) < furthest


def test_another_salt_draws_anew() -> None:
    first, second = [
        {one for one in MANY if in_control_group(one, share=0.5, salt=salt)}
        for salt in ("2026", "2027")
    ]

    # Two independent halves share a quarter.
    assert 0.2 < len(first & second) / len(MANY) < 0.3
