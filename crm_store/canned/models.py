"""A canned reply: a name to type, and its words in every language."""

from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.base import Language, Record, utc_now


class CannedReply(Record):
    """What an agent sends often, so that nobody has to type it."""

    __tablename__ = "canned_replies"

    name: Mapped[str] = mapped_column(unique=True)
    """What is typed behind the slash."""
    de: Mapped[str] = mapped_column(Text)
    en: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(default=utc_now)

    def said(self, language: Language) -> str:
        """Return its words in one language, with places for what differs each time."""
        return self.de if language is Language.de else self.en
