"""In what an encoder reckons."""

import pytest

from crm_store.catalogue.encoders.sentence_transformer import kind_of_number

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("ability", ["avx512_bf16", "amx_bf16", "bf16"])
def test_reckons_in_halves_where_the_processor_can(ability: str) -> None:
    assert kind_of_number({"avx2": True, ability: True}) == "bfloat16"


def test_reckons_in_whole_numbers_where_it_cannot() -> None:
    assert kind_of_number({"avx2": True, "avx512_bf16": False}) == "float32"
