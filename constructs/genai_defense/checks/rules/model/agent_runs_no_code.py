"""An agent does not run what its model writes."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Unresolved, dig, items

_GROUPS = "ActionGroups"
_HANDS = {
    "AMAZON.CodeInterpreter": "runs code that the model writes",
    "ANTHROPIC.Bash": "runs commands that the model writes",
    "ANTHROPIC.Computer": "moves mouse and keyboard as the model says",
    "ANTHROPIC.TextEditor": "changes files as the model says",
}


@rule(
    id="OwaspLlm-AgentRunsNoCode",
    boundary=Boundary.MODEL,
    level=Level.WARNING,
    info="The agent has a tool that does whatever the model writes.",
    explanation="An order hidden in a document or a request becomes a program: it reads the files of the"
    " session and works on what the agent was given, past every schema of its other tools.",
    remedy="Give the agent functions with schemas of their own; where it must calculate, acknowledge why, and"
    " give that agent nothing else.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/agents-code-interpretation.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM05", "LLM06"),
        owasp_agentic=("ASI05", "ASI02"),
        mitre_atlas=("AML.T0053",),
        nist_csf=("PR.PS",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC05-BP01",),
    ),
    resource_types=("AWS::Bedrock::Agent",),
)
def agent_runs_no_code(agent: Resource, _graph: TemplateGraph) -> Answer:
    """An action group that is switched off is none."""
    groups = agent.get(_GROUPS)
    if isinstance(groups, Unresolved):
        return Unknown(_GROUPS, groups.why)
    answers: list[Answer] = [Compliant("its tools have schemas")]
    for index, group in enumerate(items(groups)):
        path = f"{_GROUPS}.{index}.ParentActionGroupSignature"
        kind = group if isinstance(group, Opaque) else dig(group, "ParentActionGroupSignature")
        if isinstance(kind, Opaque):
            answers.append(Unknown(path, kind.why))
        elif kind in _HANDS and dig(group, "ActionGroupState") != "DISABLED":
            answers.append(NonCompliant(path, f"{kind} {_HANDS[str(kind)]}"))
    return worst(answers)
