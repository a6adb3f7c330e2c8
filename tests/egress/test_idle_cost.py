import pytest

from genai_defense import prices
from genai_defense.egress import idle_cost


def test_no_way_out_costs_nothing() -> None:
    assert idle_cost(zones=3, inspected=False).usd == 0


@pytest.mark.parametrize(("zones", "usd"), [(2, 649.70), (3, 974.55)])
def test_the_inspected_way_out_is_paid_by_zone(zones: int, usd: float) -> None:
    # 730 hours of an endpoint, a NAT gateway and an address in each zone.
    assert idle_cost(zones=zones, inspected=True).usd == pytest.approx(usd, abs=0.01)


def test_the_cost_is_shown_with_its_region() -> None:
    assert idle_cost(zones=2, inspected=True).shown == (
        "about 649.70 USD a month while idle (list prices of us-east-1)"
    )


def test_each_price_says_where_and_how_it_was_read() -> None:
    found = [value for value in vars(prices).values() if isinstance(value, prices.Price)]
    assert len(found) == 5
    for price in found:
        assert price.source.startswith("https://aws.amazon.com/")
        assert price.read
        assert price.usd > 0
