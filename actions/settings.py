"""What the actions must be told from outside."""

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class ActionSettings(BaseSettings):
    """Where the actions listen, what they share with the bot, and where customers are."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", populate_by_name=True)

    rapport_secret: SecretStr
    rapport_actions_port: int = 5055
    rapport_region: str = "DE"
    """The country that a phone number without one is read as."""
    rapport_public_url: str = "http://127.0.0.1:8000"
    rapport_chat_page: str = ""
    """The page with the chat, that links in texts lead to; otherwise our own first page."""

    @property
    def chat_page(self) -> str:
        """The address of that page."""
        return self.rapport_chat_page or f"{self.rapport_public_url.rstrip('/')}/"
