"""Between boundary 3 and the outside: the VPC, and the one way out or none."""

from aws_cdk import CfnOutput, Environment, Stack
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from constructs import Construct

from genai_defense.application import FunctionHosting
from genai_defense.data import READ_AND_DELETE, READ_AND_WRITE
from genai_defense.egress import AllowedDomain, ApplicationNetwork, InspectedEgress, NameFirewall, idle_cost
from genai_defense.settings import Settings
from stacks.data import DataStack
from stacks.knowledge import KnowledgeStack


class NetworkStack(Stack):
    """Isolated subnets, gateway endpoints to our own tables and buckets, inspected egress by setting."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: Settings,
        env: Environment,
        data: DataStack,
        knowledge: KnowledgeStack | None,
    ) -> None:
        super().__init__(scope, construct_id, env=env)
        self.network = ApplicationNetwork(
            self,
            "Network",
            availability_zones=settings.network.availability_zones,
            cidr=settings.network.cidr,
            encryption_key=data.log_key,
            retention=settings.retention.log_retention,
            removal_policy=settings.removal_policy,
        )
        self.hosting = _hosting(self.network.vpc, data, settings)
        self._reach_stores(data, knowledge)
        self._filter_egress(settings, data)

    def _reach_stores(self, data: DataStack, knowledge: KnowledgeStack | None) -> None:
        """The gateway endpoints of tables and buckets, each with what functions ask of ours."""
        own_account = {"StringEquals": {"aws:PrincipalAccount": self.account}}
        self.network.add_gateway_endpoint(
            "Tables",
            service=ec2.GatewayVpcEndpointAwsService.DYNAMODB,
            statements=[
                iam.PolicyStatement(
                    principals=[iam.AnyPrincipal()],
                    actions=["dynamodb:UpdateItem", "dynamodb:GetItem"],
                    resources=[data.quota.table.table_arn],
                    conditions=own_account,
                ),
                iam.PolicyStatement(
                    principals=[iam.AnyPrincipal()],
                    actions=sorted({*READ_AND_WRITE, *READ_AND_DELETE}),
                    resources=[data.conversations.table.table_arn],
                    conditions=own_account,
                ),
                iam.PolicyStatement(
                    principals=[iam.AnyPrincipal()],
                    actions=["dynamodb:GetItem"],
                    resources=[data.standing.table.table_arn],
                    conditions=own_account,
                ),
                iam.PolicyStatement(
                    principals=[iam.AnyPrincipal()],
                    actions=["dynamodb:GetItem", "dynamodb:UpdateItem"],
                    resources=[data.response.table.table_arn],
                    conditions=own_account,
                ),
                iam.PolicyStatement(
                    principals=[iam.AnyPrincipal()],
                    actions=["dynamodb:PutItem"],
                    resources=[data.reviews.table.table_arn],
                    conditions=own_account,
                ),
                *self._tool_tables(data, own_account),
                *(knowledge.table_statements() if knowledge else []),
            ],
        )
        self.network.add_gateway_endpoint(
            "AuditRecords",
            service=ec2.GatewayVpcEndpointAwsService.S3,
            statements=[
                iam.PolicyStatement(
                    principals=[iam.AnyPrincipal()],
                    actions=["s3:PutObject"],
                    resources=[data.audit.bucket.arn_for_objects("*")],
                    conditions=own_account,
                ),
                *(knowledge.gateway_statements() if knowledge else []),
                *(data.datasets.gateway_statements(own_account) if data.datasets else []),
            ],
        )

    def _filter_egress(self, settings: Settings, data: DataStack) -> None:
        """Names in every mode, since the resolver needs no route; connections where there is a way out."""
        domains = [AllowedDomain.parse(domain) for domain in settings.network.allowed_domains]
        NameFirewall(
            self,
            "Names",
            vpc=self.network.vpc,
            allowed_domains=domains,
            encryption_key=data.log_key,
            retention=settings.retention.log_retention,
            removal_policy=settings.removal_policy,
        )
        if settings.network.egress == "inspected":
            InspectedEgress(
                self,
                "Egress",
                vpc=self.network.vpc,
                application_subnets=self.network.application_subnets,
                egress_cidr=self.network.egress_cidr,
                allowed_domains=domains,
                encryption_key=data.log_key,
                retention=settings.retention.log_retention,
                removal_policy=settings.removal_policy,
            )
        chosen = settings.network
        cost = idle_cost(zones=len(chosen.availability_zones), inspected=chosen.egress == "inspected")
        CfnOutput(self, "EgressCost", value=f"{chosen.egress}: {cost.shown}")

    @staticmethod
    def _tool_tables(data: DataStack, own_account: dict[str, dict[str, str]]) -> list[iam.PolicyStatement]:
        if data.tools is None:
            return []
        uses = {
            data.tools.orders.table: ["dynamodb:Query", "dynamodb:UpdateItem"],
            data.tools.approvals.table: ["dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"],
        }
        return [
            iam.PolicyStatement(
                principals=[iam.AnyPrincipal()],
                actions=actions,
                resources=[table.table_arn],
                conditions=own_account,
            )
            for table, actions in uses.items()
        ]


def _hosting(vpc: ec2.IVpc, data: DataStack, settings: Settings) -> FunctionHosting:
    """What all functions of the chatbot share."""
    return FunctionHosting(
        vpc=vpc,
        encryption_key=data.log_key,
        retention=settings.retention.log_retention,
        reserved_concurrency=settings.concurrency.others,
        gateway_prefix_lists=settings.network.gateway_prefix_lists,
        removal_policy=settings.removal_policy,
    )
