from pathlib import Path

import pytest

from crm_store.catalogue.encoders import encoder_or_none

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("setting", ["use+", "a folder without a model"])
def test_an_encoder_that_cannot_be_loaded_refuses_texts_and_stops_nothing(
    setting: str, tmp_path: Path
) -> None:
    setting = str(tmp_path) if "folder" in setting else setting

    encoder = encoder_or_none(setting)

    assert encoder.name == setting
    with pytest.raises(RuntimeError, match="could not be loaded"):
        encoder.encode(["Verdi"])
