"""The public door: listed paths and methods, each with one token scope, one shape of body, one rate."""

from collections.abc import Sequence

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from constructs import Construct

from genai_defense.application.api_refusals import add_refusals
from genai_defense.application.api_route import ApiBody, ApiRoute
from genai_defense.application.api_stage import STAGE_NAME, stage_options
from genai_defense.checks.acknowledge import CONTROL_PACKS, acknowledge

_JSON = "application/json"


class ChatApi(Construct):
    """A Regional REST API with the given routes and nothing else.

    API Gateway itself checks the access token and its scope, the body against a JSON schema with length
    limits, that the path's parameters are there, and the rate of each route. Its resource policy names the
    routes once more, so that a method that somebody adds by hand is not reachable, and refuses plain HTTP.
    There is no CORS: page and API belong on one origin. Every request leaves one JSON line in the access log,
    without token and without body; data trace is off. The execution log says why a body was refused and may
    quote what was; it has the same key and the same end.

    The `execute-api` address stays open, since a distribution in front has no other one to call without a
    domain and certificate of the owner's; that requests come through the distribution is for the web ACL to
    check.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        user_pool: Pool whose access tokens are accepted.
        routes: All calls that the API takes.
        encryption_key: Key of the access log; its policy must admit CloudWatch Logs
            (`DataKey.allow_log_groups`).
        retention: How long the log is kept. Default: one year.
        requests_per_second: Steady rate of each route that names none, over all callers, with bursts of twice
            as many. Default: 20.
        security_policy: TLS versions and ciphers. Default: TLS 1.3, or 1.2 with forward secrecy. CloudFront
            documents no TLS 1.3 towards origins; without a distribution in front,
            `TLS13_1_3_2025_09` takes TLS 1.3 alone.
        removal_policy: What `cdk destroy` does to the log. Default: it stays.

    Attributes:
        api: The API.
        stage: Its stage, `v1`.

    Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html,
        https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html,
        https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_OriginSslProtocols.html (read
        2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        user_pool: cognito.IUserPool,
        routes: Sequence[ApiRoute],
        encryption_key: kms.IKey,
        retention: logs.RetentionDays = logs.RetentionDays.ONE_YEAR,
        requests_per_second: int = 20,
        security_policy: apigateway.SecurityPolicy = apigateway.SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09,
        removal_policy: RemovalPolicy = RemovalPolicy.RETAIN,
    ) -> None:
        super().__init__(scope, construct_id)
        access_log = logs.LogGroup(
            self,
            "AccessLog",
            encryption_key=encryption_key,
            retention=retention,
            removal_policy=removal_policy,
        )
        self.api = apigateway.RestApi(
            self,
            "Api",
            endpoint_types=[apigateway.EndpointType.REGIONAL],
            cloud_watch_role=False,  # an account has one: ApiLoggingRole
            policy=_resource_policy(routes),
            deploy_options=stage_options(
                routes, access_log=access_log, requests_per_second=requests_per_second
            ),
        )
        self._require_tls(security_policy)
        self.stage = self.api.deployment_stage
        self._own_the_execution_log(encryption_key, retention, removal_policy)
        self._authorizer = apigateway.CognitoUserPoolsAuthorizer(
            self, "Authorizer", cognito_user_pools=[user_pool], results_cache_ttl=Duration.seconds(0)
        )
        self._validator = self.api.add_request_validator(
            "Validator", validate_request_body=True, validate_request_parameters=True
        )
        self._models: dict[str, apigateway.Model] = {}
        for route in routes:
            self._add(route)
        self._acknowledge_what_stays()
        add_refusals(self.api)

    def _require_tls(self, security_policy: apigateway.SecurityPolicy) -> None:
        # RestApi has no arguments for these yet (aws-cdk-lib 2.275.0).
        resource = self.api.node.default_child
        if not isinstance(resource, apigateway.CfnRestApi):
            raise TypeError("RestApi holds no CfnRestApi. Adapt ChatApi to this version of aws-cdk-lib.")
        resource.security_policy = f"SecurityPolicy_{security_policy.value}"
        # The host name of the handshake must be the API's own: no domain fronting.
        resource.endpoint_access_mode = "STRICT"

    def _own_the_execution_log(
        self,
        encryption_key: kms.IKey,
        retention: logs.RetentionDays,
        removal_policy: RemovalPolicy,
    ) -> None:
        # API Gateway writes its errors to a group of this name; missing, it makes one without key and end.
        log = logs.LogGroup(
            self,
            "ExecutionLog",
            log_group_name=f"API-Gateway-Execution-Logs_{self.api.rest_api_id}/{STAGE_NAME}",
            encryption_key=encryption_key,
            retention=retention,
            removal_policy=removal_policy,
        )
        self.stage.node.add_dependency(log)

    def _add(self, route: ApiRoute) -> None:
        mode = apigateway.ResponseTransferMode
        model = self._model(route.body) if route.body else None
        method = self.api.root.resource_for_path(route.path).add_method(
            route.method,
            apigateway.LambdaIntegration(
                route.handler,
                allow_test_invoke=False,
                timeout=route.timeout,
                response_transfer_mode=mode.STREAM if route.streamed else None,
            ),
            authorizer=self._authorizer if route.scope else None,
            authorization_type=apigateway.AuthorizationType.COGNITO
            if route.scope
            else apigateway.AuthorizationType.NONE,
            authorization_scopes=[route.scope.scope_name] if route.scope else None,
            # Under a content type without a model, API Gateway would not look at the body at all.
            request_models={_JSON: model, "$default": model} if model else None,
            request_parameters={f"method.request.path.{name}": True for name in route.parameters} or None,
            request_validator=self._validator,
        )
        if route.open_because:
            acknowledge(
                method,
                "AwsSolutions-APIG4",
                "AwsSolutions-COG4",
                "OwaspLlm-ApiMethodRequiresScopedAuthorizer",
                reason=route.open_because,
            )

    def _model(self, body: ApiBody) -> apigateway.Model:
        if body.name not in self._models:
            self._models[body.name] = self.api.add_model(body.name, content_type=_JSON, schema=body.schema)
        return self._models[body.name]

    def _acknowledge_what_stays(self) -> None:
        acknowledge(
            self.stage,
            *(f"{pack}-APIGWCacheEnabledAndEncrypted" for pack in CONTROL_PACKS),
            reason="Answers are personal and must never be served from a shared cache, so the stage has "
            "none to encrypt.",
        )
        acknowledge(
            self.stage,
            *(f"{pack}-APIGWSSLEnabled" for pack in CONTROL_PACKS),
            reason="The client certificate proves API Gateway to an HTTP backend; the only integrations are "
            "Lambda functions, which admit this API by IAM and are not reachable over HTTP.",
        )


def _resource_policy(routes: Sequence[ApiRoute]) -> iam.PolicyDocument:
    """Who may call what. Anybody may try: the authorizer judges tokens, which no policy can see."""

    def on_stage(route: ApiRoute) -> str:
        path = "/".join("*" if part.startswith("{") else part for part in route.path.split("/"))
        return f"execute-api:/{STAGE_NAME}/{route.method}{path}"

    return iam.PolicyDocument(
        statements=[
            iam.PolicyStatement(
                sid="TheseCallsAndNoOther",
                principals=[iam.AnyPrincipal()],
                actions=["execute-api:Invoke"],
                resources=sorted({on_stage(route) for route in routes}),
            ),
            iam.PolicyStatement(
                sid="DenyPlainHttp",
                effect=iam.Effect.DENY,
                principals=[iam.AnyPrincipal()],
                actions=["execute-api:Invoke"],
                resources=["execute-api:/*"],
                conditions={"Bool": {"aws:SecureTransport": "false"}},
            ),
        ],
    )
