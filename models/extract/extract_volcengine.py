#!/usr/bin/env python3
"""Turn volcenginesdk-<product> packages (PyPI) into neutral API descriptions.

    pip install --no-compile --target volc volcengine-python-sdk      # brings every volcenginesdk-<product> package
    python3 extract_volcengine.py --src volc --out DIR [--all | ecs rdsmysqlv2 ...]
    python3 extract_volcengine.py --src volc --endpoints [--byteplus DIR] > endpoints.json     (DIR: pip --target of byteplus-python-sdk-v2)

The packages are only parsed (regular expressions, literal dictionaries), never imported. Product and version are the
service code and version of the action paths ("rds_mysql", "2022-01-01"); the package name is kept in `source`.
The Python models have one integer and one float type, so every integer becomes i64 and every float f64.
Kept as facts from the setters: required, allowed values (`enum`), numeric and length bounds (`min`, `max`, `min_len`, `max_len`).
The schema of the result is that of check.py. Exit code 1 when a package failed or was not found.
"""
import argparse, ast, collections, glob, json, os, re, sys

SCALAR = {"str": "string", "int": "i64", "float": "f64", "bool": "bool", "object": "any", "datetime": "datetime", "date": "date"}
CALL = re.compile(r"\n    def (\w+)_with_http_info\(self(.*?)(?=\n    def |\Z)", re.S)
SETTER = re.compile(r"\n    @(\w+)\.setter\n    def \w+\(self, (\w+)\):\n(.*?)(?=\n    @property|\n    def |\Z)", re.S)
CLASS = re.compile(r"\nclass (\w+)\(object(?:, )?\):(.*?)(?=\nclass |\Z)", re.S)  # the few long-named classes share one models.py


def parse_type(text, problems, ctx):
    if text in SCALAR:
        return SCALAR[text]
    m = re.fullmatch(r"list\[(.*)\]", text)
    if m:
        return "[]" + parse_type(m.group(1), problems, ctx)
    m = re.fullmatch(r"dict\(str, (.*)\)", text)
    if m:
        return "{}" + parse_type(m.group(1), problems, ctx)
    if re.fullmatch(r"[A-Z]\w*", text):
        return "#" + text
    problems.append(f"{ctx}: unknown type {text}")
    return "any"


def number(text):
    x = float(text)
    return int(x) if x == int(x) else x


def read_models(path, problems, ctx):
    text = open(path, encoding="utf-8").read()
    found = CLASS.findall(text)
    if len(found) != len(re.findall(r"\nclass ", text)) or not found:
        problems.append(f"{ctx} {os.path.basename(path)}: {len(found)} classes")
    return {n: read_class(n, body, problems, ctx) for n, body in found}


def read_class(name, text, problems, ctx):
    lit = lambda k: ast.literal_eval(re.search(r"\n    %s = (\{.*?\})\n" % k, text, re.S).group(1))
    types, wire = lit("swagger_types"), lit("attribute_map")
    facts, raised = {}, 0
    for attr, arg, body in SETTER.findall(text):
        f = facts.setdefault(attr, {})
        body = re.sub(r'^\s*""".*?"""', "", body, count=1, flags=re.S)
        raised += body.count("raise ValueError")
        if re.search(r"client_side_validation and \(?%s is None\)*:" % re.escape(arg), body):
            f["required"] = True
            raised -= 1
        m = re.search(r"allowed_values = (\[[^\n]*\])", body)
        if m:
            f["enum"] = ast.literal_eval(m.group(1))
            raised -= 1
        for key, pat in (("min", r"None and %s < (-?[\d.]+)\)"), ("max", r"None and %s > (-?[\d.]+)\)"),
                         ("min_len", r"len\(%s\) < (\d+)\)"), ("max_len", r"len\(%s\) > (\d+)\)")):
            m = re.search(pat % re.escape(arg), body)
            if m:
                f[key] = number(m.group(1))
                raised -= 1
    if raised:
        problems.append(f"{ctx} {name}: {raised} checks not understood")
    fields = []
    for attr, t in types.items():
        f = {"name": wire[attr], "type": parse_type(t, problems, f"{ctx} {name}.{attr}")}
        f.update(facts.pop(attr, {}))
        fields.append(f)
    if facts:
        problems.append(f"{ctx} {name}: setters without field {sorted(facts)}")
    return {"fields": fields}


