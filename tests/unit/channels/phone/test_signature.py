import pytest

from channels.phone.signature import genuine, relay_url, webhook_url
from channels.settings import ChannelSettings
from channels.simulator.account import SIGNATURE, Account

pytestmark = pytest.mark.unit

FIELDS = {
    "CallSid": "CA1234567890ABCDE",
    "Caller": "+14158675309",
    "Digits": "1234",
    "From": "+14158675309",
    "To": "+18005551212",
}
WEBHOOK = "https://mycompany.com/myapp.php?foo=1&bar=2"
SOCKET = "wss://phone.example.com/relay"
OF_WEBHOOK, OF_SOCKET = "RSOYDt4T1cUTdK1PDd93/VVr8B8=", "dEg5ftrGFWWI/a2TOYQhvSWDIxE="


def settings(*tokens: str, public_url: str = "https://phone.example.com") -> ChannelSettings:
    first, second = (*tokens, "", "")[:2]
    return ChannelSettings.model_validate(
        {
            "database_url": "postgresql://nowhere",
            "rapport_secret": "s",
            "rapport_public_url": public_url,
            "twilio_auth_token": first,
            "twilio_auth_token_secondary": second,
        }
    )


@pytest.mark.parametrize(
    ("url", "fields", "signature"),
    [(WEBHOOK, FIELDS, OF_WEBHOOK), (SOCKET, {}, OF_SOCKET)],
)
def test_twilios_own_signature_is_known_and_made(
    url: str, fields: dict[str, str], signature: str
) -> None:
    assert genuine(url, fields, signature, settings("12345"))
    assert Account("AC1", "12345").sign(url, fields) == {SIGNATURE: signature}


def test_either_of_two_tokens_signs_while_one_replaces_the_other() -> None:
    assert genuine(SOCKET, {}, OF_SOCKET, settings("new", "12345"))
    assert not genuine(SOCKET, {}, OF_SOCKET, settings("new", "newer"))


@pytest.mark.parametrize(
    ("url", "fields"),
    [
        (WEBHOOK, {**FIELDS, "Digits": "1235"}),
        (WEBHOOK, {**FIELDS, "Extra": ""}),
        (WEBHOOK.replace("https", "http"), FIELDS),
        (WEBHOOK + "/", FIELDS),
    ],
)
def test_anything_changed_breaks_the_signature(url: str, fields: dict[str, str]) -> None:
    assert not genuine(url, fields, OF_WEBHOOK, settings("12345"))


def test_without_a_token_nothing_is_genuine() -> None:
    unsigned = Account("AC1", "").sign(SOCKET)[SIGNATURE]

    assert not genuine(SOCKET, {}, unsigned, settings())


@pytest.mark.parametrize(
    ("public_url", "relay", "webhook"),
    [
        ("https://a.example/", "wss://a.example/phone/relay", "https://a.example/phone/relay"),
        ("http://127.0.0.1:8000", "ws://127.0.0.1:8000/phone/relay", None),
    ],
)
def test_addresses_follow_the_public_one(public_url: str, relay: str, webhook: str | None) -> None:
    told = settings(public_url=public_url)

    assert relay_url(told, "/phone/relay") == relay
    assert webhook is None or webhook_url(told, "/phone/relay") == webhook
