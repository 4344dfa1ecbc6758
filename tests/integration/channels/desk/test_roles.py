"""Every door of the desk, and for whom it opens. A door that is not named here fails."""

import httpx2
import pytest
from fastapi.routing import iter_route_contexts
from websockets.asyncio.client import connect

from crm_store.agents.roles import Role
from crm_store.audit.repository import AuditRepository
from tests.integration.channels.desk.running import Desk, LogIn, cookie, filled, refusal

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

ALL = frozenset(Role)
SERVING = ALL - {Role.auditor}
LEADING = SERVING - {Role.agent}
OVERSEEING = frozenset({Role.supervisor, Role.admin})

CONVERSATION = "/desk/api/conversations/{conversation_id}"
DOORS: dict[str, frozenset[Role]] = {
    "GET /desk/api/me": ALL,
    "POST /desk/api/me": ALL,
    "POST /desk/api/me/password": ALL,
    "POST /desk/api/me/second-factor": ALL,
    "POST /desk/api/me/second-factor/confirm": ALL,
    "POST /desk/api/me/second-factor/end": ALL,
    "GET /desk/api/me/logins": ALL,
    "POST /desk/api/me/logins/{login}/end": ALL,
    "POST /desk/api/me/logins/end": ALL,
    "POST /desk/api/logout": ALL,
    f"GET {CONVERSATION}": SERVING,
    f"POST {CONVERSATION}/claim": SERVING,
    f"POST {CONVERSATION}/reply": SERVING,
    f"POST {CONVERSATION}/note": SERVING,
    f"POST {CONVERSATION}/return": SERVING,
    f"POST {CONVERSATION}/close": SERVING,
    "GET /desk/api/departments": SERVING,
    f"POST {CONVERSATION}/queue": SERVING,
    f"POST {CONVERSATION}/join": SERVING,
    f"POST {CONVERSATION}/part": SERVING,
    f"POST {CONVERSATION}/wait": SERVING,
    f"POST {CONVERSATION}/speak": SERVING,
    f"POST {CONVERSATION}/hold": SERVING,
    f"POST {CONVERSATION}/consult": SERVING,
    f"POST {CONVERSATION}/transfer": SERVING,
    f"GET {CONVERSATION}/recording": SERVING,
    f"POST {CONVERSATION}/suggestions": SERVING,
    f"POST {CONVERSATION}/suggestions/{{suggestion}}/offered": SERVING,
    f"POST {CONVERSATION}/suggestions/{{suggestion}}/outcome": SERVING,
    f"GET {CONVERSATION}/transcript": SERVING,
    f"GET {CONVERSATION}/card": SERVING,
    f"POST {CONVERSATION}/customer": SERVING,
    f"POST {CONVERSATION}/customer/merge": SERVING,
    f"POST {CONVERSATION}/form": SERVING,
    f"POST {CONVERSATION}/form/drop": SERVING,
    f"POST {CONVERSATION}/cases": SERVING,
    "POST /desk/api/cases/{case}": SERVING,
    "POST /desk/api/telephone": SERVING,
    "GET /desk/api/colleagues": SERVING,
    "GET /desk/api/canned": SERVING,
    "POST /desk/api/search": SERVING,
    "GET /desk/api/wrap-up": SERVING,
    "POST /desk/api/duty": SERVING,
    "POST /desk/api/offers/{offer}/accept": SERVING,
    "POST /desk/api/offers/{offer}/decline": SERVING,
    "POST /desk/api/callbacks/{request}/take": SERVING,
    "POST /desk/api/callbacks/{request}/call": SERVING,
    "POST /desk/api/callbacks/{request}/cancel": SERVING,
    f"POST {CONVERSATION}/take-over": LEADING,
    f"POST {CONVERSATION}/listen": LEADING,
    f"POST {CONVERSATION}/whisper": LEADING,
    "GET /desk/api/board": OVERSEEING,
    "GET /desk/api/board/now": OVERSEEING,
    "GET /desk/api/board/days.csv": OVERSEEING,
    "GET /desk/api/board/{key}": OVERSEEING,
    "GET /desk/api/board/{key}/conversations": OVERSEEING,
    "GET /desk/api/board/{key}/conversations.csv": OVERSEEING,
}
OPEN_TO_ALL = {"POST /desk/api/login", "GET /desk/api/entrance"}


@pytest.mark.parametrize("role", Role)
async def test_each_door_opens_for_the_roles_that_are_named(
    desk: Desk, log_in: LogIn, role: Role
) -> None:
    browser = await log_in("mia", role)
    found = _doors(desk)

    opened = {door for door in found if await _opens(browser, door)}

    assert set(found) == set(DOORS), "a door of the desk is not named in DOORS, or is no more"
    assert opened == {door for door, roles in DOORS.items() if role in roles}


async def test_an_auditor_gets_no_live_lists(desk: Desk, log_in: LogIn) -> None:
    auditor = await log_in("ada", Role.auditor)

    headers = {"Cookie": cookie(auditor)}
    async with connect(desk.socket_url, origin=desk.url, additional_headers=headers) as page:  # type: ignore[arg-type]  # a plain string is an origin
        await page.wait_closed()

    assert page.close_code == 4403


async def test_a_barred_try_is_on_record_as_one(desk: Desk, log_in: LogIn) -> None:
    conversation = await desk.waiting()
    auditor = await log_in("ada", Role.auditor)

    refused = await auditor.get(f"/desk/api/conversations/{conversation}")

    async with desk.sessions() as session:
        last = await AuditRepository(session).last()
    assert refusal(refused) == (403, "role_forbids")
    assert last is not None
    assert (last.conversation_id, last.facts) == (conversation, {"barred": "auditor"})


def _doors(desk: Desk) -> list[str]:
    """Return every door but the way in; the way out comes last, for it ends the login."""
    doors = {
        f"{method} {route.path}"
        for route in iter_route_contexts(desk.app.routes)
        for method in getattr(route, "methods", None) or ()
        if (route.path or "").startswith("/desk/api")
    }
    return sorted(doors - OPEN_TO_ALL, key=lambda door: door.endswith("/logout"))


async def _opens(browser: httpx2.AsyncClient, door: str) -> bool:
    method, path = door.split(" ")
    there = filled(path)
    assert "{" not in there, f"{path} has a place that the tests do not know"
    answer = await browser.request(method, there)
    assert answer.status_code != 401, f"{door} ended the login"
    return answer.status_code != 403
