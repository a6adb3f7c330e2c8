"""The guardrail on every call to a model in the account, whoever makes it."""

from aws_cdk import Stack
from aws_cdk import aws_bedrock as bedrock
from constructs import Construct

from genai_defense.model.model_guardrail import ModelGuardrail


class AccountEnforcedGuardrail(Construct):
    """Bedrock applies this guardrail version to each InvokeModel and Converse of the account and Region.

    It touches callers that this app does not know: one that may not call `bedrock:ApplyGuardrail` on the
    guardrail is refused from then on. The resource policies let every principal of the account whose own
    policies agree; callers also need `bedrock:ApplyGuardrail` on the guardrail profile in its other Regions.
    The account has one such configuration a Region.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        guardrail: What is enforced, in its current version.

    Attributes:
        configuration: The account's configuration.

    Source: https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-enforcements.html,
        https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-resource-based-policies.html (read
        2026-11-24).
    """

    def __init__(self, scope: Construct, construct_id: str, *, guardrail: ModelGuardrail) -> None:
        super().__init__(scope, construct_id)
        account = Stack.of(self).format_arn(service="iam", region="", resource="root")
        self.configuration = bedrock.CfnEnforcedGuardrailConfiguration(
            self,
            "Configuration",
            guardrail_identifier=guardrail.guardrail.attr_guardrail_arn,
            guardrail_version=guardrail.version_number,
            # The system prompt and every message are judged, tagged or not.
            selective_content_guarding=bedrock.CfnEnforcedGuardrailConfiguration.SelectiveContentGuardingProperty(
                messages="COMPREHENSIVE", system="COMPREHENSIVE"
            ),
        )
        shared = {
            "GuardrailPolicy": (
                guardrail.guardrail.attr_guardrail_arn,
                ["bedrock:ApplyGuardrail", "bedrock:GetGuardrail"],
            ),
        }
        if own_profile := guardrail.own_profile_arn:
            shared["ProfilePolicy"] = (own_profile, ["bedrock:ApplyGuardrail"])
        for name, (arn, actions) in shared.items():
            policy = bedrock.CfnResourcePolicy(
                self,
                name,
                resource_arn=arn,
                policy_document={
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Allow",
                            "Principal": {"AWS": account},
                            "Action": actions,
                            "Resource": arn,
                        }
                    ],
                },
            )
            # Nobody is refused for want of a permission that was still to come.
            self.configuration.add_dependency(policy)
