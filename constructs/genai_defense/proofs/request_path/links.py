"""How requests travel between resources: which properties lead on, and which resources lead away from one."""

from typing import Final

FORWARD: Final[dict[str, tuple[str, ...]]] = {
    "AWS::ApiGateway::Method": (
        "Integration.Uri",
        "Integration.ConnectionId",
        "Integration.RequestTemplates",
    ),
    "AWS::ApiGateway::VpcLink": ("TargetArns",),
    "AWS::ApiGatewayV2::Api": ("Target",),
    "AWS::ApiGatewayV2::Integration": ("IntegrationUri", "RequestParameters"),
    "AWS::ApiGatewayV2::Route": ("Target",),
    "AWS::AppSync::DataSource": ("LambdaConfig", "HttpConfig"),
    "AWS::Bedrock::Agent": ("ActionGroups",),
    "AWS::Bedrock::AgentAlias": ("AgentId",),
    "AWS::Bedrock::Flow": ("Definition", "DefinitionSubstitutions"),
    "AWS::Bedrock::FlowAlias": ("FlowArn",),
    "AWS::BedrockAgentCore::GatewayTarget": ("TargetConfiguration",),
    "AWS::CloudFront::Distribution": ("DistributionConfig",),
    "AWS::Cognito::IdentityPoolRoleAttachment": ("Roles", "RoleMappings"),
    "AWS::ECS::Service": ("TaskDefinition",),
    "AWS::ElasticLoadBalancingV2::Listener": ("DefaultActions",),
    "AWS::ElasticLoadBalancingV2::ListenerRule": ("Actions",),
    "AWS::ElasticLoadBalancingV2::TargetGroup": ("Targets",),
    "AWS::Events::Rule": ("Targets",),
    "AWS::Lambda::Alias": ("FunctionName",),
    "AWS::Lambda::EventSourceMapping": ("FunctionName",),
    "AWS::Lambda::Url": ("TargetFunctionArn",),
    "AWS::Lambda::Version": ("FunctionName",),
    "AWS::Pipes::Pipe": ("Enrichment", "Target"),
    "AWS::S3::Bucket": ("NotificationConfiguration",),
    "AWS::SNS::Subscription": ("Endpoint",),
    "AWS::SNS::Topic": ("Subscription",),
    "AWS::StepFunctions::StateMachine": ("Definition", "DefinitionString", "DefinitionSubstitutions"),
    "Custom::S3BucketNotifications": ("NotificationConfiguration",),
}
"""Resource type, to the properties whose resources get what this one gets."""

BACKWARD: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "AWS::ApiGateway::RestApi": (("AWS::ApiGateway::Method", "RestApiId"),),
    "AWS::ApiGatewayV2::Api": (("AWS::ApiGatewayV2::Route", "ApiId"),),
    "AWS::AppSync::GraphQLApi": (("AWS::AppSync::DataSource", "ApiId"),),
    "AWS::BedrockAgentCore::Gateway": (("AWS::BedrockAgentCore::GatewayTarget", "GatewayIdentifier"),),
    "AWS::DynamoDB::Table": (
        ("AWS::Lambda::EventSourceMapping", "EventSourceArn"),
        ("AWS::Pipes::Pipe", "Source"),
    ),
    "AWS::ElasticLoadBalancingV2::Listener": (("AWS::ElasticLoadBalancingV2::ListenerRule", "ListenerArn"),),
    "AWS::ElasticLoadBalancingV2::LoadBalancer": (
        ("AWS::ElasticLoadBalancingV2::Listener", "LoadBalancerArn"),
    ),
    "AWS::ElasticLoadBalancingV2::TargetGroup": (("AWS::ECS::Service", "LoadBalancers"),),
    "AWS::Events::EventBus": (("AWS::Events::Rule", "EventBusName"),),
    "AWS::Kinesis::Stream": (
        ("AWS::Lambda::EventSourceMapping", "EventSourceArn"),
        ("AWS::Pipes::Pipe", "Source"),
    ),
    "AWS::S3::Bucket": (
        ("AWS::Events::Rule", "EventPattern"),
        ("Custom::S3BucketNotifications", "BucketName"),
    ),
    "AWS::SNS::Topic": (("AWS::SNS::Subscription", "TopicArn"),),
    "AWS::SQS::Queue": (
        ("AWS::Lambda::EventSourceMapping", "EventSourceArn"),
        ("AWS::Pipes::Pipe", "Source"),
    ),
}
"""Resource type, to the types that take from it, and the property by which they say so."""

ROLES: Final[dict[str, str]] = {
    "AWS::ApiGateway::Method": "Integration.Credentials",
    "AWS::ApiGatewayV2::Integration": "CredentialsArn",
    "AWS::AppRunner::Service": "InstanceConfiguration.InstanceRoleArn",
    "AWS::AppSync::DataSource": "ServiceRoleArn",
    "AWS::Bedrock::Agent": "AgentResourceRoleArn",
    "AWS::BedrockAgentCore::Gateway": "RoleArn",
    "AWS::BedrockAgentCore::Runtime": "RoleArn",
    "AWS::ECS::TaskDefinition": "TaskRoleArn",
    "AWS::Lambda::Function": "Role",
    "AWS::StepFunctions::StateMachine": "RoleArn",
}
"""Resource type, to the property with the role by whose rights it acts."""

ACTIONS: Final[dict[str, tuple[str, ...]]] = {
    "AWS::Bedrock::Agent": ("bedrock:InvokeAgent",),
    "AWS::Bedrock::Flow": ("bedrock:InvokeFlow", "bedrock:StartFlowExecution"),
    "AWS::BedrockAgentCore::Gateway": ("bedrock-agentcore:InvokeGateway",),
    "AWS::BedrockAgentCore::Runtime": (
        "bedrock-agentcore:InvokeAgentRuntime",
        "bedrock-agentcore:InvokeAgentRuntimeWithWebSocketStream",
    ),
    "AWS::DynamoDB::Table": ("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:BatchWriteItem"),
    "AWS::Events::EventBus": ("events:PutEvents",),
    "AWS::Kinesis::Stream": ("kinesis:PutRecord", "kinesis:PutRecords"),
    "AWS::Lambda::Function": ("lambda:InvokeFunction", "lambda:InvokeAsync"),
    "AWS::S3::Bucket": ("s3:PutObject",),
    "AWS::SNS::Topic": ("sns:Publish",),
    "AWS::SQS::Queue": ("sqs:SendMessage",),
    "AWS::SageMaker::Endpoint": (
        "sagemaker:InvokeEndpoint",
        "sagemaker:InvokeEndpointAsync",
        "sagemaker:InvokeEndpointWithResponseStream",
    ),
    "AWS::StepFunctions::StateMachine": ("states:StartExecution", "states:StartSyncExecution"),
}
"""Resource type, to the actions by which a caller hands something to it."""

PLACES: Final = frozenset({*FORWARD, *BACKWARD, *ROLES, *ACTIONS, "AWS::IAM::Role"})
"""Types of resources that a request can be at."""
