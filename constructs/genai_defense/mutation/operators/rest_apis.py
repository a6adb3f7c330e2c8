"""API Gateway REST: authorizers, scopes, validators, schemas' use, throttles, logs, TLS, CORS."""

from collections.abc import Iterator, Mapping

from genai_defense.mutation.factories import CONVENTIONAL, at_least, changed, dropped, times
from genai_defense.mutation.operator import Site, Weakening, operator
from genai_defense.mutation.places import is_set, places, removal
from genai_defense.mutation.shapes import is_object

_METHOD = "AWS::ApiGateway::Method"
_API = "AWS::ApiGateway::RestApi"
_STAGE = "AWS::ApiGateway::Stage"
_SETTINGS = "MethodSettings.*"
_PLAN = "AWS::ApiGateway::UsagePlan"


@operator(id="method-without-authorizer", mutant_class=CONVENTIONAL, resource_types=(_METHOD,))
def authorizer(site: Site) -> Iterator[Weakening]:
    """Anybody calls it."""
    if site.get("AuthorizationType") not in (None, "NONE"):
        gone = [name for name in ("AuthorizerId", "AuthorizationScopes") if is_set(site.get(name))]
        yield site.weakening(
            "Nobody has to sign in.",
            site.edit(("AuthorizationType",), "NONE"),
            *(site.edit((name,)) for name in gone),
        )


SCOPES = dropped(
    "method-without-scope", CONVENTIONAL, _METHOD, "AuthorizationScopes", "Any token of the pool is good."
)
MODELS = dropped(
    "method-without-schema", CONVENTIONAL, _METHOD, "RequestModels", "No schema bounds the body."
)
API_KEY = changed(
    "method-without-key",
    CONVENTIONAL,
    _METHOD,
    "ApiKeyRequired",
    value=False,
    sentence="No usage plan counts its calls.",
)
BODY = changed(
    "validator-skips-body",
    CONVENTIONAL,
    "AWS::ApiGateway::RequestValidator",
    "ValidateRequestBody",
    value=False,
    sentence="Bodies are not validated.",
)
TRACE = changed(
    "stage-logs-bodies",
    CONVENTIONAL,
    _STAGE,
    f"{_SETTINGS}.DataTraceEnabled",
    value=True,
    sentence="Prompts of {} stand in the log.",
    unset=True,
)
RATE = changed(
    "stage-rate-up",
    CONVENTIONAL,
    _STAGE,
    f"{_SETTINGS}.ThrottlingRateLimit",
    times(1000),
    "{} takes a thousand times more.",
)
BURST = changed(
    "stage-burst-up",
    CONVENTIONAL,
    _STAGE,
    f"{_SETTINGS}.ThrottlingBurstLimit",
    times(1000),
    "{} takes bursts a thousand times larger.",
)
QUIET = changed(
    "stage-logs-no-errors", CONVENTIONAL, _STAGE, f"{_SETTINGS}.LoggingLevel", "OFF", "{} logs no errors."
)
SETTING = dropped("stage-setting-out", CONVENTIONAL, _STAGE, _SETTINGS, "The settings of {} are gone.")
SETTINGS = dropped(
    "stage-settings-removed", CONVENTIONAL, _STAGE, "MethodSettings", "Nothing throttles or logs."
)
ACCESS_LOG = dropped(
    "stage-access-log-off", CONVENTIONAL, _STAGE, "AccessLogSetting", "Calls are not logged."
)
XRAY = changed(
    "stage-untraced", CONVENTIONAL, _STAGE, "TracingEnabled", value=False, sentence="Calls leave no trace."
)
CERTIFICATE = dropped(
    "stage-without-certificate",
    CONVENTIONAL,
    _STAGE,
    "ClientCertificateId",
    "The back end cannot tell who calls.",
)
PRIVATE = changed(
    "api-private-no-more",
    CONVENTIONAL,
    _API,
    "EndpointConfiguration.Types",
    lambda raw: ["REGIONAL"] if raw == ["PRIVATE"] else None,
    "The API is on the internet.",
)
DEFAULT_ENDPOINT = changed(
    "api-default-endpoint-open",
    CONVENTIONAL,
    (_API, "AWS::ApiGatewayV2::Api"),
    "DisableExecuteApiEndpoint",
    value=False,
    sentence="A second address goes round the domain's protection.",
)
POLICY = dropped("api-policy-removed", CONVENTIONAL, _API, "Policy", "No policy says which calls there are.")
TLS = changed(
    "api-old-tls",
    CONVENTIONAL,
    (_API, "AWS::ApiGateway::DomainName"),
    "SecurityPolicy",
    "TLS_1_0",
    "It takes TLS 1.0.",
)
STRICT = changed(
    "api-not-strict", CONVENTIONAL, _API, "EndpointAccessMode", "BASIC", "Other host names get in."
)
CACHE = changed(
    "authorizer-remembers",
    CONVENTIONAL,
    ("AWS::ApiGateway::Authorizer", "AWS::ApiGatewayV2::Authorizer"),
    "AuthorizerResultTtlInSeconds",
    at_least(3600),
    "Who was let in stays in for an hour.",
)
PATTERN = dropped(
    "authorizer-takes-any-text",
    CONVENTIONAL,
    "AWS::ApiGateway::Authorizer",
    "IdentityValidationExpression",
    "Every text reaches the authorizer.",
)
PLAN_RATE = changed(
    "plan-rate-up", CONVENTIONAL, _PLAN, "Throttle.RateLimit", times(1000), "A thousand times more."
)
PLAN_THROTTLE = dropped(
    "plan-throttle-removed", CONVENTIONAL, _PLAN, "Throttle", "Nothing throttles a customer."
)
PLAN_QUOTA = dropped("plan-quota-removed", CONVENTIONAL, _PLAN, "Quota", "Nothing counts a customer's calls.")
PLAN_LIMIT = changed(
    "plan-quota-up", CONVENTIONAL, _PLAN, "Quota.Limit", times(1000), "A thousand times more."
)


