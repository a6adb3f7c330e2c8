"""Who may change the keys of an app, and that these cannot read what the keys protect."""

from collections.abc import Sequence
from typing import Annotated

import jsii
from aws_cdk import Aspects, Aws, IAspect
from aws_cdk import aws_iam as iam
from constructs import IConstruct
from pydantic import Field, StringConstraints

from genai_defense.data.data_key import ADMINISTRATION, USE, DataKey
from genai_defense.section import Section

_RoleArn = Annotated[
    str, StringConstraints(pattern=r"^arn:aws[a-z-]*:iam::\d{12}:role/[A-Za-z0-9_+=,.@/*-]+$")
]
_READING = ("kms:DescribeKey", "kms:Get", "kms:List")


class KeyAdministrators(Section):
    """The roles that administer every key, and never use one.

    The policy of each key then refuses its administration to everybody else, but for the role with which the
    CDK deploys, and its use to the administrators. AWS refuses a key policy that would lock out who writes
    it. An administrator can write a key policy that lets him in: `KeyWatch` tells when somebody does.

    Attributes:
        roles: ARNs of the administrators' roles, `*` for a part of the name. Default: none, so that the IAM
            policies of the account decide.

    Source: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html (read 2026-11-24).
    """

    roles: Annotated[tuple[_RoleArn, ...], Field(strict=False)] = ()

    def apply_to(self, scope: IConstruct) -> None:
        """Write it into the policy of every `DataKey` in `scope`, now and later."""
        if self.roles:
            Aspects.of(scope).add(_Separation(self.roles))


@jsii.implements(IAspect)
class _Separation:
    def __init__(self, roles: Sequence[str]) -> None:
        self._roles = list(roles)

    def visit(self, node: IConstruct) -> None:
        if not isinstance(node, DataKey):
            return
        deployment = f"arn:{Aws.PARTITION}:iam::{Aws.ACCOUNT_ID}:role/cdk-*-cfn-exec-role-*"
        node.add_to_resource_policy(
            _denied(
                "AdministeredByAdministratorsOnly",
                [action for action in ADMINISTRATION if not action.startswith(_READING)],
                {"ArnNotLike": {"aws:PrincipalArn": [*self._roles, deployment]}},
            )
        )
        node.add_to_resource_policy(
            _denied("AdministratorsUseNothing", USE, {"ArnLike": {"aws:PrincipalArn": self._roles}})
        )


def _denied(
    sid: str, actions: Sequence[str], conditions: dict[str, dict[str, object]]
) -> iam.PolicyStatement:
    return iam.PolicyStatement(
        sid=sid,
        effect=iam.Effect.DENY,
        principals=[iam.AnyPrincipal()],
        actions=list(actions),
        resources=["*"],  # in a key policy, "*" is this key
        conditions=conditions,
    )
