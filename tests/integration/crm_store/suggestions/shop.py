"""A small shop of operas for tests of what is suggested."""

from crm_store.base import Base
from crm_store.catalogue.models import Product, ProductKind
from crm_store.db import SessionFactory
from tests.builders import a_product

OPERAS = ("Rigoletto", "Aida", "Nabucco", "Otello")
OTHERS = {"Tosca": "Giacomo Puccini", "Carmen": "Georges Bizet"}


async def fill(sessions: SessionFactory, *more: Base) -> dict[str, Product]:
    """Put operas on the shelves, and what else is given; return the operas by title."""
    products = {title: a_product(title) for title in OPERAS}
    for title, creator in OTHERS.items():
        products[title] = a_product(title, creator=creator, facets=f"{creator} opera")
    for product in products.values():
        product.genre = "opera"
        product.kind = ProductKind.recording
    async with sessions.begin() as session:
        session.add_all([*products.values(), *more])
    return products
