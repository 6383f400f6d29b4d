"""The vendors' own SDKs as clients of our local cloud: accepted as they are, refused when changed on the way."""

import argparse
import http.client
import json
import sys

from cloud import ID, MARK, SECRET, SPOILERS, TEMPORARY, TOKEN, LocalCloud, Spoil

ANSWERS = [
    "DescribeInstances",
    "DescribeZones",
    "GET /v1/{project_id}/vpcs",
    "GET /v3/{project_id}/vpc/vpcs",
    "POST /v1/{project_id}/vpcs",
    "GET /clusters/{id}",
    "POST /clusters/{id}",
]


def tencent(address, id, token):
    from tencentcloud.common import credential
    from tencentcloud.common.common_client import CommonClient
    from tencentcloud.common.profile.client_profile import ClientProfile
    from tencentcloud.common.profile.http_profile import HttpProfile
    from tencentcloud.cvm.v20170312 import cvm_client, models

    def profile(method, scheme, unsigned=False):
        http_profile = HttpProfile(protocol="http", endpoint=address, reqMethod=method)
        profile = ClientProfile(signMethod=scheme, httpProfile=http_profile, language="en-US")
        profile.unsignedPayload = unsigned
        return profile

    def common(method, scheme, unsigned=False):
        client = CommonClient("cvm", "2017-03-12", credential.Credential(id, SECRET, token), "ap-guangzhou",
                              profile(method, scheme, unsigned))
        return lambda: client.call_json("DescribeInstances", {"InstanceIds": [MARK, "é 中文+&="], "Limit": 2})["Response"]

    def typed():
        client = cvm_client.CvmClient(credential.Credential(id, SECRET, token), "ap-guangzhou", profile("POST", "TC3-HMAC-SHA256"))
        request = models.DescribeInstancesRequest()
        request.from_json_string(json.dumps({"InstanceIds": [MARK], "Limit": 2}))
        answer = client.DescribeInstances(request)
        assert answer.RequestId, "no request id"
        return {"Received": {"InstanceIds": [MARK]}}

    for scheme in ("TC3-HMAC-SHA256", "HmacSHA256", "HmacSHA1"):
        for method in ("POST", "GET"):
            # In GET mode version 1 signs without encoding what it sends encoded: the local cloud must know that too.
            yield f"tencent {scheme} {method}", common(method, scheme), "AuthFailure"
    yield "tencent TC3-HMAC-SHA256 cvm.DescribeInstances", typed, "AuthFailure"
    yield "tencent TC3-HMAC-SHA256 POST, unsigned payload", common("POST", "TC3-HMAC-SHA256", True), "AuthFailure"


def qcloud(address, id, token):
    from QcloudApi.qcloudapi import QcloudApi

    class Plain(http.client.HTTPConnection):
        request_length = 0

    def client(method, scheme):
        config = {"Region": "gz", "secretId": id, "secretKey": SECRET, "method": method, "SignatureMethod": scheme,
                  "Version": "2017-03-12"}
        if token:
            config["Token"] = token

        def call():
            module = QcloudApi("cvm", config)
            inner = module._factory("cvm", config) if hasattr(module, "_factory") else module
            inner.requestHost = address
            inner.apiRequest.conn = Plain(address)
            answer = json.loads(inner.call("DescribeInstances", {"instanceIds": [MARK, "é 中文+&="], "limit": 2}))
            if answer["code"] != 0:
                raise RuntimeError(json.dumps(answer))
            return answer
        return call

    for scheme in ("HmacSHA256", "HmacSHA1"):
        for method in ("POST", "GET"):
            yield f"qcloud {scheme} {method}", client(method, scheme), "4100"


def huawei(address, id, token):
    from huaweicloudsdkcore.auth.credentials import BasicCredentials
    from huaweicloudsdkcore.http.http_config import HttpConfig
    from huaweicloudsdkcore.signer.algorithm import SigningAlgorithm
    from huaweicloudsdkvpc import v2, v3

    def credentials():
        keys = BasicCredentials(id, SECRET, "0123456789abcdef0123456789abcdef")
        return keys.with_security_token(token) if token else keys

    def client(kind, algorithm):
        config = HttpConfig.get_default_config()
        config.signing_algorithm = algorithm
        builder = kind.new_builder().with_http_config(config).with_credentials(credentials())
        return builder.with_endpoints(["http://" + address]).build()

    def list(algorithm):
        def call():
            answer = client(v3.VpcClient, algorithm).list_vpcs(v3.ListVpcsRequest(limit=2, name=[MARK, "é 中文+&="]))
            assert answer.status_code == 200, answer
            return {"Received": MARK}
        return call

    def create(algorithm):
        def call():
            vpc = v2.CreateVpcOption(name=MARK, description="é 中文+&=")
            body = v2.CreateVpcRequestBody(vpc=vpc)
            answer = client(v2.VpcClient, algorithm).create_vpc(v2.CreateVpcRequest(body=body))
            assert answer.status_code == 200, answer
            return {"Received": MARK}
        return call

    for algorithm in (SigningAlgorithm.HMAC_SHA256, SigningAlgorithm.HMAC_SM3):
        yield f"huawei {algorithm.name} vpc.ListVpcs", list(algorithm), "APIGW.0301"
        yield f"huawei {algorithm.name} vpc.CreateVpc", create(algorithm), "APIGW.0301"


