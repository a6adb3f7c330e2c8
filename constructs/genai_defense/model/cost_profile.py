"""Who pays: an application inference profile carries the tags to the bill."""

import hashlib
from collections.abc import Mapping

from aws_cdk import CfnTag, Names
from aws_cdk import aws_bedrock as bedrock
from constructs import Construct

from genai_defense.model.approved_model import ApprovedModel

_NAME_CHARS = 64
_HASH_CHARS = 8


class CostProfile(Construct):
    """An application inference profile over the model's own profile, or over the model.

    Calls through it are told apart by its tags in Cost Explorer and by its ARN in metrics. Another model
    makes another profile: its name holds a digest of what it copies, since two of one name cannot stand side
    by side while CloudFormation replaces one by the other.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        model: What is called.
        cost_tags: Tags of the profile, at least one; activate them as cost allocation tags in the billing
            account.

    Attributes:
        profile: The profile.
        arn: What the caller passes as `modelId`.

    Raises:
        ValueError: When `cost_tags` is empty.

    Source: https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-create.html (read
        2026-11-24).
    """

    def __init__(
        self, scope: Construct, construct_id: str, *, model: ApprovedModel, cost_tags: Mapping[str, str]
    ) -> None:
        super().__init__(scope, construct_id)
        if not cost_tags:
            raise ValueError(f"CostProfile {self.node.path}: cost_tags is empty. Name at least one tag.")
        digest = hashlib.sha256(model.invocation_id.encode()).hexdigest()[:_HASH_CHARS]
        name = Names.unique_resource_name(self, max_length=_NAME_CHARS - _HASH_CHARS - 1, separator="-")
        self.profile = bedrock.CfnApplicationInferenceProfile(
            self,
            "Profile",
            inference_profile_name=f"{name}-{digest}",
            model_source=bedrock.CfnApplicationInferenceProfile.InferenceProfileModelSourceProperty(
                copy_from=model.profile_arn(self) or model.model_arns(self)[0],
            ),
            tags=[CfnTag(key=key, value=value) for key, value in sorted(cost_tags.items())],
        )
        self.arn = self.profile.attr_inference_profile_arn
