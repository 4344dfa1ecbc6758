"""A shop whose orders the store itself keeps, as the demo's."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.base import Language
from crm_store.catalogue.models import Product
from crm_store.catalogue.repository import CatalogueRepository
from crm_store.conversations.models import Conversation
from crm_store.customers.addresses import DeliveryAddress
from crm_store.customers.models import Customer
from crm_store.errors import NoAddress, NotDeliverable, ProductNotFound
from crm_store.insight.repository import EventRepository
from crm_store.interests.learning import learn_from_orders
from crm_store.orders.models import Order, OrderLine, OrderState, demand_stock
from crm_store.proof.attribution import attribute, purchases
from crm_store.shop.delivery import PICKUP, arrives_by, delivery_cost, option_called
from crm_store.shop.protocol import Basket, Quote
from crm_store.shop.repository import OrderNumbers
from crm_store.strategy.opening import local_day
from crm_store.strategy.policies import Policies
from crm_store.strategy.repository import PolicyRepository


class OwnShop:
    """Quotes by the shop's policies, and keeps orders and stock in the store."""

    async def quote(self, session: AsyncSession, basket: Basket, *, at: datetime) -> Quote:
        """Return what a basket costs now; raise NotInStock where there are fewer pieces."""
        product = await CatalogueRepository(session).find(basket.sku)
        if product is None:
            raise ProductNotFound(basket.sku)
        return _quote(product, basket, await PolicyRepository(session).current(), at)

    async def place(
        self,
        session: AsyncSession,
        conversation: Conversation,
        basket: Basket,
        *,
        at: datetime,
        cause: UUID,
    ) -> Order:
        """Order a basket for the verified customer and take it out of the stock.

        The product is held meanwhile: the last piece is sold once.
        """
        customer = await session.get_one(Customer, conversation.verified_customer(at))
        policies = await PolicyRepository(session).current()
        address = _address(customer, basket, policies)
        product = await CatalogueRepository(session).held(basket.sku)
        quote = _quote(product, basket, policies, at)
        product.stock -= basket.quantity
        order = _order(customer, basket, quote, product, conversation.language)
        order.number, order.placed_at = await OrderNumbers(session).next(), at
        order.address = address
        session.add(order)
        facts = {"order": order.number, "product": product.sku, "quantity": basket.quantity}
        EventRepository(session).record("order_placed", conversation, facts, cause=cause)
        await session.flush()
        await attribute(session, purchases(order))
        await learn_from_orders(session, [customer.id], at=at, message=cause)
        return order


def _quote(product: Product, basket: Basket, policies: Policies, at: datetime) -> Quote:
    demand_stock(product, basket.quantity)
    option = option_called(policies.delivery, basket.delivery)
    goods = product.price * basket.quantity
    return Quote(
        goods=goods,
        delivery_cost=delivery_cost(policies.delivery, option, goods),
        currency=product.currency,
        arrives_on=arrives_by(option, local_day(policies.shop, at)),
    )


def _address(customer: Customer, basket: Basket, policies: Policies) -> DeliveryAddress | None:
    if basket.delivery == PICKUP:
        return None
    place = basket.address or customer.address
    if place is None:
        raise NoAddress(f"customer {customer.id}")
    if place.country not in policies.delivery.countries:
        raise NotDeliverable(place.country)
    return DeliveryAddress.at(place, customer.name)


def _order(
    customer: Customer, basket: Basket, quote: Quote, product: Product, language: Language
) -> Order:
    return Order(
        id=uuid4(),
        customer_id=customer.id,
        state=OrderState.placed,
        currency=quote.currency,
        total=quote.total,
        delivery=basket.delivery,
        delivery_cost=quote.delivery_cost,
        payment=basket.payment,
        expected_on=quote.arrives_on,
        lines=[
            OrderLine(
                position=1,
                product_id=product.id,
                sku=product.sku,
                title=product.title(language),
                quantity=basket.quantity,
                unit_price=product.price,
            )
        ],
    )
