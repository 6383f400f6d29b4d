"""Alibaba Cloud's packages, by the kinds of providers that the data cases name."""

import importlib

from alibabacloud_credentials import provider
from alibabacloud_credentials.provider import cli_profile as of_cli
from alibabacloud_credentials.provider import profile as of_file
from alibabacloud_credentials.utils import auth_constant, auth_util

ROLE = "acs:ram::1:role/r"


def fresh():
    """The package reads the environment when it is imported."""
    importlib.reload(auth_util)
    importlib.reload(auth_constant)


def triple(source):
    found = source.get_credentials()
    return found.get_access_key_id(), found.get_access_key_secret(), found.get_security_token()


def chain(_):
    return triple(provider.DefaultCredentialsProvider())


def ecs_role(settings):
    return triple(provider.EcsRamRoleCredentialsProvider(role_name=settings.get("role"), async_update_enabled=False))


def uri(settings):
    return triple(provider.URLCredentialsProvider(uri=settings.get("uri")))


def cli(settings):
    found = of_cli.CLIProfileCredentialsProvider(profile_file=settings.get("file"), profile_name=settings.get("profile"))
    return triple(found)


def ini(settings):
    found = of_file.ProfileCredentialsProvider(profile_file=settings.get("file"), profile_name=settings.get("profile"))
    return triple(found)


def ram_role(settings):
    return triple(provider.RamRoleArnCredentialsProvider(
        access_key_id="AKIDsource", access_key_secret="planted-source-secret", security_token=settings.get("source_token"),
        role_arn=ROLE, role_session_name=settings.get("session_name"), duration_seconds=settings.get("duration"),
        policy=settings.get("policy"), external_id=settings.get("external_id"), sts_region_id=settings.get("region"),
        sts_endpoint=settings.get("endpoint"), enable_vpc=settings.get("vpc")))


def oidc(settings):
    return triple(provider.OIDCRoleArnCredentialsProvider(
        role_arn=ROLE, oidc_provider_arn="idp", oidc_token_file_path=settings.get("token_file"),
        role_session_name=settings.get("session_name"), duration_seconds=settings.get("duration"),
        policy=settings.get("policy"), sts_region_id=settings.get("region"), sts_endpoint=settings.get("endpoint"),
        enable_vpc=settings.get("vpc")))


def oidc_role(_):
    return triple(provider.OIDCRoleArnCredentialsProvider())
