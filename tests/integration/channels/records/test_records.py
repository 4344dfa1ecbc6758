"""Records administration: who comes in, what they change, and that it is on record."""

import re

import httpx2
import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from channels.records.site import PLACE
from crm_store.agents.models import Agent
from crm_store.agents.roles import Role
from crm_store.audit.models import AuditEntry
from crm_store.audit.repository import AuditRepository
from crm_store.base import Language
from crm_store.canned.models import CannedReply
from crm_store.canned.repository import CannedReplyRepository
from crm_store.catalogue.models import Product
from crm_store.customers.models import Customer
from crm_store.strategy.repository import PolicyRepository
from tests.builders import a_customer, a_product
from tests.integration.channels.desk.running import Desk, LogIn, refusal

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

ADMINISTERING = frozenset({Role.admin})
AUDITING = frozenset({Role.admin, Role.auditor})
PAGES = {
    "customer/list": ADMINISTERING,
    "product/list": ADMINISTERING,
    "product/create": ADMINISTERING,
    "policy/list": ADMINISTERING,
    "policy/edit?pk=shop": ADMINISTERING,
    "canned/list": ADMINISTERING,
    "canned/create": ADMINISTERING,
    "agent/list": ADMINISTERING,
    "agent/create": ADMINISTERING,
    "audit/list": AUDITING,
}


@pytest.mark.parametrize("role", Role)
async def test_each_page_opens_for_the_roles_that_are_named(log_in: LogIn, role: Role) -> None:
    browser = await log_in("mia", role)

    opened = {page for page in PAGES if (await browser.get(f"{PLACE}/{page}")).status_code == 200}

    assert opened == {page for page, roles in PAGES.items() if role in roles}


async def test_a_stranger_is_sent_to_the_login(desk: Desk) -> None:
    async with desk.browser() as stranger:
        answer = await stranger.get(f"{PLACE}/customer/list")

    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")


async def test_nothing_is_removed_and_the_log_is_only_read(desk: Desk, log_in: LogIn) -> None:
    admin = await log_in("root", Role.admin)
    pages = ("customer/create", "audit/create", "policy/create", "audit/edit?pk=1")

    answers = [(await admin.get(f"{PLACE}/{page}")).status_code for page in pages]

    assert answers == [403, 403, 403, 403]


async def test_a_product_is_changed_in_both_languages(desk: Desk, log_in: LogIn) -> None:
    product = a_product("Tosca", sku="S-1", stock=3)
    await _keep(desk, product)
    admin = await log_in("root", Role.admin)

    answer = await _send(
        admin,
        f"product/edit?pk={product.id}",
        title_de="Tosca, Oper",
        title_en="Tosca, an opera",
        kind="recording",
        creator="Giacomo Puccini",
        price="21.50",
        currency="EUR",
        stock="7",
    )

    assert answer.status_code == 303
    async with desk.sessions() as session:
        query = select(Product).options(selectinload(Product.texts))
        kept = (await session.scalars(query)).one()
    assert (kept.sku, kept.title(Language.de), str(kept.price), kept.stock) == (
        "S-1",
        "Tosca, Oper",
        "21.50",
        7,
    )
    assert "Puccini" in kept.text(Language.en).facets


async def test_a_mistake_is_told_at_its_field_and_changes_nothing(
    desk: Desk, log_in: LogIn
) -> None:
    customer = a_customer()
    await _keep(desk, customer)
    admin = await log_in("root", Role.admin)

    answer = await _send(
        admin,
        f"customer/edit?pk={customer.id}",
        given_name="Anna",
        family_name="Ruiz",
        language="en",
        email="no address",
    )

    assert answer.status_code == 422
    async with desk.sessions() as session:
        assert (await session.scalars(select(Customer.given_name))).one() == "Ana"


