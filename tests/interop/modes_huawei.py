"""Huawei Cloud's packages, by the kinds of providers that the data cases name."""

import logging
import tempfile

from huaweicloudsdkcore.auth import provider
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.auth.internal import FederalAccessor
from huaweicloudsdkcore.exceptions.exception_handler import DefaultExceptionHandler
from huaweicloudsdkcore.http.http_client import HttpClient
from huaweicloudsdkcore.http.http_config import HttpConfig
from huaweicloudsdkcore.http.http_handler import HttpHandler
from huaweicloudsdkcore.sdk_request import SdkRequest
from huaweicloudsdkmeeting.v1.meeting_credentials import AuthTypeEnum, MeetingCredentials, TenantSceneEnum
from huaweicloudsdkmeeting.v1.region.meeting_region import MeetingRegion
from huaweicloudsdksts.v1 import AssumeAgencyRequest, AssumeAgencyReqBody, StsClient


def http_client():
    return HttpClient(HttpConfig(), HttpHandler(), DefaultExceptionHandler(), logging.getLogger("interop"))


def triple(found):
    """Fetches the keys if the provider leaves that to the first request."""
    found.process_sts(http_client())
    return found.ak, found.sk, found.security_token


def chain(_):
    """The order of the vendor: each provider of the chain until one has keys."""
    return triple(provider.CredentialProviderChain.get_basic().get_credentials())


def profile(settings):
    """The section is the kind of the credentials: `basic`, or a name that begins so."""
    section = settings.get("section", "basic")
    return triple(provider.ProfileCredentialProvider(section if section.startswith("basic") else "basic").get_credentials())


def metadata(_):
    return triple(provider.MetadataCredentialProvider.get_basic().get_credentials())


def pod(_):
    return triple(provider.PodIdentityCredentialProvider.get_basic().get_credentials())


def federation(settings):
    # The package knows only tokens in files.
    given = tempfile.NamedTemporaryFile("w", suffix=".token", delete=False)
    with given:
        given.write("planted-token")
    found = BasicCredentials().with_idp_id("idp").with_id_token_file(settings.get("token_file", given.name))
    found.sts_accessor = FederalAccessor()
    if "endpoint" in settings:
        found.with_iam_endpoint(settings["endpoint"])
    return triple(found)


def oidc(settings):
    found = provider.OidcStsCredentialProvider(
        "basic", "p-urn", "a-urn", "planted-token", agency_session_name=settings.get("session_name"),
        duration_seconds=settings.get("duration"), policy=settings.get("policy"), sts_endpoint=settings.get("endpoint"))
    return triple(found.get_credentials())


def assume_role(settings):
    """The client of STS: the core package has no provider for it."""
    keys = BasicCredentials("AKIDsource", "planted-source-secret", "p").with_security_token(settings.get("source_token"))
    endpoint = settings.get("endpoint", "https://sts.cn-north-4.myhuaweicloud.com")
    client = StsClient.new_builder(StsClient).with_credentials(keys).with_endpoints([endpoint]).build()
    body = AssumeAgencyReqBody(duration_seconds=settings.get("duration", 3600), agency_urn="a-urn",
                               agency_session_name=settings.get("session_name", "s"), policy=settings.get("policy"),
                               external_id=settings.get("external_id"))
    found = client.assume_agency(AssumeAgencyRequest(body=body)).credentials
    return found.access_key_id, found.secret_access_key, found.security_token


def meeting_token(found, settings):
    """The token that the first call carries. The sign-in goes to the host of the call."""
    found.with_client_type(settings.get("client_type"))
    endpoint = settings.get("endpoint") or MeetingRegion.value_of(settings.get("region", "cn-north-4")).endpoints[0]
    call = SdkRequest("GET", "https", endpoint.removeprefix("https://"), [], "/v1/mmc/management/conferences", [], {}, "", [])
    return "", "", found.process_request(call, http_client()).header_params["X-Access-Token"]


def meeting_account(settings):
    return meeting_token(MeetingCredentials(settings.get("name", "zhang san"), "planted-password"), settings)


def meeting_app(settings):
    found = MeetingCredentials().with_auth_type_enum(AuthTypeEnum.APP_ID).with_app_id("app1").with_app_key("planted-key")
    if "corp_id" in settings:
        found.with_tenant_scene_enum(TenantSceneEnum.MULTI_TENANT).with_corp_id(settings["corp_id"])
    return meeting_token(found.with_user_id(settings.get("user_id")).with_dept_code(settings.get("dept_code")), settings)
