"""How Twilio's relay can fail, by its error codes (https://www.twilio.com/docs/api/errors)."""

from enum import StrEnum


class Fault(StrEnum):
    """An error that ends a relay, or keeps it from beginning; the call itself goes on."""

    unreachable = "64102"
    """The socket could not be opened."""
    broken_off = "64105"
    """The socket has ended unexpectedly, or was closed after ten messages that were none."""
    network = "39001"
    """The network failed in between."""
