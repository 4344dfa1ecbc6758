from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from channels.site.routes import site

pytestmark = pytest.mark.unit


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """Lay out a few pages as the build does."""
    for page in ("shop", "desk", "board", "outbox", "phone", "assets"):
        (tmp_path / page).mkdir()
    for page in ("shop", "desk", "board", "outbox", "phone"):
        (tmp_path / page / "index.html").write_text(f"<title>{page}</title>")
    (tmp_path / "assets" / "desk-1a2b.js").write_text("export {};")
    (tmp_path / "widget.js").write_text("var Rapport;")
    return tmp_path


def a_browser(built: Path, *, demo: bool = True) -> TestClient:
    app = FastAPI()
    app.include_router(site(demo=demo, built=built))
    return TestClient(app)


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/", "shop"),
        ("/desk", "desk"),
        ("/desk/board", "board"),
        ("/demo/outbox", "outbox"),
        ("/demo/phone", "phone"),
    ],
)
def test_a_page_runs_nothing_but_our_own_scripts(built: Path, path: str, page: str) -> None:
    answer = a_browser(built).get(path)

    assert answer.text == f"<title>{page}</title>"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self';" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_outside_the_demo_there_are_desk_and_board_only(built: Path) -> None:
    browser = a_browser(built, demo=False)

    paths = ("/desk", "/desk/board", "/", "/demo/outbox")
    answers = {path: browser.get(path).status_code for path in paths}

    assert answers == {"/desk": 200, "/desk/board": 200, "/": 404, "/demo/outbox": 404}


def test_a_named_asset_is_kept_for_ever(built: Path) -> None:
    answer = a_browser(built).get("/assets/desk-1a2b.js")

    assert "immutable" in answer.headers["cache-control"]


def test_any_website_may_embed_the_widget_and_asks_for_news_of_it(built: Path) -> None:
    browser = a_browser(built)

    first = browser.get("/widget.js")
    again = browser.get("/widget.js", headers={"If-None-Match": first.headers["etag"]})

    assert first.headers["access-control-allow-origin"] == "*"
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["/assets/..%2fwidget.js", "/assets/nothing.js"])
def test_nothing_else_is_served(built: Path, path: str) -> None:
    assert a_browser(built).get(path).status_code == 404


def test_missing_pages_say_how_to_build_them(tmp_path: Path) -> None:
    answer = a_browser(tmp_path / "not built").get("/desk")

    assert answer.status_code == 404
    assert "make setup" in answer.json()["detail"]
