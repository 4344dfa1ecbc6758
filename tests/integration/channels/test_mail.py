"""Letters go to a mail server that speaks the real protocol."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from channels.mail import MailServer, SmtpMessenger
from channels.messenger import MessengerByKind, NotSent
from channels.up.ports import free_port
from crm_store.customers.models import ContactKind

pytestmark = [pytest.mark.integration, pytest.mark.anyio]

ANA = "ana@shop.test"
SENDER = "Belcanto <service@shop.test>"
WORDS = "072833 ist Ihr Code für das Gespräch mit uns."


class PostOffice:
    """Takes letters, but none for an address that it does not know."""

    def __init__(self) -> None:
        self.letters: list[Message] = []

    async def handle_RCPT(  # noqa: N802 - the library calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address != ANA:
            return "550 no such address"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the library calls it so
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self.letters.append(message_from_bytes(envelope.original_content or b"", policy=default))
        return "250 OK"


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def post_office(port: int) -> Iterator[PostOffice]:
    office = PostOffice()
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    yield office
    controller.stop()


def messenger(port: int, user: str = "") -> SmtpMessenger:
    return SmtpMessenger(MailServer.of(f"smtp://{user}127.0.0.1:{port}"), sender=SENDER)


async def test_a_letter_arrives_with_its_words_and_the_shops_name(
    post_office: PostOffice, port: int
) -> None:
    await messenger(port).send(ContactKind.email, ANA, WORDS)

    (letter,) = post_office.letters
    assert (letter["From"], letter["To"], letter["Subject"]) == (SENDER, ANA, "Belcanto")
    assert letter.get_content().strip() == WORDS  # type: ignore[attr-defined] # of this policy


async def test_a_letter_that_is_refused_was_not_sent_and_tells_no_address(
    post_office: PostOffice, port: int
) -> None:
    with pytest.raises(NotSent) as refusal:
        await messenger(port).send(ContactKind.email, "nobody@shop.test", WORDS)

    assert "nobody" not in str(refusal.value)
    assert post_office.letters == []


async def test_a_server_that_is_away_is_tried_again_later(port: int) -> None:
    with pytest.raises(NotSent):
        await messenger(port).send(ContactKind.email, ANA, WORDS)


async def test_a_password_is_not_given_over_an_open_line(
    post_office: PostOffice, port: int
) -> None:
    with pytest.raises(NotSent):
        await messenger(port, "user:secret@").send(ContactKind.email, ANA, WORDS)

    assert post_office.letters == []


@pytest.mark.parametrize("address", ["a line\r\nBcc: all@shop.test", "ana@shop.test\nX: y"])
async def test_an_address_cannot_add_lines_to_a_letter(
    post_office: PostOffice, port: int, address: str
) -> None:
    with pytest.raises(NotSent):
        await messenger(port).send(ContactKind.email, address, WORDS)

    assert post_office.letters == []


async def test_each_kind_of_contact_has_its_messenger(post_office: PostOffice, port: int) -> None:
    by_kind = MessengerByKind({ContactKind.email: messenger(port)})

    await by_kind.send(ContactKind.email, ANA, WORDS)
    with pytest.raises(NotSent):
        await by_kind.send(ContactKind.phone, "+491710000000", WORDS)

    assert len(post_office.letters) == 1


@pytest.mark.parametrize("url", ["", "mail.shop.test", "http://mail.shop.test", "smtp://"])
def test_an_address_of_no_mail_server_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="smtp://host"):
        MailServer.of(url)


def test_a_mail_servers_address_is_taken_apart() -> None:
    server = MailServer.of("smtps://ana%40shop.test:p%2Fw@mail.shop.test")

    assert (server.host, server.port, server.encrypted) == ("mail.shop.test", 465, True)
    assert (server.user, server.password) == ("ana@shop.test", "p/w")
