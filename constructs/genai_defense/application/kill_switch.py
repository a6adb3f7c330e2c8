"""One parameter that stops the chatbot."""

from aws_cdk import aws_iam as iam
from aws_cdk import aws_ssm as ssm
from constructs import Construct

OFF = "off"
ON = "on"


class KillSwitch(Construct):
    """A parameter that operators set to `on`, and within 30 seconds nothing is answered any more.

    The guardrail function reads it at most every five seconds, and refuses too when it could not read it for
    30 seconds. A deployment leaves the parameter as operators set it, unless this resource itself changes:

        aws ssm put-parameter --overwrite --name "$(…)" --value on

    where the name is the stack's output `KillSwitchParameter`. Whoever may do this stops the chatbot; whoever
    may set it to `off` again starts it, so grant `ssm:PutParameter` on it to few.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.

    Attributes:
        parameter: The parameter, `off` at first. It holds no secret, so it is not encrypted.

    Source: https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html
        (read 2026-11-24).
    """

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        self.parameter = ssm.StringParameter(
            self,
            "Parameter",
            string_value=OFF,
            allowed_pattern=f"^({OFF}|{ON})$",
            description="Kill switch of the chatbot: on refuses every request, off answers.",
        )

    def grant_read(self, policy: iam.ManagedPolicy) -> None:
        """Let `policy` read the switch, and not set it."""
        policy.add_statements(
            iam.PolicyStatement(
                sid="ReadKillSwitch",
                actions=["ssm:GetParameter"],
                resources=[self.parameter.parameter_arn],
            ),
        )
