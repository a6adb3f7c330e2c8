"""Boundary 1: the one origin for page and API, in front of everything else."""

from aws_cdk import CfnOutput, Duration, Environment, Stack
from constructs import Construct

from genai_defense.data import DataKey
from genai_defense.settings import Settings
from genai_defense.user_interface import ChatDistribution, DistributionLog, DistributionReach, PageBucket
from stacks.application import ApplicationStack
from stacks.edge import EdgeStack


class DistributionStack(Stack):
    """The bucket of the page, and the distribution in front of it and of the API."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: Settings,
        env: Environment,
        application: ApplicationStack,
        edge: EdgeStack,
    ) -> None:
        super().__init__(scope, construct_id, env=env)
        user_interface = application.user_interface
        removal = settings.removal_policy
        key = DataKey(self, "PageKey", data_class="chat page and its access logs", removal_policy=removal)
        page = PageBucket(self, "Page", encryption_key=key, removal_policy=removal)
        log = DistributionLog(
            self,
            "Log",
            encryption_key=key,
            access_logs=page.access_logs,
            retention=Duration.days(settings.retention.log_days),
            removal_policy=removal,
        )
        chosen = settings.distribution
        distribution = ChatDistribution(
            self,
            "Distribution",
            page=page,
            api=application.api.api,
            origin_proof=user_interface.origin_proof,
            connect_to=[user_interface.sign_in.domain.base_url()],
            web_acl_arn=edge.web_acl_arn,
            log=log,
            reach=DistributionReach(
                domain_name=chosen.domain_name,
                certificate_arn=chosen.certificate_arn,
                countries=chosen.countries,
                price_class=chosen.price_class,
            ),
        )
        CfnOutput(self, "DistributionUrl", value=distribution.url)
        CfnOutput(self, "PageBucketName", value=page.bucket.bucket_name)
        CfnOutput(self, "DistributionLeastTls", value=distribution.least_tls)
