#!/usr/bin/env python3
"""Writes which error codes the vendors list for their products and actions, beside the packed descriptions.

    pip install lz4
    python3 error_codes.py --out ../generator [--tencent GO] [--alibaba META] [--sample N]

GO is a checkout of TencentCloud/tencentcloud-sdk-go: `errors.go` of a product-version has the codes as constants, and the comment of each
method in `client.go` names those of the action. META is a folder with the metadata of Alibaba Cloud's OpenAPI Explorer, a file
`<product>/<version>/api-docs.json` for each product-version, whose actions have `errorCodes`. The packages of Huawei Cloud and
Volcengine list none. Only the codes are read, not what the vendor says of them.

Written are OUT/data/<cloud>/<product>-<version>.errors.lz4 for each product-version of the catalogue with codes, packed as `pack.py`
packs descriptions, and OUT/src/files.rs anew. A file has the codes in byte order, one a line, an empty line, and a line for each action
that lists some, in byte order: its name, a tab, and the numbers of its lines, counted from 0; `3-7` stands for a run.

What is no code on the wire is left out: a template such as `Invalid%s`, and what has other characters than letters, digits and `._-/:`.
Product-versions and actions that the catalogue does not have are left out, too. All are counted.

--sample N prints N random pairs of an action and a code, for a check by hand. Exit code 1 if a folder holds no codes.
"""
import argparse, collections, glob, json, os, random, re, sys

import pack

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._\-/:]*")


def tencent(root):
    """Yields (product, version, codes of the product, codes by action)."""
    for path in sorted(glob.glob(os.path.join(root, "tencentcloud", "*", "v*", "errors.go"))):
        folder = os.path.dirname(path)
        product, version = folder.split(os.sep)[-2:]
        version = re.sub(r"^v(\d{4})(\d\d)(\d\d)$", r"\1-\2-\3", version)
        with open(path, encoding="utf-8") as file:
            codes = re.findall(r'(?m)^\s*[A-Z0-9_]+ = "([^"]*)"$', file.read())
        with open(os.path.join(folder, "client.go"), encoding="utf-8") as file:
            client = file.read()
        actions = {}
        for comment, action in re.findall(r"((?://[^\n]*\n)+)func \(c \*Client\) (\w+)WithContext\(", client):
            listed = re.search(r'// 可能返回的错误码:\n((?://  \w+ = "[^"]*"\n)+)', comment)
            actions[action] = re.findall(r'= "([^"]*)"', listed[1]) if listed else []
        yield product, version, codes, actions


def alibaba(root):
    for path in sorted(glob.glob(os.path.join(root, "*", "*", "api-docs.json"))):
        product, version = path.split(os.sep)[-3:-1]
        with open(path, encoding="utf-8") as file:
            apis = json.load(file)["apis"]
        actions = {}
        for action, api in apis.items():
            # A product without codes has an empty list in place of the table by status.
            by_status = api.get("errorCodes") or {}
            actions[action] = [one["errorCode"].strip() for listed in by_status.values() for one in listed]
        yield product, version, [], actions


def runs(numbers):
    """`0 3-7`"""
    out, numbers = [], sorted(numbers)
    for number in numbers:
        if out and out[-1][1] + 1 == number:
            out[-1][1] = number
        else:
            out.append([number, number])
    return " ".join(str(first) if first == last else f"{first}-{last}" for first, last in out)


def records(codes, actions):
    codes = sorted(codes, key=str.encode)
    place = {code: at for at, code in enumerate(codes)}
    lines = [f"{action}\t{runs(place[code] for code in listed)}" for action, listed in sorted(actions.items()) if listed]
    return "\n".join(codes + [""] + lines).encode()


READERS = dict(tencent=tencent, alibaba=alibaba)


def main():
    ap = argparse.ArgumentParser()
    for cloud in READERS:
        ap.add_argument("--" + cloud)
    ap.add_argument("--out", required=True)
    ap.add_argument("--sample", type=int, default=0)
    a = ap.parse_args()
    data = os.path.join(a.out, "data")
    known = {(doc["cloud"], doc["product"], doc["version"]): doc for doc in pack.descriptions(data)}
    sample = []
    for cloud, read in READERS.items():
        root = getattr(a, cloud)
        if not root:
            continue
        for path in glob.glob(os.path.join(data, cloud, "*.errors.lz4")):
            os.remove(path)
        counts, odd = collections.Counter(), set()
        for product, version, codes, actions in read(root):
            doc = known.get((cloud, product, version))
            if not doc:
                counts["product-versions that the catalogue does not have"] += 1
                continue
            counts["actions that the catalogue does not have"] += len(set(actions) - set(doc["actions"]))
            actions = {name: set(listed) for name, listed in actions.items() if name in doc["actions"]}
            # The codes of an action that is gone are of the product no longer, unless the vendor lists them for it.
            every = set(codes).union(*actions.values())
            odd |= {code for code in every if not CODE.fullmatch(code)}
            every -= odd
            actions = {name: listed - odd for name, listed in actions.items()}
            if not every:
                continue
            counts["product-versions"] += 1
            counts["codes"] += len(every)
            counts["actions with codes"] += sum(map(bool, actions.values()))
            counts["pairs of action and code"] += sum(map(len, actions.values()))
            sample += [f"{cloud} {product} {version} {name}: {code}" for name in sorted(actions) for code in sorted(actions[name])]
            with open(os.path.join(data, cloud, f"{product}-{version}.errors.lz4"), "wb") as file:
                file.write(pack.compress(records(every, actions)))
        if not counts["codes"]:
            print(f"{root}: no error codes", file=sys.stderr)
            return 1
        for what, count in sorted(counts.items()):
            print(f"{cloud}: {count} {what}")
        print(f"{cloud}: {len(odd)} left out: {' '.join(map(repr, sorted(odd)))}")
    pack.write_files(a.out)
    for row in sorted(random.Random(20261130).sample(sample, a.sample)):
        print(row)
    return 0


if __name__ == "__main__":
    sys.exit(main())
