from collections.abc import Sequence

import numpy as np
import pytest

from crm_store.base import Language
from crm_store.catalogue.encoders import encoder_named
from crm_store.catalogue.encoders.joined import FOREIGN, JoinedEncoder
from crm_store.catalogue.encoders.protocol import Encoder, Vectors, unit_rows
from crm_store.errors import EncoderMissing

pytestmark = pytest.mark.unit


class _Fixed(Encoder):
    def __init__(self, name: str, rows: list[list[float]]) -> None:
        self._name = name
        self._rows = unit_rows(np.array(rows, dtype=np.float32))

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimensions(self) -> int:
        return int(self._rows.shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        return self._rows[: len(texts)]


def test_the_joined_cosine_is_the_mean_of_the_parts() -> None:
    one, other = _Fixed("a", [[1, 0], [1, 1]]), _Fixed("b", [[1, 0, 0], [0, 2, 0]])

    joined = JoinedEncoder([one, other])
    first, second = joined.encode(["x", "y"])

    assert (joined.name, joined.dimensions) == ("a+b", 5)
    assert np.linalg.norm(first) == pytest.approx(1)
    assert first @ second == pytest.approx((np.sqrt(0.5) + 0) / 2)


class _English(_Fixed):
    def knows(self, language: Language) -> bool:
        return language is Language.en


def test_in_a_search_a_part_that_does_not_know_the_language_counts_less() -> None:
    english, both = _English("a", [[1, 0], [0, 1]]), _Fixed("b", [[1, 0], [0, 1]])
    joined = JoinedEncoder([english, both])
    for_english, for_both = np.array([0, 1, 0, 0]), np.array([0, 0, 0, 1])

    asked = joined.place(["x", "y"], Language.de)
    [_, german], [_, plain] = asked.vectors, joined.encode(["x", "y"])

    assert asked.space == "a+b"
    assert np.linalg.norm(german) == pytest.approx(1)
    assert german @ for_english == pytest.approx(FOREIGN * (german @ for_both))
    assert (joined.place(["x", "y"], Language.en).vectors[1] == plain).all()


def test_where_no_part_knows_the_language_all_count_alike() -> None:
    joined = JoinedEncoder([_English("a", [[1, 0]]), _English("b", [[1, 0]])])

    assert not joined.knows(Language.de)
    assert (joined.place(["x"], Language.de).vectors == joined.encode(["x"])).all()


def test_a_text_of_nothing_does_not_divide_by_nothing() -> None:
    assert not np.isnan(unit_rows(np.zeros((1, 3), dtype=np.float32))).any()


def test_a_missing_name_is_refused() -> None:
    with pytest.raises(EncoderMissing):
        encoder_named("use+")
