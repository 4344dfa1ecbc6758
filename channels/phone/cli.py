"""The command `rapport phone-fallback`."""

import typer

from channels.phone.standby import standby


def fallback() -> None:
    """Print what Twilio is to keep in a TwiML Bin, for calls that this machine does not answer."""
    typer.echo(standby())
