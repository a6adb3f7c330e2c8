"""A record that somebody changed is known to be changed."""

from genai_defense.checks.answer import Answer, worst
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.switches import switched
from genai_defense.checks.template_graph import Resource, TemplateGraph


@rule(
    id="OwaspLlm-TrailFilesAreValidated",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="The trail is off, or its files are not signed.",
    explanation="Who attacks the chatbot stops the recording, or rewrites it, and nobody can tell.",
    remedy="Set IsLogging and EnableLogFileValidation to true.",
    source=Source(
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-intro.html",
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
def trail_files_are_validated(resource: Resource, _graph: TemplateGraph) -> Answer:
    """A trail that does not log is none."""
    return worst(
        [
            switched(resource, "IsLogging", to=True, default=False, why="nothing is recorded"),
            switched(resource, "EnableLogFileValidation", to=True, default=False, why="changes go unseen"),
        ]
    )
