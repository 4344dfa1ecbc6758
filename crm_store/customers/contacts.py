"""Where somebody says that they can be reached."""

from dataclasses import dataclass

from crm_store.customers.models import ContactKind


@dataclass(frozen=True, slots=True)
class Contact:
    """An e-mail address in lower case, or a phone number in E.164; whose it is must be proved."""

    kind: ContactKind
    value: str

    @classmethod
    def email(cls, address: str) -> "Contact":
        """Return an e-mail address as it is kept."""
        return cls(ContactKind.email, address.strip().lower())

    @classmethod
    def phone(cls, number: str) -> "Contact":
        """Return a phone number, which must be in E.164."""
        return cls(ContactKind.phone, number.strip())
