"""Random requests, signed by `cloudcall sign` and by the vendors' own packages: every signature must be equal."""

import argparse
import json
import random
import subprocess
import sys

import cases_alibaba_core
import cases_alibaba_tea
import cases_huawei
import cases_tencent
import cases_volcengine

FAMILIES = {
    "tencent": cases_tencent.api3,
    "qcloud": cases_tencent.api2,
    "huawei": cases_huawei.cases,
    "alibaba core": cases_alibaba_core.cases,
    "alibaba tea": cases_alibaba_tea.cases,
    "volcengine": cases_volcengine.cases,
}


def blank(case):
    """The case as `sign` gets it: without results, but for the text of a body, which is JSON in Python's spelling."""
    body = {"body": case["expected"]["body"]} if "body" in case["expected"] else {}
    return json.dumps({**case, "expected": body}, ensure_ascii=False)


def same(key, ours, theirs):
    if key == "headers":
        lower = lambda headers: {name.lower(): value for name, value in (headers or {}).items()}
        return lower(ours) == lower(theirs)
    return ours == theirs


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--command", required=True, help="the command cloudcall")
    arguments.add_argument("--count", type=int, default=500, help="requests of each family (default 500)")
    arguments.add_argument("--seed", type=int, default=20260301)
    arguments = arguments.parse_args()
    wrong = total = values = 0
    for name, cases in FAMILIES.items():
        drawn = list(cases(random.Random(arguments.seed), arguments.count))
        text = "".join(blank(case) + "\n" for case in drawn)
        result = subprocess.run([arguments.command, "sign"], input=text, capture_output=True, text=True, encoding="utf-8")
        answers = [json.loads(line) for line in result.stdout.splitlines()]
        if len(answers) != len(drawn):
            raise SystemExit(f"{name}: {len(answers)} answers for {len(drawn)} cases: {result.stderr}")
        unequal = 0
        for case, answer in zip(drawn, answers):
            bad = [key for key, theirs in case["expected"].items() if not same(key, answer.get(key), theirs)]
            values += len(case["expected"])
            if bad:
                unequal += 1
                if unequal <= 3:
                    print("WRONG", name, case["id"], answer.get("error", bad))
                    for key in bad[:3]:
                        print("   theirs", json.dumps(case["expected"][key], ensure_ascii=False)[:400])
                        print("   ours  ", json.dumps(answer.get(key), ensure_ascii=False)[:400])
        schemes = len({case["scheme"] for case in drawn})
        print(f"{name:<14} {len(drawn):>5} random requests, {schemes} schemes: {len(drawn) - unequal} equal")
        wrong += unequal
        total += len(drawn)
    print(f"{total} requests, {values} values compared, {wrong} requests differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