def endpoint_tables(src):
    """-> default provider table, its bootstrap regions, standard resolver table, its regions and pattern"""
    folder = os.path.join(src, "volcenginesdkcore", "endpoint", "providers")
    text = open(os.path.join(folder, "default_provider.py"), encoding="utf-8").read()
    default = {k: g == "True" for k, g in re.findall(r"\n    '(\w+)': ServiceEndpointInfo\(\s*service='\w+',\s*is_global=(\w+),", text)}
    odd = re.findall(r"(?:global_endpoint|region_endpoint_map)=(?!''|\{\}|global|region)[^,\n]+", text)
    consts = dict(re.findall(r'\n(region_code_\w+) = "([^"]+)"', text))
    boot = [consts[k] for k in re.findall(r"\n    (region_code_\w+): \{\}", text)]
    text = open(os.path.join(folder, "standard_provider.py"), encoding="utf-8").read()
    standard = {k: g == "True" for k, g in re.findall(r'\n    "(\w+)": ServiceInfo\("\w+", (\w+)\)', text)}
    regions = re.findall(r'\n        "([\w-]+)": \{\}', text)
    pattern = re.search(r're\.compile\(\s*r"([^"]+)"', text).group(1)
    return {"default": default, "odd": odd, "bootstrap": boot, "standard": standard, "regions": regions, "pattern": pattern}


def byteplus_tables(src):
    """the same two tables of the BytePlus edition; its entries also say whether the service is in mainland China"""
    folder = os.path.join(src, "byteplussdkcore", "endpoint", "providers")
    text = open(os.path.join(folder, "default_provider.py"), encoding="utf-8").read()
    rows = re.findall(r"\n    '(\w+)': ServiceEndpointInfo\('\w+', (True|False), (True|False)\)", text)
    away = re.search(r"_cn_non_mainland_region_set = \{(\w+)\}", text).group(1)
    other = open(os.path.join(folder, "standard_provider.py"), encoding="utf-8").read()
    info = glob.glob(os.path.join(src, "byteplus_python_sdk_v2-*.dist-info"))
    word = lambda g: "global" if g == "True" else "regional"
    return {"source": "byteplus-python-sdk-v2 " + os.path.basename(info[0])[:-len(".dist-info")].rpartition("-")[2], "suffix": ".byteplusapi.com",
            "suffix_dual_stack": ".byteplus-api.com", "suffix_mainland": ".cn", "not_mainland": re.findall(away + r" = '([^']+)'", text),
            "default": {k: word(g) for k, g, _ in sorted(rows)}, "mainland": sorted(k for k, _, c in rows if c == "True"),
            "standard": {k: word(g) for k, g in sorted(re.findall(r'\n    "(\w+)": ServiceInfo\("\w+", (\w+)\)', other))}}


