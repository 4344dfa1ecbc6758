"""What Twilio says by itself while we do not answer: a document that it keeps for us."""

from twilio.twiml.voice_response import Say, VoiceResponse

from channels.phone.wording import SPOKEN_IN, say
from crm_store.base import Language

FAILED = "{{ErrorUrl}}"
"""What a TwiML Bin fills in: the address that has not answered.

https://www.twilio.com/docs/usage/security/availability-reliability
"""


def standby() -> str:
    """Say that it takes a moment, and ask again; it is for no call in particular."""
    response = VoiceResponse()
    for language in Language:
        response.append(Say(say("standby", language), language=SPOKEN_IN[language]))
    response.redirect(FAILED, method="POST")
    return str(response)
