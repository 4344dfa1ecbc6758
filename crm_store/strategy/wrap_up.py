"""What agents say a conversation was about, when they let it go."""

from collections.abc import Iterator
from typing import Annotated, Final, Self

from pydantic import Field, StringConstraints, model_validator

from crm_store.errors import CodeNeeded, UnknownCode
from crm_store.strategy.section import Section, Texts

WITHIN: Final = "/"
"""Between a code and the one within it, where they are kept."""

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")]


class FinerCode(Texts):
    """A code within another."""

    key: Key


class WrapUpCode(Texts):
    """A code, or a group of finer ones; there is no third level."""

    key: Key
    finer: list[FinerCode] = []

    def paths(self) -> Iterator[str]:
        """Yield what may be kept of it: of a group, only what is within."""
        if not self.finer:
            yield self.key
        yield from (f"{self.key}{WITHIN}{one.key}" for one in self.finer)


class WrapUp(Section):
    """Which codes there are, and whether a conversation can be let go without one."""

    obligatory: bool
    codes: list[WrapUpCode] = Field(default=[], repr=False)

    @model_validator(mode="after")
    def _each_is_one(self) -> Self:
        paths = list(self.paths())
        if len(paths) != len(set(paths)):
            raise ValueError("two codes have the same key")
        if self.obligatory and not paths:
            raise ValueError("a code is obligatory, and there is none")
        return self

    def paths(self) -> Iterator[str]:
        """Yield every code that may be kept, with the group that it is in."""
        for code in self.codes:
            yield from code.paths()

    def required(self, code: str) -> str | None:
        """Return a code as it is kept, None for none; refuse an unknown one, or a missing one."""
        if code:
            if code not in self.paths():
                raise UnknownCode(code)
            return code
        if self.obligatory:
            raise CodeNeeded
        return None
