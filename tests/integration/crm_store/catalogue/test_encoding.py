"""The encoder that comes with the product."""

import numpy as np
import pytest

from crm_store.catalogue.encoders.sentence_transformer import minilm

pytestmark = pytest.mark.integration


def test_a_text_lies_in_the_same_place_alone_and_among_others() -> None:
    encoder = minilm()

    alone = encoder.encode(["An opera about love and death"])
    among = encoder.encode(["An opera about love and death", "A travel guide to Tuscany"])

    assert alone.shape == (1, encoder.dimensions)
    assert np.linalg.norm(alone[0]) == pytest.approx(1.0)
    assert alone[0] @ among[0] > 0.999
    assert alone[0] @ among[1] < 0.5
