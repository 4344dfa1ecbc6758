import asyncio
import json
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from channels.cli import app
from crm_store.customers.models import Customer
from crm_store.db import SessionFactory
from tests.builders import a_customer, an_order

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


@pytest.fixture(autouse=True)
def _our_store(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)


async def rapport(*words: str, says: str | None = None) -> Result:
    # The command has an event loop of its own.
    return await asyncio.to_thread(CliRunner().invoke, app, ["customer", *words], says)


async def test_a_customer_is_written_out_for_their_eyes_only(
    sessions: SessionFactory, tmp_path: Path
) -> None:
    await _ana(sessions)
    file = tmp_path / "ana.json"

    done = await rapport("export", "C-1", "--to", str(file))

    document = json.loads(file.read_text(encoding="utf-8"))
    assert done.exit_code == 0
    assert document["contact_points"][0]["value"] == "ana@example.com"
    assert [order["number"] for order in document["orders"]] == ["A-17"]
    assert [line["title"] for line in document["orders"][0]["order_lines"]] == ["Rigoletto"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_without_a_file_it_is_printed(sessions: SessionFactory) -> None:
    await _ana(sessions)

    done = await rapport("export", "C-1")

    assert json.loads(done.stdout)["customers"][0]["family_name"] == "Ruiz"


async def test_a_customer_is_forgotten_after_a_yes(sessions: SessionFactory) -> None:
    ana = await _ana(sessions)

    no = await rapport("erase", "C-1", says="n\n")
    assert await _name(sessions, ana) == "Ana Ruiz"
    yes = await rapport("erase", "C-1", says="y\n")

    assert (no.exit_code, yes.exit_code) == (1, 0)
    assert (await _name(sessions, ana)).strip() == ""


async def test_a_number_of_nobody_is_said_to_be_none(sessions: SessionFactory) -> None:
    for words in (("export", "C-404"), ("erase", "C-404", "--yes")):
        done = await rapport(*words)

        assert done.exit_code == 1
        assert "C-404" in done.stderr


async def _ana(sessions: SessionFactory) -> Customer:
    ana = a_customer()
    async with sessions.begin() as session:
        session.add(ana)
        await session.flush()
        session.add(an_order(ana))
    return ana


async def _name(sessions: SessionFactory, customer: Customer) -> str:
    async with sessions() as session:
        return (await session.get_one(Customer, customer.id)).name
