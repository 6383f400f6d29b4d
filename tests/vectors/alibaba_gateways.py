#!/usr/bin/env python3
"""Write signing cases of Alibaba Cloud's gateways, made by running the vendor's packages.

    pip install alibabacloud-tea-openapi==0.4.6 alibabacloud-gateway-pop==0.1.3 alibabacloud-gateway-sls==0.4.2
    python3 alibaba_gateways.py acs4 > alibaba_acs4.jsonl
    python3 alibaba_gateways.py log > alibaba_log.jsonl

Clock and nonce are fixed, the request is caught before it leaves, and the texts of the steps are recorded where the package
hashes and signs them. Keys and tokens are invented. A row has the form of alibaba.jsonl, and in `expected` the steps of ACS4:
`scope` and `signing_key`, in hex. `project` of a call to the log service stands in front of its host.
"""
import argparse, json, urllib.parse
from unittest import mock

from alibabacloud_gateway_pop import client as pop
from alibabacloud_gateway_sls import client as sls
from alibabacloud_tea_openapi import client as tea
from alibabacloud_tea_openapi import utils_models as models
from alibabacloud_tea_openapi.utils import Utils
from darabonba.runtime import RuntimeOptions

NOW, DATE, NONCE, AGENT = "2026-03-01T08:09:05Z", "Sun, 01 Mar 2026 08:09:05 GMT", "0123456789abcdef0123456789abcdef", "vector-test/1"
KEYS = {"type": "access_key", "access_key_id": "testAccessKeyId", "access_key_secret": "testAccessKeySecret"}
STS = {"type": "sts", "access_key_id": "STS.testId", "access_key_secret": "s+e/c=r&e t", "security_token": "token+/=="}
BEARER = {"type": "bearer", "bearer_token": "bearer-token-1"}


class Caught(BaseException):
    """The request, on its way out."""


def catch(request, *_, **__):
    raise Caught(request)


def config(case):
    credential = case["credential"]
    keys = {name: value for name, value in credential.items() if name in ("access_key_id", "access_key_secret", "security_token", "bearer_token")}
    region = {"region_id": case["region_id"]} if "region_id" in case else {}
    return models.Config(endpoint=case["host"], signature_version=case.get("signature_version", "v4"), **keys, **region)


def request(case):
    body = Utils.parse_to_map(case["body_params"]) if "body_params" in case else case.get("body", "").encode() or None
    project = {"host_map": {"project": case["project"]}} if "project" in case else {}
    return models.OpenApiRequest(query=Utils.query(case.get("query", {})), headers=dict(case.get("headers", {})), body=body, **project)


def params(case):
    return models.Params(
        action=case["action"], version=case["version"], protocol="HTTPS", pathname=case["path"], method=case["method"], auth_type="AK",
        style=case["style"], req_body_type={"form": "formData"}.get(case.get("body_format"), case.get("body_format", "json")), body_type="json")


def sent(caught):
    text = lambda body: body.decode() if isinstance(body, bytes) else body
    query = [[name, value] for name, value in (caught.query or {}).items()]
    mark = "?" if query else ""
    return {"path": caught.pathname, "url": caught.pathname + mark + urllib.parse.urlencode(caught.query or {}), "query_pairs": query,
            "headers": dict(caught.headers), "body": text(caught.body)}


# ---- ACS4 ----------------------------------------------------------------------------------------
def acs4(case):
    steps = {}

    class Gateway(pop.Client):
        def get_signingkey(self, algorithm, secret, product, region, date):
            key = super().get_signingkey(algorithm, secret, product, region, date)
            steps.update(scope=f"{date}/{region}/{product}/{self._sign_prefix}_request", signing_key=key.hex())
            return key

        def get_signature(self, *arguments):
            real_hash, real_mac = pop.Encoder.hash, pop.Signer.hmac_sha256sign_by_bytes

            def hash(data, algorithm):
                steps["canonical_request"] = data.decode()
                return real_hash(data, algorithm)

            def mac(text, key):
                steps["string_to_sign"] = text
                return real_mac(text, key)

            with mock.patch.object(pop.Encoder, "hash", staticmethod(hash)), \
                    mock.patch.object(pop.Signer, "hmac_sha256sign_by_bytes", staticmethod(mac)):
                steps["signature"] = super().get_signature(*arguments)
            return steps["signature"]

    client = tea.Client(config(case))
    client._product_id = case["product"]
    client.set_gateway_client(Gateway())
    with mock.patch.object(tea.DaraCore, "do_action", staticmethod(catch)), \
            mock.patch.object(pop.OpenApiUtilClient, "get_timestamp", staticmethod(lambda: NOW)), \
            mock.patch.object(pop.UtilClient, "get_nonce", staticmethod(lambda: NONCE)), \
            mock.patch.object(Utils, "get_user_agent", staticmethod(lambda _: AGENT)):
        try:
            client.call_api(params(case), request(case), RuntimeOptions(autoretry=False))
        except Caught as caught:
            out = sent(caught.args[0])
    headers = out["headers"]
    out["content_sha256"] = headers["x-acs-content-sha256"]
    if steps:
        steps["authorization"] = headers["Authorization"]
        steps["signed_headers"] = steps["canonical_request"].split("\n")[-2]
    return {**out, **steps}


