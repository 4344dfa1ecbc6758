"""Who waits for a product to be back in stock."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Sequence, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.base import Base, Language, Record, states
from crm_store.customers.contacts import Contact
from crm_store.customers.models import ContactKind

ORDER_NUMBERS = Sequence("order_numbers", start=100, metadata=Base.metadata)


class StockWatch(Record):
    """A wish to be told, once, that a product is back in stock.

    The message is written when the wish is noted, in the words of that conversation. Address and
    message are blanked once they have served.
    """

    __tablename__ = "stock_watches"
    __table_args__ = (
        Index(
            "uq_stock_watches_waiting",
            "product_id",
            "kind",
            "address",
            unique=True,
            postgresql_where=text("notified_at IS NULL"),
        ),
    )

    product_id: Mapped[UUID] = mapped_column(
        ForeignKey("products.id", ondelete="CASCADE"), index=True
    )
    customer_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("customers.id", ondelete="CASCADE"), index=True
    )
    """Whose contact on file it is; nobody's where an address was only given for this."""
    conversation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[ContactKind] = mapped_column(states(ContactKind))
    address: Mapped[str]
    language: Mapped[Language]
    text: Mapped[str] = mapped_column(Text)
    notified_at: Mapped[datetime | None]

    @property
    def contact(self) -> Contact:
        """Where the message goes."""
        return Contact(self.kind, self.address)

    def serve(self, at: datetime) -> None:
        """Note that the message is on its way, and forget where it went."""
        self.notified_at, self.address, self.text = at, "", ""
