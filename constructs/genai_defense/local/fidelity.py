"""What the local run is and is not: a row for each resource type, sentences for what has no resource."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from genai_defense.local.provisioner import Fidelity

_REAL, _RECORDED, _NOT = Fidelity.REAL, Fidelity.RECORDED, Fidelity.NOT_MODELLED

# Type or service prefix (ending in "::") to fidelity and what it means here. The longest match counts.
FIDELITY: Mapping[str, tuple[Fidelity, str]] = {
    "AWS::AccessAnalyzer::": (_RECORDED, "analyses nothing"),
    "AWS::ApiGateway::": (_REAL, ""),
    "AWS::ApiGateway::Account": (_RECORDED, "no access log is written"),
    "AWS::ApiGateway::Authorizer": (
        _REAL,
        "verifies signature, issuer, expiry and scope of the user pool's tokens",
    ),
    "AWS::ApiGateway::Stage": (_REAL, "throttles; access log and X-Ray settings are ignored"),
    "AWS::Backup::": (_RECORDED, "makes no backup"),
    "AWS::Bedrock::": (_RECORDED, "profiles route nowhere, enforcement does nothing"),
    "AWS::Bedrock::DataSource": (_REAL, "as its knowledge base"),
    "AWS::Bedrock::KnowledgeBase": (
        _REAL,
        "a stand-in of ours: reads the passages with its role, filters as Bedrock does, finds by words",
    ),
    "AWS::Bedrock::Guardrail": (
        _REAL,
        "words, regexes and pattern PII only; no topic, harm or attack filter",
    ),
    "AWS::Bedrock::GuardrailVersion": (_REAL, "as its guardrail"),
    "AWS::Budgets::": (_RECORDED, "nothing costs anything"),
    "AWS::CDK::Metadata": (_NOT, "ignored"),
    "AWS::CE::": (_RECORDED, "nothing costs anything"),
    "AWS::CloudFront::": (_REAL, "a server on loopback does what it says; it caches nothing and has no TLS"),
    "AWS::CloudFront::OriginAccessControl": (
        _RECORDED,
        "the server reads the page's bucket with the operator's rights",
    ),
    "AWS::CloudTrail::": (_RECORDED, "delivers no event"),
    "AWS::CloudWatch::": (_RECORDED, "metrics in logs are not extracted, so alarms stay quiet"),
    "AWS::Cognito::": (_REAL, "passwords, TOTP, code flow with PKCE, signed tokens; no passkey"),
    "AWS::Cognito::ManagedLoginBranding": (_RECORDED, "the sign-in page is the emulator's own"),
    "AWS::Cognito::LogDeliveryConfiguration": (_RECORDED, "delivers no log"),
    "AWS::Cognito::UserPoolRiskConfigurationAttachment": (_RECORDED, "judges no risk"),
    "AWS::Config::": (_RECORDED, "records and evaluates nothing"),
    "AWS::DynamoDB::": (_REAL, "not encrypted with the key"),
    "AWS::EC2::": (_RECORDED, "no packet flows through it"),
    "AWS::EC2::VPCEndpoint": (_REAL, "IAM sees it and its policy decides; no packet flows through it"),
    "AWS::Events::": (
        _REAL,
        "patterns, targets and rates of what is put on a bus; no trail hands it a call, no dead letters",
    ),
    "AWS::GuardDuty::": (_RECORDED, "detects nothing"),
    "AWS::GuardDuty::MalwareProtectionPlan": (
        _REAL,
        "a stand-in of ours: knows the EICAR test file only; tags and events are AWS's",
    ),
    "AWS::IAM::": (_REAL, "the functions' and the CDK CLI's calls are authorised, by the emulator's engine"),
    "AWS::IAM::ServiceLinkedRole": (_RECORDED, "no role is there"),
    "AWS::KMS::": (_REAL, "signs and encrypts on request; other services do not call it"),
    "AWS::Lambda::": (
        _REAL,
        "runs with this machine's Python and its own role, and streams; key and concurrency are ignored",
    ),
    "AWS::Logs::": (_REAL, "not encrypted with the key"),
    "AWS::Logs::MetricFilter": (_RECORDED, "extracts no metric"),
    "AWS::Logs::QueryDefinition": (_RECORDED, ""),
    "AWS::Macie::": (_RECORDED, "looks at nothing"),
    "AWS::NetworkFirewall::": (_RECORDED, "filters nothing"),
    "AWS::Organizations::": (_RECORDED, "binds nobody; not deployed by the demo"),
    "AWS::Route53Resolver::": (_RECORDED, "filters no name"),
    "AWS::S3::": (_REAL, "versions and Object Lock hold; objects are not encrypted with the key"),
    "AWS::S3::BucketPolicy": (_REAL, "enforced; the loopback connection counts as TLS"),
    "AWS::S3Vectors::": (_RECORDED, "keeps no vector; the knowledge base finds by words"),
    "AWS::SecretsManager::": (_REAL, "generates and keeps the secret; not encrypted with the key"),
    "AWS::SSM::Parameter": (_REAL, ""),
    "AWS::Scheduler::": (_RECORDED, "kept; what it would call does not exist here"),
    "AWS::SecurityHub::": (_RECORDED, "collects nothing"),
    "AWS::SNS::": (_REAL, "sends no e-mail"),
    "AWS::SQS::": (_REAL, ""),
    "AWS::StepFunctions::": (
        _REAL,
        "task tokens, time-outs, catches; its role, its key and its log are not tried",
    ),
    "AWS::VerifiedPermissions::": (
        _REAL,
        "a stand-in of ours: real Cedar (cedarpy) validates and decides; no encryption",
    ),
    "AWS::WAFv2::": (_RECORDED, "filters nothing"),
    "AWS::WAFv2::IPSet": (_REAL, "read at every request"),
    "AWS::WAFv2::LoggingConfiguration": (_RECORDED, "logs nothing"),
    "AWS::WAFv2::WebACL": (
        _REAL,
        "its own rules stop requests to the distribution and the API stage; managed groups are not evaluated",
    ),
    "AWS::WAFv2::WebACLAssociation": (_REAL, "of an API stage; that of a user pool is recorded only"),
    "AWS::XRay::": (_RECORDED, "collects no trace"),
    "Custom::ChatPage": (_REAL, "the function writes the page, and takes it away when it is deleted"),
    "Custom::ModelInvocationLogging": (
        _REAL,
        "the function runs, and Bedrock's stand-in keeps the setting; no invocation is logged",
    ),
}

NOT_MODELLED = (
    "AWS has not seen these templates: that the embedded AWS took them does not say that AWS will.",
    "IAM is the emulator's own: identity, trust, resource and endpoint policies decide on functions' calls.",
    "CloudFormation's own rights and the key policies behind encryption are not tried.",
    "AWS's managed WAF groups are not evaluated, and no web ACL stands before the sign-in.",
    "Network firewall, DNS firewall, security groups and routes filter no packet.",
    "The guardrail's managed filters (harm, prompt attacks, topics) need AWS; words, regexes, patterns work.",
    "Data is not encrypted with the keys that the templates name, and the loopback connection counts as TLS.",
    "The malware scan knows one test virus, and the knowledge base finds by words in place of vectors.",
    "Alarms, trails, detectors, budgets and backups exist, but watch and keep nothing.",
)


@dataclass(frozen=True, kw_only=True)
class FidelityRow:
    """One row of the table.

    Attributes:
        kind: CloudFormation resource type.
        count: How many the deployed templates have.
        fidelity: How much of it is there; unset for a type that nobody has judged.
        meaning: What that means here.
    """

    kind: str
    count: int
    fidelity: Fidelity | None
    meaning: str


def judge(kind: str) -> tuple[Fidelity | None, str]:
    """Fidelity and meaning of a resource type."""
    matches = [
        entry for entry in FIDELITY if kind == entry or (entry.endswith("::") and kind.startswith(entry))
    ]
    return (
        FIDELITY[max(matches, key=len)]
        if matches
        else (None, "not judged yet: see the emulator's documentation")
    )


def rows_of(assembly: Path) -> list[FidelityRow]:
    """A row for each resource type of the synthesized templates, by fidelity, then by name."""
    kinds: Counter[str] = Counter()
    for template in assembly.glob("*.template.json"):
        resources = json.loads(template.read_text(encoding="utf-8")).get("Resources", {})
        kinds.update(resource["Type"] for resource in resources.values())
    rows: list[FidelityRow] = []
    for kind, count in kinds.items():
        fidelity, meaning = judge(kind)
        rows.append(FidelityRow(kind=kind, count=count, fidelity=fidelity, meaning=meaning))
    order = [None, *Fidelity]
    return sorted(rows, key=lambda row: (order.index(row.fidelity), row.kind))
