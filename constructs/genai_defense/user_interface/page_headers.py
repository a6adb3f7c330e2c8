"""What the browser is told about the chat page: run our scripts only, and tell others nothing."""

from collections.abc import Mapping, Sequence

from aws_cdk import Duration
from aws_cdk import aws_cloudfront as cloudfront
from constructs import Construct

from genai_defense.unique_name import unique_name

# The one place where text becomes markup: DOMPurify, under its own policy name.
TRUSTED_TYPES = ("dompurify",)
HSTS_AGE = Duration.days(730)
_PERMISSIONS = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media",
    "fullscreen", "geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection",
    "local-fonts", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
    "publickey-credentials-create", "publickey-credentials-get", "screen-wake-lock", "serial",
    "storage-access", "usb", "web-share", "xr-spatial-tracking",
)  # fmt: skip
# S3 tells every reader the key, and with it the account; nobody outside needs to know.
_TELLTALE = (
    "Server",
    "x-amz-server-side-encryption",
    "x-amz-server-side-encryption-aws-kms-key-id",
    "x-amz-server-side-encryption-bucket-key-enabled",
    "x-amz-version-id",
)


def content_security_policy(connect_to: Sequence[str] = ()) -> str:
    """The page's content security policy: files of the own origin, and nothing inline.

    Args:
        connect_to: Origins other than its own that the page may call, such as `https://sign-in.example.com`.
    """
    directives: Mapping[str, Sequence[str]] = {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'", *connect_to],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "frame-ancestors": ["'none'"],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": TRUSTED_TYPES,
    }
    return "; ".join(" ".join([name, *values]) for name, values in directives.items())


class PageHeaders(Construct):
    """A response headers policy that every answer of the distribution carries, of the page and of the API.

    The content security policy has no `unsafe-` source and demands Trusted Types; HSTS holds two years with
    all subdomains and may be preloaded; no frame, no referrer, no device permission; nothing of another
    origin may embed or open it. Headers by which S3 names key and version are taken away.

    Args:
        scope: Parent construct.
        construct_id: Id below the parent.
        connect_to: Origins other than its own that the page may call: the one where users sign in.

    Attributes:
        policy: The policy.

    Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html,
        https://www.w3.org/TR/trusted-types/ (read 2026-11-24).
    """

    def __init__(self, scope: Construct, construct_id: str, *, connect_to: Sequence[str] = ()) -> None:
        super().__init__(scope, construct_id)
        custom = {
            "Permissions-Policy": ", ".join(f"{permission}=()" for permission in _PERMISSIONS),
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
        }
        self.policy = cloudfront.ResponseHeadersPolicy(
            self,
            "Policy",
            response_headers_policy_name=unique_name(self, "page-headers"),
            security_headers_behavior=cloudfront.ResponseSecurityHeadersBehavior(
                content_security_policy=cloudfront.ResponseHeadersContentSecurityPolicy(
                    content_security_policy=content_security_policy(connect_to), override=True
                ),
                content_type_options=cloudfront.ResponseHeadersContentTypeOptions(override=True),
                frame_options=cloudfront.ResponseHeadersFrameOptions(
                    frame_option=cloudfront.HeadersFrameOption.DENY, override=True
                ),
                referrer_policy=cloudfront.ResponseHeadersReferrerPolicy(
                    referrer_policy=cloudfront.HeadersReferrerPolicy.NO_REFERRER, override=True
                ),
                strict_transport_security=cloudfront.ResponseHeadersStrictTransportSecurity(
                    access_control_max_age=HSTS_AGE, include_subdomains=True, preload=True, override=True
                ),
            ),
            custom_headers_behavior=cloudfront.ResponseCustomHeadersBehavior(
                custom_headers=[
                    cloudfront.ResponseCustomHeader(header=name, value=value, override=True)
                    for name, value in custom.items()
                ],
            ),
            remove_headers=list(_TELLTALE),
        )
