"""Whose word is taken for who a customer is: the demo shop's own in the demo, else the shop's."""

import json
from pathlib import Path

import pytest

from channels.demo_shop.login import login_token
from channels.up.secret import demo_shop_keys
from channels.up.stack import Stack
from channels.web_chat.customer_token import ShopKey, customer_in
from crm_store.base import utc_now

pytestmark = pytest.mark.unit

STORE = "postgresql://somewhere/store"


def test_the_demo_shop_signs_with_a_key_of_this_installation() -> None:
    keys = {name: ShopKey(**key) for name, key in json.loads(demo_shop_keys("a secret")).items()}

    token = login_token("C-1001", keys["demo"].key.get_secret_value(), at=utc_now())

    assert customer_in(token, keys, at=utc_now()).number == "C-1001"
    assert demo_shop_keys("a secret") != demo_shop_keys("another")


@pytest.mark.parametrize(("demo", "trusted"), [("true", True), ("false", False)])
def test_a_real_shop_never_takes_the_demos_word(tmp_path: Path, demo: str, trusted: bool) -> None:
    stack = Stack(tmp_path, environment={"RAPPORT_DEMO": demo, "RAPPORT_SECRET": "a secret"})

    assert ("RAPPORT_SHOP_KEYS" in stack._usual(STORE)) is trusted
