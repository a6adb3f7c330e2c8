"""Boundary 5, organization: what was done is recorded, people hear of it, and nobody may undo it."""

from genai_defense.organization.access_analysis import ExternalAccessAnalyzer, UnusedAccessAnalyzer
from genai_defense.organization.ai_opt_out_policy import AiServicesOptOutPolicy
from genai_defense.organization.alarm_topic import AlarmTopic
from genai_defense.organization.alarms import ChatbotAlarms
from genai_defense.organization.approved_models_policy import ApprovedModelsControlPolicy
from genai_defense.organization.control_conformance import ControlConformance
from genai_defense.organization.control_function import ControlFunction
from genai_defense.organization.data_perimeter_policy import DataPerimeterPolicy
from genai_defense.organization.document_alarms import DocumentAlarms
from genai_defense.organization.enforced_guardrail_policy import EnforcedGuardrailPolicy
from genai_defense.organization.finding_hub import FindingHub
from genai_defense.organization.guardrail_control_policy import GuardrailControlPolicy
from genai_defense.organization.lock_policy import LockControlPolicy
from genai_defense.organization.organization_policy import OrganizationPolicy
from genai_defense.organization.protection_policy import ProtectionControlPolicy
from genai_defense.organization.resource_recorder import ResourceRecorder
from genai_defense.organization.responder import Responder
from genai_defense.organization.response_functions import ResponseFunctions, ResponseReach
from genai_defense.organization.response_policy import ResponsePolicy
from genai_defense.organization.risk_alarms import RiskAlarms, Watched
from genai_defense.organization.risk_dashboard import RiskDashboard
from genai_defense.organization.runtime_boundary import RuntimeBoundary
from genai_defense.organization.security_bus import SecurityBus
from genai_defense.organization.sensitive_data import SensitiveDataScan, SensitiveDataSession
from genai_defense.organization.sign_in_events import SignInEvents
from genai_defense.organization.spend_watch import ServiceSpendMonitor, SpendWatch
from genai_defense.organization.threat_detection import ThreatDetection
from genai_defense.organization.trail import AuditTrail
from genai_defense.organization.web_acl_events import WebAclEvents

__all__ = [
    "AiServicesOptOutPolicy",
    "AlarmTopic",
    "ApprovedModelsControlPolicy",
    "AuditTrail",
    "ChatbotAlarms",
    "ControlConformance",
    "ControlFunction",
    "DataPerimeterPolicy",
    "DocumentAlarms",
    "EnforcedGuardrailPolicy",
    "ExternalAccessAnalyzer",
    "FindingHub",
    "GuardrailControlPolicy",
    "LockControlPolicy",
    "OrganizationPolicy",
    "ProtectionControlPolicy",
    "ResourceRecorder",
    "Responder",
    "ResponseFunctions",
    "ResponsePolicy",
    "ResponseReach",
    "RiskAlarms",
    "RiskDashboard",
    "RuntimeBoundary",
    "SecurityBus",
    "SensitiveDataScan",
    "SensitiveDataSession",
    "ServiceSpendMonitor",
    "SignInEvents",
    "SpendWatch",
    "ThreatDetection",
    "UnusedAccessAnalyzer",
    "Watched",
    "WebAclEvents",
]
