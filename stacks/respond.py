"""Boundary 5, detect and respond: what follows from attacks, who is called, and the way back."""

from aws_cdk import CfnOutput, Duration, Environment, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from genai_defense.organization import (
    Responder,
    ResponseFunctions,
    ResponseReach,
    RiskAlarms,
    RiskDashboard,
    RuntimeBoundary,
    SignInEvents,
    Watched,
    WebAclEvents,
)
from genai_defense.settings import Settings
from genai_defense.user_interface.blocked_addresses import EDGE_REGION
from stacks.application import ApplicationStack
from stacks.data import DataStack
from stacks.edge import EdgeStack
from stacks.organization import OrganizationStack

_FIVE_MINUTES = Duration.minutes(5)


class RespondStack(Stack):
    """Bus → state machine → user, address, kill switch; alarms per risk; the operators' way back."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: Settings,
        env: Environment,
        data: DataStack,
        application: ApplicationStack,
        edge: EdgeStack,
        organization: OrganizationStack,
    ) -> None:
        super().__init__(scope, construct_id, env=env)
        hosting = application.hosting.with_concurrency(settings.concurrency.others)
        sign_in = application.user_interface
        functions = ResponseFunctions(
            self,
            "Functions",
            hosting=hosting,
            policy=settings.response,
            table=data.response,
            reach=ResponseReach(
                user_pool=sign_in.sign_in.user_pool,
                standing=data.standing,
                kill_switch=application.kill_switch,
                blocked_addresses=[sign_in.blocked, edge.blocked],
                audit=data.audit,
                topic=organization.alarm_topic.topic,
                topic_key=organization.alarm_key,
            ),
        )
        responder = Responder(self, "Responder", hosting=hosting, bus=application.events, functions=functions)
        # Step Functions ends the delivery of its own log when that changes.
        RuntimeBoundary(responder, "Boundary", permits=["logs:DeleteLogDelivery"]).apply_to(responder)
        web_acls = WebAclEvents(self, "WebAclEvents", hosting=hosting, bus=application.events)
        web_acls.read("SignIn", log_group=sign_in.sign_in_web_acl.log_group)
        if settings.region == EDGE_REGION:
            # No log can be subscribed from another Region: there, the edge's refusals are a metric only.
            web_acls.read("Distribution", log_group=edge.web_acl.log_group)
        sign_ins = SignInEvents(
            self,
            "SignInEvents",
            hosting=hosting,
            bus=application.events,
            log=sign_in.sign_in_log,
            undelivered=responder.undelivered,
        )
        letters = {
            "Undelivered": responder.undelivered,
            "ReviewLetters": application.reviews.dead_letters,
            "RestoreLetters": functions.restore.dead_letters,
            "RefusalLetters": web_acls.control.dead_letters,
            "SignInLetters": sign_ins.control.dead_letters,
        }
        self._watch(settings, application, responder, letters, organization)
        CfnOutput(self, "RestoreFunctionName", value=functions.restore.function.function_name)
        CfnOutput(self, "ResponseStateMachineArn", value=responder.state_machine.attr_arn)
        CfnOutput(self, "ResponseTableName", value=data.response.table.table_name)

    def _watch(
        self,
        settings: Settings,
        application: ApplicationStack,
        responder: Responder,
        letters: dict[str, sqs.Queue],
        organization: OrganizationStack,
    ) -> None:
        guardrail = application.guardrail.private.function
        watched = Watched(
            state_machine=responder.state_machine,
            queues=letters,
            evaluations=settings.evaluation.evaluations if settings.evaluation.enabled else (),
            latency=guardrail.metric_duration(
                period=_FIVE_MINUTES, statistic=cloudwatch.Stats.percentile(95)
            ),
            server_errors=application.api.api.metric_server_error(
                period=_FIVE_MINUTES, statistic=cloudwatch.Stats.SUM
            ),
        )
        alarms = RiskAlarms(self, "RiskAlarms", alarm_topic=organization.alarm_topic.topic, watched=watched)
        RiskDashboard(self, "RiskDashboard", alarms=alarms, watched=watched)
