"""Requests of aliyun-python-sdk-core (RPC and ROA, version 2 signatures), caught before they leave."""

from unittest import mock

from aliyunsdkcore.auth.credentials import AccessKeyCredential, StsTokenCredential
from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.http.http_response import HttpResponse
from aliyunsdkcore.request import CommonRequest, RoaRequest, RpcRequest
from aliyunsdkcore.utils import parameter_helper
from drawing import name, text

NOW, DATE, NONCE = "2026-03-01T08:09:05Z", "Sun, 01 Mar 2026 08:09:05 GMT", "ab" * 16
HOST = "h.example.com"


class Caught(Exception):
    pass


def flat(random):
    return {name(random): text(random) for _ in range(random.randrange(5))}


def cases(random, count):
    for number in range(count):
        given, request, client = draw(random)
        caught = []

        def catch(response):
            caught.append(response)
            raise Caught

        with mock.patch.object(HttpResponse, "get_response_object", catch), \
                mock.patch.object(parameter_helper, "get_uuid", lambda: NONCE), \
                mock.patch.object(parameter_helper, "get_iso_8061_date", lambda: NOW), \
                mock.patch.object(parameter_helper, "get_rfc_2616_date", lambda: DATE):
            try:
                client.do_action(request)
            except Caught:
                pass
        sent = caught[0]
        headers = {key: value for key, value in sent.get_headers().items() if key != "User-Agent"}
        body = sent.get_content()
        inner = request.request if isinstance(request, CommonRequest) else request
        expected = {"headers": headers, "string_to_sign": inner.string_to_sign, "url": sent.get_url()}
        if "body" not in given:
            expected["body"] = body.decode() if isinstance(body, bytes) else body
        yield {"id": f"core-{number}", "scheme": given["scheme"], "flavor": "core", "input": given, "expected": expected}


def draw(random):
    """The parameters of a case, and the same as a request of the package."""
    style, common = random.choice(["RPC", "ROA"]), random.choice([True, False])
    keys = {"type": "access_key", "access_key_id": "id", "access_key_secret": "se cret"}
    credential = AccessKeyCredential("id", "se cret")
    if random.random() < 0.5:
        keys = {"type": "sts", "access_key_id": "STS.id", "access_key_secret": "sec", "security_token": "t+/="}
        credential = StsTokenCredential("STS.id", "sec", "t+/=")
    method = random.choice(["GET", "POST"] if style == "RPC" else ["GET", "POST", "PUT", "DELETE"])
    given = {"scheme": style + "_HMAC_SHA1", "flavor": "core", "style": style, "protocol": "https", "method": method, "host": HOST,
             "path": "/", "product": "Ecs", "region_id": "cn-x", "action": "Do", "version": "v1", "timestamp": NOW, "nonce": NONCE,
             "credential": keys, "request_class": "common" if common else "plain", "format": random.choice(["JSON", "XML"])}
    pattern = random.choice(["/a", "/a/[Id]/b", "/a/[Id]?x"])
    if common:
        request = CommonRequest(domain=HOST, version="v1", action_name="Do", product="Ecs")
    else:
        request = (RpcRequest if style == "RPC" else RoaRequest)("Ecs", "v1", "Do")
    if style == "ROA":
        given["path"] = pattern
        request.set_uri_pattern(pattern)
        if "[Id]" in pattern:
            given["path_params"] = {"Id": "c1"}
            request.set_path_params({"Id": "c1"})
    request.endpoint = HOST
    request.set_method(method)
    request.set_protocol_type("https")
    request.set_accept_format(given["format"])
    query = flat(random)
    if random.random() < 0.2:
        query["RegionId"] = "cn-y"
    if query:
        given["query"] = query
        request.set_query_params(dict(query))
    headers = {"x-acs-Extra": "z"} if random.random() < 0.3 else {}
    if method in ("POST", "PUT"):
        kind = random.choice(["json", "form", "text", "none"])
        params = flat(random)
        if kind == "json":
            headers["Content-Type"] = "application/json"
        if kind in ("json", "form") and params:
            given["body_params"] = params
            request.set_body_params(dict(params))
        if kind == "text":
            given["body"] = text(random)
            request.set_content(given["body"])
    if headers:
        given["headers"] = headers
        for key, value in headers.items():
            request.add_header(key, value)
    return given, request, AcsClient(region_id="cn-x", credential=credential)
