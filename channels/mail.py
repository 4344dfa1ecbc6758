"""Letters by e-mail, over SMTP (RFC 5321)."""

from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from ssl import SSLError
from typing import Self
from urllib.parse import unquote, urlsplit

import aiosmtplib

from channels.messenger import NotSent
from crm_store.customers.models import ContactKind

TIMEOUT_SECONDS = 10.0
ENCRYPTED = "smtps"
"""The scheme of a server that speaks TLS from the first byte."""
PORTS = {"smtp": 587, ENCRYPTED: 465}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed in, and as whom."""

    host: str
    port: int
    encrypted: bool
    user: str | None
    password: str | None

    @classmethod
    def of(cls, url: str) -> Self:
        """Take `smtp://user:password@host:587` apart, or raise ValueError."""
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError("the mail server's address must be smtp://host or smtps://host")
        return cls(
            parts.hostname,
            parts.port or PORTS[parts.scheme],
            parts.scheme == ENCRYPTED,
            unquote(parts.username) if parts.username else None,
            unquote(parts.password) if parts.password else None,
        )


class SmtpMessenger:
    """Sends letters from the shop's own address, which also names the shop in the subject."""

    def __init__(self, server: MailServer, *, sender: str) -> None:
        self._server = server
        self._sender = sender

    async def send(self, kind: ContactKind, address: str, text: str) -> None:
        """Send a letter; a telephone number cannot be reached this way."""
        if kind is not ContactKind.email:
            raise NotSent(f"a letter does not reach a {kind} number")
        server = self._server
        try:
            await aiosmtplib.send(
                self._letter(address, text),
                hostname=server.host,
                port=server.port,
                username=server.user,
                password=server.password,
                use_tls=server.encrypted,
                # A password goes over an encrypted line or not at all.
                start_tls=True if server.user and not server.encrypted else None,
                timeout=TIMEOUT_SECONDS,
            )
        except (aiosmtplib.SMTPException, OSError, SSLError, ValueError) as error:
            # Its own words may name the customer's address.
            raise NotSent(type(error).__name__) from None

    def _letter(self, address: str, text: str) -> EmailMessage:
        name, own = parseaddr(self._sender)
        letter = EmailMessage()
        letter["From"], letter["To"] = self._sender, address
        letter["Subject"] = name or own
        letter["Date"], letter["Message-ID"] = formatdate(), make_msgid(domain=own.split("@")[-1])
        letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answer of a machine, please
        letter.set_content(text)
        return letter
