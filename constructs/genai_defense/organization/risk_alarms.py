"""An alarm for each OWASP risk that the chatbot counts, for what protects it, and one for all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as stepfunctions
from constructs import Construct

from genai_defense.organization import kit_metrics as kit

_FIVE_MINUTES = Duration.minutes(5)
_PER_RISK = {"LLM01": 20, "LLM02": 3, "LLM05": 5, "LLM06": 5, "LLM07": 3, "LLM10": 20}
_SLOW_MS = 20_000
_A_DAY = Duration.days(1)
# A population stability index from here on is another distribution (lambda/evaluation/statistics.py).
_DRIFT = 0.25
_GAP = 0.2


@dataclass(frozen=True, kw_only=True)
class Watched:
    """What is watched beside the functions' own metrics.

    Attributes:
        state_machine: The response.
        queues: Where ends what could not be handled, by a name for the alarm.
        latency: How long the guardrail function takes.
        server_errors: Answers of the API with 5xx.
        evaluations: Names of the evaluations that are made every day. Default: none is made.
    """

    state_machine: stepfunctions.CfnStateMachine
    queues: Mapping[str, sqs.IQueue]
    latency: cloudwatch.IMetric
    server_errors: cloudwatch.IMetric
    evaluations: Sequence[str] = ()


class RiskAlarms(Construct):
    """Alarms per OWASP risk, on the response itself, and a composite alarm on an attack under way.

    No data means no request, so missing data is good everywhere. Every alarm sends to the topic when it
    starts and when it ends.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        alarm_topic: Where the alarms are sent.
        watched: What is watched beside the functions' own metrics.
        per_risk: Blocks of one risk in five minutes that call somebody, each at least 1. Default: 20 of LLM01
            and LLM10, 3 of LLM02 and LLM07, 5 of the others.

    Attributes:
        alarms: All of them but the composite one, by id.
        under_attack: The composite one: an alarm of a risk that is counted by the minute, or a
            limit of the response that was reached.

    Raises:
        ValueError: A threshold is less than 1, or of no risk that is counted.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        alarm_topic: sns.ITopic,
        watched: Watched,
        per_risk: Mapping[str, int] | None = None,
    ) -> None:
        super().__init__(scope, construct_id)
        self._alarm_topic = alarm_topic
        self.alarms: dict[str, cloudwatch.Alarm] = {}
        limits = _PER_RISK | dict(per_risk or {})
        if limits.keys() != kit.RISKS.keys() or min(limits.values()) < 1:
            raise ValueError(
                f"RiskAlarms {self.node.path}: per_risk is {dict(per_risk or {})}. Allowed: at least 1 for "
                f"{', '.join(kit.RISKS)}."
            )
        for risk, meaning in kit.RISKS.items():
            self._alarm(
                f"Risk{risk}", kit.BLOCKED.sum(_FIVE_MINUTES, risk), limits[risk], f"{risk}: {meaning}."
            )
        self._alarm("RiskLLM09", kit.UNGROUNDED.sum(_FIVE_MINUTES), 5, "LLM09: answers not grounded.")
        self._alarm(
            "RiskLLM08",
            kit.PASSAGES_REFUSED.sum(_FIVE_MINUTES),
            10,
            "LLM08: the knowledge base gives passages that may not be seen.",
        )
        self._alarm(
            "RetrievalUnavailable",
            kit.RETRIEVAL_UNAVAILABLE.sum(_FIVE_MINUTES),
            3,
            "Answers are given without documents: the search for passages does not answer.",
        )
        self._watch_response(watched)
        for evaluation in watched.evaluations:
            self._watch_evaluation(evaluation)
        self._alarm("Latency", watched.latency, _SLOW_MS, "Answers take long: p95 of the guardrail function.")
        self._alarm("ServerErrors", watched.server_errors, 5, "The API answers with errors of its own.")
        # Without those of evaluations: they stand for a day, and an attack on that day would not be told.
        minutes = [f"Risk{risk}" for risk in (*kit.RISKS, "LLM08", "LLM09")]
        self.under_attack = self._composite([*minutes, "ResponseLimited"])

    def _watch_response(self, watched: Watched) -> None:
        for construct_id, metric, text in (
            ("Stopped", kit.STOPPED, "The kill switch is on: nobody gets an answer."),
            ("EventsLost", kit.EVENTS_LOST, "The responder did not hear of what was stopped."),
            ("ResponseFailed", kit.RESPONSES_FAILED, "An automatic action failed after all its tries."),
            (
                "ResponseLimited",
                kit.RESPONSES_LIMITED,
                "A limit of automatic actions is reached: people must act.",
            ),
            ("FindingsNotFiled", kit.FINDINGS_NOT_FILED, "Security Hub did not take a finding."),
            (
                "SignInLinesNotRead",
                kit.SIGN_IN_LINES_NOT_READ,
                "An export of risky sign-ins was not understood.",
            ),
            ("ReviewsNotTaken", kit.REVIEWS_NOT_TAKEN, "Feedback could not be put before reviewers."),
        ):
            self._alarm(construct_id, metric.sum(_FIVE_MINUTES), 1, text)
        executions = cloudwatch.Metric(
            namespace="AWS/States",
            metric_name="ExecutionsFailed",
            dimensions_map={"StateMachineArn": watched.state_machine.attr_arn},
            statistic=cloudwatch.Stats.SUM,
            period=_FIVE_MINUTES,
        )
        self._alarm(
            "ResponseBroken", executions, 1, "A response ended in an error: an event was not counted."
        )
        for name, queue in watched.queues.items():
            waiting = queue.metric_approximate_number_of_messages_visible(
                period=_FIVE_MINUTES, statistic=cloudwatch.Stats.MAXIMUM
            )
            self._alarm(f"{name}Waiting", waiting, 1, f"What could not be handled waits: {name}.")

    def _watch_evaluation(self, name: str) -> None:
        """Once a day there is a value; from a threshold on, people look before users do."""
        for construct_id, metric, threshold, text in (
            ("RiskLLM04Drift", kit.EVALUATION_DRIFT, _DRIFT, "LLM04: the model's scores have moved"),
            ("RiskLLM09RefusalGap", kit.EVALUATION_REFUSAL_GAP, _GAP, "LLM09: groups are refused unlike"),
            ("RiskLLM09AccuracyGap", kit.EVALUATION_ACCURACY_GAP, _GAP, "LLM09: groups are answered unlike"),
            ("EvaluationFailed", kit.EVALUATION_FAILED, 1, "An evaluation could not be made"),
        ):
            self._alarm(
                f"{construct_id}-{name}", metric.highest(_A_DAY, name), threshold, f"{text} ({name})."
            )

    def _alarm(self, construct_id: str, metric: cloudwatch.IMetric, threshold: float, text: str) -> None:
        alarm = cloudwatch.Alarm(
            self,
            construct_id,
            metric=metric,
            threshold=threshold,
            evaluation_periods=1,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
            alarm_description=text,
        )
        self._tell(alarm)
        self.alarms[construct_id] = alarm

    def _composite(self, names: Sequence[str]) -> cloudwatch.CompositeAlarm:
        alarm = cloudwatch.CompositeAlarm(
            self,
            "UnderAttack",
            alarm_rule=cloudwatch.AlarmRule.any_of(
                *(
                    cloudwatch.AlarmRule.from_alarm(self.alarms[name], cloudwatch.AlarmState.ALARM)
                    for name in names
                )
            ),
            alarm_description="The chatbot is attacked: see docs/playbooks.",
        )
        self._tell(alarm)
        return alarm

    def _tell(self, alarm: cloudwatch.AlarmBase) -> None:
        send = actions.SnsAction(self._alarm_topic)
        alarm.add_alarm_action(send)
        alarm.add_ok_action(send)
