#!/usr/bin/env python3
"""Write requests as the vendors' packages put them on the wire: rows for tests/vectors/wire_products.jsonl.

    pip install lz4 tencentcloud-sdk-python huaweicloudsdk<service>... alibabacloud_<product><yyyymmdd>...
    python3 wire_rows.py --data ../generator/data --seed 17 --rows 3 PRODUCT... > ../../tests/vectors/wire_products.jsonl

PRODUCT is CLOUD/PRODUCT/VERSION, such as huawei/dns/v2. For each, parameter trees are drawn at random from the description of ROWS
actions, the package builds and signs the call, and the request is caught before it leaves. A row has the form of tests/vectors/wire.jsonl.
Left out are actions with files, with a content type of their own, without a signature, and with two fields of one name.
"""
import argparse, datetime, importlib, inspect, json, os, random, re, sys, urllib.parse

import requests

from pack import decompress, descriptions, path as file_of
from check import base

TEXTS = ["vpc_main", "cn-north-4", "a,b", "plus+sign", "key=value", "@at", "img:ubuntu", "S5.LARGE8", "名字", "two words", "a&b", "50%", "x/y"]
TOKEN = "access-token"
PROJECT, DOMAIN = "0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"


class Caught(BaseException):
    """The request, on its way out. No handler of the packages stops it."""


def catch(_session, request, **_):
    raise Caught(request)


requests.Session.send = catch


class Odd(Exception):
    """An action that rows are not drawn from."""


def value(types, ty, rng, depth):
    if ty.startswith("[]"):
        return [value(types, ty[2:], rng, depth) for _ in range(rng.randint(1, 2))]
    if ty.startswith("{}"):
        return {f"k{n}": value(types, ty[2:], rng, depth) for n in range(1, 3)}
    if ty.startswith("#"):
        return tree(types, ty, rng, depth - 1)
    if ty in ("i64", "u64"):
        return rng.choice([0, 1, 97, 5417408466661829])
    if ty in ("f64", "number"):
        return rng.choice([0.5, 2.25, 97.125])
    if ty == "bool":
        return rng.random() < 0.5
    if ty in ("file", "binary"):
        raise Odd("a file")
    return rng.choice(TEXTS)


def label(rng):
    """A part of a host name."""
    return rng.choice(["my-project", "p1"])


def tree(types, ty, rng, depth):
    out, fields = {}, types.get(base(ty) or "", {}).get("fields")
    if fields is None:
        raise Odd("no structure")
    for f in fields:
        if f.get("key", f["name"]) != f["name"] or f.get("in") == "stream":
            raise Odd(f["name"])
        deep = "#" in f["type"] and depth <= 0
        if f.get("required") or f.get("in") in ("path", "host") or not f.get("disabled") and not deep and rng.random() < 0.4:
            if deep and f.get("required"):
                raise Odd("too deep")
            out[f["name"]] = label(rng) if f.get("in") == "host" else value(types, f["type"], rng, depth)
    return out


# ---- the packages --------------------------------------------------------------------------------
def tencent(doc, name, params, _kinds):
    package = f"tencentcloud.{doc['product']}.v{doc['version'].replace('-', '')}"
    models = importlib.import_module(package + ".models")
    client = importlib.import_module(f"{package}.{doc['product']}_client")
    client = next(c for n, c in vars(client).items() if n.endswith("Client") and n != "AbstractClient")
    from tencentcloud.common import credential
    request = getattr(models, name + "Request")()
    request.from_json_string(json.dumps(params))
    getattr(client(credential.Credential("id", "secret"), "ap-guangzhou"), name)(request)


def huawei_value(models, ty, given):
    if m := re.fullmatch(r"list\[(.*)\]", ty):
        return [huawei_value(models, m[1], one) for one in given]
    if m := re.fullmatch(r"dict\(str, (.*)\)", ty):
        return {key: huawei_value(models, m[1], one) for key, one in given.items()}
    cls = getattr(models, ty, None)
    if cls is None or not hasattr(cls, "openapi_types"):
        return given
    names = {wire: attribute for attribute, wire in cls.attribute_map.items()}
    return cls(**{names[wire]: huawei_value(models, cls.openapi_types[names[wire]], one) for wire, one in given.items()})


