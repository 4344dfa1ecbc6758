"""What the sections of the policies have in common."""

from pydantic import BaseModel, ConfigDict

from crm_store.base import Language


class Section(BaseModel):
    """A part of the policies; what it does not know, it refuses."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Texts(Section):
    """A text in every language."""

    de: str
    en: str

    def said(self, language: Language) -> str:
        """Return it in one language."""
        return self.de if language is Language.de else self.en
