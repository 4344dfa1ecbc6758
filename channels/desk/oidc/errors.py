"""Why nobody came in by the identity provider."""


class OidcRefused(Exception):  # noqa: N818 - it names a state, not a failure
    """Somebody does not come in by the provider; `rule` names the reason."""

    rule = "oidc_failed"


class ProviderUnreachable(OidcRefused):
    """The provider does not answer, or not as it should."""

    rule = "oidc_unreachable"


class ProviderDeclined(OidcRefused):
    """Somebody has broken it off at the provider, or may not use it for this."""

    rule = "oidc_declined"


class NotVouched(OidcRefused):
    """What came back does not belong to what was begun, or is not the provider's."""

    rule = "oidc_failed"
