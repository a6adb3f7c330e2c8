"""Once a day, what a model scored is compared with what it scored before."""

from collections.abc import Sequence

from aws_cdk import Duration, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from genai_defense.application.chat_function import METRICS_NAMESPACE
from genai_defense.application.private_function import FunctionHosting, PrivateFunction
from genai_defense.data import DatasetStore

_TIMEOUT = Duration.minutes(5)


class EvaluationFunction(Construct):
    """Reads the newest result of each evaluation and its baseline, and counts how far they are apart.

    Metrics, by evaluation: `EvaluationDrift` (population stability index of the scores; from 0.25 on it is
    another distribution), `EvaluationRefusalRate`, `EvaluationAccuracy`, and `EvaluationRefusalGap` and
    `EvaluationAccuracyGap`, the difference between the groups that fare best and worst; groups of fewer than
    30 cases are not compared. `EvaluationFailed` counts what could not be compared. The files hold groups,
    outcomes and scores, and no text; each is held against the SHA-256 of its manifest first.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        hosting: Where it runs; its VPC needs a gateway endpoint for S3 that lets it read the store.
        store: The store of data sets.
        evaluations: Names of the evaluations, at least one.

    Attributes:
        private: The function with its role, policy and security group.
        rule: The rule that starts it every day at 04:00 UTC.

    Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html (read
        2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        hosting: FunctionHosting,
        store: DatasetStore,
        evaluations: Sequence[str],
    ) -> None:
        super().__init__(scope, construct_id)
        role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        store.grant_read(role)
        self.private = PrivateFunction(
            self,
            "Private",
            packages=("evaluation",),
            hosting=hosting,
            role=role,
            timeout=_TIMEOUT,
            environment={
                "DATASET_BUCKET_NAME": store.bucket.bucket_name,
                "EVALUATION_SETS": ",".join(evaluations),
                "POWERTOOLS_SERVICE_NAME": "evaluation",
                "POWERTOOLS_METRICS_NAMESPACE": METRICS_NAMESPACE,
            },
        )
        self.rule = events.CfnRule(
            self,
            "Rule",
            description="Evaluate once a day.",
            schedule_expression="cron(0 4 * * ? *)",
            targets=[events.CfnRule.TargetProperty(id="Function", arn=self.private.function.function_arn)],
        )
        lambda_.CfnPermission(
            self,
            "Start",
            action="lambda:InvokeFunction",
            function_name=self.private.function.function_arn,
            principal="events.amazonaws.com",
            source_arn=self.rule.attr_arn,
            source_account=Stack.of(self).account,
        )
