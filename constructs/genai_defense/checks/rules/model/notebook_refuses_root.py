"""Who works in a notebook does not own its machine."""

from genai_defense.checks.answer import Answer
from genai_defense.checks.expectations import one_of
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph


@rule(
    id="OwaspLlm-NotebookRefusesRoot",
    boundary=Boundary.MODEL,
    level=Level.WARNING,
    info="Users of the notebook are root on its machine.",
    explanation="They, or code that they were sent, switch off what watches the machine and take its"
    " role's credentials.",
    remedy="Set RootAccess to Disabled.",
    source=Source("https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-root-access.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI03", "ASI05"),
        mitre_atlas=("AML.T0057",),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP02",),
    ),
    resource_types=("AWS::SageMaker::NotebookInstance",),
)
def notebook_refuses_root(notebook: Resource, _graph: TemplateGraph) -> Answer:
    """Enabled unless it is disabled."""
    return one_of(notebook, "RootAccess", ("Disabled",), "users are root")
