"""What the administration calls things, in the language of whoever reads it."""

from babel.support import LazyProxy
from starlette_admin.i18n import get_locale

from channels.wording import language_of, wording


def said(key: str) -> str:
    """Return a text that is in its reader's language whenever it is read."""
    # The administration's pages take it for a text; it becomes one only when it is written.
    return LazyProxy(_said, key, enable_cache=False)  # type: ignore[return-value]


def _said(key: str) -> str:
    return wording("channels.records")[language_of(get_locale())][key]
