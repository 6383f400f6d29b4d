"""The data cases of tests/credentials for real: the vendors' packages and our providers, with the same environment, the same
files and the same server, must take the same credential by equal requests."""

import argparse
import importlib
import itertools
import json
import logging
import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
import warnings

import time_machine

import stage
from modes_table import DIFFERENCES, ROWS

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = os.path.join(HERE, "..", "credentials")
PAGE = os.path.join(HERE, "..", "..", "docs", "interop.md")
CLOUDS = ("tencent", "huawei", "alibaba", "volcengine")
# What a client adds to sign, and headers that other clients write as parameters.
SIGNED = {"AccessKeyId", "Format", "Signature", "SignatureMethod", "SignatureNonce", "SignatureType", "SignatureVersion",
          "Timestamp"}
# Each client makes up these.
RANDOM = {"RoleSessionName", "TraceId", "agency_session_name", "nonce"}
HEADERS = {"x-acs-action": "Action", "x-acs-version": "Version", "x-tc-action": "Action", "x-tc-version": "Version",
           "x-tc-region": "Region",
           "x-acs-security-token": "SecurityToken"}


def request(came):
    """What two clients have in common that send the same request. Alibaba Cloud's RPC calls have any method. A member that is
    null says no more than one that is absent."""
    parameters = {name: value for name, value in came.parameters.items() if name not in SIGNED and value != "null"}
    for header, name in HEADERS.items():
        if header in came.headers:
            parameters[name] = came.headers[header]
    parameters = {name: "…" if name in RANDOM else value for name, value in parameters.items()}
    method = "GET" if any(name.startswith("x-acs-") for name in map(str.lower, came.headers)) else came.method
    method = "GET" if "SignatureNonce" in came.parameters or "OIDCProviderArn" in parameters else method
    return [method, came.address.rstrip("/"), dict(sorted(parameters.items()))]


def check_headers(case, requests):
    """The headers that the case asks for, except those that sign."""
    for exchange, came in zip(case.get("traffic", []), requests):
        for name, text in exchange.get("headers", {}).items():
            lower = name.lower()
            if lower in HEADERS or lower == "authorization" and ("Credential=" in text or "/request" in text):
                continue
            if text not in came.headers.get(name, ""):
                return f"{name} is {came.headers.get(name)!r}"
    return None


def play(job):
    """Runs one case with the package, then with ours. A process of its own, which can change everything."""
    case, cloud, worker = job
    warnings.simplefilter("ignore")
    logging.disable()
    with tempfile.TemporaryDirectory() as folder:
        outcome = {}
        for side in ("theirs", "ours"):
            set_up = stage.Stage(case, os.path.join(folder, side))
            server = stage.Server([exchange for exchange in case.get("traffic", []) if exchange.get("then") != "refuse"])
            runs = package if side == "theirs" else ours
            found = runs(case, cloud, set_up, server, worker)
            requests = [request(came) for came in server.requests]
            outcome[side] = {"found": found, "requests": requests, "headers": check_headers(case, server.requests)}
            server.close()
    return outcome


def package(case, cloud, set_up, server, _):
    os.environ.clear()
    os.environ.update(set_up.env)
    stage.lead_to(server.port)
    module = importlib.import_module(f"modes_{cloud}")
    if hasattr(module, "fresh"):
        module.fresh()
    out, sys.stdout = sys.stdout, open(os.devnull, "w", encoding="utf-8")
    try:
        with time_machine.travel(stage.NOW, tick=False):
            found = getattr(module, case.get("provider", "default").replace("default", "chain"))(set_up.settings)
        return list(found[:3])
    except BaseException as error:
        return f"{type(error).__name__}: {error}"
    finally:
        sys.stdout = out


def ours(case, cloud, set_up, server, worker):
    given = {"cloud": cloud, "provider": case.get("provider", "default"), "settings": set_up.settings,
             "server": f"http://127.0.0.1:{server.port}"}
    run = subprocess.run([worker], input=json.dumps(given), capture_output=True, text=True, timeout=30, env=set_up.env)
    found = json.loads(run.stdout) if run.stdout else {"error": run.stderr}
    return found["error"] if "error" in found else [found["id"], found["secret"], found["token"]]


def load(cloud, file):
    path = os.path.join(CASES, cloud, f"{file}.json")
    with open(path, encoding="utf-8") as text:
        return json.load(text)


def keys(case, cloud):
    """What the table must cover: the provider of a case, and the modes or types of its profiles."""
    kind = case.get("provider", "default")
    texts = (content if isinstance(content, str) else json.dumps(content) for content in case.get("files", {}).values())
    if kind not in ("cli", "ini", "tccli", "koocli"):
        return {(cloud, kind, "")}
    found = {mode.strip().lower() for text in texts for mode in
             re.findall(r'"(?:mode|type)": "([^"]*)"|^type *= *(\w+)', text, re.MULTILINE) for mode in mode if mode}
    # `x` is the mode of the profiles that must not matter.
    return {(cloud, kind, mode) for mode in found - {"x"}} or {(cloud, kind, "")}


