"""One policy of the organization, attached where it is to hold."""

from collections.abc import Sequence

from aws_cdk import aws_organizations as organizations
from constructs import Construct

from genai_defense.organization.policy_document import PolicyDocument, check_size


class OrganizationPolicy(Construct):
    """A policy document, attached to roots, organizational units or accounts.

    It is deployed in the management account, or in one that administers policies for it. The policy type must
    be enabled first (`aws organizations enable-policy-type`), which CloudFormation cannot do.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        policy: The document, such as `GuardrailControlPolicy`.
        policy_name: Name in the organization; Organizations makes none up.
        targets: Ids of roots (`r-…`), organizational units (`ou-…`) or accounts.

    Attributes:
        policy: The policy.

    Raises:
        ValueError: The document is longer than Organizations takes, or nothing is named to attach it to.

    Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-organizations-policy.html
        (read 2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        policy: PolicyDocument,
        policy_name: str,
        targets: Sequence[str],
    ) -> None:
        super().__init__(scope, construct_id)
        check_size(policy)
        if not targets:
            raise ValueError(
                f"OrganizationPolicy {self.node.path}: no target. Name the organizational unit or account, "
                "or the policy would exist and bind nobody."
            )
        self.policy = organizations.CfnPolicy(
            self,
            "Policy",
            name=policy_name,
            type=policy.policy_type,
            description=(type(policy).__doc__ or "").strip().split("\n")[0],
            content=policy.document,
            target_ids=list(targets),
        )
