"""Boundary 1: the one origin for page and API, in front of everything else."""

from aws_cdk import CfnOutput, Duration, Environment, Stack
from constructs import Construct

from genai_defense.data import DataKey
from genai_defense.settings import Settings
from genai_defense.user_interface import (
    ChatbotUserPool,
    ChatDistribution,
    DistributionLog,
    DistributionReach,
    PageBucket,
    PagePublisher,
    WebClient,
)
from stacks.application import ApplicationStack
from stacks.data import DataStack
from stacks.edge import EdgeStack


class DistributionStack(Stack):
    """The distribution in front of the page and of the API, the page itself, and the client that it is."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: Settings,
        env: Environment,
        data: DataStack,
        application: ApplicationStack,
        edge: EdgeStack,
    ) -> None:
        super().__init__(scope, construct_id, env=env)
        removal = settings.removal_policy
        sign_in = application.user_interface.sign_in
        key, logs = self._key(settings), data.access_logs
        around = settings.perimeter
        page = PageBucket(
            self, "Page", encryption_key=key, access_logs=logs, perimeter=around, removal_policy=removal
        )
        log = DistributionLog(
            self,
            "Log",
            encryption_key=key,
            access_logs=logs,
            retention=Duration.days(settings.retention.log_days),
            removal_policy=removal,
        )
        distribution = ChatDistribution(
            self,
            "Distribution",
            page=page,
            api=application.api.api,
            origin_proof=application.user_interface.origin_proof,
            connect_to=[sign_in.domain.base_url()],
            web_acl_arn=edge.web_acl_arn,
            log=log,
            reach=_reach(settings),
        )
        client = WebClient(
            self,
            "WebClient",
            sign_in=sign_in,
            callback_urls=[distribution.url, *settings.sign_in.callback_urls],
        )
        PagePublisher(
            self,
            "Publisher",
            page=page,
            config=self._page_config(settings, sign_in, client),
            log_key=data.log_key,
            retention=settings.retention.log_retention,
            removal_policy=removal,
        )
        CfnOutput(self, "DistributionUrl", value=distribution.url)
        CfnOutput(self, "DistributionId", value=distribution.distribution.distribution_id)
        CfnOutput(self, "DistributionLeastTls", value=distribution.least_tls)
        CfnOutput(self, "PageBucketName", value=page.bucket.bucket_name)
        CfnOutput(self, "UserPoolClientId", value=client.client.user_pool_client_id)

    def _key(self, settings: Settings) -> DataKey:
        return DataKey(
            self,
            "PageKey",
            data_class="chat page and its access logs",
            used_through=["s3"],
            removal_policy=settings.removal_policy,
        )

    def _page_config(
        self, settings: Settings, sign_in: ChatbotUserPool, client: WebClient
    ) -> dict[str, str | list[str]]:
        return {
            "client_id": client.client.user_pool_client_id,
            "cognito_domain": sign_in.domain.base_url(),
            "scope": f"openid {sign_in.send_scope.scope_name}",
            "api": "/api",
            "region": self.region,
            "allowed_link_hosts": list(settings.allowed_link_hosts),
        }


def _reach(settings: Settings) -> DistributionReach:
    chosen = settings.distribution
    return DistributionReach(
        domain_name=chosen.domain_name,
        certificate_arn=chosen.certificate_arn,
        countries=chosen.countries,
        price_class=chosen.price_class,
    )
