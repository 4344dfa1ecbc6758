"""What `rapport up` may be told from outside; all of it has a default."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from channels.up.places import ROOT, VAR
from crm_store.settings import StoreSettings

ENCODER: str = StoreSettings.model_fields["rapport_encoder"].default


class UpSettings(BaseSettings):
    """Addresses and secrets, each from the environment or `.env`."""

    model_config = SettingsConfigDict(env_file=ROOT / ".env", extra="ignore")

    database_url: SecretStr | None = None
    """A PostgreSQL with pgvector; without one, a private server runs in the data folder."""
    rapport_data: Path = VAR
    """Folder of the private server's data and of the generated secret."""
    rapport_secret: SecretStr | None = None
    rapport_public_url: str | None = None
    rapport_demo: bool = True
    rapport_fronts: int = Field(default=1, ge=1)
    """How many processes serve customers beside each other."""
    rapport_shop_keys: SecretStr | None = None
    rapport_encoder: str = ENCODER
    rapport_region: str = "DE"
    twilio_account_sid: str | None = None
    twilio_auth_token: SecretStr | None = None

    @property
    def folder(self) -> Path:
        """The data folder, whichever folder we are started from."""
        return ROOT / self.rapport_data

    @property
    def given_database(self) -> str | None:
        """The address of a server that is not ours to start."""
        return self.database_url.get_secret_value() if self.database_url else None

    def environment(self) -> Mapping[str, str]:
        """Return what was set, under the names that the programs read."""
        told = {
            "DATABASE_URL": self.given_database,
            "RAPPORT_SECRET": self.rapport_secret and self.rapport_secret.get_secret_value(),
            "RAPPORT_PUBLIC_URL": self.rapport_public_url,
            "RAPPORT_SHOP_KEYS": self.rapport_shop_keys
            and self.rapport_shop_keys.get_secret_value(),
            "RAPPORT_ENCODER": self.rapport_encoder,
            "RAPPORT_REGION": self.rapport_region,
            "RAPPORT_DEMO": str(self.rapport_demo).lower(),
            "TWILIO_ACCOUNT_SID": self.twilio_account_sid,
            "TWILIO_AUTH_TOKEN": self.twilio_auth_token
            and self.twilio_auth_token.get_secret_value(),
        }
        return {name: value for name, value in told.items() if value}
