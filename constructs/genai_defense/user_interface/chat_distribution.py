"""The one origin: the chat page and its API behind one CloudFront distribution."""

from collections.abc import Sequence
from dataclasses import dataclass

from aws_cdk import Duration, Fn, Stack
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from constructs import Construct

from genai_defense.checks.acknowledge import acknowledge
from genai_defense.unique_name import unique_name
from genai_defense.user_interface.distribution_log import DistributionLog
from genai_defense.user_interface.origin_proof import ORIGIN_HEADER, OriginProof
from genai_defense.user_interface.page_bucket import PageBucket
from genai_defense.user_interface.page_headers import PageHeaders

API_PATH = "/api/*"
INDEX = "index.html"
# A streamed answer may pause between two screened segments, but not longer than CloudFront waits.
API_WAIT = Duration.seconds(60)
# All errors that CloudFront would keep for 10 s and show to the next user of the same path.
_KEPT_ERRORS = (400, 403, 404, 405, 414, 500, 501, 502, 503, 504)
_OLD_TLS = (
    "TLSv1 (AWS fixes it on CloudFront's own certificate: set distribution.domain_name and certificate_arn)"
)
_PRICE_CLASSES = {
    "100": cloudfront.PriceClass.PRICE_CLASS_100,
    "200": cloudfront.PriceClass.PRICE_CLASS_200,
    "all": cloudfront.PriceClass.PRICE_CLASS_ALL,
}


@dataclass(frozen=True, kw_only=True)
class DistributionReach:
    """Under which name and from where the distribution is reached.

    Attributes:
        domain_name: Host name of the chatbot, such as `chat.example.com`; its DNS record is yours to set.
            Default: the name that CloudFront gives, whose certificate also admits TLS 1.0 and 1.1.
        certificate_arn: ACM certificate for that name, in us-east-1; belongs to `domain_name`.
        countries: Two-letter codes of the countries from which it may be reached. Default: every country.
        price_class: Where CloudFront has edges for it: `100` (North America, Europe, Israel), `200` (and
            Asia, Africa, the Middle East) or `all`. Default: `100`.

    Raises:
        ValueError: When a name comes without certificate, or the other way round, or the price class is
            none.
    """

    domain_name: str | None = None
    certificate_arn: str | None = None
    countries: tuple[str, ...] = ()
    price_class: str = "100"

    def __post_init__(self) -> None:
        """Refuse halves."""
        if (self.domain_name is None) != (self.certificate_arn is None):
            raise ValueError(
                f"DistributionReach: domain_name is {self.domain_name!r} and certificate_arn is "
                f"{self.certificate_arn!r}; they belong together. Give both or neither."
            )
        if self.certificate_arn and ":us-east-1:" not in self.certificate_arn:
            raise ValueError(
                f"DistributionReach: certificate_arn is {self.certificate_arn!r}; CloudFront takes "
                "certificates of us-east-1 only. Request one there."
            )
        if self.price_class not in _PRICE_CLASSES:
            raise ValueError(
                f"DistributionReach: price_class is {self.price_class!r}. "
                f"Allowed: {', '.join(_PRICE_CLASSES)}."
            )


