#!/usr/bin/env python3
"""Adds to descriptions what the vendors' texts say of fields: values, bounds, defaults, units. `hints.py` has the rules.

    pip install zstandard
    python3 hint_texts.py --out DIR [--tencent tc] [--huawei hw] [--alibaba tea] [--sample N] FOLDER...

Each FOLDER holds descriptions (.json or .json.zst). The texts are those of the packages from which they were made: `tc` has `tccli`, `hw` the
packages `huaweicloudsdk<service>`, `tea` a checkout of aliyun/alibabacloud-sdk. What is written to DIR/<cloud> are the same
descriptions with the facts; a fact that a description has already stays. Volcengine's packages state theirs as code.
--sample prints N random facts with the text that each was taken from, for a check by hand. Nothing of the texts is kept.
"""
import argparse, ast, collections, glob, json, os, random, re, sys

from check import load
from extract_alibaba_tea import Program
from extract_huawei import read_model
import hints


def tencent(root, doc):
    path = os.path.join(root, "tccli", "services", doc["product"], "v" + doc["version"].replace("-", ""), "api.json")
    if not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as file:
        objects = json.load(file)["objects"]
    return {(name, m["name"]): m.get("document") or "" for name, o in objects.items() for m in o["members"]}


def huawei(root, doc):
    texts = {}
    for path in glob.glob(os.path.join(root, "huaweicloudsdk" + doc["product"], doc["version"], "model", "*.py")):
        with open(path, encoding="utf-8") as file:
            tree = ast.parse(file.read())
        for node in tree.body:
            if not isinstance(node, ast.ClassDef):
                continue
            wire, said = {}, ""
            for st in node.body:
                if isinstance(st, ast.Assign) and getattr(st.targets[0], "id", "") == "attribute_map":
                    wire = ast.literal_eval(st.value)
                elif isinstance(st, ast.FunctionDef) and st.name == "__init__":
                    said = ast.get_docstring(st) or ""
            for attr, text in re.findall(r"(?m)^:param (\w+): (.*)$", said):
                if attr in wire:
                    texts[node.name, wire[attr]] = text
    return texts


def alibaba(root, doc):
    texts = {}
    folder = os.path.join(root, f"{doc['product']}-{doc['version'].replace('-', '')}")
    for place in ("main.tea", "v2/main.tea"):
        path = os.path.join(folder, place)
        if not os.path.exists(path):
            continue
        with open(path, encoding="utf-8") as file:
            program = DescribedProgram(file.read(), False, [], doc["product"])
        texts |= program.texts
    return texts


class DescribedProgram(Program):
    """Fills `texts`: (type, wire name) -> description."""

    def __init__(self, *args):
        self.texts, self.stack = {}, []
        super().__init__(*args)

    def struct(self, name):
        self.stack.append(name)
        try:
            return super().struct(name)
        finally:
            self.stack.pop()

    def group(self):
        tokens = super().group()
        if self.stack and "description" in tokens:
            notes = {}
            for at, token in enumerate(tokens[:-2]):
                if token in ("name", "description") and tokens[at + 1] == "=":
                    notes.setdefault(token, tokens[at + 2][1:-1])
            if "name" in notes:
                self.texts[self.stack[-1], notes["name"]] = notes.get("description", "")
        return tokens


READERS = dict(tencent=tencent, huawei=huawei, alibaba=alibaba)


def main():
    ap = argparse.ArgumentParser()
    for cloud in READERS:
        ap.add_argument("--" + cloud)
    ap.add_argument("--out", required=True)
    ap.add_argument("--sample", type=int, default=0)
    ap.add_argument("dirs", nargs="+")
    a = ap.parse_args()
    counts, sample, seen = collections.Counter(), [], 0
    chance = random.Random(20261129)
    for folder in a.dirs:
        for path in sorted(glob.glob(os.path.join(folder, "*.json")) + glob.glob(os.path.join(folder, "*.json.zst"))):
            doc = load(path)
            root = getattr(a, doc["cloud"], None)
            try:
                texts = READERS[doc["cloud"]](root, doc) if root else {}
            except Exception as error:  # a program that cannot be read has no texts
                print(f"{path}: {error}", file=sys.stderr)
                texts = {}
            for name, type in doc["types"].items():
                for field in type.get("fields", ()):
                    text = texts.get((name, field.get("key", field["name"]))) or texts.get((name, field["name"])) or ""
                    counts["fields"] += bool(text)
                    for key, value in hints.facts(text, field["type"], field["name"]).items():
                        if key in field:
                            continue
                        field[key] = value
                        counts[doc["cloud"], key] += 1
                        seen += 1
                        row = (f"{doc['cloud']} {doc['product']} {doc['version']} {name}.{field['name']} {field['type']}", key, value, text)
                        if len(sample) < a.sample:
                            sample.append(row)
                        elif a.sample and (at := chance.randrange(seen)) < a.sample:
                            sample[at] = row
            os.makedirs(os.path.join(a.out, doc["cloud"]), exist_ok=True)
            with open(os.path.join(a.out, doc["cloud"], f"{doc['product']}-{doc['version']}.json"), "w", encoding="utf-8") as file:
                json.dump(doc, file, ensure_ascii=False, separators=(",", ":"))
                file.write("\n")
    for where, key, value, text in sample:
        print(f"## {where}\n{key} = {value}\n{text}\n")
    for key, count in sorted(counts.items(), key=str):
        print(key, count)
    return 0


if __name__ == "__main__":
    sys.exit(main())
