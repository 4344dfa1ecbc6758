"""The channels as Rasa sees them: names by which a response's wording is chosen."""

from typing import Any

from rasa.core.channels.channel import OutputChannel


class ChatOutput(OutputChannel):
    """Words for reading. They are taken from the tracker, so sending them does nothing."""

    @classmethod
    def name(cls) -> str:
        """Name the channel as the responses do."""
        return "chat"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Send nothing."""


class PhoneOutput(ChatOutput):
    """Words for hearing."""

    @classmethod
    def name(cls) -> str:
        """Name the channel as the responses do."""
        return "phone"


OUTPUTS = {output.name(): output for output in (ChatOutput, PhoneOutput)}
