"""AgentCore: networks, authorizers, policy engines, keys, recordings, sessions."""

from collections.abc import Iterator

from genai_defense.mutation.factories import GENAI, at_least, changed, dropped
from genai_defense.mutation.operator import Site, Weakening, operator
from genai_defense.mutation.places import is_set

_RUNTIME = "AWS::BedrockAgentCore::Runtime"
_GATEWAY = "AWS::BedrockAgentCore::Gateway"
_MEMORY = "AWS::BedrockAgentCore::Memory"
_BROWSER = "AWS::BedrockAgentCore::BrowserCustom"
_INTERPRETER = "AWS::BedrockAgentCore::CodeInterpreterCustom"
_TOKEN = "AuthorizerConfiguration.CustomJWTAuthorizer"  # noqa: S105 - the path of a property


@operator(
    id="agentcore-network-public", mutant_class=GENAI, resource_types=(_RUNTIME, _BROWSER, _INTERPRETER)
)
def network(site: Site) -> Iterator[Weakening]:
    """It reaches the internet by itself instead of through our network, or not at all."""
    if site.get("NetworkConfiguration", "NetworkMode") not in (None, "PUBLIC"):
        yield site.weakening(
            "It runs in a public network.", site.edit(("NetworkConfiguration",), {"NetworkMode": "PUBLIC"})
        )


@operator(id="agentcore-gateway-open", mutant_class=GENAI, resource_types=(_GATEWAY,))
def anybody(site: Site) -> Iterator[Weakening]:
    """Nobody has to say who calls."""
    if site.get("AuthorizerType") != "NONE":
        gone = ("AuthorizerConfiguration",) if is_set(site.get("AuthorizerConfiguration")) else ()
        yield site.weakening(
            "Anybody may call its tools.",
            site.edit(("AuthorizerType",), "NONE"),
            *(site.edit((name,)) for name in gone),
        )


AUTHORIZER = dropped(
    "agentcore-authorizer-removed",
    GENAI,
    _RUNTIME,
    "AuthorizerConfiguration",
    "No token of a user is asked for.",
)
CLIENTS = dropped(
    "agentcore-any-client",
    GENAI,
    (_RUNTIME, _GATEWAY),
    f"{_TOKEN}.AllowedClients",
    "Tokens of every client are good.",
)
AUDIENCE = dropped(
    "agentcore-any-audience",
    GENAI,
    (_RUNTIME, _GATEWAY),
    f"{_TOKEN}.AllowedAudience",
    "Tokens for every audience are good.",
)
SCOPES = dropped(
    "agentcore-any-scope",
    GENAI,
    (_RUNTIME, _GATEWAY),
    f"{_TOKEN}.AllowedScopes",
    "Tokens without a scope are good.",
)
ENGINE_WATCHES = changed(
    "agentcore-policy-only-logs",
    GENAI,
    _GATEWAY,
    "PolicyEngineConfiguration.Mode",
    "LOG_ONLY",
    "What policies forbid is done, and logged.",
)
ENGINE = dropped(
    "agentcore-policy-engine-detached",
    GENAI,
    _GATEWAY,
    "PolicyEngineConfiguration",
    "No policy decides on tool calls.",
)
INTERCEPTORS = dropped(
    "agentcore-interceptors-removed",
    GENAI,
    _GATEWAY,
    "InterceptorConfigurations",
    "Nothing screens tool calls.",
)
DEBUG = changed(
    "agentcore-gateway-debugs",
    GENAI,
    _GATEWAY,
    "ExceptionLevel",
    "DEBUG",
    "Callers read what went wrong inside.",
    unset=True,
)
GATEWAY_KEY = dropped(
    "agentcore-gateway-key-removed",
    GENAI,
    _GATEWAY,
    "KmsKeyArn",
    "The gateway is not encrypted with a key of ours.",
)
KEY = dropped(
    "agentcore-key-removed",
    GENAI,
    (_MEMORY, "AWS::BedrockAgentCore::PolicyEngine", "AWS::BedrockAgentCore::Evaluator"),
    "EncryptionKeyArn",
    "It is not encrypted with a key of ours.",
)
EXPIRY = changed(
    "agentcore-memory-long",
    GENAI,
    _MEMORY,
    "EventExpiryDuration",
    at_least(365),
    "What users said is kept a year.",
)
RECORDING = changed(
    "agentcore-recording-off",
    GENAI,
    _BROWSER,
    "RecordingConfig.Enabled",
    value=False,
    sentence="Sessions are not recorded.",
)
RECORDING_OUT = dropped(
    "agentcore-recording-removed",
    GENAI,
    _BROWSER,
    "RecordingConfig",
    "Sessions of the browser are not recorded.",
)
LIFETIME = changed(
    "agentcore-session-long",
    GENAI,
    _RUNTIME,
    "LifecycleConfiguration.MaxLifetime",
    at_least(28800),
    "A session lives eight hours.",
)
POLICY_UNCHECKED = changed(
    "agentcore-policy-unvalidated",
    GENAI,
    "AWS::BedrockAgentCore::Policy",
    "ValidationMode",
    "IGNORE_ALL_FINDINGS",
    "Policies that mean nothing are taken.",
    unset=True,
)
