"""API Gateway HTTP and WebSocket: authorizers, scopes, throttles, logs, CORS; and AppSync."""

from collections.abc import Iterator

from genai_defense.mutation.factories import CONVENTIONAL, changed, dropped, times
from genai_defense.mutation.operator import Site, Weakening, operator
from genai_defense.mutation.places import is_set, places
from genai_defense.mutation.shapes import is_array

_ROUTE = "AWS::ApiGatewayV2::Route"
_STAGE = "AWS::ApiGatewayV2::Stage"
_GRAPH = "AWS::AppSync::GraphQLApi"


@operator(id="route-without-authorizer", mutant_class=CONVENTIONAL, resource_types=(_ROUTE,))
def authorizer(site: Site) -> Iterator[Weakening]:
    """Anybody calls it."""
    if site.get("AuthorizationType") not in (None, "NONE"):
        gone = [name for name in ("AuthorizerId", "AuthorizationScopes") if is_set(site.get(name))]
        yield site.weakening(
            "Nobody has to sign in.",
            site.edit(("AuthorizationType",), "NONE"),
            *(site.edit((name,)) for name in gone),
        )


SCOPES = dropped("route-without-scope", CONVENTIONAL, _ROUTE, "AuthorizationScopes", "Any token is good.")
LOGS = dropped(
    "http-stage-access-log-off", CONVENTIONAL, _STAGE, "AccessLogSettings", "Calls are not logged."
)
RATE = changed(
    "http-stage-rate-up",
    CONVENTIONAL,
    _STAGE,
    "DefaultRouteSettings.ThrottlingRateLimit",
    times(1000),
    "A thousand times more.",
)
THROTTLE = dropped(
    "http-stage-throttle-removed", CONVENTIONAL, _STAGE, "DefaultRouteSettings", "Calls are not throttled."
)
TRACE = changed(
    "http-stage-logs-bodies",
    CONVENTIONAL,
    _STAGE,
    "DefaultRouteSettings.DataTraceEnabled",
    value=True,
    sentence="Prompts stand in the log.",
)
CORS = changed(
    "http-api-cors-anybody",
    CONVENTIONAL,
    "AWS::ApiGatewayV2::Api",
    "CorsConfiguration.AllowOrigins",
    ["*"],
    "Any page reads its answers.",
)
GRAPH_KEY = changed(
    "graph-key-is-enough",
    CONVENTIONAL,
    _GRAPH,
    "AuthenticationType",
    "API_KEY",
    "A key that pages carry is enough.",
)
GRAPH_LOGS = dropped("graph-logs-removed", CONVENTIONAL, _GRAPH, "LogConfig", "Queries are not logged.")
GRAPH_VISIBLE = changed(
    "graph-public",
    CONVENTIONAL,
    _GRAPH,
    "Visibility",
    lambda raw: "GLOBAL" if raw == "PRIVATE" else None,
    "It is on the internet.",
)
GRAPH_SCHEMA = changed(
    "graph-tells-its-schema",
    CONVENTIONAL,
    _GRAPH,
    "IntrospectionConfig",
    "ENABLED",
    "Callers read its schema.",
)
GRAPH_DEPTH = dropped(
    "graph-depth-unbounded", CONVENTIONAL, _GRAPH, "QueryDepthLimit", "Queries are as deep as callers like."
)
GRAPH_TRACED = changed(
    "graph-untraced", CONVENTIONAL, _GRAPH, "XrayEnabled", value=False, sentence="Queries leave no trace."
)


@operator(id="graph-second-way-in", mutant_class=CONVENTIONAL, resource_types=(_GRAPH,))
def second_way(site: Site) -> Iterator[Weakening]:
    """A key beside what is asked for."""
    kinds = [
        p.value for p in places(site.properties, "AdditionalAuthenticationProviders.*.AuthenticationType")
    ]
    present = site.get("AdditionalAuthenticationProviders")
    if "API_KEY" not in [*kinds, site.get("AuthenticationType")] and (present is None or is_array(present)):
        yield site.weakening(
            "A key is a second way in.",
            site.edit(
                ("AdditionalAuthenticationProviders",), [*(present or []), {"AuthenticationType": "API_KEY"}]
            ),
        )
