"""Nobody reads a conversation on its way to a load balancer."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.load_balancers import balancer_of, is_public
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Unresolved, Value, dig, items


@rule(
    id="OwaspLlm-ListenerIsHttpsOnly",
    boundary=Boundary.USER_INTERFACE,
    level=Level.ERROR,
    info="The load balancer takes requests over plain HTTP.",
    explanation="Whoever sits on the way reads questions, answers and tokens, and can change them.",
    remedy="Set Protocol to HTTPS with a certificate; let a listener on port 80 only redirect to HTTPS.",
    source=Source(
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html",
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
def listener_is_https_only(listener: Resource, _graph: TemplateGraph) -> Answer:
    """A balancer that the internet does not reach is not asked; TCP passes TLS on."""
    balancer = balancer_of(listener)
    if balancer is not None and not is_public(balancer):
        return NotApplicable()
    protocol = listener.get("Protocol")
    if isinstance(protocol, Opaque):
        return Unknown("Protocol", protocol.why)
    if protocol == "HTTP":
        return _judge(listener)
    return Compliant(f"Protocol is {protocol}") if protocol in {"HTTPS", "TLS"} else NotApplicable()


def _judge(listener: Resource) -> Answer:
    actions = listener.get("DefaultActions")
    if isinstance(actions, Unresolved):
        return Unknown("DefaultActions", actions.why)
    if items(actions) and all(_redirects(action) for action in items(actions)):
        return Compliant("HTTP is only redirected to HTTPS")
    return NonCompliant("Protocol", "Protocol is HTTP, and requests are not redirected to HTTPS")


def _redirects(action: Value) -> bool:
    return dig(action, "Type") == "redirect" and dig(action, "RedirectConfig.Protocol") == "HTTPS"
