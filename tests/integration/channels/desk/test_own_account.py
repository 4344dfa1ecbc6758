"""What everybody at the desk does with their own account."""

from uuid import uuid4

import pytest

from tests.integration.channels.desk.running import PASSWORD, Desk, LogIn, refusal

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

NEW = "battery staple horse"


async def test_sees_where_one_is_logged_in_and_ends_what_is_not_oneself(
    desk: Desk, log_in: LogIn
) -> None:
    mia = await log_in("mia")
    async with desk.browser(**{"User-Agent": "a stranger's browser"}) as stranger:
        await stranger.post("/desk/api/login", json={"login": "mia", "password": PASSWORD})

        logins = (await mia.get("/desk/api/me/logins")).json()
        [other] = [login for login in logins if not login["this"]]
        ended = await mia.post(f"/desk/api/me/logins/{other['id']}/end")
        out = await stranger.get("/desk/api/me")

    assert len(logins) == 2
    assert (other["browser"], other["address"]) == ("a stranger's browser", "127.0.0.1")
    assert ended.status_code == 204
    assert refusal(out) == (401, "login_needed")
    assert (await mia.get("/desk/api/me")).status_code == 200


async def test_nobody_ends_another_ones_login(desk: Desk, log_in: LogIn) -> None:
    mia, ben = await log_in("mia"), await log_in("ben")
    [theirs] = (await ben.get("/desk/api/me/logins")).json()

    refused = await mia.post(f"/desk/api/me/logins/{theirs['id']}/end")

    assert refusal(refused) == (404, "unknown_login")
    assert refusal(await mia.post(f"/desk/api/me/logins/{uuid4()}/end")) == refusal(refused)
    assert (await ben.get("/desk/api/me")).status_code == 200


async def test_all_other_logins_end_at_once(desk: Desk, log_in: LogIn) -> None:
    mia = await log_in("mia")
    async with desk.browser() as other:
        await other.post("/desk/api/login", json={"login": "mia", "password": PASSWORD})

        await mia.post("/desk/api/me/logins/end")

        assert refusal(await other.get("/desk/api/me")) == (401, "login_needed")
    assert [login["this"] for login in (await mia.get("/desk/api/me/logins")).json()] == [True]


async def test_a_new_password_leaves_only_the_login_that_set_it(desk: Desk, log_in: LogIn) -> None:
    mia = await log_in("mia")
    async with desk.browser() as other:
        await other.post("/desk/api/login", json={"login": "mia", "password": PASSWORD})

        set_ = await mia.post("/desk/api/me/password", json={"old": PASSWORD, "new": NEW})

        assert set_.status_code == 204
        assert refusal(await other.get("/desk/api/me")) == (401, "login_needed")
        entered = await other.post("/desk/api/login", json={"login": "mia", "password": NEW})
    assert entered.status_code == 204
    assert (await mia.get("/desk/api/me")).status_code == 200


async def test_the_old_password_is_asked_for_and_cannot_be_guessed(log_in: LogIn) -> None:
    mia = await log_in("mia")
    wrong = {"old": "wrong", "new": NEW}

    refused = [await mia.post("/desk/api/me/password", json=wrong) for _ in range(5)]
    late = await mia.post("/desk/api/me/password", json={"old": PASSWORD, "new": NEW})

    assert {refusal(one) for one in [*refused, late]} == {(401, "login_refused")}


async def test_a_short_password_is_refused(log_in: LogIn) -> None:
    mia = await log_in("mia")

    refused = await mia.post("/desk/api/me/password", json={"old": PASSWORD, "new": "short"})

    assert refusal(refused) == (422, "password_too_weak")


async def test_says_what_one_may_do(log_in: LogIn) -> None:
    me = (await (await log_in("mia")).get("/desk/api/me")).json()["agent"]

    assert (me["role"], me["rights"]) == ("agent", ["enter", "serve"])
