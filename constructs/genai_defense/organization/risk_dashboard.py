"""One look at the chatbot: what was answered, what was stopped by risk, what was done about it."""

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from genai_defense.organization import kit_metrics as kit
from genai_defense.organization.risk_alarms import RiskAlarms, Watched

_PERIOD, _HOUR = Duration.minutes(5), Duration.hours(1)
_HALF, _WHOLE = 12, 24


class RiskDashboard(Construct):
    """A dashboard with a line per OWASP risk.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        alarms: Shown on top.
        watched: What is shown beside the functions' own metrics.

    Attributes:
        dashboard: The dashboard.
    """

    def __init__(self, scope: Construct, construct_id: str, *, alarms: RiskAlarms, watched: Watched) -> None:
        super().__init__(scope, construct_id)
        self.dashboard = cloudwatch.Dashboard(self, "Dashboard", default_interval=Duration.hours(6))
        self.dashboard.add_widgets(
            cloudwatch.AlarmStatusWidget(
                title="Alarms", width=_WHOLE, alarms=[alarms.under_attack, *alarms.alarms.values()]
            )
        )
        _add_answers_and_responses(self.dashboard, watched)
        _add_sources(self.dashboard, watched)


def _add_answers_and_responses(dashboard: cloudwatch.Dashboard, watched: Watched) -> None:
    dashboard.add_widgets(
        _graph(
            "Requests",
            kit.ANSWERED,
            kit.REFUSED,
            kit.QUOTA_EXCEEDED,
            kit.USER_BLOCKED,
            kit.FAILED_CLOSED,
            kit.STOPPED,
        ),
        cloudwatch.GraphWidget(
            title="Stopped, by OWASP risk",
            width=_HALF,
            left=[kit.BLOCKED.sum(_PERIOD, risk, f"{risk} {meaning}") for risk, meaning in kit.RISKS.items()],
        ),
    )
    dashboard.add_widgets(
        cloudwatch.GraphWidget(
            title="Responses",
            width=_HALF,
            left=[kit.RESPONSES.sum(_PERIOD, action, action) for action in kit.ACTIONS],
            right=[
                metric.sum(_PERIOD)
                for metric in (kit.RESPONSES_LIMITED, kit.RESPONSES_FAILED, kit.FINDINGS_NOT_FILED)
            ],
        ),
        _graph("Signals", kit.SIGNALS_RECEIVED, kit.ADDRESSES_REFUSED, kit.EVENTS_LOST, kit.RESTORED),
    )
    dashboard.add_widgets(
        _graph("Spend in tokens", kit.TOKENS_SPENT),
        cloudwatch.GraphWidget(
            title="Latency and errors",
            width=_HALF,
            left=[watched.latency],
            right=[watched.server_errors],
        ),
    )


def _add_sources(dashboard: cloudwatch.Dashboard, watched: Watched) -> None:
    dashboard.add_widgets(
        cloudwatch.GraphWidget(
            title="What could not be handled",
            width=_HALF,
            left=[queue.metric_approximate_number_of_messages_visible() for queue in watched.queues.values()],
        ),
        _graph("Overreliance", kit.UNGROUNDED, kit.REVIEWS_TAKEN, kit.REVIEWS_NOT_TAKEN),
    )
    dashboard.add_widgets(
        _graph("Retrieval", kit.PASSAGES_REFUSED, kit.RETRIEVAL_UNAVAILABLE),
        _graph("Sign-ins", kit.RISKY_SIGN_INS, kit.SIGN_IN_LINES_NOT_READ),
    )
    dashboard.add_widgets(
        _graph("Documents kept out (LLM03, LLM04)", kit.DOCUMENTS_QUARANTINED, kit.DOCUMENTS_NOT_INGESTED),
        cloudwatch.GraphWidget(
            title="Documents that wait", width=_HALF, left=[kit.DOCUMENTS_WAITING.highest(_HOUR)]
        ),
    )
    if watched.evaluations:
        dashboard.add_widgets(
            _evaluated(
                "Drift, and what could not be done", watched, kit.EVALUATION_DRIFT, kit.EVALUATION_FAILED
            ),
            _evaluated("Bias", watched, kit.EVALUATION_REFUSAL_GAP, kit.EVALUATION_ACCURACY_GAP),
        )


def _evaluated(title: str, watched: Watched, *metrics: kit.KitMetric) -> cloudwatch.GraphWidget:
    lines = [
        metric.highest(Duration.days(1), name, f"{name}: {metric.name}")
        for name in watched.evaluations
        for metric in metrics
    ]
    return cloudwatch.GraphWidget(title=title, width=_HALF, left=lines)


def _graph(title: str, *metrics: kit.KitMetric) -> cloudwatch.GraphWidget:
    return cloudwatch.GraphWidget(title=title, width=_HALF, left=[metric.sum(_PERIOD) for metric in metrics])
