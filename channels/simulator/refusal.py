"""What happens to a message or an answer that Twilio would not take."""


class Refused(Exception):  # noqa: N818 - it is what Twilio does with what we sent
    """Twilio would not have accepted this."""
