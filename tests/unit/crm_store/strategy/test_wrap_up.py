from typing import Any

import pytest
from pydantic import ValidationError

from crm_store.errors import CodeNeeded, UnknownCode
from crm_store.strategy.policies import policies
from crm_store.strategy.wrap_up import WrapUp

pytestmark = pytest.mark.unit


def a_code(key: str, *finer: str) -> dict[str, Any]:
    within = [{"key": one, "de": one, "en": one} for one in finer]
    return {"key": key, "de": key, "en": key, "finer": within}


def rules(*codes: dict[str, Any], obligatory: bool = True) -> WrapUp:
    return WrapUp.model_validate({"obligatory": obligatory, "codes": codes})


def test_of_a_group_only_what_is_within_is_a_code() -> None:
    some = rules(a_code("order", "status", "lost"), a_code("advice"))

    assert list(some.paths()) == ["order/status", "order/lost", "advice"]
    assert some.required("order/lost") == "order/lost"
    with pytest.raises(UnknownCode):
        some.required("order")


def test_without_a_code_nothing_is_let_go_unless_the_shop_allows_it() -> None:
    with pytest.raises(CodeNeeded):
        rules(a_code("advice")).required("")

    assert rules(a_code("advice"), obligatory=False).required("") is None
    assert rules(obligatory=False).required("") is None


@pytest.mark.parametrize(
    "mistake",
    [
        {"obligatory": True, "codes": []},
        {"obligatory": True, "codes": [a_code("advice"), a_code("advice")]},
        {"obligatory": True, "codes": [a_code("order", "lost", "lost")]},
        {"obligatory": True, "codes": [a_code("Ärger")]},
        {"obligatory": True, "codes": [{**a_code("a"), "finer": [a_code("b", "c")]}]},
    ],
)
def test_what_no_shop_can_mean_is_refused(mistake: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        WrapUp.model_validate(mistake)


def test_a_new_shop_has_codes() -> None:
    assert policies({}).wrap_up.required("order/lost") == "order/lost"
