from typing import Any

import aws_cdk as cdk
import pytest

from genai_defense.model import ApprovedModel

NOVA = "amazon.nova-pro-v1:0"
PROFILE = f"eu.{NOVA}"
REASON = "The contract of this customer allows processing anywhere in the world."


def test_without_a_profile_the_model_is_called_directly(stack: cdk.Stack) -> None:
    model = ApprovedModel(model_id=NOVA, regions=("eu-west-1",))
    assert model.invocation_id == NOVA
    assert model.profile_arn(stack) is None
    assert len(model.model_arns(stack)) == 1


def test_a_profile_names_the_model_in_every_region(stack: cdk.Stack) -> None:
    regions = ("eu-west-1", "eu-central-1")
    model = ApprovedModel(model_id=NOVA, regions=regions, inference_profile_id=PROFILE)
    assert model.invocation_id == PROFILE
    arns = [str(stack.resolve(arn)) for arn in model.model_arns(stack)]
    for arn, region in zip(arns, regions, strict=True):
        assert f":bedrock:{region}::foundation-model/{NOVA}" in arn


def test_a_global_profile_names_the_model_without_a_region(stack: cdk.Stack) -> None:
    """So Bedrock asks for it, wherever in the world it is."""
    model = ApprovedModel(
        model_id=NOVA,
        regions=("eu-west-1",),
        inference_profile_id=f"global.{NOVA}",
        leaves_geography_because=REASON,
    )
    here, anywhere = (str(stack.resolve(arn)) for arn in model.model_arns(stack))
    assert f":bedrock:eu-west-1::foundation-model/{NOVA}" in here
    assert f":bedrock:::foundation-model/{NOVA}" in anywhere
    assert model.is_global


def test_the_routes_are_the_model_and_its_fallback() -> None:
    lite = ApprovedModel(model_id="amazon.nova-lite-v1:0", regions=("eu-west-1",))
    model = ApprovedModel(model_id=NOVA, regions=("eu-west-1",), fallback=lite)
    assert model.routes == (model, lite)
    assert lite.routes == (lite,)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"regions": ()}, "regions is empty"),
        ({"regions": ("eu-west-1", "eu-central-1")}, "2 regions need an inference profile"),
        ({"inference_profile_id": "eu.amazon.nova-lite-v1:0"}, "Choose eu.amazon.nova-pro-v1:0"),
        ({"inference_profile_id": f"us.{NOVA}"}, "eu-west-1 lies outside of 'us'"),
        ({"inference_profile_id": f"us-gov.{NOVA}"}, "eu-west-1 lies outside of 'us-gov'"),
        ({"inference_profile_id": f"mars.{NOVA}"}, "'mars' is no geography of profiles. Known: apac, au"),
        ({"inference_profile_id": f"global.{NOVA}"}, "leaves_geography_because belong together"),
        ({"inference_profile_id": PROFILE, "leaves_geography_because": REASON}, "belong together"),
    ],
)
def test_what_bedrock_could_not_route_or_nobody_decided_is_refused(
    arguments: dict[str, Any], says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        ApprovedModel(**{"model_id": NOVA, "regions": ("eu-west-1",), **arguments})


def test_a_fallback_of_a_fallback_is_refused() -> None:
    last = ApprovedModel(model_id="amazon.nova-micro-v1:0", regions=("eu-west-1",))
    middle = ApprovedModel(model_id="amazon.nova-lite-v1:0", regions=("eu-west-1",), fallback=last)
    with pytest.raises(ValueError, match="a fallback has no fallback of its own"):
        ApprovedModel(model_id=NOVA, regions=("eu-west-1",), fallback=middle)


@pytest.mark.parametrize(
    ("profile", "region"),
    [("us", "ca-central-1"), ("apac", "ap-south-1"), ("jp", "ap-northeast-3"), ("us-gov", "us-gov-west-1")],
)
def test_a_region_of_the_geography_is_taken(profile: str, region: str) -> None:
    model = ApprovedModel(model_id=NOVA, regions=(region,), inference_profile_id=f"{profile}.{NOVA}")
    assert model.regions == (region,)