class ChatDistribution(Construct):
    """One CloudFront distribution for the page (`/`) and the API (`/api/*`), so that there is no CORS.

    The page comes from a private bucket through origin access control. API requests go to the API's stage
    unchanged but for the host, with the origin's proof added; nothing of them is cached, compressed or held
    back, so a streamed answer passes as it comes. Errors are not cached either: one user's refusal is never
    shown to another. There is no error page in place of an error, since it would also hide the API's.
    Everything is HTTPS, in HTTP/2 or 3.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        page: Bucket of the page.
        api: The REST API, regional; its stage is the origin path.
        origin_proof: What the API's web ACL recognizes the distribution by.
        connect_to: Origins other than its own that the page may call: the one where users sign in.
        web_acl_arn: Web ACL in front, of scope CLOUDFRONT (`EntryWebAcl.arn`).
        log: Where accesses are logged.
        reach: Name, certificate, countries, price class. Default: CloudFront's own name, every country.

    Attributes:
        distribution: The distribution.
        headers: Its response headers.
        host: The name under which it is reached.
        url: `https://<host>/`.
        least_tls: Least TLS version that the distribution takes, and why where it is an old one.

    Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-web-values-specify.html,
        https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/custom-error-pages-expiration.html
        (read 2026-11-24).
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        page: PageBucket,
        api: apigateway.RestApi,
        origin_proof: OriginProof,
        connect_to: Sequence[str],
        web_acl_arn: str,
        log: DistributionLog,
        reach: DistributionReach = DistributionReach(),
    ) -> None:
        super().__init__(scope, construct_id)
        self.headers = PageHeaders(self, "Headers", connect_to=connect_to)
        certificate = (
            acm.Certificate.from_certificate_arn(self, "Certificate", reach.certificate_arn)
            if reach.certificate_arn
            else None
        )
        self.distribution = cloudfront.Distribution(
            self,
            "Distribution",
            default_behavior=self._page_behavior(page),
            additional_behaviors={API_PATH: self._api_behavior(api, origin_proof)},
            certificate=certificate,
            default_root_object=INDEX,
            domain_names=[reach.domain_name] if reach.domain_name else None,
            error_responses=[
                cloudfront.ErrorResponse(http_status=status, ttl=Duration.seconds(0))
                for status in _KEPT_ERRORS
            ],
            geo_restriction=cloudfront.GeoRestriction.allowlist(*reach.countries)
            if reach.countries
            else None,
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            log_bucket=log.bucket,
            log_includes_cookies=False,
            minimum_protocol_version=cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021 if certificate else None,
            price_class=_PRICE_CLASSES[reach.price_class],
            web_acl_id=web_acl_arn,
        )
        self.host = reach.domain_name or self.distribution.distribution_domain_name
        self.url = Fn.join("", ["https://", self.host, "/"])
        self.least_tls = "TLSv1.2_2021" if reach.domain_name else _OLD_TLS
        page.allow_distribution(self.distribution)
        self._acknowledge_what_stays(reach)

    def _page_behavior(self, page: PageBucket) -> cloudfront.BehaviorOptions:
        control = cloudfront.S3OriginAccessControl(
            self, "AccessControl", origin_access_control_name=unique_name(self, "page")
        )
        origin = origins.S3BucketOrigin.with_bucket_defaults(
            page.bucket, origin_access_control_id=control.origin_access_control_id
        )
        return cloudfront.BehaviorOptions(
            origin=origin,
            allowed_methods=cloudfront.AllowedMethods.ALLOW_GET_HEAD,
            cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
            response_headers_policy=self.headers.policy,
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        )

    def _api_behavior(self, api: apigateway.RestApi, origin_proof: OriginProof) -> cloudfront.BehaviorOptions:
        stack = Stack.of(api)
        return cloudfront.BehaviorOptions(
            origin=origins.HttpOrigin(
                f"{api.rest_api_id}.execute-api.{stack.region}.{stack.url_suffix}",
                custom_headers={ORIGIN_HEADER: origin_proof.header_value()},
                origin_path=f"/{api.deployment_stage.stage_name}",
                origin_ssl_protocols=[cloudfront.OriginSslPolicy.TLS_V1_2],
                protocol_policy=cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
                read_timeout=API_WAIT,
            ),
            allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
            cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
            compress=False,
            origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
            response_headers_policy=self.headers.policy,
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
        )

    def _acknowledge_what_stays(self, reach: DistributionReach) -> None:
        if not reach.countries:
            acknowledge(
                self.distribution,
                "AwsSolutions-CFR1",
                reason="Users are known by their sign-in, wherever they travel; where a contract or law "
                "names countries, the setting distribution.countries closes all others.",
            )
        if reach.domain_name is None:
            acknowledge(
                self.distribution,
                "AwsSolutions-CFR4",
                "OwaspLlm-DistributionRequiresTls12",
                reason="CloudFront fixes TLSv1 as the least version on its own certificate; the settings "
                "distribution.domain_name and certificate_arn raise it to TLS 1.2, and browsers of today "
                "choose 1.2 or 1.3 either way.",
            )
