import pytest

from crm_store.customers.claims import claim_in, spellings

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "said",
    ["Ana.Ruiz@Example.com", "mail: ana.ruiz@example.com.", "ana dot ruiz at example dot com"],
)
def test_reads_an_address(said: str) -> None:
    assert claim_in(said, region="DE").emails == {"ana.ruiz@example.com"}


@pytest.mark.parametrize("said", ["0171 3920017", "+49 171 3920017", "0049-171-3920017"])
def test_reads_a_phone_number_as_the_regions(said: str) -> None:
    assert claim_in(said, region="DE").phones == {"+491713920017"}


@pytest.mark.parametrize("said", ["A-17", "a17", "order a 17", "Nummer A-17."])
def test_reads_a_number_as_the_record_may_write_it(said: str) -> None:
    assert "A-17" in claim_in(said, region="DE").numbers


@pytest.mark.parametrize("said", ["W2611340", "#w2611340"])
def test_reads_a_number_with_and_without_its_sign(said: str) -> None:
    assert "#W2611340" in spellings(said)


def test_reads_a_short_order_number() -> None:
    assert "A-1" in claim_in("A-1", region="DE").numbers


@pytest.mark.parametrize(
    "said", ["", "2 tickets", "no idea", "I am Ana", "Punkt.", "meet me at noon"]
)
def test_claims_nothing_for_other_words(said: str) -> None:
    assert not claim_in(said, region="DE")
