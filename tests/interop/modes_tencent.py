"""Tencent Cloud's packages, by the kinds of providers that the data cases name."""

import os

from tccli import action_caller, credentials, options_define
from tencentcloud.common import credential
from tencentcloud.common.common_client import CommonClient
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException

ROLE = "qcs::cam::uin/1:roleName/r"


def triple(found):
    if found is None:
        raise ValueError("no credential")
    return found.get_credential_info()


def chain(_):
    return triple(credential.DefaultCredentialProvider().get_credential())


def cvm_role(settings):
    found = credential.CVMRoleCredential(settings.get("role"))
    if not found.get_credential():
        raise ValueError("no credential")
    return triple(found)


def tke(_):
    return triple(credential.DefaultTkeOIDCRoleArnProvider().get_credentials())


def assume_role(settings):
    return triple(credential.STSAssumeRoleCredential(
        "AKIDsource", "planted-source-secret", ROLE, settings.get("session_name", "s"), settings.get("duration", 7200),
        settings.get("endpoint")))


def token(settings):
    if "token_file" not in settings:
        return "planted-token"
    with open(settings["token_file"], encoding="utf-8-sig") as file:
        return file.read().strip()


def web_identity(settings):
    return triple(credential.OIDCRoleArnCredential("ap-guangzhou", "idp", token(settings), ROLE, "s"))


def sts(action, parameters, keys=None, options=None):
    client = CommonClient("sts", "2018-08-13", keys, "ap-guangzhou")
    found = client.call_json(action, parameters, options=options)["Response"]["Credentials"]
    return found["TmpSecretId"], found["TmpSecretKey"], found["Token"]


def saml(settings):
    parameters = {"SAMLAssertion": token(settings), "PrincipalArn": "qcs::cam::uin/1:saml-provider/p", "RoleArn": ROLE,
                  "RoleSessionName": "s", "DurationSeconds": 7200}
    return sts("AssumeRoleWithSAML", parameters, options={"SkipSign": True})


def federation(_):
    parameters = {"Name": "bob", "Policy": "%7B%22a%22%3A%22b%20c%22%7D", "DurationSeconds": 1800}
    return sts("GetFederationToken", parameters, credential.Credential("AKIDsource", "planted-source-secret"))


class Called(Exception):
    """Ends the command where it would send its request, with the credential that it would use."""


def tccli(settings):
    """The path of a command: refresh what has ended, then choose the credential."""
    profile = settings.get("profile")
    credentials.maybe_refresh_credential(profile or os.environ.get("TCCLI_PROFILE", "default"))
    # `tccli configure` writes both files.
    path = os.path.join(os.path.expanduser("~"), ".tccli", (profile or os.environ.get("TCCLI_PROFILE", "default")) + ".configure")
    if not os.path.exists(path):
        with open(path, "w", encoding="utf-8") as file:
            file.write('{"_sys_param": {"output": "json", "region": "ap-guangzhou", "arrayCount": "10", "warning": "off"},'
                       ' "cvm": {"endpoint": "cvm.tencentcloudapi.com", "version": "2017-03-12"}}')
    given = dict.fromkeys(name.replace("-", "_") for name in options_define.ACTION_GLOBAL_OPT) | {"profile": profile}
    given |= dict.fromkeys((options_define.ServiceVersion,))
    caller = action_caller.GenericActionCaller("cvm", "DescribeZones")
    caller._avail_vers = ["v20170312"]

    def client(_service, _version, found, *_, **__):
        raise Called(found)

    action_caller.CommonClient = client
    try:
        caller._create_client(caller.parse_global_arg(given))
    except Called as called:
        return triple(called.args[0])
    raise TencentCloudSDKException("ClientError", "no client was made")
