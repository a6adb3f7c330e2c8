"""What is recorded can raise an alarm within minutes."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.switches import named
from genai_defense.checks.template_graph import Resource, TemplateGraph


@rule(
    id="OwaspLlm-TrailReachesWatchers",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="The trail delivers to no log group.",
    explanation="Metric filters and alarms see nothing; the record waits in a bucket until somebody looks.",
    remedy="Set CloudWatchLogsLogGroupArn and CloudWatchLogsRoleArn.",
    source=Source(
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI10",),
        mitre_atlas=("AML.T0034",),
        nist_csf=("DE.CM", "DE.AE"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("AWS::CloudTrail::Trail",),
)
def trail_reaches_watchers(resource: Resource, _graph: TemplateGraph) -> Answer:
    """Both the group and the role are needed."""
    for name in ("CloudWatchLogsLogGroupArn", "CloudWatchLogsRoleArn"):
        if isinstance(answer := named(resource, name, why="no alarm sees what is recorded"), NonCompliant):
            return answer
    return Compliant("the trail delivers to a log group")
