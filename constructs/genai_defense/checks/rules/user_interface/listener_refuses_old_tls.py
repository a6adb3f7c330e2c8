"""No connection to a load balancer with a protocol that is broken."""

import re

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, shown

# Families without TLS 1.0 and 1.1.
_SOUND = re.compile(r"ELBSecurityPolicy-(TLS13-1-[23]-|TLS-1-2-|FS-1-2-)")


@rule(
    id="OwaspLlm-ListenerRefusesOldTls",
    boundary=Boundary.USER_INTERFACE,
    level=Level.ERROR,
    info="The listener takes connections with TLS 1.0 or 1.1.",
    explanation="A connection with an old protocol can be read, tokens and conversations with it.",
    remedy="Set SslPolicy to a policy of the family ELBSecurityPolicy-TLS13-1-2 or later.",
    source=Source(
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02",),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0024",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Information Security", "Data Privacy"),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::ElasticLoadBalancingV2::Listener",),
)
def listener_refuses_old_tls(listener: Resource, _graph: TemplateGraph) -> Answer:
    """Where nothing is said, CloudFormation takes a policy of 2016, with TLS 1.0."""
    if listener.get("Protocol") not in {"HTTPS", "TLS"}:
        return NotApplicable()
    policy = listener.get("SslPolicy")
    if isinstance(policy, Opaque):
        return Unknown("SslPolicy", policy.why)
    if isinstance(policy, str) and _SOUND.match(policy):
        return Compliant(f"SslPolicy is {policy}")
    return NonCompliant("SslPolicy", f"SslPolicy is {shown(policy)}: TLS 1.0 or 1.1 is taken")