# ---- the log service -----------------------------------------------------------------------------
def log(case):
    steps = {}

    class Gateway(sls.Client):
        def get_signature(self, *arguments):
            real = sls.Signer.hmac_sha256sign

            def mac(text, secret):
                steps["string_to_sign"] = text
                return real(text, secret)

            with mock.patch.object(sls.Signer, "hmac_sha256sign", staticmethod(mac)):
                steps["signature"] = super().get_signature(*arguments)
            return steps["signature"]

    client = tea.Client(config({**case, "signature_version": "v1"}))
    client._product_id = case["product"]
    client.set_gateway_client(Gateway())
    with mock.patch.object(tea.DaraCore, "do_action", staticmethod(catch)), \
            mock.patch.object(sls.UtilClient, "get_date_utcstring", staticmethod(lambda: DATE)), \
            mock.patch.object(Utils, "get_user_agent", staticmethod(lambda _: AGENT)):
        try:
            client.execute(params(case), request(case), RuntimeOptions(autoretry=False))
        except Caught as caught:
            out = sent(caught.args[0])
    steps["authorization"] = out["headers"]["authorization"]
    out["content_md5"] = out["headers"]["content-md5"]
    return {**out, **steps}


ECS = {"product": "Ecs", "version": "2014-05-26", "style": "RPC", "path": "/", "action": "DescribeInstances", "method": "POST"}
CS = {"product": "CS", "version": "2015-12-15", "style": "ROA", "path": "/clusters/c%2F1/nodes", "action": "DescribeNodes", "method": "GET"}
SEARCH = {"product": "Searchplat", "version": "2024-05-29", "style": "ROA", "path": "/v3/openapi/workspaces/default/web-search/ops-1",
          "action": "GetWebSearch", "method": "POST", "host": "searchplat.aliyuncs.com"}
REGIONAL = {"host": "ecs.cn-beijing.aliyuncs.com", "region_id": "cn-beijing"}
ODD = {"Plain": "a-b_c.d~e", "Blank": "two words", "Marks": "a&b=c+d/e?f#g%25*'()!", "Text": "名字 é 😀", "Empty": "", "Number": 97, "Flag": True}
ACS4 = [
    ("rpc-plain", {**ECS, **REGIONAL}),
    ("rpc-get", {**ECS, **REGIONAL, "method": "GET", "query": {"PageSize": 10, "RegionId": "cn-beijing"}}),
    ("rpc-odd-query", {**ECS, **REGIONAL, "query": ODD}),
    ("rpc-lists", {**ECS, **REGIONAL, "query": {"Tag": [{"Key": "k", "Value": "v"}, {"Key": "b"}], "Id": ["x", "y"]}}),
    ("rpc-form", {**ECS, **REGIONAL, "body_params": {**ODD, "List": ["a", "b c"]}, "body_format": "form"}),
    ("rpc-json", {**ECS, **REGIONAL, "body_params": {"Name": "名字", "List": [1, 2]}, "body_format": "json"}),
    ("rpc-sts", {**ECS, **REGIONAL, "credential": STS}),
    ("rpc-region-of-the-host", {**ECS, "host": "ecs.cn-beijing.aliyuncs.com"}),
    ("rpc-region-of-the-host-with-port", {**ECS, "host": "ecs.cn-beijing.aliyuncs.com:8443"}),
    ("rpc-center", {**ECS, "host": "ram.aliyuncs.com", "product": "Ram", "version": "2015-05-01", "action": "ListUsers"}),
    ("rpc-center-other-host", {**ECS, "host": "service.example.com"}),
    ("rpc-two-labels", {**ECS, "host": "service.local"}),
    ("rpc-region-and-other-host", {**ECS, "host": "127.0.0.1:8080", "region_id": "eu-central-1"}),
    ("rpc-headers", {**ECS, **REGIONAL, "headers": {"x-acs-extra": "  padded  ", "x-other": "not signed"}}),
    ("roa-get", {**CS, **REGIONAL, "host": "cs.cn-beijing.aliyuncs.com"}),
    ("roa-query", {**CS, **REGIONAL, "host": "cs.cn-beijing.aliyuncs.com", "query": ODD}),
    ("roa-json", {**CS, **REGIONAL, "method": "POST", "body_params": {"name": "名字", "nested": {"a": [True, None, 1.5]}}, "body_format": "json"}),
    ("roa-byte", {**CS, **REGIONAL, "method": "PUT", "body": "raw text é", "body_format": "byte"}),
    ("roa-delete", {**CS, **REGIONAL, "method": "DELETE"}),
    ("roa-sts", {**CS, **REGIONAL, "credential": STS, "query": {"a": "b"}}),
    ("pop-search", {**SEARCH, "body_params": {"query": "云", "top_k": 5}, "body_format": "json"}),
    ("pop-region", {**SEARCH, "region_id": "cn-shanghai", "method": "GET", "query": {"task_id": "t 1"}}),
    ("rpc-bearer", {**ECS, **REGIONAL, "credential": BEARER}),
    ("roa-bearer", {**CS, **REGIONAL, "credential": BEARER}),
]

