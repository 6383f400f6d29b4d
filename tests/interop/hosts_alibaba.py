#!/usr/bin/env python3
"""Write the hosts that the vendor's newer packages choose: one line a package, for `tests/vectors/alibaba_hosts.jsonl`.

    pip install alibabacloud-ecs20140526 alibabacloud-rds20140815 ...
    python3 hosts_alibaba.py > ../vectors/alibaba_hosts.jsonl

Each installed package's own client is built for every region, and once without a region. Nothing is sent.
"""
import importlib, json, pkgutil, re

from alibabacloud_tea_openapi import utils_models

REGIONS = """cn-hangzhou cn-beijing cn-shanghai cn-shenzhen cn-hongkong cn-huhehaote cn-wulanchabu cn-hangzhou-finance cn-edge-1
ap-southeast-1 ap-southeast-3 ap-southeast-7 ap-northeast-1 us-west-1 us-east-1 eu-central-1 me-east-1 na-nowhere-1""".split()


def host(client, region):
    try:
        config = utils_models.Config(access_key_id="id", access_key_secret="secret", region_id=region)
        return client(config)._endpoint
    except Exception as error:
        assert "RegionId" in str(error), error
        return None


def main():
    for name in sorted(module.name for module in pkgutil.iter_modules()):
        if not re.fullmatch(r"alibabacloud_.*\d{8}", name):
            continue
        module = importlib.import_module(name + ".client")
        with open(module.__file__, encoding="utf-8") as source:
            product = re.search(r"get_endpoint\('([^']+)'", source.read()).group(1)
        version = "-".join(re.search(r"(\d{4})(\d\d)(\d\d)$", name).groups())
        hosts = {region: host(module.Client, region) for region in REGIONS}
        row = {"package": name, "product": product, "version": version, "hosts": hosts,
               "without_region": host(module.Client, None)}
        print(json.dumps(row))


main()
