"""Products, taken in as a line of an import is."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import selectinload
from starlette.requests import Request
from starlette_admin.fields import (
    DecimalField,
    EnumField,
    IntegerField,
    StringField,
    TextAreaField,
)

from channels.records.base import RecordView, checked, record_id, store
from channels.records.words import said
from crm_store.base import Language, utc_now
from crm_store.catalogue.models import Product, ProductKind
from crm_store.imports.products import ProductIntake
from crm_store.imports.repository import ImportRepository
from crm_store.imports.rows import ProductRow


def _text(part: str, spoken: Language) -> Callable[[Request, Product], str | None]:
    def read(_: Request, product: Product) -> str | None:
        text = next((one for one in product.texts if one.language is spoken), None)
        return None if text is None else str(getattr(text, part))

    return read


class ProductView(RecordView):
    """What the shop sells."""

    fields = (
        record_id(),
        StringField("sku", label=said("sku"), required=True),
        StringField("title_de", label=said("title_de"), getter=_text("title", Language.de)),
        StringField("title_en", label=said("title_en"), getter=_text("title", Language.en)),
        EnumField("kind", label=said("kind"), enum=ProductKind, required=True),
        StringField("creator", label=said("creator")),
        StringField("format", label=said("format")),
        StringField("genre", label=said("genre")),
        StringField("era", label=said("era")),
        StringField("country", label=said("country")),
        StringField("city", label=said("city")),
        DecimalField("price", label=said("price"), required=True),
        StringField("currency", label=said("currency"), required=True),
        IntegerField("stock", label=said("stock"), required=True),
        StringField("image", label=said("image")),
        TextAreaField(
            "description_de",
            label=said("description_de"),
            getter=_text("description", Language.de),
        ),
        TextAreaField(
            "description_en",
            label=said("description_en"),
            getter=_text("description", Language.en),
        ),
    )
    exclude_fields_from_list = (
        *("genre", "era", "country", "city", "currency", "image"),
        *("description_de", "description_en"),
    )
    # What a product is known by stays: orders name it.
    exclude_fields_from_edit = ("sku",)
    searchable_fields = ("sku", "creator", "genre")
    sortable_fields = ("sku", "creator", "price", "stock")
    fields_default_sort = ("sku",)

    def can_create(self, request: Request) -> bool:
        """Return that products are added here."""
        return True

    def can_edit(self, request: Request) -> bool:
        """Return that products are changed here."""
        return True

    def get_list_query(self, request: Request) -> Select[Any]:
        """Return the products with what is said of them."""
        return super().get_list_query(request).options(selectinload(Product.texts))

    def get_detail_query(self, request: Request) -> Select[Any]:
        """Return a product with what is said of it."""
        return super().get_detail_query(request).options(selectinload(Product.texts))

    async def create(self, request: Request, data: dict[str, Any]) -> Product:
        """Add a product."""
        return await self._take(request, {**data, "subjects": []})

    async def edit(self, request: Request, pk: Any, data: dict[str, Any]) -> Product:
        """Change a product to what the form says; what the form does not ask for stays."""
        product: Product = await self.find_by_pk(request, pk)
        kept = {"sku": product.sku, "subjects": product.subjects}
        return await self._take(request, {**data, **kept})

    async def _take(self, request: Request, given: dict[str, Any]) -> Product:
        row = checked(ProductRow, given)
        repository = ImportRepository(store(request))
        await repository.one_at_a_time()
        intake = ProductIntake(repository)
        await intake.prepare([row])
        intake.take(row)
        await intake.tell_who_waits(at=utc_now())
        await store(request).flush()
        return (await repository.products([row.sku]))[row.sku]
