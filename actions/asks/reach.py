"""Where a message may go: a contact on file, else an address that is given for it."""

from actions.asks.ask import Ask
from actions.base import ActionTurn
from crm_store.base import Json
from crm_store.customers.accounts import AccountRepository
from crm_store.customers.models import ContactKind, ContactPoint, Level

ON_FILE = "on file"


class ReachAsk(Ask):
    """Where somebody wants to be written to; what is kept is an e-mail address or ON_FILE."""

    takes = frozenset({"change_email", "identify"})
    entities = frozenset({"email"})

    async def known(self, turn: ActionTurn, given: Json) -> str | None:
        """Return that there is a contact on file, for a proved customer alone."""
        if turn.conversation.current_level(turn.at) < Level.verified:
            return None
        return ON_FILE if await contact_on_file(turn) else None

    async def overheard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return an e-mail address wherever it is said."""
        address = turn.entity("email")
        return None if address is None else str(address)

    async def heard(self, turn: ActionTurn, given: Json) -> str | None:
        """Return the e-mail address."""
        return await self.overheard(turn, given)


async def contact_on_file(turn: ActionTurn) -> ContactPoint | None:
    """Return where the proved customer is written to: by e-mail, if that is on file."""
    customer = await AccountRepository(turn.session).own(turn.conversation, at=turn.at)
    by_mail_first = sorted(customer.contacts, key=lambda c: c.kind is not ContactKind.email)
    return by_mail_first[0] if by_mail_first else None
