"""Lambda: networks, keys, bounds, traces, code, callers, addresses."""

from collections.abc import Iterator

from genai_defense.mutation.factories import CONVENTIONAL, at_least, changed, dropped, times
from genai_defense.mutation.operator import Site, Weakening, operator
from genai_defense.mutation.places import is_set

_FUNCTION = "AWS::Lambda::Function"
_MAPPING = "AWS::Lambda::EventSourceMapping"
_INVOKE = "AWS::Lambda::EventInvokeConfig"
_URL = "AWS::Lambda::Url"
_PERMISSION = "AWS::Lambda::Permission"

NETWORK = dropped(
    "function-network-removed", CONVENTIONAL, _FUNCTION, "VpcConfig", "It reaches the internet by itself."
)
KEY = dropped(
    "function-key-removed", CONVENTIONAL, _FUNCTION, "KmsKeyArn", "No key of ours encrypts its settings."
)
CONCURRENCY = dropped(
    "function-unbounded",
    CONVENTIONAL,
    _FUNCTION,
    "ReservedConcurrentExecutions",
    "It runs as often as the account allows.",
)
CONCURRENCY_UP = changed(
    "function-bound-up",
    CONVENTIONAL,
    _FUNCTION,
    "ReservedConcurrentExecutions",
    times(100, most=10_000),
    "It runs a hundred times as often.",
)
TRACES = dropped("function-untraced", CONVENTIONAL, _FUNCTION, "TracingConfig", "Its runs leave no trace.")
TIMEOUT = changed(
    "function-runs-long", CONVENTIONAL, _FUNCTION, "Timeout", at_least(900), "It runs for fifteen minutes."
)
SIGNING = dropped(
    "function-unsigned", CONVENTIONAL, _FUNCTION, "CodeSigningConfigArn", "Any code is deployed."
)
RUNTIME = changed(
    "function-old-runtime",
    CONVENTIONAL,
    _FUNCTION,
    "Runtime",
    lambda raw: {"python": "python3.8", "nodejs": "nodejs16.x"}.get(str(raw).rstrip("0123456789.x")),
    "Nobody fixes its runtime.",
)
DEAD_LETTERS = dropped(
    "function-dead-letters-lost", CONVENTIONAL, _FUNCTION, "DeadLetterConfig", "What fails is lost."
)
LOGS = dropped(
    "function-logs-anywhere", CONVENTIONAL, _FUNCTION, "LoggingConfig", "Its log group is one without a key."
)
RECURSION = changed(
    "function-may-recurse",
    CONVENTIONAL,
    _FUNCTION,
    "RecursiveLoop",
    "Allow",
    "It may call itself for ever.",
    unset=True,
)
UNTRUSTED = changed(
    "signing-only-warns",
    CONVENTIONAL,
    "AWS::Lambda::CodeSigningConfig",
    "CodeSigningPolicies.UntrustedArtifactOnDeployment",
    "Warn",
    "Unsigned code is deployed.",
)
FAILURES = dropped("invoke-failures-lost", CONVENTIONAL, _INVOKE, "DestinationConfig", "What fails is lost.")
SCALING = dropped(
    "mapping-unbounded", CONVENTIONAL, _MAPPING, "ScalingConfig", "Nothing bounds how many run."
)
URL = changed("function-url-open", CONVENTIONAL, _URL, "AuthType", "NONE", "Anybody calls its address.")
URL_CORS = changed(
    "function-url-cors-anybody", CONVENTIONAL, _URL, "Cors.AllowOrigins", ["*"], "Any page calls it."
)


@operator(id="permission-any-source", mutant_class=CONVENTIONAL, resource_types=(_PERMISSION,))
def any_source(site: Site) -> Iterator[Weakening]:
    """The service calls for whoever asks it to."""
    names = ("SourceArn", "SourceAccount", "PrincipalOrgID", "EventSourceToken")
    present = [name for name in names if is_set(site.get(name))]
    if present:
        yield site.weakening("It is called for anybody.", *(site.edit((name,)) for name in present))


@operator(id="permission-anybody", mutant_class=CONVENTIONAL, resource_types=(_PERMISSION,))
def anybody(site: Site) -> Iterator[Weakening]:
    """Without what else narrows it."""
    if site.get("Principal") != "*":
        names = ("SourceArn", "SourceAccount", "PrincipalOrgID", "EventSourceToken")
        gone = [site.edit((name,)) for name in names if is_set(site.get(name))]
        yield site.weakening("Anybody calls it.", site.edit(("Principal",), "*"), *gone)


@operator(id="permission-foreign-account", mutant_class=CONVENTIONAL, resource_types=(_PERMISSION,))
def foreign(site: Site) -> Iterator[Weakening]:
    """Another account calls it."""
    if site.get("Principal") not in ("*", "999988887777"):
        names = ("SourceArn", "SourceAccount", "PrincipalOrgID", "EventSourceToken")
        gone = [site.edit((name,)) for name in names if is_set(site.get(name))]
        yield site.weakening("A foreign account calls it.", site.edit(("Principal",), "999988887777"), *gone)


@operator(id="mapping-batch-lost", mutant_class=CONVENTIONAL, resource_types=(_MAPPING,))
def partial(site: Site) -> Iterator[Weakening]:
    """A batch of one message has no part that succeeded."""
    if is_set(site.get("FunctionResponseTypes")) and str(site.get("BatchSize")) != "1":
        yield site.weakening("One bad message fails its whole batch.", site.edit(("FunctionResponseTypes",)))
