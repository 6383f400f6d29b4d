"""Volcengine's packages, by the kinds of providers that the data cases name."""

import os

from volcengine.Credentials import Credentials
from volcengine.ServiceInfo import ServiceInfo
from volcengine.base.Service import Service
from volcenginesdkcore.auth.providers import cli_config_provider, default_provider, ecs_role_provider, sts_oidc_provider
from volcenginesdkcore.auth.providers import sts_provider, sts_saml_provider


def triple(source):
    found = source.get_credentials()
    return found.ak, found.sk, found.session_token


def chain(_):
    return triple(default_provider.DefaultCredentialProvider())


def cli(settings):
    return triple(cli_config_provider.CLIConfigCredentialProvider(settings.get("profile"), settings.get("file")))


def instance(settings):
    return triple(ecs_role_provider.EcsRoleCredentialProvider(role_name=settings.get("role")))


def host(settings):
    return {"host": settings["endpoint"].removeprefix("https://")} if "endpoint" in settings else {}


def assume_role(settings):
    return triple(sts_provider.StsCredentialProvider(
        "AKIDsource", "planted-source-secret", "r", "1", duration_seconds=settings.get("duration", 3600),
        policy=settings.get("policy"), **host(settings)))


def oidc(settings):
    given = {"oidc_token_file": settings["token_file"]} if "token_file" in settings else {"oidc_token": "planted-token"}
    return triple(sts_oidc_provider.StsOidcCredentialProvider(
        role_trn="trn:iam::1:role/r", session_name=settings.get("session_name"), policy=settings.get("policy"), **given,
        **host(settings)))


def oidc_environment(_):
    # The endpoint of the environment counts only if the package's own default is taken away.
    return triple(sts_oidc_provider.StsOidcCredentialProvider(host=None if "VOLCENGINE_OIDC_STS_ENDPOINT" in os.environ else
                                                              "sts.volcengineapi.com"))


def saml(settings):
    return triple(sts_saml_provider.StsSamlCredentialProvider(
        role_trn="trn:iam::1:role/r", saml_provider_trn="trn:iam::1:saml-provider/p", saml_resp="planted-token",
        policy=settings.get("policy"), **host(settings)))


def volc(_):
    """The older package has no class for it: each of its products is a `Service`, which looks for keys when it is made."""
    given = Credentials("", "", "iam", "cn-north-1")
    Service(ServiceInfo("open.volcengineapi.com", {}, given, 5, 5), {})
    return given.ak, given.sk, given.session_token or None
