"""What a customer wishes for, and what of it the catalogue knows by name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from crm_store.base import Language
from crm_store.catalogue.encoders import Placed
from crm_store.interests.liking import Liking
from crm_store.suggestions.filters import Filters
from crm_store.suggestions.models import Place

LONGEST = 1_000
"""Letters of a wish that are looked at; the rest of a long story changes little."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for, in whose conversation, or by whom without one."""

    conversation: UUID | None
    text: str
    language: Language
    like: UUID | None = None
    """A product that more of the like is wished for."""
    filters: Filters = Filters()
    """What holds beside, and rather than, what the text itself says of price, format and so on."""
    gift: bool = False
    """Whether it is for somebody else: then what the customer owns may be right for them."""
    interests: tuple[Liking, ...] = ()
    """Those of the customer that make the text, the strongest first; none where they said it."""
    skip_shown: bool = True
    message: UUID | None = None
    """The customer's message that led to it."""
    place: Place | None = None
    """Where the offers are shown, if not in the conversation itself."""
    asked: bool = True
    """Whether the customer asked; what is offered unasked is not offered to the control group."""
    customer: UUID | None = None
    """Whom it is for, where there is no conversation to know it."""
    visitor: str | None = None
    """The browser that it is shown in, where there is no conversation."""

    @property
    def words(self) -> str:
        """The text, no longer than is looked at."""
        return " ".join(self.text.split())[:LONGEST]


@dataclass(frozen=True, slots=True)
class Understood:
    """A wish, and where its words lie in the space of an encoder."""

    wish: Wish
    placed: Placed | None
    """One row; None where there are no words, or the encoder failed."""


@dataclass(frozen=True, slots=True)
class Found:
    """The catalogue's own names in a wish, the most telling first."""

    creators: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    eras: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    titles: Mapping[UUID, str] = field(default_factory=dict)
    """Products that the wish calls by their title."""

    def __bool__(self) -> bool:
        return any((self.creators, self.topics, self.places, self.kinds, self.titles))

    @property
    def topics(self) -> tuple[str, ...]:
        """Subjects, genres and eras."""
        return self.subjects + self.genres + self.eras

    @property
    def by_topic(self) -> bool:
        """Whether topics are all that it names: no creator, no title and no place."""
        return bool(self.topics) and not (self.creators or self.titles or self.places)

    @property
    def places(self) -> tuple[str, ...]:
        """Cities and countries."""
        return self.cities + self.countries
