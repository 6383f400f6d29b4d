"""Requests of tencentcloud-sdk-python and of the legacy qcloudapi-sdk-python, caught before they leave."""

import warnings
from unittest import mock
from urllib.parse import parse_qs, urlsplit

from drawing import members, text

SCALARS = [text, lambda r: r.randrange(-5, 10**12), lambda r: r.choice([True, False]), lambda r: r.choice([0.25, 1.5])]
ID, KEY = "AKIDinterop0001", "interop+Key/0001"


class Caught(Exception):
    pass


def api3(random, count):
    """API 3.0: TC3 and both HMACs, GET and POST, with and without a token and the payload's hash."""
    from tencentcloud.common import credential
    from tencentcloud.common.common_client import CommonClient
    from tencentcloud.common.profile.client_profile import ClientProfile
    from tencentcloud.common.profile.http_profile import HttpProfile

    warnings.filterwarnings("ignore")
    for number in range(count):
        scheme = random.choice(["TC3-HMAC-SHA256"] * 2 + ["HmacSHA1", "HmacSHA256"])
        tc3 = scheme.startswith("TC3")
        method = random.choice(["POST", "GET"])
        given = {
            "service": random.choice(["cvm", "cbs", "as"]), "version": "2017-03-12", "action": random.choice(["DescribeX", "runY"]),
            "region": random.choice(["", "ap-guangzhou"]), "timestamp": random.randrange(10**9, 2 * 10**9),
            "nonce": None if tc3 else random.randrange(1, 2**63), "secret_id": ID, "secret_key": KEY,
            "token": random.choice([None, "t+/=k"]), "language": random.choice(["zh-CN", "en-US"]),
            "unsigned_payload": tc3 and random.random() < 0.2, "method": method, "protocol": "https", "path": "/",
            "content_kind": "json" if tc3 and method == "POST" else "form", "params": members(random, SCALARS),
            "headers": {"X-TC-TraceId": "00000000-0000-4000-8000-000000000000"}, "binary_params": [], "boundary": None,
            "endpoint": None, "root_domain": None, "keep_alive": False,
        }
        given["host"] = given["service"] + ".tencentcloudapi.com"
        profile = ClientProfile(signMethod=scheme, language=given["language"], httpProfile=HttpProfile(reqMethod=method))
        profile.unsignedPayload = given["unsigned_payload"]
        keys = credential.Credential(ID, KEY, given["token"])
        client = CommonClient(given["service"], given["version"], keys, given["region"], profile)
        given["request_client"] = client.request_client
        caught = []

        def catch(request):
            caught.append(request)
            raise Caught

        client.request.send_request = catch
        with mock.patch("time.time", return_value=given["timestamp"] + 0.75), \
                mock.patch("random.randint", return_value=given["nonce"]):
            try:
                client.call(given["action"], dict(given["params"]), headers=dict(given["headers"]))
            except Caught:
                pass
        request = caught[0]
        data = request.data if isinstance(request.data, str) else request.data.decode()
        expected = {"method": method}
        if method == "POST":
            expected["body"] = {"utf8": data}
        else:
            expected["query"] = data
        if tc3:
            expected["authorization"] = request.header["Authorization"]
            expected["headers"] = dict(request.header)
        else:
            expected["signature"] = parse_qs(data)["Signature"][0]
        yield {"id": f"tencent-{number}", "api": "3.0", "scheme": scheme, "input": given, "expected": expected}


def api2(random, count):
    """API 2.0: both HMACs, GET and POST."""
    from QcloudApi.modules.cvm import Cvm

    for number in range(count):
        short = random.choice(["HmacSHA1", "HmacSHA256"])
        given = {
            "module": "cvm", "method": random.choice(["GET", "POST"]), "action": random.choice(["DescribeX", "runY"]),
            "region": random.choice(["", "gz"]), "timestamp": random.randrange(10**9, 2 * 10**9),
            "nonce": random.randrange(1, 2**63), "params": members(random, SCALARS), "request_client": Cvm.version,
            "signature_method": short, "secret_id": ID, "secret_key": KEY, "host": Cvm.requestHost, "path": Cvm.requestUri,
        }
        config = {"secretId": ID, "secretKey": KEY, "method": given["method"], "SignatureMethod": short}
        if given["region"]:
            config["Region"] = given["region"]
        if random.random() < 0.4:
            given["token"] = config["Token"] = "t+/=k"
        if random.random() < 0.4:
            given["version"] = config["Version"] = "2017-03-12"
        module, caught = Cvm(config), []

        def catch(request):
            caught.append(request)
            raise Caught

        module.apiRequest.send_request = catch
        with mock.patch("time.time", return_value=given["timestamp"] + 0.75), \
                mock.patch("random.randint", return_value=given["nonce"]):
            try:
                module.call(given["action"], given["params"])
            except Caught:
                pass
        data = caught[0].data
        url = f"https://{given['host']}{given['path']}"
        expected = {"signature": parse_qs(data)["Signature"][0]}
        if given["method"] == "GET":
            expected["url"] = f"{url}?{data}"
            assert urlsplit(expected["url"]).query == data
        else:
            expected["body"] = {"utf8": data}
        yield {"id": f"qcloud-{number}", "api": "2.0", "scheme": "legacy-" + short, "input": given, "expected": expected}
