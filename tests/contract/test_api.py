"""The API's documentation names every route, who may call it, and how it refuses."""

from typing import Any

import pytest

from channels.api.edge import INVALID, LANGUAGE, LONG, RULES
from channels.api.routes import api
from channels.wording import wording
from crm_store.base import Language

pytestmark = pytest.mark.contract

ROUTES = {
    "/suggestions": {
        *("bad_key", "unknown_customer", "unknown_product"),
        *("empty_wish", "too_long", "unknown_language", "invalid", "too_many"),
    },
    "/suggestions/{suggestion}/outcome": {
        *("bad_key", "unknown_suggestion", "decided_before", "invalid", "too_many"),
    },
    "/events": {
        *("bad_key", "unknown_customer", "unknown_product", "too_long", "invalid", "too_many"),
    },
}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return api().openapi()


def test_it_names_every_route(document: dict[str, Any]) -> None:
    assert {path: set(of) for path, of in document["paths"].items()} == {
        path: {"post"} for path in ROUTES
    }
    assert document["servers"] == [{"url": "/api/v1"}]


@pytest.mark.parametrize("path", ROUTES)
def test_each_route_demands_the_shop_s_key(document: dict[str, Any], path: str) -> None:
    [scheme] = document["components"]["securitySchemes"].items()

    assert document["paths"][path]["post"]["security"] == [{scheme[0]: []}]
    assert (scheme[1]["type"], scheme[1]["scheme"]) == ("http", "bearer")
    assert "RAPPORT_SHOP_KEYS" in scheme[1]["description"]


@pytest.mark.parametrize("path", ROUTES)
def test_each_route_says_how_it_refuses(document: dict[str, Any], path: str) -> None:
    answers = document["paths"][path]["post"]["responses"]
    refusals = {status: said for status, said in answers.items() if status >= "400"}

    told = " ".join(said["description"] for said in refusals.values())
    assert {rule.strip("`,") for rule in told.split()} == ROUTES[path]
    for said in refusals.values():
        schema = said["content"]["application/json"]["schema"]
        assert schema == {"$ref": "#/components/schemas/Refusal"}


@pytest.mark.parametrize("path", ROUTES)
def test_each_route_says_what_it_is_for(document: dict[str, Any], path: str) -> None:
    assert document["paths"][path]["post"]["description"].strip()


def test_every_body_comes_with_an_example(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]

    assert all(schemas[name]["examples"] for name in ("Asked", "Shown", "Decided", "Happened"))


@pytest.mark.parametrize("language", list(Language))
def test_every_rule_has_its_sentence(language: Language) -> None:
    rules = {rule for _, rule in RULES.values()} | {INVALID, LONG, LANGUAGE}

    assert set(wording("channels.api")[language]) == rules
