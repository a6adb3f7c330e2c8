"""The Region's one role with which API Gateway writes logs."""

from aws_cdk import RemovalPolicy
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_iam as iam
from constructs import Construct

from genai_defense.checks.acknowledge import acknowledge


class ApiLoggingRole(Construct):
    """Lets API Gateway write access and execution logs, for every API of the account in this Region.

    An account has one such setting per Region: create it once, and make no second one where another stack
    owns it. Role and setting stay when the stack is destroyed.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.

    Attributes:
        account: The setting. A stage with logs depends on it.
        role: The role, with the AWS-managed policy that API Gateway checks for.

    Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html (read
        2026-11-23).
    """

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        self.role = iam.Role(
            self,
            "Role",
            assumed_by=iam.ServicePrincipal("apigateway.amazonaws.com"),
            managed_policies=[
                iam.ManagedPolicy.from_aws_managed_policy_name(
                    "service-role/AmazonAPIGatewayPushToCloudWatchLogs"
                ),
            ],
        )
        acknowledge(
            self.role,
            "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/"
            "AmazonAPIGatewayPushToCloudWatchLogs]",
            reason="API Gateway takes an account's logging role only with the permissions that AWS keeps in "
            "this policy, on the logs of every API of the Region. Only API Gateway may assume the role, and "
            "its permissions boundary holds it to the seven Logs actions of today, should AWS add others.",
        )
        self.account = apigateway.CfnAccount(self, "Account", cloud_watch_role_arn=self.role.role_arn)
        # Other APIs of the Region log with it too: it must outlive this stack.
        for kept in (self.role, self.account):
            kept.apply_removal_policy(RemovalPolicy.RETAIN)
