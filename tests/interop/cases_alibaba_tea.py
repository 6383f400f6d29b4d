"""Requests of alibabacloud-tea-openapi (version 3 signatures, and version 2 of that generation), caught before they leave."""

from unittest import mock

from alibabacloud_tea_openapi import client as tea
from alibabacloud_tea_openapi import models
from alibabacloud_tea_openapi.utils import Utils
from darabonba.runtime import RuntimeOptions
from drawing import members, text

NOW, DATE, NONCE = "2026-03-01T08:09:05Z", "Sun, 01 Mar 2026 08:09:05 GMT", "ab" * 16
SCALARS = [text, text, lambda r: r.randrange(-5, 10**9), lambda r: r.choice([True, False]), lambda r: r.choice([1.5, 0.25, 1e20, 2.0]),
           lambda r: None]
SCHEMES = ["RPC_HMAC_SHA1", "ROA_HMAC_SHA1", "ACS3_HMAC_SHA256", "ACS3_HMAC_SM3", "ACS3_BEARER", "RPC_BEARER", "ROA_BEARER"]


class Caught(Exception):
    pass


def cases(random, count):
    for number in range(count):
        given = draw(random)
        caught = []

        def catch(request, *_, **__):
            caught.append(request)
            raise Caught

        with mock.patch.object(tea.DaraCore, "do_action", staticmethod(catch)), \
                mock.patch.object(Utils, "get_timestamp", staticmethod(lambda: NOW)), \
                mock.patch.object(Utils, "get_nonce", staticmethod(lambda: NONCE)), \
                mock.patch.object(Utils, "get_date_utcstring", staticmethod(lambda: DATE)), \
                mock.patch.object(Utils, "get_user_agent", staticmethod(lambda _: "vector-test/1")):
            try:
                send(given)
            except Exception:  # The package wraps what it catches.
                if not caught:
                    raise
        request = caught[0]
        body = request.body
        if body is not None and not isinstance(body, str):
            body = (body.read() if hasattr(body, "read") else body).decode()
        pairs = [[key, str(value)] for key, value in request.query.items() if value is not None]
        expected = {"headers": dict(request.headers), "body": body, "query_pairs": pairs, "path": request.pathname}
        yield {"id": f"tea-{number}", "scheme": given["scheme"], "flavor": "tea", "input": given, "expected": expected}


def draw(random):
    scheme = random.choice(SCHEMES)
    newer = scheme.startswith("ACS3")
    style = random.choice(["RPC", "ROA"]) if newer else scheme[:3]
    keys = random.choice([
        {"type": "access_key", "access_key_id": "id", "access_key_secret": "se cret"},
        {"type": "sts", "access_key_id": "STS.id", "access_key_secret": "sec", "security_token": "t+/="},
    ])
    if scheme.endswith("BEARER"):
        keys = {"type": "bearer", "bearer_token": "a.bearer.token"}
    method = random.choice(["GET", "POST"] if style == "RPC" else ["GET", "POST", "PUT", "DELETE"])
    given = {"scheme": scheme, "flavor": "tea", "style": style, "protocol": "https", "method": method, "host": "h.example.com",
             "path": "/" if style == "RPC" else random.choice(["/a", "/a/b%2Fc", "/x/y"]), "product": "Ecs", "region_id": "cn-x",
             "action": "Do", "version": "v1", "timestamp": NOW, "nonce": NONCE, "credential": keys}
    if random.random() < 0.7:
        given["query"] = members(random, SCALARS)
    if random.random() < 0.3:
        given["headers"] = {"x-acs-extra": "1,2"}
    if method in ("POST", "PUT"):
        older = ["form"] if style == "RPC" else ["json", "form"]
        form = random.choice(["json", "form", "byte", "stream", "none"] if newer else older)
        if form in ("json", "form"):
            given["body_params"], given["body_format"] = members(random, SCALARS), form
        elif form in ("byte", "stream"):
            given["body"], given["body_format"] = text(random), form
    return given


def send(given):
    """The case as a call of the package."""
    keys, scheme = given["credential"], given["scheme"]
    config = models.Config(endpoint=given["host"], region_id=given["region_id"], protocol="https",
                           access_key_id=keys.get("access_key_id"), access_key_secret=keys.get("access_key_secret"),
                           security_token=keys.get("security_token"), bearer_token=keys.get("bearer_token"))
    if not scheme.startswith("ACS3"):
        config.signature_algorithm = "v2"
    elif not scheme.endswith("BEARER"):
        config.signature_algorithm = scheme.replace("_", "-")
    form = given.get("body_format", "none" if given["method"] in ("POST", "PUT") and scheme.startswith("ACS3") else "json")
    body = given.get("body_params")
    if form == "byte":
        body = given["body"].encode()
    stream = given["body"].encode() if form == "stream" else None
    query = Utils.query(given["query"]) if "query" in given else None
    request = models.OpenApiRequest(query=query, body=body, headers=given.get("headers"), stream=stream)
    params = models.Params(action="Do", version="v1", protocol="HTTPS", pathname=given["path"], method=given["method"], auth_type="AK",
                           style=given["style"], req_body_type={"form": "formData"}.get(form, form), body_type="json")
    tea.Client(config).call_api(params, request, RuntimeOptions())