def huawei(doc, name, params, kinds):
    package = f"huaweicloudsdk{doc['product']}.{doc['version'].replace('.', '_')}"
    models = importlib.import_module(package)
    client = next(c for n, c in vars(models).items() if n.endswith("Client") and not n.endswith("AsyncClient"))
    from huaweicloudsdkcore.auth.credentials import BasicCredentials, GlobalCredentials
    keys = GlobalCredentials("ak", "sk", DOMAIN) if kinds == ["global"] else BasicCredentials("ak", "sk", PROJECT)
    if kinds == ["meeting"]:
        keys = importlib.import_module(package + ".meeting_credentials").MeetingCredentials("name", "password")
        keys._token, keys._last_token_date = TOKEN, datetime.datetime.now()
    request = huawei_value(models, name + "Request", params)
    client = client.new_builder().with_credentials(keys).with_endpoint("https://service.example.com").build()
    methods = {n.replace("_", ""): n for n in dir(client)}
    getattr(client, methods[name.lower()])(request)


def alibaba(doc, name, params, _kinds):
    package = f"alibabacloud_{doc['product'].replace('-', '_')}{doc['version'].replace('-', '')}"
    models = importlib.import_module(package + ".models")
    client = importlib.import_module(package + ".client").Client
    from alibabacloud_tea_openapi import models as config
    from alibabacloud_tea_util import models as util
    client = client(config.Config(access_key_id="id", access_key_secret="secret", region_id="cn-hangzhou", endpoint="service.example.com"))
    methods = {n.replace("_", ""): n for n in dir(client)}
    method = getattr(client, methods[name.lower() + "withoptions"])
    listed = doc["types"].get(base(doc["actions"][name]["in"]) or "", {}).get("fields", [])
    fields = {f["name"].replace("_", "").replace("-", "").lower(): f for f in listed}
    if len(fields) < len(listed):
        raise Odd("two arguments of one name")
    if any(f.get("in") in ("header", "whole") for f in fields.values()):
        raise Odd("a header or a whole body")
    arguments = []
    for argument in inspect.signature(method).parameters:
        if argument in ("request", "tmp_req"):
            arguments.append(getattr(models, name + "Request")().from_map({k: v for k, v in params.items()}))
        elif argument == "headers":
            arguments.append({})
        elif argument == "runtime":
            try:
                from darabonba.runtime import RuntimeOptions
                arguments.append(RuntimeOptions(autoretry=False))
            except ImportError:
                arguments.append(util.RuntimeOptions(autoretry=False))
        else:
            arguments.append(params[fields[argument.replace("_", "")]["name"]])
    method(*arguments)


CLOUDS = {"tencent": tencent, "huawei": huawei, "alibaba": alibaba}


def given(sent, params):
    """A body without the empty lists that newer packages of Alibaba Cloud make of absent members."""
    if isinstance(sent, dict) and isinstance(params, dict):
        return {key: given(one, params.get(key)) for key, one in sent.items() if one != [] or key in params}
    if isinstance(sent, list) and isinstance(params, list) and len(sent) == len(params):
        return [given(one, other) for one, other in zip(sent, params)]
    return sent


