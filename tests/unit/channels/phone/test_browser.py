"""The telephone in an agent's browser."""

import re
from uuid import uuid4

import pytest
from twilio.jwt.access_token import AccessToken

from channels.phone.browser import BrowserPhone, address_of, browser_phone, token_of
from channels.settings import ChannelSettings
from crm_store.agents.models import Agent

pytestmark = pytest.mark.unit

SECRET = "a secret of the key, long enough to sign"


def told(**more: object) -> ChannelSettings:
    return ChannelSettings.model_validate(
        {
            "database_url": "postgresql://nowhere/none",
            "rapport_secret": "a secret among tests, long enough",
            "rapport_demo": False,
            "twilio_account_sid": "AC1",
            **more,
        }
    )


WITH_KEY = told(twilio_api_key="SK1", twilio_api_secret=SECRET)


def an_agent(phone: str | None = None) -> Agent:
    return Agent(id=uuid4(), login="mia", name="Mia", password_hash="", phone=phone)


@pytest.mark.parametrize(
    ("settings", "phone"),
    [
        (told(), BrowserPhone.none),
        (told(rapport_demo=True), BrowserPhone.demo),
        (WITH_KEY, BrowserPhone.twilio),
    ],
)
def test_what_rings_in_the_browser(settings: ChannelSettings, phone: BrowserPhone) -> None:
    assert browser_phone(settings) is phone


def test_a_number_goes_before_the_browser() -> None:
    assert address_of(an_agent("+4930901820"), WITH_KEY) == "+4930901820"
    assert address_of(an_agent(), told()) is None
    # https://www.twilio.com/docs/voice/sdks/javascript: no other signs in an identity.
    assert re.fullmatch(r"client:\w+", address_of(an_agent(), WITH_KEY) or "", re.ASCII)


def test_the_token_lets_one_be_rung_and_nothing_else() -> None:
    mia = an_agent()

    token = AccessToken.from_jwt(token_of(mia.id, WITH_KEY), SECRET)

    grants = token.payload["grants"]
    assert f"client:{grants['identity']}" == address_of(mia, WITH_KEY)
    assert grants["voice"] == {"incoming": {"allow": True}}
