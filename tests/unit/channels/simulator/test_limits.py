import pytest

from channels.simulator.limits import Limits, without_limits
from channels.simulator.refusal import Refused

pytestmark = pytest.mark.unit

ADDRESS = "https://line.example/phone/gather/2?silent=true"


def test_an_address_without_limits_has_twilios_own() -> None:
    assert without_limits(ADDRESS) == (ADDRESS, Limits(5.0, 15.0, 15.0, 1, frozenset({"ct"})))


def test_limits_stand_behind_the_address_and_are_not_part_of_it() -> None:
    asked, limits = without_limits(f"{ADDRESS}#ct=1000&rt=2700&tt=2800&rc=2&rp=5xx,ct")

    assert asked == ADDRESS
    assert limits == Limits(1.0, 2.7, 2.8, 2, frozenset({"5xx", "ct"}))
    assert limits.again("5xx")
    assert not limits.again("rt")


@pytest.mark.parametrize(
    "wrong", ["rt=50", "rt=15001", "tt=soon", "rc=6", "rp=often", "timeout=3", "here"]
)
def test_what_twilio_would_not_understand_is_refused(wrong: str) -> None:
    with pytest.raises((Refused, ValueError)):
        without_limits(f"{ADDRESS}#{wrong}")
