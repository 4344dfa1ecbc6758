"""Takes products into the catalogue."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from crm_store.base import Language
from crm_store.catalogue.models import Product, ProductText
from crm_store.catalogue.vocabulary import Facet, vocabulary
from crm_store.catalogue.wording import facets
from crm_store.imports.report import Change, assign
from crm_store.imports.repository import ImportRepository
from crm_store.imports.rows import ProductRow


class ProductIntake:
    """Adds a product, or changes it to what the row says."""

    row = ProductRow

    def __init__(self, repository: ImportRepository) -> None:
        self._repository = repository
        self._known: dict[str, Product] = {}
        self._back: list[UUID] = []

    async def prepare(self, rows: Iterable[ProductRow]) -> None:
        """Look up all that a batch of rows may touch."""
        self._known = await self._repository.products(row.sku for row in rows)

    def take(self, row: ProductRow) -> Change:
        """Take one row of the batch."""
        product = self._known.get(row.sku)
        if product is None:
            product = Product(sku=row.sku, texts=[], **_facts(row))
            self._known[row.sku] = product
            self._repository.add(product)
            _say(product, row.titles)
            return Change.added
        if product.stock == 0 and row.stock > 0 and product.id is not None:
            self._back.append(product.id)
        changed = assign(product, **_facts(row))
        return Change.changed if _say(product, row.titles) or changed else Change.unchanged

    async def tell_who_waits(self, *, at: datetime) -> None:
        """Write to those who wait for a product that this batch has brought back."""
        for product_id in self._back:
            await self._repository.announce_back(product_id, at=at)


def _facts(row: ProductRow) -> dict[str, object]:
    return {
        "kind": row.kind,
        "creator": row.creator,
        "format": row.format and vocabulary().key(Facet.form, row.format),
        "genre": row.genre,
        "era": row.era,
        "country": row.country,
        "city": row.city,
        "subjects": row.subjects,
        "price": row.price,
        "currency": row.currency,
        "stock": row.stock,
        "image": row.image,
    }


def _say(product: Product, titles: Mapping[Language, tuple[str, str]]) -> bool:
    texts = {text.language: text for text in product.texts}
    gone = [text for spoken, text in texts.items() if spoken not in titles]
    for text in gone:
        product.texts.remove(text)
    changed = [_say_in(product, texts.get(spoken), spoken, said) for spoken, said in titles.items()]
    return bool(gone) or any(changed)


def _say_in(
    product: Product, text: ProductText | None, spoken: Language, said: tuple[str, str]
) -> bool:
    title, description = said
    words = facets(product, spoken)
    if text is None:
        product.texts.append(
            ProductText(language=spoken, title=title, description=description, facets=words)
        )
        return True
    return assign(text, title=title, description=description, facets=words)