@operator(
    id="method-cors-anybody",
    mutant_class=CONVENTIONAL,
    resource_types=(_METHOD, "AWS::ApiGateway::GatewayResponse"),
)
def cors(site: Site) -> Iterator[Weakening]:
    """Each answer that names an origin, and an answer of the gateway that names none."""
    header = "Access-Control-Allow-Origin"
    key = f"method.response.header.{header}"
    for place in places(site.properties, "Integration.IntegrationResponses.*.ResponseParameters"):
        if is_object(place.value) and place.value.get(key) not in (None, "'*'"):
            yield site.weakening("Any page reads its answers.", site.edit((*place.path, key), "'*'"))
    name = f"gatewayresponse.header.{header}"
    present = site.get("ResponseParameters")
    there = present.get(name) if is_object(present) else present
    if site.type.endswith("GatewayResponse") and (there is None or (is_object(present) and there != "'*'")):
        yield site.weakening("Any page reads its answers.", site.edit(("ResponseParameters", name), "'*'"))


def _requires(method: Mapping[str, object]) -> bool:
    """Whether a method declares a parameter without which it is not called."""
    declared = method.get("RequestParameters")
    return is_set(declared) and (
        not is_object(declared) or any(v not in (False, "false") for v in declared.values())
    )


@operator(id="method-unvalidated", mutant_class=CONVENTIONAL, resource_types=(_METHOD,))
def unvalidated(site: Site) -> Iterator[Weakening]:
    """A method with a schema or a required parameter: without either, a validator has nothing to look at."""
    if is_set(site.get("RequestValidatorId")) and (
        is_set(site.get("RequestModels")) or _requires(site.properties)
    ):
        yield site.weakening("Requests are not validated.", site.edit(("RequestValidatorId",)))


@operator(
    id="validator-skips-parameters",
    mutant_class=CONVENTIONAL,
    resource_types=("AWS::ApiGateway::RequestValidator",),
)
def parameters(site: Site) -> Iterator[Weakening]:
    """A validator that a method with a required parameter names, or one of another template may name."""
    methods = [
        properties
        for body in site.templates[site.template]["Resources"].values()
        if is_object(body) and body.get("Type") == _METHOD and is_object(properties := body.get("Properties"))
    ]
    mine = [each for each in methods if each.get("RequestValidatorId") == {"Ref": site.logical_id}]
    if site.get("ValidateRequestParameters") in (True, "true") and (not mine or any(map(_requires, mine))):
        yield site.weakening(
            "Parameters are not validated.", site.edit(("ValidateRequestParameters",), value=False)
        )


@operator(id="stage-throttle-removed", mutant_class=CONVENTIONAL, resource_types=(_STAGE,))
def unthrottled(site: Site) -> Iterator[Weakening]:
    """Each entry of settings takes what the account takes."""
    for place in places(site.properties, _SETTINGS):
        names = ("ThrottlingRateLimit", "ThrottlingBurstLimit")
        present = [name for name in names if is_object(place.value) and is_set(place.value.get(name))]
        if present:
            edits = (removal(site, (*place.path, name)) for name in present)
            yield site.weakening(f"{place.label} is not throttled.", *edits)
