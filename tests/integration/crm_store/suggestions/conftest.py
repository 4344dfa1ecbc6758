import pytest

from crm_store.catalogue.encoders import Encoder, encoder_named


@pytest.fixture(scope="session")
def real_encoder() -> Encoder:
    """The encoder that comes with the product, loaded once for all tests."""
    return encoder_named("minilm+use")
