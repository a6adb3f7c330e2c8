"""The Bedrock guardrail, as code and by number."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from aws_cdk import Names, Stack
from aws_cdk import aws_bedrock as bedrock
from aws_cdk import aws_kms as kms
from constructs import Construct

HARM_FILTERS = ("HATE", "INSULTS", "MISCONDUCT", "SEXUAL", "VIOLENCE")
BLOCKED_PII = (
    "AWS_ACCESS_KEY",
    "AWS_SECRET_KEY",
    "CREDIT_DEBIT_CARD_NUMBER",
    "PASSWORD",
    "PIN",
    "US_SOCIAL_SECURITY_NUMBER",
)
ANONYMISED_PII = ("EMAIL", "INTERNATIONAL_BANK_ACCOUNT_NUMBER", "PHONE")
MAX_TOPICS = 30
BLOCKED_REQUEST = "This request cannot be answered. Rephrase it without instructions to the assistant."
BLOCKED_ANSWER = "The answer was withheld because it broke a safety rule."


@dataclass(frozen=True, kw_only=True)
class DeniedTopic:
    """A subject that the chatbot does not discuss.

    Attributes:
        name: 1 to 100 characters.
        definition: What belongs to the subject, 1 to 1,000 characters in the STANDARD tier.
    """

    name: str
    definition: str


class ModelGuardrail(Construct):
    """A Bedrock guardrail in the STANDARD tier, and a numbered version of exactly this content.

    Harm filters and PROMPT_ATTACK stand at HIGH; secrets and card numbers block, contact data is anonymised;
    profanity blocks; answers must be grounded where the caller gives a source. Changed content makes a new
    version: everything that refers to `version_arn` follows it, and nothing ever runs on DRAFT.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        encryption_key: Key of the guardrail; callers need `kms:Decrypt` on it, which `GuardedModelAccess`
            grants.
        guardrail_profile_id: Cross-region guardrail profile, which the STANDARD tier needs, for example
            `us.guardrail.v1:0`.
        profile_regions: Every Region of that profile.
        denied_topics: At most 30. Default: none.
        grounding_threshold: Least grounding and relevance of an answer with a source, 0 to 0.99. Default:
            0.7.

    Attributes:
        guardrail: The guardrail.
        version: The numbered version.

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
        guardrail_profile_id: str,
        profile_regions: Sequence[str],
        denied_topics: Sequence[DeniedTopic] = (),
        grounding_threshold: float = 0.7,
    ) -> None:
        super().__init__(scope, construct_id)
        if not 0 <= grounding_threshold < 1:
            raise ValueError(
                f"ModelGuardrail {self.node.path}: grounding_threshold is {grounding_threshold}; "
                "Bedrock allows 0 to 0.99."
            )
        if len(denied_topics) > MAX_TOPICS:
            raise ValueError(
                f"ModelGuardrail {self.node.path}: {len(denied_topics)} denied topics; "
                f"Bedrock allows {MAX_TOPICS}. Merge some of them.",
            )
        self.encryption_key = encryption_key
        self._profile_id = guardrail_profile_id
        self._profile_regions = tuple(profile_regions)
        content = _Content(denied_topics, grounding_threshold)
        self.guardrail = bedrock.CfnGuardrail(
            self,
            "Guardrail",
            name=Names.unique_resource_name(self, max_length=50, separator="-"),
            blocked_input_messaging=BLOCKED_REQUEST,
            blocked_outputs_messaging=BLOCKED_ANSWER,
            kms_key_arn=encryption_key.key_arn,
            cross_region_config=bedrock.CfnGuardrail.GuardrailCrossRegionConfigProperty(
                guardrail_profile_arn=self._profile_arn(Stack.of(self).region),
            ),
            content_policy_config=content.harm,
            topic_policy_config=content.topics,
            word_policy_config=content.words,
            sensitive_information_policy_config=content.personal_data,
            contextual_grounding_policy_config=content.grounding,
        )
        # A version is a snapshot: another description replaces it, so other content gets another number.
        everything = (guardrail_profile_id, BLOCKED_REQUEST, BLOCKED_ANSWER, content.policies)
        self.version = bedrock.CfnGuardrailVersion(
            self,
            "Version",
            guardrail_identifier=self.guardrail.attr_guardrail_id,
            description=f"content {hashlib.sha256(repr(everything).encode()).hexdigest()[:16]}",
        )

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
        return [
            self.guardrail.attr_guardrail_arn,
            *(self._profile_arn(region) for region in self._profile_regions),
        ]

    def _profile_arn(self, region: str) -> str:
        return Stack.of(self).format_arn(
            service="bedrock",
            region=region,
            resource="guardrail-profile",
            resource_name=self._profile_id,
        )


class _Content:
    """What the guardrail stops."""

    def __init__(self, denied_topics: Sequence[DeniedTopic], grounding_threshold: float) -> None:
        cfn = bedrock.CfnGuardrail
        self.harm = cfn.ContentPolicyConfigProperty(
            content_filters_tier_config=cfn.ContentFiltersTierConfigProperty(tier_name="STANDARD"),
            filters_config=[
                *(
                    cfn.ContentFilterConfigProperty(type=harm, input_strength="HIGH", output_strength="HIGH")
                    for harm in HARM_FILTERS
                ),
                # Bedrock judges prompt attacks on the way in only and refuses another output strength.
                cfn.ContentFilterConfigProperty(
                    type="PROMPT_ATTACK", input_strength="HIGH", output_strength="NONE"
                ),
            ],
        )
        self.topics = (
            cfn.TopicPolicyConfigProperty(
                topics_tier_config=cfn.TopicsTierConfigProperty(tier_name="STANDARD"),
                topics_config=[
                    cfn.TopicConfigProperty(name=topic.name, definition=topic.definition, type="DENY")
                    for topic in denied_topics
                ],
            )
            if denied_topics
            else None
        )
        self.words = cfn.WordPolicyConfigProperty(
            managed_word_lists_config=[cfn.ManagedWordsConfigProperty(type="PROFANITY")],
        )
        self.personal_data = cfn.SensitiveInformationPolicyConfigProperty(
            pii_entities_config=[
                cfn.PiiEntityConfigProperty(type=entity, action=action)
                for action, entities in (("BLOCK", BLOCKED_PII), ("ANONYMIZE", ANONYMISED_PII))
                for entity in entities
            ],
        )
        self.grounding = cfn.ContextualGroundingPolicyConfigProperty(
            filters_config=[
                cfn.ContextualGroundingFilterConfigProperty(type=kind, threshold=grounding_threshold)
                for kind in ("GROUNDING", "RELEVANCE")
            ],
        )

    @property
    def policies(self) -> tuple[object, ...]:
        """All of it; the CDK's own `repr` writes every property."""
        return (self.harm, self.topics, self.words, self.personal_data, self.grounding)