# ---- the row -------------------------------------------------------------------------------------
def expected(doc, name, params, request):
    url = urllib.parse.urlsplit(request.url)
    kept = {"tencent": ["X-TC-Action", "X-TC-Version", "Content-Type"], "huawei": ["Content-Type", "X-Access-Token"],
            "alibaba": ["x-acs-version", "x-acs-action", "content-type"]}[doc["cloud"]]
    if doc["gateway"] == "sls":
        kept = ["x-log-apiversion", "x-log-signaturemethod", "content-type"]
    fields = doc["types"].get(base(doc["actions"][name]["in"]) or "", {}).get("fields", [])
    kept = kept + [f["name"] for f in fields if f.get("in") == "header"]
    text = lambda raw: raw.decode() if isinstance(raw, bytes) else raw
    headers = {key: text(request.headers[key]) for key in kept if key in request.headers}
    body, kind = text(request.body or ""), text(request.headers.get("Content-Type") or "")
    if not body:
        body = None
    elif "x-www-form-urlencoded" in kind:
        body = {"form": [list(pair) for pair in urllib.parse.parse_qsl(body, keep_blank_values=True)]}
    else:
        body = {"json": json.loads(body)}
        if doc["cloud"] == "alibaba" and not any(f.get("in") == "whole" for f in fields):
            body["json"] = given(body["json"], params)
    # Newer packages of Alibaba Cloud turn a list that is absent from the tree into an empty one.
    absent = lambda pair: doc["cloud"] == "alibaba" and pair[1] == "[]" and pair[0] not in params
    query = [list(pair) for pair in urllib.parse.parse_qsl(url.query, keep_blank_values=True) if not absent(pair)]
    path = url.path
    if doc["gateway"]:  # their packages put values into the path as they are
        if any(f.get("in") == "path" and set(params[f["name"]]) & set("/%") for f in fields):
            raise Odd("a value that is several segments")
        path = "/".join(urllib.parse.quote(urllib.parse.unquote(part), safe="") for part in path.split("/"))
    host = {"project": url.netloc.removesuffix(".service.example.com")} if any(f.get("in") == "host" for f in fields) else {}
    return host | {"method": request.method, "path": path, "query": query, "headers": headers, "body": body}


def row(doc, name, kinds, rng, case):
    action = doc["actions"][name]
    facts = ("content", "anonymous", "schemes", "sse", "maybe_sse")
    if action.get("status") or any(key in action for key in facts):
        raise Odd("facts")
    params = tree(doc["types"], action["in"], rng, 3 if case else 1) if action["in"] else {}
    try:
        CLOUDS[doc["cloud"]](doc, name, params, kinds)
    except Caught as caught:
        head = {"cloud": doc["cloud"], "product": doc["product"], "version": doc["version"], "action": name, "case": case}
        if doc["cloud"] == "huawei":
            scope = {"type": "global", "domain_id": DOMAIN} if kinds == ["global"] else {"type": "basic", "project_id": PROJECT}
            head["credential"] = {"type": "token", "token": TOKEN} if kinds == ["meeting"] else scope
        return head | {"params": params, "expected": expected(doc, name, params, caught.args[0])}
    raise Odd("nothing was sent")


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--data", required=True)
    ap.add_argument("--seed", type=int, default=17)
    ap.add_argument("--rows", type=int, default=3)
    ap.add_argument("products", nargs="+")
    a = ap.parse_args()
    rng, products = random.Random(a.seed), 0
    for doc in descriptions(a.data):
        if f"{doc['cloud']}/{doc['product']}/{doc['version']}" not in a.products:
            continue
        with open(file_of(a.data, doc), "rb") as file:
            parts = decompress(file.read()).split("\n\n")
        facts = parts[2].split("\n")[0].split("\t") if len(parts) > 2 else ["", ""]
        kinds = facts[1].split(" ") if facts[1] else []
        doc["gateway"] = facts[2] if len(facts) > 2 else None
        names, made = list(doc["actions"]), 0
        rng.shuffle(names)
        for name in names:
            if made == a.rows:
                break
            try:
                found = row(doc, name, kinds, rng, made)
            except Odd:
                continue
            except Exception as error:
                print(f"{doc['cloud']} {doc['product']} {name}: {type(error).__name__}: {error}", file=sys.stderr)
                continue
            print(json.dumps(found, ensure_ascii=False, separators=(",", ":")))
            made += 1
        products += made > 0
    print(f"{products} products", file=sys.stderr)


if __name__ == "__main__":
    main()
