"""What stays is passed over, and freed all the same once nobody uses it."""

import gc
from collections.abc import Iterator
from weakref import ref

import pytest

from crm_store import garbage

pytestmark = pytest.mark.unit


class Model:
    """As models are: it knows itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_what_is_there_is_passed_over() -> None:
    model = Model()
    garbage.settle()

    assert gc.get_freeze_count() > 0
    assert not any(one is model for one in gc.get_objects())


def test_what_has_gone_since_is_freed_the_next_time() -> None:
    model = Model()
    garbage.settle()
    seen = ref(model)
    del model
    gc.collect()
    kept = seen() is not None

    garbage.settle()

    assert kept
    assert seen() is None
