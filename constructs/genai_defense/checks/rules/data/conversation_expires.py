"""A conversation is kept for a while, not for ever."""

import re

from genai_defense.checks.answer import Answer, NotApplicable
from genai_defense.checks.reach import literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.switches import switched
from genai_defense.checks.template_graph import Resource, TemplateGraph

_TALKS = re.compile(r"conversation|chat_?-?history|session|chat_?-?memory|message_?-?history", re.IGNORECASE)


@rule(
    id="OwaspLlm-ConversationExpires",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The table of conversations has no time to live.",
    explanation="What users said years ago, and what an attacker planted in a memory, is still there to leak"
    " and to be answered from.",
    remedy="Set TimeToLiveSpecification, and write the attribute with each row.",
    source=Source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM08"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0025", "AML.T0057"),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=("AWS::DynamoDB::Table",),
)
def conversation_expires(resource: Resource, _graph: TemplateGraph) -> Answer:
    """Only tables whose names say that they hold conversations, sessions or memories are asked."""
    names = f"{resource.logical_id} {literally(resource.get('TableName'))}"
    if not _TALKS.search(names):
        return NotApplicable()
    return switched(
        resource, "TimeToLiveSpecification.Enabled", to=True, default=False, why="rows never expire"
    )
