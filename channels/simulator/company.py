"""Builds the exchange that plays the phone company beside the application."""

from contextlib import AsyncExitStack

import httpx2

from channels.settings import ChannelSettings
from channels.simulator.account import Account
from channels.simulator.exchange import Exchange
from channels.simulator.reports import Reports
from channels.simulator.webhooks import Webhooks


async def exchange(settings: ChannelSettings, parts: AsyncExitStack) -> Exchange:
    """Return an exchange for the account; what it has open is closed with the parts."""
    client = await parts.enter_async_context(httpx2.AsyncClient(trust_env=False))
    token = settings.twilio_auth_token.get_secret_value()
    reports = Reports(
        Webhooks(Account(settings.twilio_account_sid, token), client),
        account=settings.twilio_account_sid,
        address=settings.rapport_twilio_url.rstrip("/"),
    )
    parts.push_async_callback(reports.stop)
    return Exchange(reports)
