from datetime import date, timedelta
from decimal import Decimal

import pytest

from crm_store.vouchers.codes import LETTERS, new_code, tidy
from crm_store.vouchers.models import Voucher, VoucherState
from tests.builders import NOW

pytestmark = pytest.mark.unit

TODAY = date(2026, 11, 23)


def a_voucher(*, valid_until: date = TODAY) -> Voucher:
    return Voucher(value=Decimal(10), currency="EUR", valid_until=valid_until)


def test_a_voucher_is_good_until_the_end_of_its_last_day() -> None:
    assert a_voucher().state(TODAY) is VoucherState.valid
    assert a_voucher().state(TODAY + timedelta(days=1)) is VoucherState.expired


def test_a_spent_voucher_is_spent_however_old_it_is() -> None:
    spent = a_voucher()
    spent.used_at = NOW

    assert spent.state(TODAY) is VoucherState.used
    assert spent.state(TODAY + timedelta(days=1)) is VoucherState.used


def test_a_code_has_no_sign_that_is_taken_for_another() -> None:
    assert not set("01IO") & set(LETTERS)


def test_no_two_codes_are_alike() -> None:
    assert len({new_code("GUT", length=8) for _ in range(200)}) == 200


@pytest.mark.parametrize("written", ["gut-7k2m9qxr", " GUT-7K2M9QXR ", "GUT 7K2M9QXR"])
def test_a_code_is_known_however_it_is_written(written: str) -> None:
    assert tidy(written) == "GUT-7K2M9QXR"
