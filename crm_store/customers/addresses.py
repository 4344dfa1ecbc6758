"""Where letters and parcels go."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """A place that the post knows."""

    street: str
    """With the number of the house, in the order of its country."""
    postcode: str
    town: str
    country: str
    """As the ISO code of two letters."""


@dataclass(frozen=True, slots=True)
class DeliveryAddress:
    """A place, and who is to be found there."""

    recipient: str
    street: str
    postcode: str
    town: str
    country: str

    @classmethod
    def at(cls, place: PostalAddress, recipient: str) -> "DeliveryAddress":
        """Return the address of somebody at a place."""
        return cls(recipient, place.street, place.postcode, place.town, place.country)

    @property
    def place(self) -> PostalAddress:
        """The address without who lives there."""
        return PostalAddress(self.street, self.postcode, self.town, self.country)
