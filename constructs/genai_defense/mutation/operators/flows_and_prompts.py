"""Bedrock flows and prompts: guardrails of nodes, keys, bounds of answers, versions."""

from genai_defense.mutation.factories import GENAI, at_least, changed, dropped

_FLOW = ("AWS::Bedrock::Flow", "AWS::Bedrock::FlowVersion")
_BOTH = ("AWS::Bedrock::Flow", "AWS::Bedrock::Prompt")
_NODE = "Definition.Nodes.*.Configuration"

KEY = dropped(
    "flow-key-removed",
    GENAI,
    _BOTH,
    "CustomerEncryptionKeyArn",
    "Its texts are not encrypted with a key of ours.",
)
PROMPT_GUARDRAIL = dropped(
    "flow-prompt-guardrail-detached",
    GENAI,
    _FLOW[0],
    f"{_NODE}.Prompt.GuardrailConfiguration",
    "No guardrail looks at what {} sends and gets.",
)
RETRIEVAL_GUARDRAIL = dropped(
    "flow-retrieval-guardrail-detached",
    GENAI,
    _FLOW[0],
    f"{_NODE}.KnowledgeBase.GuardrailConfiguration",
    "No guardrail looks at what {} answers.",
)
NODE_TOKENS = changed(
    "flow-tokens-unbounded",
    GENAI,
    _FLOW[0],
    f"{_NODE}.Prompt.SourceConfiguration.Inline.InferenceConfiguration.Text.MaxTokens",
    at_least(131072),
    "{} may answer with 131072 tokens.",
)
PROMPT_TOKENS = changed(
    "prompt-tokens-unbounded",
    GENAI,
    "AWS::Bedrock::Prompt",
    "Variants.*.InferenceConfiguration.Text.MaxTokens",
    at_least(131072),
    "{} may answer with 131072 tokens.",
)
PROMPT_TOKENS_OUT = dropped(
    "prompt-tokens-bound-removed",
    GENAI,
    "AWS::Bedrock::Prompt",
    "Variants.*.InferenceConfiguration.Text.MaxTokens",
    "Nothing bounds the answers of {}.",
)
ALIAS = changed(
    "flow-alias-draft",
    GENAI,
    "AWS::Bedrock::FlowAlias",
    "RoutingConfiguration.*.FlowVersion",
    "DRAFT",
    "Callers get the flow's draft.",
)