async def test_a_new_person_logs_in_with_the_password_that_is_shown_once(
    desk: Desk, log_in: LogIn
) -> None:
    admin = await log_in("root", Role.admin)

    await _send(admin, "agent/create", login="Tom", name="Tom Kaiser", role="lead")
    told = (await admin.get(f"{PLACE}/agent/list")).text
    again = (await admin.get(f"{PLACE}/agent/list")).text

    [password] = re.findall(r"(?:once|sehen): ([\w-]{20})", told)
    assert password not in again
    async with desk.browser() as tom:
        entered = await tom.post("/desk/api/login", json={"login": "tom", "password": password})
        role = (await tom.get("/desk/api/me")).json()["agent"]["role"]
    assert (entered.status_code, role) == (204, "lead")


async def test_the_last_admin_stays_one(desk: Desk, log_in: LogIn) -> None:
    admin = await log_in("root", Role.admin)
    me = (await admin.get("/desk/api/me")).json()["agent"]["id"]

    answer = await _send(admin, f"agent/edit?pk={me}", name="Root", role="agent")

    assert answer.status_code == 422
    async with desk.sessions() as session:
        assert (await session.scalars(select(Agent.role))).one() is Role.admin


async def test_a_policy_is_changed_and_a_mistake_in_it_is_not_kept(
    desk: Desk, log_in: LogIn
) -> None:
    admin = await log_in("root", Role.admin)
    rules = "[board]\nanswer_seconds = {}\nanswer_share = 0.9\n"

    wrong = await _send(admin, "policy/edit?pk=board", rules=rules.format("-1"))
    right = await _send(admin, "policy/edit?pk=board", rules=rules.format("30"))

    assert (wrong.status_code, right.status_code) == (422, 303)
    async with desk.sessions() as session:
        board = (await PolicyRepository(session).current()).board
    assert (board.answer_seconds, board.answer_share) == (30, 0.9)


async def test_each_mistake_in_a_policy_is_told_with_its_place(log_in: LogIn) -> None:
    admin = await log_in("root", Role.admin)
    rules = "[board]\nanswer_seconds = -1\nanswer_shares = 0.9\n"

    german = await _send(admin, "policy/edit?pk=board", rules=rules)
    admin.headers["Accept-Language"] = "en"
    english = await _send(admin, "policy/edit?pk=board", rules=rules)
    broken = await _send(admin, "policy/edit?pk=board", rules="[board")

    assert "answer_seconds: muss größer sein als 0" in german.text
    assert "answer_shares: kennt hier niemand" in german.text
    assert "answer_seconds: must be more than 0" in english.text
    assert "answer_shares: is not known here" in english.text
    assert "It cannot be read like this" in broken.text


async def test_a_canned_reply_is_kept_changed_and_removed(desk: Desk, log_in: LogIn) -> None:
    admin = await log_in("root", Role.admin)
    words = {"de": "Einen Moment bitte, {customer}.", "en": "One moment please, {customer}."}

    added = await _send(admin, "canned/create", name="/Moment", **words)
    taken = await _send(admin, "canned/create", name="moment", **words)
    [kept] = await _canned(desk)
    changed = await _send(admin, f"canned/edit?pk={kept.id}", **words | {"en": "Just a moment."})
    [now] = await _canned(desk)
    found = await admin.get(f"{PLACE}/canned/list?q=moment")
    given = {"csrftoken": await _token(admin, "canned/create")}
    gone = await admin.post(f"{PLACE}/_api/canned/row-action?name=delete&pk={kept.id}", data=given)

    assert [one.status_code for one in (added, taken, changed)] == [303, 422, 303]
    assert (kept.name, now.de, now.en) == ("moment", words["de"], "Just a moment.")
    assert "Einen Moment" in found.text
    assert gone.status_code < 400
    assert await _canned(desk) == []
    last = (await _entries(desk))[-1]
    assert last.deed == "admin POST _api/canned/row-action"
    assert last.facts == {"pk": str(kept.id), "name": "delete"}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"en": " "}, "beide Sprachen"),
        ({"de": "Guten Tag, {kunde}."}, "{kunde} kann niemand ausfüllen"),
        ({"name": "zwei Wörter"}, "Buchstaben, Ziffern"),
    ],
)
async def test_a_canned_reply_that_could_not_be_sent_is_not_kept(
    desk: Desk, log_in: LogIn, given: dict[str, str], told: str
) -> None:
    admin = await log_in("root", Role.admin)
    right = {"name": "moment", "de": "Einen Moment.", "en": "One moment."}

    refused = await _send(admin, "canned/create", **right | given)

    assert (refused.status_code, await _canned(desk)) == (422, [])
    assert told in refused.text


