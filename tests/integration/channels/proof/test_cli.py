import asyncio
import json
from datetime import timedelta

import pytest
from typer.testing import CliRunner, Result

from channels.cli import app
from crm_store.db import SessionFactory
from crm_store.insight.models import Event
from crm_store.proof.occasions import OFFER_DUE
from crm_store.suggestions.models import Outcome
from tests.builders import NOW, a_customer, a_product
from tests.integration.actions.conftest import kept
from tests.integration.crm_store.proof.shop import a_showing, proved

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


@pytest.fixture(autouse=True)
def _our_store(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)


async def report(*words: str) -> Result:
    # The command has an event loop of its own.
    return await asyncio.to_thread(CliRunner().invoke, app, ["suggestions", "report", *words])


async def test_a_new_shop_has_too_little_data(sessions: SessionFactory) -> None:
    told = await report()

    assert told.exit_code == 0
    assert "Nothing was shown." in told.stdout
    assert "Too little data" in told.stdout


async def test_a_shop_reads_what_came_of_it_since_a_day(sessions: SessionFactory) -> None:
    await _shown(sessions)

    told = await report("--since", NOW.date().isoformat())
    later = await report("--since", (NOW + timedelta(days=1)).date().isoformat())

    assert (
        "chat                   1         1         0   100.0 %   20.7 % to 100.0 %" in told.stdout
    )
    assert "Customers with offers: 1; in the control group: 1" in told.stdout
    assert "Too little data: the smaller group counts 1," in told.stdout
    assert "Nothing was shown." in later.stdout


async def test_a_program_reads_it_as_json(sessions: SessionFactory) -> None:
    await _shown(sessions)

    told = json.loads((await report("--as", "json")).stdout)

    assert told["since"] is None
    assert (told["offered"], told["control"]) == (1, 1)
    assert told["cross_buying"]["enough"] is False


@pytest.mark.parametrize("words", [("--since", "yesterday"), ("--as", "pdf")])
async def test_what_it_cannot_read_is_refused(
    sessions: SessionFactory, words: tuple[str, ...]
) -> None:
    refused = await report(*words)

    assert refused.exit_code == 2
    assert words[1] in refused.stderr


async def _shown(sessions: SessionFactory) -> None:
    ana, ben = a_customer(), a_customer(number="C-2", email="ben@example.com")
    talk, aida = proved(ana), a_product("Aida")
    await kept(sessions, ana, ben, aida, talk, a_showing(aida, talk, outcome=Outcome.accepted))
    due = [
        Event(kind=OFFER_DUE, customer_id=one.id, at=NOW, facts={"control": control})
        for one, control in ((ana, False), (ben, True))
    ]
    await kept(sessions, *due)
