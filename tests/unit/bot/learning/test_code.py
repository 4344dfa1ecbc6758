from pathlib import Path

import pytest

from bot.learning.code import fingerprint

pytestmark = pytest.mark.unit


def test_code_that_stays_keeps_what_it_learned() -> None:
    assert fingerprint() == fingerprint()


def test_changed_code_learns_anew(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("SHARE = 1")
    before = fingerprint(tmp_path)

    (tmp_path / "one.py").write_text("SHARE = 2")

    assert fingerprint(tmp_path) != before


def test_added_code_learns_anew(tmp_path: Path) -> None:
    before = fingerprint(tmp_path)

    (tmp_path / "one.py").write_text("SHARE = 1")

    assert fingerprint(tmp_path) != before
