"""Requests of volcengine-python-sdk's client, caught before they leave, and presigned queries of its signer."""

import datetime
import itertools
from unittest import mock
from urllib.parse import parse_qsl, urlsplit

from drawing import members, text

SCALARS = [text, lambda r: r.randrange(-5, 10**12), lambda r: r.choice([True, False]), lambda r: r.choice([0.25, 1.5, 2.0, 1e-7])]
KINDS = {"text": "text/plain", "json": "application/json", "form": "application/x-www-form-urlencoded"}
ID, KEY = "AKLTinterop0001", "aW50ZXJvcC1zZWNyZXQ="


class Caught(Exception):
    pass


def flat(value, in_list=False):
    """Without lists in lists, of which the package sends Python's text."""
    if isinstance(value, dict):
        return {name: flat(item) for name, item in value.items()}
    if isinstance(value, list):
        return "" if in_list else [flat(item, True) for item in value]
    return value


def frozen(time):
    class Frozen(datetime.datetime):
        @classmethod
        def utcnow(cls):
            return time

    return mock.patch("volcenginesdkcore.signv4.datetime", mock.Mock(datetime=Frozen))


def cases(random, count):
    for number in range(count):
        time = datetime.datetime(2024, 1, 1) + datetime.timedelta(seconds=random.randrange(10**8))
        given = {"service": random.choice(["ecs", "rds_mysql", "iam", "ark"]), "region": random.choice(["cn-beijing", "ap-southeast-3"]),
                 "timestamp": time.strftime("%Y%m%dT%H%M%SZ"),
                 "credential": {"access_key_id": ID, "secret_access_key": KEY}}
        if random.random() < 0.5:
            given["credential"]["session_token"] = "STS+/=" + str(number)
        with frozen(time):
            draw = presign if random.random() < 0.2 else call
            yield {"id": f"volcengine-{number}", **draw(random, given)}


def call(random, given):
    import volcenginesdkcore
    from urllib3.connectionpool import HTTPConnectionPool

    content = random.choice(list(KINDS))
    method = "GET" if content == "text" else "POST"
    params = members(random, SCALARS)
    given |= {"protocol": "https", "method": method, "content": content, "version": "2020-04-01", "action": "DescribeX",
              "params": params if content == "json" else flat(params)}
    if random.random() < 0.2:
        given["endpoint"] = random.choice(["example.com", "http://127.0.0.1:8701", "https://gateway.example.com:8443"])
    configuration = volcenginesdkcore.Configuration()
    configuration.ak, configuration.sk, configuration.region = ID, KEY, given["region"]
    configuration.session_token = given["credential"].get("session_token")
    configuration.auto_retry = False
    if "endpoint" in given:
        configuration.host = given["endpoint"]
    caught = []

    def catch(pool, method, url, body=None, headers=None, **_):
        caught.append((f"{pool.scheme}://{headers['Host']}{url}", body, dict(headers)))
        raise Caught

    info = volcenginesdkcore.UniversalInfo(method, given["service"], given["version"], given["action"], KINDS[content])
    with mock.patch.object(HTTPConnectionPool, "urlopen", catch):
        try:
            volcenginesdkcore.UniversalApi(volcenginesdkcore.ApiClient(configuration)).do_call(info, dict(given["params"]))
        except Caught:
            pass
    url, body, headers = caught[0]
    given["invocation_id"] = headers["X-Sdk-Invocation-Id"]
    given["attempt"], most = (int(part.split("=")[1]) for part in headers["X-Sdk-Request"].split("; "))
    given["max_retries"] = most - 1
    parts = urlsplit(url)
    body = body.decode() if isinstance(body, bytes) else body
    authorization = headers["Authorization"]
    headers = {name: value for name, value in headers.items() if name not in ("User-Agent", "Accept")}
    expected = {"authorization": authorization, "signature": authorization.rsplit("=", 1)[1], "headers": headers, "method": method,
                "host": headers["Host"], "path": parts.path, "query_pairs": [list(pair) for pair in parse_qsl(parts.query, True)],
                "body": body or None}
    return {"scheme": "HMAC-SHA256", "flavor": "sdk", "input": given, "expected": expected}


def presign(random, given):
    from volcenginesdkcore.signv4 import SignerV4

    query = {"Action": "DescribeX", "Version": "2020-04-01", "X-Expires": "900"}
    query |= {name: str(value) for name, value in itertools.islice(members(random, [text]).items(), 3) if isinstance(value, str)}
    host = random.choice([None, "open.volcengineapi.com", "example.com:8443"])
    given |= {"method": "GET", "path": "/", "query": [list(pair) for pair in query.items()]}
    if host:
        given["host"] = host
    signed = SignerV4.sign_url("/", "GET", query, ID, KEY, given["region"], given["service"], given["credential"].get("session_token"), host)
    pairs = [list(pair) for pair in parse_qsl(signed, True)]
    expected = {"query_pairs": pairs, "signature": dict(map(tuple, pairs))["X-Signature"]}
    return {"scheme": "HMAC-SHA256-QUERY", "flavor": "presign", "input": given, "expected": expected}
