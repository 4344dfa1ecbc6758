"""Things as tests need them; a test names only what matters to it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import yaml
from rasa_sdk.interfaces import Tracker

from crm_store.base import Language
from crm_store.catalogue.models import Product, ProductKind, ProductText
from crm_store.conversations.models import Channel, Conversation
from crm_store.customers.models import ContactKind, ContactPoint, Customer, Level
from crm_store.orders.models import Order, OrderLine, OrderState
from crm_store.privacy.models import Consent, ConsentKind
from crm_store.proof.control import in_control_group
from crm_store.returns.models import Return, ReturnKind, ReturnLine
from crm_store.strategy.policies import policies

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DOMAIN = Path(__file__).parents[1] / "bot" / "domain"


def a_conversation(
    *,
    channel: Channel = Channel.chat,
    language: Language = Language.en,
    of: Customer | None = None,
    level: Level = Level.anonymous,
) -> Conversation:
    """A conversation; one `of` a customer is at a level that was proved just now."""
    return Conversation(
        id=uuid4(),
        channel=channel,
        key=uuid4().hex,
        language=language,
        customer_id=of.id if of else None,
        level=level,
        level_seen_at=NOW if of else None,
        last_seq=0,
        epoch=1,
    )


def a_customer(
    *,
    number: str = "C-1",
    email: str | None = "ana@example.com",
    phone: str | None = None,
    control: bool = False,
) -> Customer:
    """A customer with contacts on file, whom the seed's draw puts into the group that is meant."""
    contacts = [
        ContactPoint(id=uuid4(), kind=kind, value=value)
        for kind, value in ((ContactKind.email, email), (ContactKind.phone, phone))
        if value
    ]
    return Customer(
        id=_drawn(control=control),
        number=number,
        given_name="Ana",
        family_name="Ruiz",
        language=Language.en,
        since=NOW,
        contacts=contacts,
    )


def _drawn(*, control: bool) -> UUID:
    rules = policies({}).suggestions
    while True:
        drawn = uuid4()
        group = in_control_group(drawn, share=rules.control_share, salt=rules.control_salt)
        if group is control:
            return drawn


def an_order(
    of: Customer,
    *,
    number: str = "A-17",
    state: OrderState = OrderState.placed,
    placed_at: datetime = NOW,
    expected_on: date | None = date(2026, 11, 25),
    titles: tuple[str, ...] = ("Rigoletto",),
) -> Order:
    """An order of a customer, one line for each title."""
    lines = [
        OrderLine(position=place, sku=title, title=title, quantity=1, unit_price=Decimal("27.90"))
        for place, title in enumerate(titles)
    ]
    return Order(
        id=uuid4(),
        number=number,
        customer_id=of.id,
        placed_at=placed_at,
        state=state,
        currency="EUR",
        total=Decimal("27.90") * len(titles),
        expected_on=expected_on,
        delivered_at=NOW if state is OrderState.delivered else None,
        lines=lines,
    )


def a_product(
    title: str,
    *,
    sku: str | None = None,
    german: str | None = None,
    kind: ProductKind = ProductKind.recording,
    creator: str | None = "Giuseppe Verdi",
    facets: str = "Giuseppe Verdi opera",
    price: str = "19.90",
    stock: int = 3,
) -> Product:
    """A product that is called alike in both languages, unless it has a German title too."""
    titles = {Language.de: german or title, Language.en: title}
    return Product(
        id=uuid4(),
        sku=sku or f"SKU-{title.upper().replace(' ', '-')}",
        kind=kind,
        creator=creator,
        subjects=[],
        price=Decimal(price),
        currency="EUR",
        stock=stock,
        texts=[
            ProductText(language=language, title=said, facets=facets, description="")
            for language, said in titles.items()
        ],
    )


def a_tracker(
    conversation: Conversation | None = None,
    text: str = "",
    *,
    intent: str | None = None,
    entities: dict[str, str] | None = None,
    message: UUID | None = None,
    kind: str = "said",
    facts: dict[str, Any] | None = None,
    before: list[dict[str, Any]] | None = None,
    form: str | None = None,
    ranking: tuple[str, ...] = (),
    **slots: Any,
) -> Tracker:
    """The bot's tracker after a customer's message; `before` is what happened earlier."""
    latest = {
        "text": text,
        "intent": {"name": intent},
        "intent_ranking": [{"name": name, "confidence": 0.2} for name in ranking],
        "entities": [{"entity": k, "value": v} for k, v in (entities or {}).items()],
        "metadata": {
            "message_id": str(message or uuid4()),
            "kind": kind,
            "facts": facts or {},
        },
    }
    return Tracker(
        str(conversation.id if conversation else uuid4()),
        slots,
        latest,
        [*(before or []), {"event": "user", "text": text}],
        False,
        None,
        {"name": form} if form else {},
        None,
    )


@cache
def the_domain() -> dict[str, Any]:
    """The bot's own domain, all files of it."""
    merged: dict[str, Any] = {"responses": {}, "intents": [], "actions": [], "slots": {}}
    for path in sorted(DOMAIN.glob("*.yml")):
        for key, value in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            match merged.get(key):
                case dict() as known:
                    known.update(value)
                case list() as known:
                    known.extend(value)
    return merged


def a_return(order: Order, sku: str) -> Return:
    """One piece of an order that is sent back."""
    return Return(
        id=uuid4(),
        number="RT-1",
        customer_id=order.customer_id,
        order_id=order.id,
        order_number=order.number,
        kind=ReturnKind.money_back,
        label="1",
        refund_amount=1,
        currency="EUR",
        created_at=NOW,
        lines=[ReturnLine(position=1, sku=sku, title=sku, quantity=1, unit_price=1)],
    )


def consent(of: Customer, *, given: bool) -> Consent:
    """A customer's word on being offered things."""
    return Consent(
        customer_id=of.id,
        kind=ConsentKind.suggestions,
        given=given,
        text_version="1",
        language=Language.en,
    )
