"""The names that users may build on, and that each of them says what it does and takes."""

import importlib
import inspect
import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

SURFACE = {
    "genai_defense.application": [
        "CONVERSATION_ID",
        "DECISION",
        "MESSAGE",
        "ApiBody",
        "ApiLoggingRole",
        "ApiRoute",
        "ApprovalFunctions",
        "ApprovalTerms",
        "ChatApi",
        "ChatFunction",
        "ConversationsFunction",
        "CustomResourceFunction",
        "DocumentLimits",
        "DocumentPipeline",
        "EvaluationFunction",
        "FunctionHosting",
        "GuardrailFunction",
        "IngestionFunction",
        "KillSwitch",
        "OrderTools",
        "PrivateFunction",
        "ReviewDesk",
        "ReviewQueue",
        "ToolApproval",
        "ToolBroker",
        "ToolPolicies",
        "UserQuota",
        "WithdrawalFunction",
        "bounded_text",
    ],
    "genai_defense.data": [
        "READ_AND_DELETE",
        "READ_AND_WRITE",
        "ApprovalTable",
        "AuditBucket",
        "ConversationTable",
        "DataKey",
        "DataPerimeter",
        "DatasetStore",
        "DocumentActor",
        "DocumentStores",
        "DocumentTable",
        "Embedding",
        "KeyAdministrators",
        "KeyWatch",
        "KnowledgeBase",
        "LandingBucket",
        "MalwareScan",
        "ManifestBucket",
        "OrderTable",
        "PrivateBucket",
        "QuarantineBucket",
        "QuotaTable",
        "RestoreTest",
        "S3VectorStore",
        "SearchVectorStore",
        "ResponseTable",
        "ReviewTable",
        "StandingTable",
        "TableBackup",
        "TrustedBucket",
        "access_log_bucket",
        "admit_buckets_of_account",
        "object_lock",
    ],
    "genai_defense.egress": [
        "AllowedDomain",
        "ApplicationNetwork",
        "IdleCost",
        "InspectedEgress",
        "NameFirewall",
        "PrivateEndpoint",
        "idle_cost",
        "suricata_rules",
    ],
    "genai_defense.model": [
        "APPROVED_MODELS",
        "AccountEnforcedGuardrail",
        "ApprovedModel",
        "CostProfile",
        "CustomRegex",
        "DeniedTopic",
        "GuardedModelAccess",
        "GuardrailPolicy",
        "HarmFilter",
        "ModelGuardrail",
        "ModelInvocationLogging",
        "ModelInvocationLoggingCheck",
        "ModelRecord",
        "PersonalData",
    ],
    "genai_defense.organization": [
        "AiServicesOptOutPolicy",
        "AlarmTopic",
        "ApprovedModelsControlPolicy",
        "AuditTrail",
        "ChatbotAlarms",
        "ControlConformance",
        "DataPerimeterPolicy",
        "DocumentAlarms",
        "EnforcedGuardrailPolicy",
        "ExternalAccessAnalyzer",
        "FindingHub",
        "GuardrailControlPolicy",
        "OrganizationPolicy",
        "LockControlPolicy",
        "ProtectionControlPolicy",
        "ResourceRecorder",
        "RuntimeBoundary",
        "SensitiveDataScan",
        "SensitiveDataSession",
        "SignInEvents",
        "ServiceSpendMonitor",
        "SpendWatch",
        "ThreatDetection",
        "UnusedAccessAnalyzer",
        "ControlFunction",
        "Responder",
        "ResponseFunctions",
        "ResponsePolicy",
        "ResponseReach",
        "RiskAlarms",
        "RiskDashboard",
        "Watched",
        "WebAclEvents",
        "SecurityBus",
    ],
    "genai_defense.user_interface": [
        "BlockedAddresses",
        "ChargedProtection",
        "ChatDistribution",
        "ChatbotUserPool",
        "DistributionLog",
        "DistributionReach",
        "EntryWebAcl",
        "OidcFederation",
        "OriginProof",
        "PageBucket",
        "PageHeaders",
        "PagePublisher",
        "RequestLimits",
        "SamlFederation",
        "SignInLog",
        "WebClient",
    ],
    "guardrail_engine": [
        "DETECTORS",
        "MAX_CHARS",
        "MAX_FINDINGS",
        "Action",
        "Context",
        "Detector",
        "Direction",
        "Engine",
        "Finding",
        "Match",
        "Reason",
        "Scope",
        "Screening",
        "View",
    ],
    "tool_registry": [
        "TOOLS",
        "Argument",
        "ArgumentsError",
        "Choice",
        "Effect",
        "Text",
        "Tool",
        "ToolError",
        "UnknownToolError",
        "Whole",
        "converse_specs",
        "tool_named",
    ],
}


def _public() -> Iterator[tuple[str, Any]]:
    for module, names in SURFACE.items():
        for name in names:
            thing = getattr(importlib.import_module(module), name)
            if inspect.isclass(thing) or inspect.isfunction(thing):
                yield f"{module}.{name}", thing


@pytest.mark.parametrize("module", sorted(SURFACE))
def test_a_name_neither_comes_nor_goes_unseen(module: str) -> None:
    assert sorted(importlib.import_module(module).__all__) == sorted(SURFACE[module])


@pytest.mark.parametrize(
    ("name", "thing"), list(_public()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_public_name_and_method_is_documented(name: str, thing: Any) -> None:
    assert inspect.getdoc(thing), name
    if inspect.isclass(thing):
        own = [
            method
            for key, method in vars(thing).items()
            if not key.startswith("_") and inspect.isfunction(method)
        ]
        assert [method.__name__ for method in own if not method.__doc__] == []


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        (name, thing)
        for name, thing in _public()
        if inspect.isclass(thing) and name.startswith("genai_defense")
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_argument_of_a_construct_is_documented(name: str, thing: Any) -> None:
    documented = set(re.findall(r"^    (\w+(?:, \w+)*): ", inspect.getdoc(thing) or "", re.MULTILINE))
    documented = {word for entry in documented for word in entry.split(", ")}
    # The fields of a typed value are its arguments; its own __init__ only says **data.
    asked = thing if issubclass(thing, BaseModel) else thing.__init__
    arguments = [key for key in inspect.signature(asked).parameters if key != "self"]
    assert [argument for argument in arguments if argument not in documented] == [], name
