"""What the doctor must know of an installation."""

from pydantic import SecretStr

from channels.phone.rest import TWILIO
from channels.settings import PhoneMode
from channels.up.settings import UpSettings


class DoctorSettings(UpSettings):
    """The settings of all programs, none of which is needed to be looked at."""

    rapport_phone_number: str = ""
    rapport_phone_mode: PhoneMode = PhoneMode.relay
    rapport_phone_fallback_url: str = ""
    rapport_smtp_url: SecretStr | None = None
    rapport_twilio_url: str = TWILIO

    @property
    def has_account(self) -> bool:
        """Whether there is a real account to ask about."""
        return bool(self.twilio_account_sid and self.twilio_auth_token)

    @property
    def twilio_token(self) -> str:
        """The token of that account."""
        return self.twilio_auth_token.get_secret_value() if self.twilio_auth_token else ""
