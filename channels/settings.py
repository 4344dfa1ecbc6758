"""What the channels must be told from outside."""

from enum import StrEnum

from pydantic import Field, SecretStr

from channels.desk.oidc.settings import OidcSettings
from channels.phone.rest import TWILIO
from channels.web_chat.customer_token import ShopKey
from crm_store.settings import StoreSettings


class PhoneMode(StrEnum):
    """How Twilio and we talk during a call."""

    relay = "relay"
    """Over a socket, by ConversationRelay."""
    gather = "gather"
    """By plain requests, each answered by what to say and to listen for, by Gather."""


class ChannelSettings(StoreSettings):
    """Addresses, secrets and patience, each from the environment or `.env`."""

    rapport_secret: SecretStr
    rapport_bot_url: str = "http://127.0.0.1:5005"
    rapport_actions_url: str = "http://127.0.0.1:5055"
    rapport_public_url: str = "http://127.0.0.1:8000"
    """Where customers and Twilio reach this server; signatures are checked against it."""
    rapport_allowed_origins: str = ""
    """Websites that may embed the widget, separated by commas; our own always may."""
    rapport_demo: bool = False
    rapport_bot_timeout: float = Field(default=8.0, gt=0)
    """Seconds that one question to the bot may take."""
    rapport_bot_patience: float = Field(default=8.0, gt=0)
    """Seconds after which a customer whose bot fails is told so and passed to a person."""
    rapport_messages_per_minute: int = Field(default=30, gt=0)
    """How many messages one open page may send."""
    rapport_api_requests_per_minute: int = Field(default=600, gt=0)
    """How many requests the shop's programs may make with one key."""
    rapport_page_requests_per_minute: int = Field(default=60, gt=0)
    """How many products one browser may look at; those that we do not know count by address."""
    rapport_shop_keys: dict[str, ShopKey] = {}
    """The keys, by name, that the shop signs customers' tokens and its programs' with."""
    rapport_oidc: OidcSettings = Field(default_factory=OidcSettings)
    """The identity provider that vouches for agents."""
    twilio_account_sid: str = ""
    twilio_auth_token: SecretStr = SecretStr("")
    twilio_auth_token_secondary: SecretStr = SecretStr("")
    """A second token that is accepted too, while the first is being replaced."""
    twilio_api_key: str = ""
    """The key by which agents are rung in their browsers; without it they need a number."""
    twilio_api_secret: SecretStr = SecretStr("")
    rapport_twilio_url: str = TWILIO
    """Where Twilio's REST API is asked: Twilio itself, or what plays it."""
    rapport_phone_mode: PhoneMode = PhoneMode.relay
    """How calls are held; those whose relay fails go on by plain requests."""
    rapport_phone_reconnect: bool = False
    """Whether a relay whose socket is lost opens another, before the call goes on without it."""
    rapport_phone_fallback_url: str = ""
    """The TwiML Bin that Twilio turns to where we do not answer, and is then to turn to soon."""
    rapport_region: str = "DE"
    """The country whose telephone numbers are written without its code."""
    rapport_phone_number: str = ""
    """The line's number in E.164, shown to customers and used as the sender of texts."""
    rapport_smtp_url: SecretStr | None = None
    """The server that letters are handed in at: `smtp://user:password@host:587` or `smtps://`."""
    rapport_mail_from: str = ""
    """The shop's name and address on letters, `Belcanto <service@shop.example>`."""

    @property
    def origins(self) -> frozenset[str]:
        """The origins whose pages may open our sockets."""
        others = {origin.strip().rstrip("/") for origin in self.rapport_allowed_origins.split(",")}
        return frozenset({self.rapport_public_url.rstrip("/"), *others} - {""})
