from collections.abc import Sequence

import pytest

from crm_store.catalogue.encoders import Vectors
from crm_store.catalogue.encoders.serving import ServingEncoder
from tests.encoders import NamedEncoder

pytestmark = pytest.mark.unit


class Overtaken(NamedEncoder):
    """Is replaced while it computes."""

    serving: ServingEncoder

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.serving.switch(NamedEncoder("wanted"))
        return super().encode(texts)


def test_vectors_bear_the_name_of_the_encoder_that_made_them() -> None:
    former = Overtaken("former")
    serving = former.serving = ServingEncoder(former)

    under_way, afterwards = serving.place(["Aida"]), serving.place(["Aida"])

    assert (under_way.space, afterwards.space) == ("former", "wanted")
    assert former.encoded == 1
