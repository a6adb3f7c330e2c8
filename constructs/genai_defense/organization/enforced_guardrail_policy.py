"""The policy by which Bedrock itself applies a guardrail to every call in the organization."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from genai_defense.organization.policy_document import OrganizationPolicyType, check_size, require

_VERSION_ARN = re.compile(
    r"arn:[a-z-]+:bedrock:(?P<region>[a-z0-9-]+):\d{12}:guardrail/[a-z0-9]+:[1-9][0-9]*"
)


@dataclass(frozen=True, kw_only=True)
class EnforcedGuardrailPolicy:
    """A guardrail of the management account on every model call below, whatever the call itself carries.

    It applies on top of the guardrail that the call names. Each Region needs one of its own, in the
    management account, with a resource policy that lets the organization's accounts apply it.

    Attributes:
        guardrail_versions: ARNs with version of guardrails of the management account, one a Region.
        excluded_models: Ids of models that it is not applied to, such as those for embeddings. Default: none.

    Raises:
        ValueError: An ARN is none or names no version, a Region has two, or the document would be larger than
            Organizations takes.

    Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_bedrock_syntax.html
        (read 2026-11-24).
    """

    guardrail_versions: tuple[str, ...]
    excluded_models: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what Organizations would refuse."""
        require(self, guardrail_versions=self.guardrail_versions)
        if len(self._by_region()) < len(self.guardrail_versions):
            raise ValueError(
                f"EnforcedGuardrailPolicy: {', '.join(self.guardrail_versions)} name a Region twice. Give "
                "one guardrail version a Region."
            )
        check_size(self)

    @property
    def policy_type(self) -> OrganizationPolicyType:
        """A Bedrock policy."""
        return OrganizationPolicyType.BEDROCK

    @property
    def document(self) -> Mapping[str, Any]:
        """The policy document, for `AWS::Organizations::Policy`."""
        return {
            "bedrock": {
                "guardrail_inference": {
                    region: {"genai_defense": self._configuration(arn)}
                    for region, arn in self._by_region().items()
                }
            }
        }

    def _configuration(self, arn: str) -> dict[str, Any]:
        return {
            "identifier": {"@@assign": arn},
            # All of it is guarded, also what the caller has not marked.
            "selective_content_guarding": {
                "system": {"@@assign": "comprehensive"},
                "messages": {"@@assign": "comprehensive"},
            },
            "model_enforcement": {
                "included_models": {"@@assign": ["ALL"]},
                "excluded_models": {"@@assign": list(self.excluded_models)},
            },
        }

    def _by_region(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for arn in self.guardrail_versions:
            match = _VERSION_ARN.fullmatch(arn)
            if match is None:
                raise ValueError(
                    f"EnforcedGuardrailPolicy: {arn!r} is no ARN of a guardrail with its version. Give "
                    "ModelGuardrail.version_arn."
                )
            found[match["region"]] = arn
        return found
