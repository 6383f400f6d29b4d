"""The vendors' packages as contenders: the same calls, the same figures as one line of JSON."""

import json
import sys
import threading
import time
import warnings

warnings.filterwarnings("ignore")
ID, SECRET = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3example", "Gu5t9xGARNpq86cd98joQYCN3example"


def tencent(address, limit):
    from tencentcloud.common import credential
    from tencentcloud.common.profile.client_profile import ClientProfile
    from tencentcloud.common.profile.http_profile import HttpProfile
    from tencentcloud.cvm.v20170312 import cvm_client, models

    profile = ClientProfile(httpProfile=HttpProfile(protocol="http", endpoint=address, keepAlive=True))
    client = cvm_client.CvmClient(credential.Credential(ID, SECRET), "ap-guangzhou", profile)

    def call():
        request = models.DescribeInstancesRequest()
        request.Limit = limit
        assert client.DescribeInstances(request).TotalCount

    return call


def huawei(address, _):
    from huaweicloudsdkcore.auth.credentials import BasicCredentials
    from huaweicloudsdkvpc import v2

    builder = v2.VpcClient.new_builder().with_credentials(BasicCredentials(ID, SECRET, "project"))
    client = builder.with_endpoints(["http://" + address]).build()

    def call():
        assert client.list_vpcs(v2.ListVpcsRequest(limit=1)).vpcs

    return call


def alibaba(address, _):
    from aliyunsdkcore.auth.credentials import AccessKeyCredential
    from aliyunsdkcore.client import AcsClient
    from aliyunsdkcore.request import CommonRequest

    client = AcsClient(region_id="cn-hangzhou", credential=AccessKeyCredential(ID, SECRET))

    def call():
        request = CommonRequest(domain=address, version="2014-05-26", action_name="DescribeRegions", product="Ecs")
        request.set_protocol_type("http")
        assert json.loads(client.do_action_with_exception(request))["Regions"]

    return call


CLIENTS = {
    "tencentcloud-sdk-python": tencent,
    "huaweicloud-sdk-python-v3": huawei,
    "aliyun-openapi-python-sdk": alibaba,
}


def memory(name):
    with open("/proc/self/status") as status:
        return next((float(line.split()[1]) for line in status if line.startswith(name + ":")), 0.0)


def work(client, count, times):
    for _ in range(count):
        start = time.perf_counter()
        client()
        times.append((time.perf_counter() - start) * 1e6)


def calls(client, in_flight, count):
    times = []
    shares = [count // in_flight + (number < count % in_flight) for number in range(in_flight)]
    threads = [threading.Thread(target=work, args=(client, share, times)) for share in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(times) == count, "a call failed"
    return sorted(times)


def main():
    _, name, url, answer, in_flight, count, _ = sys.argv[1:]
    in_flight, count = int(in_flight), int(count)
    client = CLIENTS[name](url.removeprefix("http://"), 100 if answer == "large" else 1)
    calls(client, in_flight, max(count // 4, in_flight))
    idle, start = memory("VmRSS"), time.process_time()
    times = calls(client, in_flight, count)
    cpu = (time.process_time() - start) * 1e6 / count
    print(json.dumps({
        "cpu": cpu, "p50": times[len(times) // 2], "p99": times[int(len(times) * 0.99)], "allocations": 0,
        "peak": memory("VmHWM"), "idle": idle, "connections": 0,
    }))


main()
