"""The telephone in an agent's browser: Twilio's Voice SDK, let in by a token of ours."""

from enum import StrEnum
from uuid import UUID

from twilio.jwt.access_token import AccessToken
from twilio.jwt.access_token.grants import VoiceGrant

from channels.settings import ChannelSettings
from crm_store.agents.models import Agent

VALID_SECONDS = 3600


class BrowserPhone(StrEnum):
    """What rings in an agent's browser."""

    none = "none"
    demo = "demo"
    """A pretended telephone on the desk's page."""
    twilio = "twilio"


def browser_phone(settings: ChannelSettings) -> BrowserPhone:
    """Return what rings agents who have named no number."""
    if settings.twilio_api_key and settings.twilio_api_secret.get_secret_value():
        return BrowserPhone.twilio
    return BrowserPhone.demo if settings.rapport_demo else BrowserPhone.none


def identity(agent_id: UUID) -> str:
    """Return what Twilio knows an agent's browser by: letters, digits and underscores only."""
    return f"agent_{agent_id.hex}"


def address_of(agent: Agent, settings: ChannelSettings) -> str | None:
    """Return where an agent is rung: on their number, else in their browser, if there."""
    if agent.phone:
        return agent.phone
    if browser_phone(settings) is BrowserPhone.none:
        return None
    return f"client:{identity(agent.id)}"


def token_of(agent_id: UUID, settings: ChannelSettings) -> str:
    """Return what lets an agent's browser be rung for an hour, and nothing else.

    As in https://www.twilio.com/docs/iam/access-tokens.
    """
    token = AccessToken(
        settings.twilio_account_sid,
        settings.twilio_api_key,
        settings.twilio_api_secret.get_secret_value(),
        identity=identity(agent_id),
        ttl=VALID_SECONDS,
    )
    token.add_grant(VoiceGrant(incoming_allow=True))
    return str(token.to_jwt())
