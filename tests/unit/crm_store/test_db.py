import pytest

from crm_store.db import create_engine

pytestmark = pytest.mark.unit


def test_an_error_of_the_store_keeps_the_words_to_itself() -> None:
    assert create_engine("postgresql://nowhere/nothing").sync_engine.hide_parameters
