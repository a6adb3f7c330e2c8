import aws_cdk as cdk
import pytest

from genai_defense.model import ApprovedModel

PROFILE = "eu.amazon.nova-pro-v1:0"


def test_a_model_without_profile_is_called_directly(stack: cdk.Stack) -> None:
    model = ApprovedModel(model_id="amazon.nova-pro-v1:0", regions=("eu-west-1",))
    assert model.invocation_id == "amazon.nova-pro-v1:0"
    assert model.profile_arn(stack) is None
    assert len(model.model_arns(stack)) == 1


def test_a_profile_names_the_model_in_every_region(stack: cdk.Stack) -> None:
    regions = ("eu-west-1", "eu-central-1")
    model = ApprovedModel(model_id="amazon.nova-pro-v1:0", regions=regions, inference_profile_id=PROFILE)
    assert model.invocation_id == PROFILE
    arns = [str(stack.resolve(arn)) for arn in model.model_arns(stack)]
    for arn, region in zip(arns, regions, strict=True):
        assert f":bedrock:{region}::foundation-model/amazon.nova-pro-v1:0" in arn


def test_several_regions_without_a_profile_are_refused() -> None:
    with pytest.raises(ValueError, match=r"2 regions need an inference profile"):
        ApprovedModel(model_id="amazon.nova-pro-v1:0", regions=("eu-west-1", "eu-central-1"))


def test_no_region_is_refused() -> None:
    with pytest.raises(ValueError, match="regions is empty"):
        ApprovedModel(model_id="amazon.nova-pro-v1:0", regions=())
