from pathlib import Path

import pytest

from crm_store.catalogue.encoders import encoder_named
from crm_store.catalogue.encoders.missing import MissingEncoder
from crm_store.errors import EncoderMissing

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("broken", [{}, {"config.json": "no JSON"}, {"modules.json": "[{}]"}])
def test_a_folder_that_holds_no_model_is_refused_by_name(
    broken: dict[str, str], tmp_path: Path
) -> None:
    for name, text in broken.items():
        (tmp_path / name).write_text(text)

    with pytest.raises(EncoderMissing):
        encoder_named(str(tmp_path))


def test_what_stands_in_for_an_encoder_refuses_every_text() -> None:
    encoder = MissingEncoder("a+b")

    assert encoder.name == "a+b"
    with pytest.raises(RuntimeError, match="could not be loaded"):
        encoder.encode(["Verdi"])
