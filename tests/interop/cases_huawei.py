"""Requests signed by huaweicloudsdkcore."""

import copy

from drawing import text
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.sdk_request import SdkRequest
from huaweicloudsdkcore.signer.signer import DerivationAKSKSigner, Signer, SM3Signer

SIGNERS = {"SDK-HMAC-SHA256": Signer, "SDK-HMAC-SM3": SM3Signer, "V11-HMAC-SHA256": DerivationAKSKSigner}
AK, SK = "INTEROPAK00000000001", "interopSk+/0123456789abcdefghijklmnop"


def cases(random, count):
    for number in range(count):
        scheme = random.choice(list(SIGNERS))
        method = random.choice(["GET", "POST", "PUT", "DELETE"])
        path = "/v1/" + "/".join(random.choice(["vpcs", "a%20b", "x-y_z.~", "%E4%B8%AD"]) for _ in range(random.randrange(1, 4)))
        query = []
        for index in range(random.randrange(4)):
            value = random.choice([text(random), random.randrange(10**9), True, [text(random), text(random)]])
            query.append([f"{random.choice('abcz')}{index}", value])
        headers = [["X-Sdk-Date", "20240229T081530Z"]]
        kind = random.choice([None, "application/json", "application/json;charset=UTF-8", "application/octet-stream"])
        if kind:
            headers.append(["Content-Type", kind])
        if random.random() < 0.5:
            headers.append(["X-Project-Id", "0123456789abcdef0123456789abcdef"])
        if random.random() < 0.3:
            headers.append(["X-Extra", "a  b " + random.choice("xyz")])
        body = text(random, 20) if method in ("POST", "PUT") else None
        given = {"method": method, "host": "vpc.cn-north-4.myhuaweicloud.com", "path": path, "query": query, "headers": headers,
                 "credential": {"type": "basic", "ak": AK, "sk": SK}, "sdk_date": "20240229T081530Z"}
        if body is not None:
            given["body_utf8"] = body
        request = SdkRequest(method=method, schema="https", host=given["host"], resource_path=path,
                             query_params=[tuple(pair) for pair in copy.deepcopy(query)],
                             header_params={name: value for name, value in headers}, body=body if body is not None else "")
        arguments = []
        if scheme.startswith("V11"):
            given["derived"] = {"service": "iotda", "region": "cn-north-4"}
            arguments = ["iotda", "cn-north-4"]
        signed = SIGNERS[scheme](BasicCredentials(AK, SK, "p")).sign(request, *arguments)
        expected = {"uri": signed.uri, "authorization": signed.header_params["Authorization"],
                    "signature": signed.header_params["Authorization"].rsplit("=", 1)[1]}
        yield {"id": f"huawei-{number}", "scheme": scheme, "input": given, "expected": expected}
