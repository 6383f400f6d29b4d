#!/usr/bin/env python3
"""Adds to descriptions what the vendors' texts say of fields: values, bounds, defaults, units. `hints.py` has the rules.

    pip install zstandard
    python3 hint_texts.py --out DIR [--tencent tc] [--huawei hw] [--alibaba tea] FOLDER...
    python3 hint_texts.py --sample N [--seed S] --data ../generator/data --tencent tc --huawei hw --alibaba tea

Each FOLDER holds descriptions (.json or .json.zst). The texts are those of the packages from which they were made: `tc` has `tccli`, `hw` the
packages `huaweicloudsdk<service>`, `tea` a checkout of aliyun/alibabacloud-sdk. What is written to DIR/<cloud> are the same
descriptions with the facts; a fact that a description has already stays. Volcengine's packages state theirs as code.
The second form prints, for a check by hand, N random facts of each cloud from the packed files, each with the rule of `hints.py` that finds
it and with the text that it was taken from; --seed chooses others. It needs `lz4`. Nothing of the texts is kept.
"""
import argparse, ast, collections, glob, json, os, random, re, sys

from check import load
from extract_alibaba_tea import Program
from extract_huawei import read_model
import hints


# Each gives the texts of a description by type and wire name; if `only` one type is asked for, others may be missing.
def tencent(root, doc, only=""):
    path = os.path.join(root, "tccli", "services", doc["product"], "v" + doc["version"].replace("-", ""), "api.json")
    if not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as file:
        objects = json.load(file)["objects"]
    return {(name, m["name"]): m.get("document") or "" for name, o in objects.items() for m in o["members"]}


def huawei(root, doc, only=""):
    texts = {}
    for path in glob.glob(os.path.join(root, "huaweicloudsdk" + doc["product"], doc["version"], "model", "*.py")):
        with open(path, encoding="utf-8") as file:
            source = file.read()
        if only and f"class {only}" not in source:
            continue
        for node in ast.parse(source).body:
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


def alibaba(root, doc, only=""):
    texts = {}
    folder = os.path.join(root, f"{doc['product']}-{doc['version'].replace('-', '')}")
    for place in ("main.tea", "v2/main.tea"):
        path = os.path.join(folder, place)
        if not os.path.exists(path):
            continue
        with open(path, encoding="utf-8") as file:
            source = file.read()
        if only:
            # A type inside another has a name that begins with the other's.
            models = re.findall(r"(?ms)^(model (\w+).*?)(?=^(?:model|async|function|api) |\Z)", source)
            source = "".join(text for text, name in models if only.startswith(name))
        texts |= DescribedProgram(source, False, [], doc["product"]).texts
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


def sample(data, roots, count, seed):
    """Prints `count` random facts of each cloud, of those that a rule finds."""
    import pack

    keys = ("values", "min", "max", "min_len", "max_len", "default", "unit", "deprecated")
    places, docs, texts = {cloud: [] for cloud in roots}, {}, {}
    for doc in pack.descriptions(data):
        if doc["cloud"] in roots:
            one = doc["cloud"], doc["product"], doc["version"]
            docs[one] = doc
            places[doc["cloud"]] += [(one, name, at, key) for name, type in doc["types"].items()
                                     for at, field in enumerate(type.get("fields", ())) for key in keys if key in field]
    for cloud, found in places.items():
        random.Random(seed).shuffle(found)
        left = count
        for one, name, at, key in found:
            field = docs[one]["types"][name]["fields"][at]
            if (one, name) not in texts:
                texts[one, name] = READERS[cloud](roots[cloud], docs[one], name)
            of_type = texts[one, name]
            text = of_type.get((name, field.get("key", field["name"]))) or of_type.get((name, field["name"])) or ""
            facts = hints.facts(text, field["type"], field["name"])
            value = facts.get("enum" if key == "values" else key)
            packed = "|".join(map(str, value)) if key == "values" and value else str(1 if value is True else value)
            # The rest is of the descriptions themselves, or of another release of the package.
            if packed != field[key]:
                continue
            print(f"## {count - left + 1} {' '.join(one)} {name}.{field['name']} {field['type']}")
            print(f"{key} = {field[key]} ({hints.rule(key, text, field['type'], field['name'])})\n{text}\n")
            left -= 1
            if not left:
                break


def main():
    ap = argparse.ArgumentParser()
    for cloud in READERS:
        ap.add_argument("--" + cloud)
    ap.add_argument("--out")
    ap.add_argument("--sample", type=int, default=0)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--data")
    ap.add_argument("dirs", nargs="*")
    a = ap.parse_args()
    if a.sample and a.data:
        sample(a.data, {cloud: getattr(a, cloud) for cloud in READERS if getattr(a, cloud)}, a.sample, a.seed)
        return 0
    if not a.out or not a.dirs:
        ap.error("--out and folders, or --sample and --data")
    counts = collections.Counter()
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
            os.makedirs(os.path.join(a.out, doc["cloud"]), exist_ok=True)
            with open(os.path.join(a.out, doc["cloud"], f"{doc['product']}-{doc['version']}.json"), "w", encoding="utf-8") as file:
                json.dump(doc, file, ensure_ascii=False, separators=(",", ":"))
                file.write("\n")
    for key, count in sorted(counts.items(), key=str):
        print(key, count)
    return 0


if __name__ == "__main__":
    sys.exit(main())
