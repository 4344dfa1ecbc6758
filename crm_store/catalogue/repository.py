"""Every query on products and their vectors."""

import re
import zlib
from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, delete, func, or_, select, text, true
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import contains_eager, selectinload

from crm_store.base import Language
from crm_store.catalogue.encoders import Vectors
from crm_store.catalogue.models import Product, ProductText, ProductVector
from crm_store.errors import ProductNotFound

_DIGEST = func.md5(
    func.concat_ws("\n", ProductText.title, ProductText.facets, ProductText.description)
)
_STALE = or_(ProductVector.id.is_(None), ProductVector.digest != _DIGEST)
NEIGHBOURS, LOOKED_AT = 24, 200
"""Of HNSW: edges of a node, and nodes looked at for them when the index is made.

With pgvector's own 16 and 64 the index misses a tenth of the ten nearest texts to a wish, which
lies apart from them all.
"""
LENT_MEGABYTES = 64, 2_000
"""What PostgreSQL may use while it makes an index, at least and at most."""
MEGABYTE = 1_000_000
_HALF, _EDGE = 2, 32
"""Bytes of a number of a vector, and of an edge with what it needs besides, generously."""
_LIKE_A_NUMBER = re.compile(r"[\d_-]")
_DICTIONARIES = {Language.de: "german", Language.en: "english"}


