import pytest

from actions.spelling import spaced, spell_digits, spell_email, spell_letters
from crm_store.base import Language

pytestmark = pytest.mark.unit


def test_an_address_is_read_out_so_that_it_can_be_written_down() -> None:
    address = "ana-m_ruiz@example.com"

    german = "ana Bindestrich m Unterstrich ruiz ät example Punkt com"
    assert spell_email(address, Language.de) == german
    assert spell_email(address, Language.en) == "ana dash m underscore ruiz at example dot com"


def test_a_number_is_read_out_digit_by_digit() -> None:
    assert spaced("+491713920017") == "+49 171 3920017"
    assert spell_digits("+491713920017") == "plus 4 9, 1 7 1, 3 9 2 0 0 1 7"


def test_a_name_is_read_out_letter_by_letter() -> None:
    assert spell_letters("von Ruiz") == "v, o, n, R, u, i, z"