@pytest.mark.parametrize(
    ("field", "headers"),
    [
        ("csrftoken", {}),
        ("", {"Origin": "https://evil.example"}),
        ("", {"Sec-Fetch-Site": "cross-site"}),
    ],
)
async def test_another_sites_page_changes_nothing(
    desk: Desk, log_in: LogIn, field: str, headers: dict[str, str]
) -> None:
    admin = await log_in("root", Role.admin)
    given = {"login": "eve", "name": "Eve", "role": "admin"}
    sent = given if field else {**given, "csrftoken": await _token(admin, "agent/create")}

    refused = await admin.post(f"{PLACE}/agent/create", data=sent, headers=headers)

    assert refused.status_code == 403
    async with desk.sessions() as session:
        assert (await session.scalars(select(Agent.login))).all() == ["root"]


async def test_whatever_is_looked_at_or_changed_is_on_record(desk: Desk, log_in: LogIn) -> None:
    customer = a_customer()
    await _keep(desk, customer)
    admin, auditor = await log_in("root", Role.admin), await log_in("ada", Role.auditor)

    await admin.get(f"{PLACE}/customer/detail?pk={customer.id}")
    barred = await auditor.get(f"{PLACE}/customer/detail?pk={customer.id}")

    read, tried = (await _entries(desk))[-2:]
    assert (read.deed, read.customer_id) == ("admin GET customer/detail", customer.id)
    assert (tried.deed, tried.customer_id) == (read.deed, customer.id)
    assert barred.status_code == 403


async def test_a_page_runs_only_scripts_that_we_marked(log_in: LogIn) -> None:
    admin = await log_in("root", Role.admin)

    page = await admin.get(f"{PLACE}/product/list")

    policy = page.headers["content-security-policy"]
    [nonce] = re.findall(r"'nonce-([\w-]+)'", policy)
    scripts = re.findall(r"<script[^>]*>", page.text)
    assert scripts
    assert all(f'nonce="{nonce}"' in script for script in scripts)
    assert "script-src 'self' 'nonce-" in policy
    assert "rsms.me" not in page.text


async def test_whoever_may_administer_nothing_is_told_so(log_in: LogIn) -> None:
    agent = await log_in("mia", Role.agent)

    assert refusal(await agent.get(f"{PLACE}/")) == (403, "role_forbids")


async def _send(browser: httpx2.AsyncClient, page: str, **given: str) -> httpx2.Response:
    token = await _token(browser, page)
    return await browser.post(f"{PLACE}/{page}", data={**given, "csrftoken": token})


async def _token(browser: httpx2.AsyncClient, page: str) -> str:
    form = (await browser.get(f"{PLACE}/{page}")).text
    return str(re.findall(r'name="csrftoken" value="([^"]+)"', form)[0])


async def _keep(desk: Desk, *records: object) -> None:
    async with desk.sessions.begin() as session:
        session.add_all(records)


async def _entries(desk: Desk) -> list[AuditEntry]:
    async with desk.sessions() as session:
        return list(await AuditRepository(session).about(most=50))


async def _canned(desk: Desk) -> list[CannedReply]:
    async with desk.sessions() as session:
        return list(await CannedReplyRepository(session).all())
