"""The Bedrock guardrail, as code and by number."""

import hashlib
from collections.abc import Sequence

from aws_cdk import Names, Stack, Token
from aws_cdk import aws_bedrock as bedrock
from aws_cdk import aws_kms as kms
from constructs import Construct

from genai_defense.checks.acknowledge import acknowledge
from genai_defense.model.geography import check_geography
from genai_defense.model.guardrail_content import GuardrailContent
from genai_defense.model.guardrail_policy import GuardrailPolicy


class ModelGuardrail(Construct):
    """A Bedrock guardrail, and a numbered version of exactly this content.

    Changed content makes a new version: everything that refers to `version_arn` follows it, and nothing ever
    runs on DRAFT. A policy that is weaker than the rules ask for stands with its own reason in the report.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key of the guardrail; callers need `kms:Decrypt` on it, which `GuardedModelAccess`
            grants.
        guardrail_profile_id: Cross-region guardrail profile, for example `us.guardrail.v1:0`. The STANDARD
            tier needs one. Default: none.
        profile_regions: Every Region of that profile. Default: none.
        policy: What it stops. Default: the strict one.

    Attributes:
        guardrail: The guardrail.
        version: The numbered version.
        policy: As given.

    Raises:
        ValueError: When Bedrock would refuse the content.

    Source: https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-tiers.html,
        https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-cross-region.html (read 2026-11-23).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        encryption_key: kms.IKey,
        guardrail_profile_id: str | None = None,
        profile_regions: Sequence[str] = (),
        policy: GuardrailPolicy = GuardrailPolicy(),  # noqa: B008 - immutable
    ) -> None:
        super().__init__(scope, construct_id)
        self._check_profile(guardrail_profile_id, tuple(profile_regions), policy)
        self.encryption_key = encryption_key
        self.policy = policy
        self._profile_id = guardrail_profile_id
        self._profile_regions = tuple(profile_regions)
        content = GuardrailContent.of(policy)
        self.guardrail = bedrock.CfnGuardrail(
            self,
            "Guardrail",
            name=Names.unique_resource_name(self, max_length=50, separator="-"),
            blocked_input_messaging=policy.blocked_request,
            blocked_outputs_messaging=policy.blocked_answer,
            kms_key_arn=encryption_key.key_arn,
            cross_region_config=self._cross_region(),
            content_policy_config=content.content,
            topic_policy_config=content.topics,
            word_policy_config=content.words,
            sensitive_information_policy_config=content.sensitive,
            contextual_grounding_policy_config=content.grounding,
        )
        if policy.weaker_because:
            acknowledge(self.guardrail, *policy.weaknesses, reason=policy.weaker_because)
        # A version is a snapshot: another description replaces it, so other content gets another number. The
        # CDK's own `repr` writes every property.
        everything = (guardrail_profile_id, policy.blocked_request, policy.blocked_answer, content)
        self.version = bedrock.CfnGuardrailVersion(
            self,
            "Version",
            guardrail_identifier=self.guardrail.attr_guardrail_id,
            description=f"content {hashlib.sha256(repr(everything).encode()).hexdigest()[:16]}",
        )

    def _check_profile(
        self, profile_id: str | None, regions: tuple[str, ...], policy: GuardrailPolicy
    ) -> None:
        if policy.tier == "STANDARD" and profile_id is None:
            raise ValueError(
                f"ModelGuardrail {self.node.path}: the STANDARD tier needs a cross-region guardrail profile. "
                "Give guardrail_profile_id, or choose the CLASSIC tier."
            )
        if profile_id is None:
            return
        if not regions:
            raise ValueError(
                f"ModelGuardrail {self.node.path}: profile_regions is empty. Name every Region of "
                f"{profile_id}."
            )
        check_geography(profile_id, tuple(region for region in regions if not Token.is_unresolved(region)))

    def _cross_region(self) -> bedrock.CfnGuardrail.GuardrailCrossRegionConfigProperty | None:
        arn = self.own_profile_arn
        return (
            bedrock.CfnGuardrail.GuardrailCrossRegionConfigProperty(guardrail_profile_arn=arn)
            if arn
            else None
        )

    @property
    def own_profile_arn(self) -> str | None:
        """The guardrail profile in the own Region; None without one."""
        return self._profile_arn(Stack.of(self).region) if self._profile_id else None

    @property
    def guardrail_id(self) -> str:
        """What the caller passes as `guardrailIdentifier`."""
        return self.guardrail.attr_guardrail_id

    @property
    def version_number(self) -> str:
        """What the caller passes as `guardrailVersion`; a number, never DRAFT."""
        return self.version.attr_version

    @property
    def version_arn(self) -> str:
        """What the condition key `bedrock:GuardrailIdentifier` holds for a call with this version."""
        return f"{self.guardrail.attr_guardrail_arn}:{self.version_number}"

    @property
    def apply_arns(self) -> list[str]:
        """Resources that `bedrock:ApplyGuardrail` needs: the guardrail, and its profile in every Region."""
        return [self.guardrail.attr_guardrail_arn, *self.profile_arns]

    @property
    def profile_arns(self) -> list[str]:
        """The guardrail profile in every Region to which it sends; empty without one."""
        return [self._profile_arn(region) for region in self._profile_regions if self._profile_id]

    def _profile_arn(self, region: str) -> str:
        return Stack.of(self).format_arn(
            service="bedrock", region=region, resource="guardrail-profile", resource_name=self._profile_id
        )
