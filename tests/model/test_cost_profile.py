from collections.abc import Callable

import aws_cdk as cdk
import pytest
from aws_cdk.assertions import Template

from genai_defense.model import ApprovedModel, CostProfile

NOVA = "amazon.nova-pro-v1:0"
MODEL = ApprovedModel(model_id=NOVA, regions=("eu-west-1",), inference_profile_id=f"eu.{NOVA}")


def _profile(model: ApprovedModel) -> dict[str, object]:
    stack = cdk.Stack(cdk.App(), "Foreign", env=cdk.Environment(region="eu-west-1"))
    CostProfile(stack, "Cost", model=model, cost_tags={"team": "support", "application": "chat"})
    profiles = Template.from_stack(stack).find_resources("AWS::Bedrock::ApplicationInferenceProfile")
    (profile,) = profiles.values()
    properties: dict[str, object] = profile["Properties"]
    return properties


def test_it_copies_the_models_profile_and_carries_the_tags() -> None:
    properties = _profile(MODEL)
    assert f"inference-profile/eu.{NOVA}" in str(properties["ModelSource"])
    assert properties["Tags"] == [
        {"Key": "application", "Value": "chat"},
        {"Key": "team", "Value": "support"},
    ]


def test_a_model_without_a_profile_is_copied_itself() -> None:
    source = _profile(ApprovedModel(model_id=NOVA, regions=("eu-west-1",)))["ModelSource"]
    assert f"foundation-model/{NOVA}" in str(source)


def test_another_model_gets_another_name() -> None:
    """Two profiles of one name cannot stand side by side while one replaces the other."""
    other = ApprovedModel(model_id="amazon.nova-lite-v1:0", regions=("eu-west-1",))
    names = {str(_profile(model)["InferenceProfileName"]) for model in (MODEL, other)}
    assert len(names) == 2
    assert all(len(name) <= 64 for name in names)


def test_no_tags_make_no_sense(stack: cdk.Stack, template: Callable[[], Template]) -> None:
    with pytest.raises(ValueError, match="cost_tags is empty"):
        CostProfile(stack, "Cost", model=MODEL, cost_tags={})
    assert template().find_resources("AWS::Bedrock::ApplicationInferenceProfile") == {}