def convert(folder, tables, source, problems):
    ctx = os.path.basename(folder)
    types = {}
    for path in sorted(glob.glob(os.path.join(folder, "models", "*.py"))):
        if not path.endswith("__init__.py"):
            types.update(read_models(path, problems, ctx))
    actions, keys = {}, collections.Counter()
    for path in sorted(glob.glob(os.path.join(folder, "api", "*_api.py"))):
        text = open(path, encoding="utf-8").read()
        literals = 0
        for py, body in CALL.findall(text):
            m = re.search(r"call_api\(\s*'/(\w+)/([\w-]+)/(\w+)/(\w+)/[^']*', '([A-Z]+)'", body)
            if not m:
                problems.append(f"{ctx} {py}: no path"); continue
            name, version, service, _, method = m.groups()
            keys[service, version] += 1
            req = re.search(r":param (\w+) body:", body).group(1)
            out = re.search(r"response_type='(\w+)'", body).group(1)
            ctype = re.search(r"select_header_content_type\([^\n]*\n\s*\['([^']+)'\]", body).group(1)
            act = {"method": method, "path": "/", "in": "#" + req, "out": "#" + out}
            usual = {"GET": "text/plain", "POST": "application/json"}.get(method)
            if ctype != usual:
                act["content"] = ctype
            for k in (req, out):
                if k not in types:
                    problems.append(f"{ctx} {name}: class {k} not found")
            if name in actions:
                problems.append(f"{ctx} {name}: twice")
            actions[name] = act
            literals += 1
        if literals != len(re.findall(r"return self\.api_client\.call_api\(", text)):
            problems.append(f"{ctx}: {literals} actions read, file has more")
    if len(keys) != 1:
        problems.append(f"{ctx}: services and versions {dict(keys)}")
    service, version = keys.most_common(1)[0][0]
    ep = {"default": "open.volcengineapi.com"}
    for key, name in (("default", "rule"), ("standard", "standard_rule")):
        if service in tables[key]:
            ep[name] = "global" if tables[key][service] else "regional"
    doc = {"schema": 1, "cloud": "volcengine", "product": service, "version": version, "protocol": "volc", "source": source,
           "service": service, "endpoints": ep, "actions": dict(sorted(actions.items())), "types": {}}
    todo = [a[k] for a in actions.values() for k in ("in", "out")]
    while todo:
        ref = re.search(r"#(\w+)", todo.pop())
        if ref and ref.group(1) not in doc["types"]:
            if ref.group(1) not in types:
                problems.append(f"{ctx}: type {ref.group(1)} not found"); continue
            doc["types"][ref.group(1)] = types[ref.group(1)]
            todo += [f["type"] for f in types[ref.group(1)]["fields"]]
    left = len(types) - len(doc["types"])
    if left:
        problems.append(f"{ctx}: {left} types that no action reaches, left out")
    doc["types"] = dict(sorted(doc["types"].items()))
    return doc


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--src", required=True)
    ap.add_argument("--out")
    ap.add_argument("--endpoints", action="store_true")
    ap.add_argument("--byteplus")
    ap.add_argument("--all", action="store_true")
    ap.add_argument("items", nargs="*", help="package suffixes: ecs, rdsmysqlv2")
    a = ap.parse_args()
    tables = endpoint_tables(a.src)
    if a.endpoints:
        info = glob.glob(os.path.join(a.src, "volcenginesdk_core-*.dist-info"))
        json.dump({"schema": 1, "cloud": "volcengine", "kind": "endpoints",
                   "source": os.path.basename(info[0])[:-len(".dist-info")].replace("-", " ").replace("_", "-") if info else "volcenginesdkcore",
                   "fallback": "open.volcengineapi.com", "suffix": ".volcengineapi.com", "suffix_dual_stack": ".volcengine-api.com",
                   "bootstrap_regions": tables["bootstrap"],
                   "default": {k: "global" if g else "regional" for k, g in sorted(tables["default"].items())},
                   "standard": {k: "global" if g else "regional" for k, g in sorted(tables["standard"].items())},
                   "standard_regions": tables["regions"], "standard_region_pattern": tables["pattern"],
                   **({"byteplus": byteplus_tables(a.byteplus)} if a.byteplus else {})}, sys.stdout, indent=1)
        print()
        return 1 if tables["odd"] else 0
    if not a.out:
        ap.error("--out is missing")
    os.makedirs(a.out, exist_ok=True)
    want, problems, failed, n = set(a.items), [], [], 0
    for folder in sorted(glob.glob(os.path.join(a.src, "volcenginesdk*"))):
        suffix = os.path.basename(folder)[len("volcenginesdk"):]
        if suffix in ("llmshield", "wafruntime"):  # written by hand, on hosts of their own: no OpenAPI actions
            continue
        if not os.path.isdir(os.path.join(folder, "models")) or not os.path.isdir(os.path.join(folder, "api")) or not (a.all or suffix in want):
            continue
        want.discard(suffix)
        info = glob.glob(os.path.join(a.src, f"volcenginesdk_{suffix}-*.dist-info"))
        source = f"volcenginesdk-{suffix}" + (" " + os.path.basename(info[0])[:-len(".dist-info")].rpartition("-")[2] if info else "")
        try:
            doc = convert(folder, tables, source, problems)
        except Exception as e:
            failed.append(f"{folder}: {type(e).__name__}: {e}"); continue
        with open(os.path.join(a.out, f"{doc['product']}-{doc['version']}.json"), "w", encoding="utf-8") as f:
            json.dump(doc, f, ensure_ascii=False, separators=(",", ":"))
            f.write("\n")
        n += 1
    print(f"{n} written, {len(failed)} failed, {len(problems)} problems")
    for line in failed + problems + [f"not found: {w}" for w in sorted(want)]:
        print("  " + line)
    return 1 if failed or want else 0


if __name__ == "__main__":
    sys.exit(main())