class CatalogueRepository:
    """Reads and writes products in the session it is given."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, sku: str) -> Product | None:
        """Return the product with its texts, if the shop has it."""
        found = await self.by_sku([sku])
        return found.get(sku)

    async def held(self, sku: str) -> Product:
        """Return the product for a change of its stock, held until the transaction ends.

        It raises ProductNotFound for one that the shop has no longer.
        """
        wanted = select(Product).where(Product.sku == sku).options(selectinload(Product.texts))
        # Read anew: what this session read before may have been sold since.
        found: Product | None = await self._session.scalar(
            wanted.with_for_update(of=Product).execution_options(populate_existing=True)
        )
        if found is None:
            raise ProductNotFound(sku)
        return found

    async def by_sku(self, skus: Iterable[str]) -> dict[str, Product]:
        """Return those of the products that the shop has, with their texts."""
        rows = await self._session.scalars(
            select(Product).where(Product.sku.in_(set(skus))).options(selectinload(Product.texts))
        )
        return {product.sku: product for product in rows}

    async def search(self, words: str, language: Language, *, most: int = 24) -> Sequence[Product]:
        """Return products that have all the words in a language, the best first.

        Without words it returns the shop's first products by title.
        """
        query = func.websearch_to_tsquery(_DICTIONARIES[language], words)
        matching = ProductText.searchable.op("@@")(query) if words.strip() else true()
        rows = await self._session.scalars(
            select(Product)
            .join(ProductText)
            .where(ProductText.language == language, matching)
            .order_by(func.ts_rank_cd(ProductText.searchable, query).desc(), ProductText.title)
            .limit(most)
            .options(selectinload(Product.texts))
        )
        return rows.all()

    async def by_sku_like(self, words: Iterable[str]) -> Sequence[Product]:
        """Return the products whose number is one of the words, however it is capitalised."""
        numbers = {word.casefold() for word in words if _LIKE_A_NUMBER.search(word)}
        if not numbers:
            return []
        found = select(Product).where(func.lower(Product.sku).in_(numbers))
        return (await self._session.scalars(found.options(selectinload(Product.texts)))).all()

    async def worded(self, words: Iterable[str], *, most: int = 60) -> Sequence[Product]:
        """Return products that have any of the words in either language, in stock or not."""
        query = " | ".join(f"'{word}'" for word in words)
        spoken = {lang: func.to_tsquery(name, query) for lang, name in _DICTIONARIES.items()}
        return await self._fitting(
            case(*((ProductText.language == lang, asked) for lang, asked in spoken.items())), most
        )

    async def begun(self, beginnings: Iterable[str], *, most: int = 300) -> Sequence[Product]:
        """Return products with a word in either language that begins like one of these."""
        query = " | ".join(f"'{beginning}':*" for beginning in beginnings)
        return await self._fitting(func.to_tsquery("simple", query), most) if query else ()

    async def in_place_of(self, product: Product, *, most: int = 3) -> Sequence[Product]:
        """Return what might be taken instead: of the same kind, in stock, the most alike first.

        Alike are other variants, which share subjects, then the same maker's, then the price.
        """
        shared = Product.subjects.bool_op("&&")(product.subjects)
        by_maker = func.coalesce(Product.creator == product.creator, False)
        rows = await self._session.scalars(
            select(Product)
            .where(
                Product.kind == product.kind,
                Product.stock > 0,
                Product.id != product.id,
                or_(shared, by_maker),
            )
            .order_by(
                (shared & by_maker).desc(),
                shared.desc(),
                func.abs(Product.price - product.price),
                Product.sku,
            )
            .limit(most)
            .options(selectinload(Product.texts))
        )
        return rows.all()

    async def empty(self) -> bool:
        """Return whether the shop has no product at all."""
        return await self._session.scalar(select(Product.id).limit(1)) is None

    async def _fitting(self, query: ColumnElement[str], most: int) -> Sequence[Product]:
        best = (
            select(ProductText.product_id)
            .where(ProductText.searchable.op("@@")(query))
            .group_by(ProductText.product_id)
            .order_by(func.max(func.ts_rank(ProductText.searchable, query)).desc())
            .limit(most)
        )
        found = select(Product).where(Product.id.in_(best)).options(selectinload(Product.texts))
        return (await self._session.scalars(found)).all()


class VectorRepository:
    """Reads and writes where one encoder places the products' texts."""

    def __init__(self, session: AsyncSession, model: str) -> None:
        self._session = session
        self._model = model

    async def count_waiting(self) -> int:
        """Return how many texts the encoder has not placed as they are now."""
        waiting = select(func.count(ProductText.id)).outerjoin(ProductVector, self._same_text())
        return (await self._session.execute(waiting.where(_STALE))).scalar_one()

    async def waiting(
        self, most: int, *, among: Sequence[UUID] | None = None
    ) -> Sequence[tuple[ProductText, str]]:
        """Return some of those texts, each with its product and the digest of its words.

        To look at all texts takes a while in a large shop; `among` says which to look at.
        """
        rows = await self._session.execute(
            select(ProductText, _DIGEST)
            .join(ProductText.product)
            .outerjoin(ProductVector, self._same_text())
            .where(_STALE, true() if among is None else ProductText.id.in_(among))
            .order_by(func.length(ProductText.description), ProductText.id)
            .limit(most)
            .options(contains_eager(ProductText.product))
        )
        return [(said, digest) for said, digest in rows]

    async def put(self, texts: Sequence[tuple[ProductText, str]], vectors: Vectors) -> None:
        """Keep the place of each text that is still there, in the order given."""
        there = await self._kept_there(said.id for said, _ in texts)
        rows = [
            {"text_id": said.id, "model": self._model, "digest": digest, "vector": vector}
            for (said, digest), vector in zip(texts, vectors, strict=True)
            if said.id in there
        ]
        if not rows:
            return
        adding = insert(ProductVector)
        placed = {"digest": adding.excluded.digest, "vector": adding.excluded.vector}
        await self._session.execute(
            adding.on_conflict_do_update(index_elements=["text_id", "model"], set_=placed), rows
        )

    async def forget(self) -> None:
        """Remove all that the encoder has placed."""
        await self._session.execute(delete(ProductVector).where(ProductVector.model == self._model))

    async def count_words(self) -> None:
        """Count anew in how many texts each word stands, which the search weighs words by."""
        for name in ("search_terms", "search_sizes"):
            await self._session.execute(text(f"REFRESH MATERIALIZED VIEW CONCURRENTLY {name}"))

    async def index(self, dimensions: int) -> None:
        """Make the encoder's index, unless there is one."""
        if await self._session.scalar(select(func.to_regclass(_index_of(self._model)))):
            return
        model = self._model.replace("'", "''")
        await self._lend_memory(dimensions)
        await self._session.execute(
            text(
                f"CREATE INDEX IF NOT EXISTS {_index_of(self._model)} ON product_vectors"
                f" USING hnsw ((vector::halfvec({dimensions})) halfvec_cosine_ops)"
                f" WITH (m = {NEIGHBOURS}, ef_construction = {LOOKED_AT})"
                f" WHERE model = '{model}'".replace(":", r"\:")
            )
        )

    async def _lend_memory(self, dimensions: int) -> None:
        """Let the index be made in memory where it fits: on disk that takes many times as long."""
        placed = select(func.count()).where(ProductVector.model == self._model)
        count = (await self._session.execute(placed)).scalar_one()
        least, most = LENT_MEGABYTES
        wanted = count * (dimensions * _HALF + NEIGHBOURS * _EDGE) // MEGABYTE
        lent = max(least, min(wanted, most))
        await self._session.execute(text(f"SET LOCAL maintenance_work_mem = '{lent}MB'"))

    async def drop_index(self) -> None:
        """Remove the encoder's index, without holding up whoever searches; in no transaction."""
        await self._session.execute(
            text(f"DROP INDEX CONCURRENTLY IF EXISTS {_index_of(self._model)}")
        )

    async def _kept_there(self, ids: Iterable[UUID]) -> set[UUID]:
        # Held until the end, in one order for all: an import may be removing texts meanwhile.
        held = select(ProductText.id).where(ProductText.id.in_(list(ids))).order_by(ProductText.id)
        return set(await self._session.scalars(held.with_for_update(read=True, key_share=True)))

    def _same_text(self) -> ColumnElement[bool]:
        return and_(ProductVector.text_id == ProductText.id, ProductVector.model == self._model)


def _index_of(model: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", model.lower())
    if not re.fullmatch(r"[a-z0-9+]{1,30}", model):
        # Another model's name may look like it, and PostgreSQL cuts long names.
        plain = f"{plain[:20]}_{zlib.crc32(model.encode()):08x}"
    return f"ix_product_vectors_hnsw_{plain}"
