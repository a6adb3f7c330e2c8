"""The policy under which AWS's AI services keep no content of the organization to train on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from genai_defense.organization.policy_document import OrganizationPolicyType

_FIXED: Mapping[str, Any] = {"@@operators_allowed_for_child_policies": ["@@none"]}


@dataclass(frozen=True, kw_only=True)
class AiServicesOptOutPolicy:
    """Opts every account below out, for all services of today and tomorrow; no policy below opts in again.

    Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_ai-opt-out_syntax.html
        (read 2026-11-24).
    """

    @property
    def policy_type(self) -> OrganizationPolicyType:
        """An AI services opt-out policy."""
        return OrganizationPolicyType.AI_SERVICES_OPT_OUT

    @property
    def document(self) -> Mapping[str, Any]:
        """The policy document, for `AWS::Organizations::Policy`."""
        return {
            "services": {
                **_FIXED,
                "default": {**_FIXED, "opt_out_policy": {**_FIXED, "@@assign": "optOut"}},
            }
        }
