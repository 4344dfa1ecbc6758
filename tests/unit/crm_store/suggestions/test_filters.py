from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_store.suggestions.conditions import fitting, values
from crm_store.suggestions.filters import Filters, Name, Of

pytestmark = pytest.mark.unit

VERDI, WAGNER = Name(Of.creator, "Giuseppe Verdi"), Name(Of.creator, "Richard Wagner")
OPERA = Name(Of.genre, "opera")

prices = st.none() | st.decimals("0", "9999", places=2)
things = st.lists(
    st.builds(Name, st.sampled_from([of for of in Of if of is not Of.family]), st.text()),
    min_size=1,
    max_size=3,
).map(tuple)
filters = st.builds(
    Filters,
    prices,
    prices,
    st.lists(st.text(min_size=1), max_size=2).map(tuple),
    st.lists(things, max_size=2).map(tuple),
    st.lists(st.lists(things, min_size=1, max_size=2).map(tuple), max_size=2).map(tuple),
    st.sampled_from([None, True, False]),
)


@given(filters)
def test_what_is_kept_comes_back_as_it_was(said: Filters) -> None:
    assert Filters.of_json(said.as_json()) == said


@given(filters, filters)
def test_what_was_said_last_holds(first: Filters, later: Filters) -> None:
    both = first.and_then(later)

    assert both.formats == later.formats or not later.formats
    assert set(later.without) <= set(both.without)
    assert not later.has_price or (both.least_price, both.most_price) == (
        later.least_price,
        later.most_price,
    )


@given(filters)
def test_every_value_is_bound_and_none_is_written_into_the_sql(said: Filters) -> None:
    condition = fitting(said)

    assert {f":{name}" for name in values(said)} <= {
        word.strip("(),") for word in condition.replace("CAST(", " ").replace("ANY(", " ").split()
    }


def test_nothing_said_lets_everything_pass_that_is_in_stock() -> None:
    assert not Filters()
    assert Filters().as_json() == {}
    assert fitting(Filters()) == "p.stock > 0"


def test_who_asks_for_somebody_refuses_them_no_more() -> None:
    refused = Filters(without=(((WAGNER,),),))

    assert refused.and_then(Filters(only=((WAGNER,),))).without == ()
    assert refused.and_then(Filters(only=((VERDI,),))).without == refused.without


def test_a_format_that_is_refused_is_asked_for_no_more() -> None:
    on_cd = Filters(formats=("cd",))

    refused = on_cd.and_then(Filters(without=(((Name(Of.form, "cd"),),),)))

    assert refused.formats == ()


def test_a_budget_of_long_ago_holds_no_more_but_a_refusal_does() -> None:
    said = Filters(Decimal(5), Decimal(20), ("cd",), ((OPERA,),), (((WAGNER,),),), sold_out=True)

    assert said.only_what_is_refused() == Filters(without=(((WAGNER,),),))


def test_refusals_alone_choose_nothing() -> None:
    assert not Filters(without=(((WAGNER,),),)).choose
    assert Filters(formats=("cd",)).choose
