"""What the actions must be told from outside."""

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class ActionSettings(BaseSettings):
    """Where the actions listen, what they share with the bot, and where callers live."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", populate_by_name=True)

    rapport_secret: SecretStr
    rapport_actions_port: int = 5055
    rapport_region: str = "DE"
    """The country that a phone number without one is read as."""
