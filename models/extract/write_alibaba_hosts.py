#!/usr/bin/env python3
"""Write the runtime's table of Alibaba Cloud's hosts from the descriptions of the newest packages.

    python3 write_alibaba_hosts.py --descriptions out/alibaba > ../../sdk/src/provider/alibaba/endpoint/hosts.tsv

The folder holds one description per product-version (`extract_alibaba.py`), as .json or .json.zst (needs `zstandard`).

The first line of the table lists the regions. Each other line has a product code, or `code@version` where a version differs
from the one that stands for the product; the rule (`r`: a host in each region, `c`: one host for all regions); and the hosts
that do not follow the rule, as `host=regions`. A host without a dot at its end stands for `host.aliyuncs.com`, `*` for the region; the
regions are a hexadecimal set of bits over the first line. Lines are sorted by bytes. The newest version whose package states a
rule stands for the product. A package without a rule calls one host for all regions.
"""
import argparse, collections, glob, json, os, sys

SUFFIX = ".aliyuncs.com"


def load(path):
    if path.endswith(".zst"):
        import zstandard
        with open(path, "rb") as f:
            return json.loads(zstandard.ZstdDecompressor().stream_reader(f).read())
    with open(path, encoding="utf-8") as f:
        return json.load(f)


def row(code, endpoints, order):
    """The rule and the hosts that do not follow it."""
    central = endpoints.get("rule") != "regional"
    groups = collections.defaultdict(int)
    for region, host in endpoints.get("regions", {}).items():
        host = host.strip().lower()
        if host == (code if central else f"{code}.{region}") + SUFFIX:
            continue
        short = host.replace(region, "*")
        short = short[: -len(SUFFIX)] if short.endswith(SUFFIX) else short + "."
        groups[short] |= 1 << order[region.lower()]
    hosts = ";".join(f"{host}={bits:x}" for host, bits in sorted(groups.items()))
    return ("c" if central else "r") + "\t" + hosts


def main():
    ap = argparse.ArgumentParser(description="Write the runtime's table of Alibaba Cloud's hosts.")
    ap.add_argument("--descriptions", required=True, help="folder of descriptions")
    a = ap.parse_args()
    versions = collections.defaultdict(list)
    for path in sorted(glob.glob(os.path.join(a.descriptions, "*.json*"))):
        d = load(path)
        if d.get("cloud") == "alibaba" and "endpoints" in d:
            versions[d.get("service", d["product"]).lower()].append((d["version"], d["endpoints"]))
    if not versions:
        sys.exit("no descriptions of Alibaba Cloud in " + a.descriptions)
    regions = sorted({region.lower() for group in versions.values() for _, e in group for region in e.get("regions", {})})
    if len(regions) > 128:
        sys.exit("more than 128 regions: the sets of the runtime are too small")
    order = {region: at for at, region in enumerate(regions)}
    lines = []
    for code, group in versions.items():
        group.sort(key=lambda one: (bool(one[1].get("rule")), one[0]))
        main_row = row(code, group[-1][1], order)
        lines.append(f"{code}\t{main_row}")
        for version, endpoints in group[:-1]:
            own = row(code, endpoints, order)
            if own != main_row:
                lines.append(f"{code}@{version}\t{own}")
    lines.sort(key=lambda line: line.split("\t")[0].encode())
    print(" ".join(regions))
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
