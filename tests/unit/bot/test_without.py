import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.without import LEFT_OUT, leave_out_what_is_unused

pytestmark = pytest.mark.unit

OWN_CONFIG = Path(__file__).parents[3] / "config.yml"


@pytest.fixture(autouse=True)
def nothing_is_left_out_afterwards(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = dict(sys.modules)
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    for name in [name for name in sys.modules if name.partition(".")[0] in LEFT_OUT]:
        monkeypatch.delitem(sys.modules, name)
    yield
    for name in set(sys.modules) - set(before):
        if name.partition(".")[0] in LEFT_OUT:
            del sys.modules[name]


def a_config(folder: Path, *pipeline: str) -> Path:
    parts = "".join(f"  - name: {part}\n" for part in pipeline)
    config = folder / "config.yml"
    config.write_text(f"pipeline:\n{parts}policies:\n  - name: RulePolicy\n")
    return config


def test_our_own_pipeline_needs_none_of_it() -> None:
    assert leave_out_what_is_unused(OWN_CONFIG)


def test_a_part_that_is_not_known_to_do_without_keeps_all_of_it(tmp_path: Path) -> None:
    config = a_config(tmp_path, "WhitespaceTokenizer", "DIETClassifier")

    assert not leave_out_what_is_unused(config)


def test_what_is_left_out_has_every_name_that_is_mentioned(tmp_path: Path) -> None:
    leave_out_what_is_unused(a_config(tmp_path, "WhitespaceTokenizer"))

    keras = importlib.import_module("tensorflow.keras")
    mine = type("Mine", (keras.layers.Layer,), {})

    assert keras.saving.register(mine) is mine
