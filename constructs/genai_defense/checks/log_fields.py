"""The fields of logs whose form AWS defines."""

from typing import Final

_WEB_ACL = """
action captchaResponse challengeResponse clientAsn formatVersion forwardedAsn httpRequest httpSourceId
httpSourceName ja3Fingerprint ja4Fingerprint labels nonTerminatingMatchingRules oversizeFields
rateBasedRuleList requestBodySize requestBodySizeInspectedByWAF requestHeadersInserted responseCodeSent
ruleGroupList terminatingRuleId terminatingRuleMatchDetails terminatingRuleType timestamp webaclId
"""
_TRAIL = """
addendum additionalEventData apiVersion awsRegion edgeDeviceDetails errorCode errorMessage eventCategory
eventID eventName eventSource eventTime eventType eventVersion insightDetails managementEvent readOnly
recipientAccountId requestID requestParameters resources responseElements serviceEventDetails
sessionCredentialFromConsole sharedEventID sourceIPAddress tlsDetails userAgent userIdentity
vpcEndpointAccountId vpcEndpointId
"""

WEB_ACL_FIELDS: Final = frozenset(_WEB_ACL.split())
"""Of a web ACL's log. Source: https://docs.aws.amazon.com/waf/latest/developerguide/logging-fields.html
(read 2026-11-24).
"""
TRAIL_FIELDS: Final = frozenset(_TRAIL.split())
"""Of a trail's log. Source:
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
(read 2026-11-24).
"""
