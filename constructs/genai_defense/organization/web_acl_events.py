"""From a web ACL's log to the security bus."""

from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from genai_defense.application.private_function import FunctionHosting
from genai_defense.organization.control_function import ControlFunction
from genai_defense.organization.security_bus import WEB_ACL_SOURCE, SecurityBus

_REFUSED = '{ $.action = "BLOCK" && $.terminatingRuleId != "BlockedAddress" }'


class WebAclEvents(Construct):
    """Tells the bus which address a web ACL refuses how often: the log's lines carry it, its metrics do not.

    Only logs of web ACLs that clients reach directly are read. Behind a distribution, a web ACL logs the
    addresses of CloudFront.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        hosting: How logs are kept.
        bus: Where events go.

    Attributes:
        control: The function that packs lines into events.

    Source: https://docs.aws.amazon.com/waf/latest/developerguide/logging-fields.html (read 2026-11-24).
    """

    def __init__(
        self, scope: Construct, construct_id: str, *, hosting: FunctionHosting, bus: SecurityBus
    ) -> None:
        super().__init__(scope, construct_id)
        self.control = ControlFunction(
            self,
            "Function",
            packages=("web_acl_events", "function_environment"),
            hosting=hosting,
            environment={"EVENT_BUS_NAME": bus.bus.event_bus_name},
            outside_because="It turns log lines of refused requests into events on one bus, which is all "
            "that its policy allows. In the VPC, the bus's endpoint would have to admit a second caller "
            "beside the guardrail function, and text that attackers write would be read next to everything "
            "else.",
        )
        bus.grant_put(self.control.policy, source=WEB_ACL_SOURCE)

    def read(self, construct_id: str, *, log_group: logs.ILogGroup) -> None:
        """Read the refusals in the log of one web ACL of this Region.

        Args:
            construct_id: Id below this construct.
            log_group: Its log.
        """
        permission = lambda_.CfnPermission(
            self,
            f"{construct_id}MayInvoke",
            action="lambda:InvokeFunction",
            function_name=self.control.function.function_arn,
            principal="logs.amazonaws.com",
            source_arn=log_group.log_group_arn,
        )
        subscription = logs.CfnSubscriptionFilter(
            self,
            construct_id,
            destination_arn=self.control.function.function_arn,
            filter_pattern=_REFUSED,
            log_group_name=log_group.log_group_name,
        )
        subscription.node.add_dependency(permission)
        subscription.node.add_dependency(self.control.policy)
