"""What Bedrock costs, and who hears when it is more than planned."""

import json
from collections.abc import Sequence

from aws_cdk import Stack
from aws_cdk import aws_budgets as budgets
from aws_cdk import aws_ce as ce
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sns as sns
from constructs import Construct

BEDROCK = "Amazon Bedrock"


class ServiceSpendMonitor(Construct):
    """Learns what each service of AWS usually costs. An account has one; creating a second fails.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.

    Attributes:
        monitor: The monitor.

    Source: https://docs.aws.amazon.com/cost-management/latest/userguide/getting-started-ad.html (read
        2026-11-24).
    """

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        self.monitor = ce.CfnAnomalyMonitor(
            self,
            "Monitor",
            monitor_name="Services of AWS",
            monitor_type="DIMENSIONAL",
            monitor_dimension="SERVICE",
        )


class SpendWatch(Construct):
    """A monthly budget for Bedrock, and an alarm on unusual spend, both to the alarm topic.

    The topic is told at 80 % and at all of the budget spent, and when the month's forecast is over it. The
    topic's policy and its key gain statements for Budgets and Cost Anomaly Detection.

    AWS bills models of other providers through AWS Marketplace, under a service name of their own, such as
    `Claude Sonnet 4.5 (Amazon Bedrock Edition)`: name it beside `Amazon Bedrock`.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        alarm_topic: Where messages go; its key is one of ours.
        monthly_limit: US dollars a month, at least 1.
        services: Service names as the bill has them. Default: Amazon Bedrock.
        monitor_arn: Cost anomaly monitor whose anomalies are sent. Default: no alarm on anomalies.
        anomaly_impact: US dollars above the expected that are an anomaly, at least 1. Default: 50.

    Attributes:
        budget: The budget.

    Raises:
        ValueError: An amount is less than 1.

    Source: https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html and
        https://docs.aws.amazon.com/cost-management/latest/userguide/ad-SNS.html (read 2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        alarm_topic: sns.ITopic,
        monthly_limit: int,
        services: Sequence[str] = (BEDROCK,),
        monitor_arn: str | None = None,
        anomaly_impact: int = 50,
    ) -> None:
        super().__init__(scope, construct_id)
        for name, amount in (("monthly_limit", monthly_limit), ("anomaly_impact", anomaly_impact)):
            if amount < 1:
                raise ValueError(f"SpendWatch {self.node.path}: {name} is {amount}. Give at least 1 dollar.")
        self._topic = alarm_topic
        self._allow_messages()
        self.budget = budgets.CfnBudget(
            self,
            "Budget",
            budget=budgets.CfnBudget.BudgetDataProperty(
                budget_type="COST",
                time_unit="MONTHLY",
                budget_limit=budgets.CfnBudget.SpendProperty(amount=monthly_limit, unit="USD"),
                cost_filters={"Service": list(services)},
            ),
            notifications_with_subscribers=[
                self._notice("ACTUAL", 80),
                self._notice("ACTUAL", 100),
                self._notice("FORECASTED", 100),
            ],
        )
        if monitor_arn is not None:
            ce.CfnAnomalySubscription(
                self,
                "Anomalies",
                subscription_name=f"Unusual spend {self.node.addr[:12]}",
                frequency="IMMEDIATE",
                monitor_arn_list=[monitor_arn],
                subscribers=[
                    ce.CfnAnomalySubscription.SubscriberProperty(address=alarm_topic.topic_arn, type="SNS")
                ],
                threshold_expression=json.dumps(
                    {
                        "Dimensions": {
                            "Key": "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
                            "MatchOptions": ["GREATER_THAN_OR_EQUAL"],
                            "Values": [str(anomaly_impact)],
                        }
                    }
                ),
            )

    def _notice(self, kind: str, percent: int) -> budgets.CfnBudget.NotificationWithSubscribersProperty:
        return budgets.CfnBudget.NotificationWithSubscribersProperty(
            notification=budgets.CfnBudget.NotificationProperty(
                notification_type=kind,
                comparison_operator="GREATER_THAN",
                threshold=percent,
                threshold_type="PERCENTAGE",
            ),
            subscribers=[
                budgets.CfnBudget.SubscriberProperty(address=self._topic.topic_arn, subscription_type="SNS")
            ],
        )

    def _allow_messages(self) -> None:
        account = Stack.of(self).account
        senders: list[iam.IPrincipal] = [
            iam.ServicePrincipal(service).with_conditions({"StringEquals": {"aws:SourceAccount": account}})
            for service in ("budgets.amazonaws.com", "costalerts.amazonaws.com")
        ]
        self._topic.add_to_resource_policy(
            iam.PolicyStatement(
                sid="AllowSpendMessages",
                principals=senders,
                actions=["sns:Publish"],
                resources=[self._topic.topic_arn],
            )
        )
        if (key := self._topic.master_key) is not None:
            key.add_to_resource_policy(
                iam.PolicyStatement(
                    sid="AllowSpendMessagesToEncrypt",
                    principals=senders,
                    actions=["kms:Decrypt", "kms:GenerateDataKey"],
                    resources=["*"],  # in a key policy, "*" is this key
                )
            )