SLS = {"product": "Sls", "version": "2020-12-30", "style": "ROA", "host": "cn-hangzhou.log.aliyuncs.com"}
LOGS = {**SLS, "project": "my-project", "path": "/logstores/app/logs", "action": "GetLogs", "method": "POST"}
LOG = [
    ("list-projects", {**SLS, "path": "/", "action": "ListProject", "method": "GET"}),
    ("list-projects-query", {**SLS, "path": "/", "action": "ListProject", "method": "GET", "query": {"offset": 0, "size": 100}}),
    ("project", {**SLS, "project": "my-project", "path": "/", "action": "GetProject", "method": "GET"}),
    ("odd-query", {**LOGS, "method": "GET", "path": "/logstores", "query": ODD}),
    ("fixed-query", {**LOGS, "path": "/logstores/app/index?type=histogram", "method": "GET", "query": {"from": 1, "to": 2}}),
    ("json", {**LOGS, "body_params": {"query": "* | select 名字", "from": 1, "to": 2, "reverse": True}, "body_format": "json"}),
    ("form-is-json", {**LOGS, "body_params": {"a": "b c"}, "body_format": "form"}),
    ("empty-object", {**LOGS, "body_params": {}, "body_format": "json"}),
    ("delete", {**LOGS, "path": "/logstores/app", "action": "DeleteLogStore", "method": "DELETE"}),
    ("put-without-body", {**LOGS, "path": "/logstores/app/shipper/名字 1/tasks", "action": "Retry", "method": "PUT"}),
    ("sts", {**LOGS, "credential": STS, "body_params": {"query": "*"}, "body_format": "json"}),
    ("sts-get", {**LOGS, "credential": STS, "method": "GET", "path": "/configs", "query": {"offset": 1}}),
    ("headers", {**LOGS, "headers": {"x-log-extra": "value", "x-acs-extra": "other", "x-other": "not signed"}}),
    ("content-type", {**LOGS, "method": "GET", "path": "/materializedviews/v", "headers": {"content-type": "text/plain"}}),
]


def rows(kind):
    for number, (name, case) in enumerate(ACS4 if kind == "acs4" else LOG, 1):
        case = {"credential": KEYS, "timestamp": NOW, "nonce": NONCE, **case}
        scheme = "BEARER" if case["credential"] is BEARER else "HMAC_SHA256"
        scheme = f"{kind.upper()}_{scheme}"
        expected = (acs4 if kind == "acs4" else log)(case)
        yield {"id": f"ali-{kind}-{number:03}-{name}", "scheme": scheme, "flavor": "tea", "input": {"scheme": scheme, "flavor": "tea", **case},
               "expected": expected}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=["acs4", "log"])
    for row in rows(parser.parse_args().kind):
        print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