def check_cover(cases):
    """Each mode that a data case has, and that gives keys, must be in the table."""
    named = {(row.cloud, row.file, name) for row in ROWS for name in row.cases}
    named |= {(one.cloud, one.file, one.case) for one in DIFFERENCES}
    missing = named - set(cases)
    covered = set().union(*(keys(cases[label], label[0]) for label in named - missing))
    wanted = set().union(*(keys(case, label[0]) for label, case in cases.items() if "error" not in case["expect"]))
    return [f"no case {label}" for label in sorted(missing)] + [f"no row for {key}" for key in sorted(wanted - covered)]


def compare(outcome, expect):
    """What differs between the package and ours, in words. Ours must be as the case says in any case."""
    theirs, our = outcome["theirs"], outcome["ours"]
    wanted = None if "error" in expect else [expect["id"], expect["secret"], expect.get("token")]
    if isinstance(our["found"], list) != bool(wanted) or wanted and our["found"] != wanted:
        return f"ours is wrong: {our['found']}", True
    if isinstance(theirs["found"], list) != bool(wanted) or wanted and theirs["found"] != wanted:
        return f"theirs took {theirs['found']}", False
    for number, (a, b) in enumerate(itertools.zip_longest(theirs["requests"], our["requests"])):
        if a != b:
            return f"request {number}:\n    theirs {a}\n    ours   {b}", False
    if our["headers"] or theirs["headers"]:
        return f"headers: theirs {theirs['headers']}, ours {our['headers']}", bool(our["headers"])
    return "", False


def tables():
    """The tables of docs/interop.md, by the names of their anchors."""
    names = {"tencent": "Tencent Cloud", "huawei": "Huawei Cloud", "alibaba": "Alibaba Cloud", "volcengine": "Volcengine"}
    modes = ["| cloud | mode | our cases | equal: package and class, or why there is none |", "| --- | --- | --- | --- |"]
    for row in ROWS:
        cases = "; ".join(row.cases)
        taker = row.taker or f"none: {row.reason}"
        modes.append(f"| {names[row.cloud]} | {row.mode} | `{row.file}`: {cases} | {taker} |")
    differences = ["| cloud | our case | the package | ours |", "| --- | --- | --- | --- |"]
    for one in DIFFERENCES:
        differences.append(f"| {names[one.cloud]} | `{one.file}`: {one.case} | {one.theirs} | {one.ours} |")
    return {"modes": modes, "differences": differences}


def check_page(update):
    """The tables of the page must be those of the code."""
    with open(PAGE, encoding="utf-8") as file:
        page = before = file.read()
    for name, lines in tables().items():
        head, begin, rest = page.partition(f"<!-- ANCHOR: {name} -->\n")
        _, end, tail = rest.partition(f"<!-- ANCHOR_END: {name} -->")
        page = "\n".join([head + begin, *lines, "", end + tail])
    if update:
        with open(PAGE, "w", encoding="utf-8") as file:
            file.write(page)
    return [] if update or page == before else ["docs/interop.md has other tables: run modes.py with --update"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--worker", required=True, help="the program credential_case")
    parser.add_argument("--only", default="", help="a part of CLOUD/FILE: CASE")
    parser.add_argument("--update", action="store_true", help="write the tables of docs/interop.md")
    arguments = parser.parse_args()
    cases = {}
    for cloud in CLOUDS:
        importlib.import_module(f"modes_{cloud}")
        for name in sorted(os.listdir(os.path.join(CASES, cloud))):
            file = name.removesuffix(".json")
            cases |= {(cloud, file, case["name"]): case for case in load(cloud, file)}
    wrong = check_cover(cases) + check_page(arguments.update)
    jobs = [((row.cloud, row.file, name), None) for row in ROWS if row.taker for name in row.cases]
    jobs += [((one.cloud, one.file, one.case), one) for one in DIFFERENCES]
    jobs = [(label, one) for label, one in jobs if label in cases and arguments.only in "{}/{}: {}".format(*label)]
    equal, differ = 0, 0
    # Most of the time is waiting: packages and providers pause before they try again.
    with multiprocessing.get_context("fork").Pool(8, maxtasksperchild=1) as pool:
        outcomes = pool.imap(play, [(cases[label], label[0], arguments.worker) for label, _ in jobs])
        for (label, difference), outcome in zip(jobs, outcomes):
            told, is_ours = compare(outcome, cases[label]["expect"])
            shown = "{}/{}: {}".format(*label)
            if is_ours or bool(told) != bool(difference):
                wrong.append(f"{shown}: {told or 'the package no longer differs: take it out of the table'}")
            equal += not told
            differ += bool(told)
    for line in wrong:
        print(line)
    modes = sum(bool(row.taker) for row in ROWS)
    print(f"credentials: {equal} cases of {modes} modes equal, {differ} known differences, {len(ROWS) - modes} modes without a package")
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
