"""Bedrock agents: guardrail, key, sessions, what their actions need."""

from collections.abc import Iterator

from genai_defense.mutation.factories import GENAI, at_least, changed, dropped
from genai_defense.mutation.operator import Site, Weakening, operator
from genai_defense.mutation.policies import entries
from genai_defense.mutation.shapes import is_array, is_object

_AGENT = "AWS::Bedrock::Agent"

GUARDRAIL = dropped(
    "agent-guardrail-detached",
    GENAI,
    _AGENT,
    "GuardrailConfiguration",
    "No guardrail looks at the agent's texts.",
)
KEY = dropped(
    "agent-key-removed",
    GENAI,
    _AGENT,
    "CustomerEncryptionKeyArn",
    "The agent is not encrypted with a key of ours.",
)
IDLE = changed(
    "agent-session-long",
    GENAI,
    _AGENT,
    "IdleSessionTTLInSeconds",
    at_least(5400),
    "An idle session stays open.",
)
CONFIRMATION = changed(
    "agent-confirmation-off",
    GENAI,
    _AGENT,
    "ActionGroups.*.FunctionSchema.Functions.*.RequireConfirmation",
    "DISABLED",
    "{} acts without asking.",
)
MEMORY = changed(
    "agent-memory-long",
    GENAI,
    _AGENT,
    "MemoryConfiguration.StorageDays",
    at_least(365),
    "Sessions are kept a year.",
)
LENGTH = changed(
    "agent-answer-unbounded",
    GENAI,
    _AGENT,
    "PromptOverrideConfiguration.PromptConfigurations.*.InferenceConfiguration.MaximumLength",
    at_least(4096),
    "{} answers at greatest length.",
)


@operator(id="agent-gets-interpreter", mutant_class=GENAI, resource_types=(_AGENT,))
def interpreter(site: Site) -> Iterator[Weakening]:
    """The agent may run code that the model writes."""
    groups = site.get("ActionGroups")
    signature = "AMAZON.CodeInterpreter"
    known = [g.get("ParentActionGroupSignature") for g in entries(groups) if is_object(g)]
    if (groups is None or is_array(groups)) and signature not in known:
        added = {
            "ActionGroupName": "code",
            "ActionGroupState": "ENABLED",
            "ParentActionGroupSignature": signature,
        }
        yield site.weakening(
            "It runs code that the model writes.", site.edit(("ActionGroups",), [*entries(groups), added])
        )


ALIAS = changed(
    "agent-alias-draft",
    GENAI,
    "AWS::Bedrock::AgentAlias",
    "RoutingConfiguration",
    [{"AgentVersion": "DRAFT"}],
    "Callers get the agent's draft.",
    unset=True,
)
