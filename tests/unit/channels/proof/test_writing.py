"""What the shop reads of its suggestions."""

import json
from dataclasses import replace
from datetime import date

import pytest

from channels.proof.writing import as_json, as_text
from crm_store.proof.intervals import Interval
from crm_store.proof.report import Acceptance, Lift, Report

pytestmark = pytest.mark.unit

ENOUGH = Lift(0.3, 0.1, Interval(0.15, 0.25), customers=1_000, needed=687)
LITTLE = Lift(0.5, 0.0, Interval(0.2, 0.8), customers=10, needed=1_234)
NONE = Lift(0.0, 0.0, None, customers=0, needed=1_571)
TAKEN = Acceptance(shown=120, accepted=30, bought=12, rate=0.3, interval=Interval(0.224, 0.389))
REPORT = Report(
    since=date(2026, 11, 1),
    currency="EUR",
    places={"chat": TAKEN, "product_page": TAKEN},
    reasons={"creator": TAKEN},
    occasions={"asked for": TAKEN},
    offered=9_000,
    control=1_000,
    least_lift=0.05,
    cross_buying=ENOUGH,
    value=Lift(23.4, 20.1, Interval(-0.5, 7.1), customers=1_000, needed=400),
)


def test_it_is_read_from_top_to_bottom() -> None:
    assert (
        as_text(REPORT)
        == """\
Suggestions since 2026-11-01

by place           shown  accepted    bought      rate   95 % interval
chat                 120        30        12    30.0 %   22.4 % to 38.9 %
product_page         120        30        12    30.0 %   22.4 % to 38.9 %

by reason          shown  accepted    bought      rate   95 % interval
creator              120        30        12    30.0 %   22.4 % to 38.9 %

by occasion        shown  accepted    bought      rate   95 % interval
asked for            120        30        12    30.0 %   22.4 % to 38.9 %
The rate is the share that was accepted, or bought and kept.

Customers with offers: 9000; in the control group: 1000

Cross-buying (customers who bought of a category new to them): 30.0 % against 10.0 %
  difference +20.0 points, 95 % interval +15.0 points to +25.0 points
  Offers raise cross-buying.

Value (goods bought and kept, per customer): 23.40 EUR against 20.10 EUR
  difference +3.30, 95 % interval -0.50 to +7.10
  No difference that could not be chance."""
    )


def test_too_little_data_is_told_with_what_is_needed() -> None:
    told = as_text(replace(REPORT, cross_buying=LITTLE, value=LITTLE))

    assert (
        "Too little data: the smaller group counts 10, and 1234 are needed"
        " to see a difference of 5 points four times out of five."
    ) in told
    assert "1234 are needed to be trusted, as unevenly as customers spend." in told
    assert "Offers raise" not in told


@pytest.mark.parametrize(("offered", "control"), [(0, 0), (5, 0), (0, 5)])
def test_a_group_without_anybody_is_told(offered: int, control: int) -> None:
    told = as_text(replace(REPORT, offered=offered, control=control, cross_buying=NONE, value=NONE))

    assert "Too little data: both groups need customers" in told


def test_offers_may_do_harm() -> None:
    harm = Lift(0.1, 0.3, Interval(-0.25, -0.15), customers=1_000, needed=687)

    assert "Offers lower cross-buying." in as_text(replace(REPORT, cross_buying=harm))


def test_a_shop_that_has_shown_nothing_is_told_so() -> None:
    told = as_text(replace(REPORT, since=None, places={}, reasons={}, occasions={}))

    assert told.startswith("All suggestions\nNothing was shown.")


def test_a_program_reads_all_of_it() -> None:
    told = json.loads(as_json(replace(REPORT, value=NONE)))

    assert told["since"] == "2026-11-01"
    assert told["places"]["chat"]["interval"] == {"low": 0.224, "high": 0.389}
    assert told["cross_buying"]["enough"] is True
    assert told["cross_buying"]["difference"] == pytest.approx(0.2)
    assert (told["value"]["enough"], told["value"]["interval"]) == (False, None)
