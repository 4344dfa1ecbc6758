"""The customer's card as the page reads it."""

from channels.desk.story import Story
from crm_store.base import Json
from crm_store.customers.models import Customer, Interest
from crm_store.interests.repository import NEVER
from crm_store.orders.models import Order
from crm_store.returns.models import Return


def show_customer(story: Story) -> Json | None:
    """Show the card of whoever it is, or seems to be."""
    customer = story.known.customer
    if customer is None:
        return None
    theirs = [interest for interest in story.interests if interest.customer_id == customer.id]
    return {
        **_card(customer),
        "level": story.conversation.current_level(story.known.at).name,
        "interests": [show_interest(interest) for interest in theirs],
    }


def _card(customer: Customer) -> Json:
    return {
        "id": str(customer.id),
        "number": customer.number,
        "name": customer.name,
        "language": customer.language,
        "contacts": [{"kind": point.kind, "value": point.value} for point in customer.contacts],
        "since": customer.since.isoformat(),
    }


def show_interest(interest: Interest) -> Json:
    """Show what somebody likes or never wants, and how that is known."""
    return {
        "text": interest.text,
        "source": "never" if interest.strength <= NEVER else interest.source,
        "strength": round(interest.strength, 4),
        "at": interest.learned_at.isoformat(),
    }


def show_order(order: Order) -> Json:
    """Show an order with its items."""
    return {
        "number": order.number,
        "state": order.state,
        "placed_at": order.placed_at.isoformat(),
        "expected_on": order.expected_on and order.expected_on.isoformat(),
        "shipped_at": order.shipped_at and order.shipped_at.isoformat(),
        "delivered_at": order.delivered_at and order.delivered_at.isoformat(),
        "carrier": order.carrier,
        "tracking": order.tracking,
        "total": str(order.total),
        "currency": order.currency,
        "lines": [
            {
                "sku": line.sku,
                "title": line.title,
                "quantity": line.quantity,
                "price": str(line.unit_price),
            }
            for line in order.lines
        ],
    }


def show_return(back: Return) -> Json:
    """Show something that goes back, and how far it has come."""
    return {
        "number": back.number,
        "order": back.order_number,
        "kind": back.kind,
        "state": back.state,
        "reason": back.reason,
        "announced_at": back.created_at.isoformat(),
        "refund": str(back.refund_amount),
        "currency": back.currency,
        "lines": [{"title": line.title, "quantity": line.quantity} for line in back.lines],
    }