def alibaba_core(address, id, token):
    from aliyunsdkcore.auth.credentials import AccessKeyCredential, StsTokenCredential
    from aliyunsdkcore.client import AcsClient
    from aliyunsdkcore.request import CommonRequest

    keys = StsTokenCredential(id, SECRET, token) if token else AccessKeyCredential(id, SECRET)

    def call(style, method):
        def run():
            client = AcsClient(region_id="cn-hangzhou", credential=keys)
            request = CommonRequest(domain=address, version="2014-05-26", action_name="DescribeInstances", product="Ecs")
            if style == "ROA":
                request.set_uri_pattern("/clusters/[id]")
                request.set_path_params({"id": "c1"})
            request.set_method(method)
            request.set_protocol_type("http")
            request.add_query_param("InstanceName", MARK)
            request.add_query_param("Other", "é 中文+&=")
            if method == "POST" and style == "RPC":
                request.add_body_params("Password", "p w+/=")
            if method == "POST" and style == "ROA":
                request.set_content(json.dumps({"name": MARK}))
                request.set_content_type("application/json")
            return json.loads(client.do_action_with_exception(request))
        return run

    for style in ("RPC", "ROA"):
        for method in ("GET", "POST"):
            yield f"alibaba core {style} {method}", call(style, method), "ignature"


def alibaba_tea(address, id, token):
    from alibabacloud_tea_openapi import client as tea
    from alibabacloud_tea_openapi import models
    from alibabacloud_tea_openapi.utils import Utils
    from darabonba.runtime import RuntimeOptions

    def call(style, method, scheme, body):
        def run():
            config = models.Config(access_key_id=id, access_key_secret=SECRET, security_token=token, endpoint=address,
                                   region_id="cn-hangzhou", protocol="HTTP", signature_algorithm=scheme)
            params = models.Params(action="DescribeInstances", version="2014-05-26", protocol="HTTP", method=method,
                                   pathname="/" if style == "RPC" else "/clusters/c1", auth_type="AK", style=style,
                                   req_body_type=body, body_type="json")
            members = {"Name": MARK, "Tags": [{"Key": "a", "Value": "é 中文+&="}]}
            # This package leaves the region to its caller, and ECS insists on it.
            query = {"RegionId": "cn-hangzhou", "InstanceName": MARK, "Tag": [{"Key": "é 中文+&="}]}
            request = models.OpenApiRequest(query=Utils.query(query), body=members if method == "POST" else None)
            return tea.Client(config).call_api(params, request, RuntimeOptions())["body"]
        return run

    for scheme in ("ACS3-HMAC-SHA256", "ACS3-HMAC-SM3", "v2"):
        for style in ("RPC", "ROA"):
            for method, body in (("GET", "json"), ("POST", "formData"), ("POST", "json")):
                if scheme == "v2" and style == "RPC" and body == "json" and method == "POST":
                    continue  # That generation of the RPC API has form bodies only.
                yield f"alibaba tea {scheme} {style} {method} {body}", call(style, method, scheme, body), "ignature"


def volcengine(address, id, token):
    import volcenginesdkcore

    def call(method, content):
        def run():
            configuration = volcenginesdkcore.Configuration()
            configuration.ak, configuration.sk, configuration.session_token = id, SECRET, token
            configuration.region, configuration.host, configuration.auto_retry = "cn-beijing", "http://" + address, False
            info = volcenginesdkcore.UniversalInfo(method, "ecs", "2020-04-01", "DescribeInstances", content)
            body = {"InstanceIds": [MARK, "é 中文+&="], "Tag": {"Key": "~*"}, "MaxResults": 2, "DryRun": False}
            return volcenginesdkcore.UniversalApi(volcenginesdkcore.ApiClient(configuration)).do_call(info, body)
        return run

    for method, content in (("GET", "text/plain"), ("POST", "application/json"), ("POST", "application/x-www-form-urlencoded")):
        yield f"volcengine {method} {content}", call(method, content), "SignatureDoesNotMatch"


def attempt(call):
    """None if the cloud accepted it, else what the SDK said."""
    try:
        answer = call()
    except AssertionError:
        raise
    except Exception as error:  # Each SDK has its own classes.
        return f"{type(error).__name__}: {error}"
    if MARK not in json.dumps(answer):
        return f"the answer does not show what was sent: {answer}"
    return None


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--command", required=True, help="the command cloudcall")
    program = arguments.parse_args().command
    counts, wrong = {}, []
    with LocalCloud(program, ANSWERS) as cloud:
        for keys in ((ID, None), (TEMPORARY, TOKEN)):
            for clients in (tencent, qcloud, huawei, alibaba_core, alibaba_tea, volcengine):
                for name, call, code in clients(cloud.address, *keys):
                    name += " with a token" if keys[1] else ""
                    count = counts.setdefault(clients.__name__, [0, 0])
                    problem = attempt(call)
                    if problem:
                        wrong.append(f"{name}: not accepted: {problem}")
                        continue
                    count[0] += 1
                    for what, change in SPOILERS.items():
                        if what == "parameter" and "unsigned payload" in name:
                            continue  # That is what it means.
                        with Spoil(change) as spoil:
                            problem = attempt(call)
                        if not spoil.changed:
                            wrong.append(f"{name}: nothing to change: {what}")
                        elif problem is None or code not in problem:
                            wrong.append(f"{name}: {what} changed: {problem or 'accepted'}")
                        else:
                            count[1] += 1
    for clients, (accepted, refused) in counts.items():
        print(f"{clients:<14} {accepted:>3} kinds of call accepted, {refused:>3} changed ones refused")
    for line in wrong:
        print("WRONG", line[:600])
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
