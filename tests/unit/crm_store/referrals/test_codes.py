import re

import pytest

from crm_store.referrals.codes import new_friend_code

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("Ana", "ANA"),
        ("Änne", "ANNE"),
        ("José María", "JOSE"),
        ("Strauß", "STRAUSS"),
        ("Maximiliane", "MAXIMILI"),
        ("李", "AMI"),
        ("", "AMI"),
    ],
)
def test_a_code_for_friends_begins_with_a_name_in_plain_letters(name: str, word: str) -> None:
    assert re.fullmatch(rf"{word}-[2-9A-HJ-NP-Z]{{4}}", new_friend_code(name))
