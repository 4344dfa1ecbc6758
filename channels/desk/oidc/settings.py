"""Which identity provider vouches for agents, and what is made of what it says."""

from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from crm_store.agents.roles import Role
from crm_store.agents.vouching import Welcome

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class OidcSettings(BaseSettings):
    """Each from the environment or `.env`, as `RAPPORT_OIDC_ISSUER`; without an issuer, none."""

    model_config = SettingsConfigDict(env_prefix="RAPPORT_OIDC_", env_file=".env", extra="ignore")

    issuer: str = ""
    client_id: str = ""
    client_secret: SecretStr | None = None
    name: str = Field(default="OpenID Connect", min_length=1, max_length=40)
    """What the button on the login page calls the provider."""
    domains: str = ""
    """Of the e-mail addresses that are let in, separated by commas; none named are all."""
    role_claim: str = ""
    """The claim that says what somebody may do; empty where the shop says it here."""
    roles: dict[str, Role] = {}
    """Which role each value of that claim means; the first in this order that fits counts."""
    new_agents: bool = False
    """Whether somebody without an account here is given one."""
    role: Role = Role.agent
    """What a new agent may do, where the claim says nothing."""
    only: bool = False
    """Whether passwords open nothing any more."""

    @model_validator(mode="after")
    def _is_safe(self) -> Self:
        if self.issuer and not (is_safe(self.issuer) and self.client_id):
            raise ValueError("an issuer is reached by https, and knows us by a client id")
        if self.only and not self.issuer:
            raise ValueError("without an issuer nobody could log in")
        return self

    @property
    def welcome(self) -> Welcome:
        """Whom the shop lets in by its provider."""
        domains = {domain.strip().casefold() for domain in self.domains.split(",")} - {""}
        return Welcome(domains, self.new_agents, self.role)


def is_safe(address: str) -> bool:
    """Return whether what is sent there can be read by nobody on the way."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
