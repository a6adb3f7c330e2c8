"""What a program is told about its own protections is that they are on."""

import re

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, worst
from genai_defense.checks.environments import ENVIRONMENT_TYPES, variables
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph

_PROTECTION = (
    r"(ALERTS?|AUDIT\w*|AUTH|AUTHENTICATION|AUTHORIZATION|ENCRYPT\w*|ENFORCE\w*|FINDINGS|GROUNDING|GUARDRAILS?"
    r"|INPUT_FILTER|MASK\w*|MODERATION|OUTPUT_FILTER|PII\w*|PROTECT\w*|REDACT\w*|SANITI[SZ]E\w*|SCREEN\w*|SECURITY"
    r"|SIGNATURES?|SSL|TLS|VALIDAT\w*|VERIF\w*)"
)
_ON = re.compile(rf"^(\w+_)?{_PROTECTION}(_(ENABLED|ON|CERTS?|SSL|TLS|CHECKS?|REQUIRED|ACTIVE))?$")
_BYPASS = re.compile(rf"^(\w+_)?(BYPASS|DISABLE|IGNORE|NO|SKIP|WITHOUT)_(\w+_)?{_PROTECTION}$")
_MODE = re.compile(r"(^|_)(MODE|ENFORCEMENT)$")
_LIST = re.compile(r"(^|_)(ALLOW(ED|LIST)?|PERMITTED|TRUSTED|APPROVED)(_\w+)?$")
_IS_OFF = re.compile(r"off|false|disabled|no|0", re.IGNORECASE)
_IS_ON = re.compile(r"on|true|enabled|yes|1", re.IGNORECASE)
_WATCHES = re.compile(
    r"observe|monitor|permissive|lenient|shadow|dry[-_ ]?run|(detect|log|report|count|warn)([-_ ]?only)?|off",
    re.IGNORECASE,
)


@rule(
    id="OwaspLlm-EnvironmentKeepsProtectionsOn",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="A variable tells the code to do without a protection.",
    explanation="The code has the check, and a line of configuration takes it out: no policy, alarm or"
    " guardrail says so.",
    remedy="Switch the protection on, let the mode act, and name what is allowed; or acknowledge until when"
    " it only watches.",
    source=Source(
        "https://docs.aws.amazon.com/wellarchitected/latest/generative-ai-lens/gensec02-bp01.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM01",),
        owasp_agentic=("ASI01",),
        mitre_atlas=("AML.T0054",),
        nist_csf=("PR.PS",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC02-BP01",),
    ),
    resource_types=ENVIRONMENT_TYPES,
)
def environment_keeps_protections_on(resource: Resource, _graph: TemplateGraph) -> Answer:
    """Names say what a variable is for; a value that is known at deployment only is not judged."""
    return worst(
        _judge(name.upper(), path, str(value).strip())
        for path, name, value in variables(resource)
        if isinstance(value, str | int | bool)
    )


def _judge(name: str, path: str, value: str) -> Answer:
    if _BYPASS.search(name):
        weak, why = _IS_ON.fullmatch(value) is not None, "a protection is passed by"
    elif _MODE.search(name):
        weak, why = _WATCHES.fullmatch(value) is not None, "it watches, and stops nothing"
    elif _ON.search(name):
        weak, why = _IS_OFF.fullmatch(value) is not None, "a protection is off"
    elif _LIST.search(name):
        weak, why = "*" in (entry.strip() for entry in value.split(",")), "anything is allowed"
    else:
        return NotApplicable()
    if weak:
        return NonCompliant(path, f"{name} is {value!r}: {why}")
    return Compliant("its protections are on")
