"""A firewall writes down what it dropped and what it let through."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.routes import refers_to
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import dig, first_unresolved, items

_LOGGING = "AWS::NetworkFirewall::LoggingConfiguration"
_CONFIGS = "LoggingConfiguration.LogDestinationConfigs"


@rule(
    id="OwaspLlm-FirewallIsLogged",
    boundary=Boundary.EGRESS,
    level=Level.WARNING,
    info="Of the network firewall's alerts and flows, one or both are written nowhere.",
    explanation="Nobody sees that something tried to leave, nor can say afterwards what left.",
    remedy="Add an AWS::NetworkFirewall::LoggingConfiguration with the log types ALERT and FLOW.",
    source=Source(
        "https://docs.aws.amazon.com/network-firewall/latest/APIReference/API_LogDestinationConfig.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI02",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security", "Data Privacy"),
        aws_gensec=("GENSEC01-BP02",),
    ),
    resource_types=("AWS::NetworkFirewall::Firewall",),
)
def firewall_is_logged(firewall: Resource, graph: TemplateGraph) -> Answer:
    """The logging configuration is a resource of its own."""
    written: set[str] = set()
    for logging in graph.of_type(_LOGGING):
        if refers_to(logging.get("FirewallArn"), firewall):
            configs = logging.get(_CONFIGS)
            types = [dig(config, "LogType") for config in items(configs)]
            if unresolved := first_unresolved(types):
                return Unknown(_CONFIGS, unresolved.why)
            written |= {str(kind) for kind in types}
    if missing := {"ALERT", "FLOW"} - written:
        return NonCompliant("LoggingConfiguration", f"no log of {' and '.join(sorted(missing))}")
    return Compliant("alerts and flows are logged")
