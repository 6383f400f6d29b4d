#!/usr/bin/env python3
"""Turn the vendor's Darabonba sources (repository aliyun/alibabacloud-sdk) into neutral API descriptions.

    git clone --depth 1 https://github.com/aliyun/alibabacloud-sdk src
    python3 extract_alibaba_tea.py --src src --out DIR [--source TEXT] [--widths] [--all | ecs-20140526 sts-20150401 ...]

Each folder <product>-<yyyymmdd> holds the program from which the vendor makes its client packages in all languages, in up to
three forms: main.tea, v2/main.tea, async/main.dara. The first two are read (v2 alone says which actions stream); the
third is not, as it does not tell how lists are written. The programs are parsed, never run.

The source has int32, int64, float and double. Schema 1 has one width each, so they become i64 and f64; with --widths they are
written as i32, i64, f32 and f64, which check.py and the generator must then know.
Only facts are kept (names, types, flags, paths, hosts); no documentation text is written out.
The schema of the result is that of check.py. Exit code 1 when a folder failed or was not found.
"""
import argparse, collections, json, os, re, sys

from check import unique_keys

SCALAR = {"string": "string", "boolean": "bool", "any": "any", "object": "{}any", "bytes": "binary", "readable": "binary",
          "writable": "binary", "integer": "i64", "int": "i64", "int8": "i64", "int16": "i64", "int32": "i64", "int64": "i64",
          "uint8": "i64", "uint16": "i64", "uint32": "i64", "uint64": "i64", "long": "i64", "ulong": "i64",
          "number": "i64", "float": "f64", "double": "f64", "map": "{}any", "$Model": "{}any"}
NARROW = {"int": "i32", "integer": "i32", "int8": "i32", "int16": "i32", "int32": "i32", "uint8": "i32", "uint16": "i32", "float": "f32"}
TOKEN = re.compile(r"\s+|//[^\n]*|/\*.*?\*/|('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|`[^`]*`|\.\.\.|[A-Za-z_@$][\w$-]*|\d[\w.]*|.)", re.S)
OPEN, CLOSE = {"(": ")", "{": "}", "[": "]"}, ")}]"
REQUIRED = "This parameter is required."


# object storage and its migration (XML, through the OSS gateway), and products that only test the vendor's generator
LEFT_OUT = {"oss-20190517", "hcs-mgw-20240626", "wstest-20220707", "xixikf-autotest-20210720"}


class Bad(Exception):
    pass


def unquote(tok):
    return tok[1:-1] if tok and tok[0] in "'\"`" else tok


def upper(s):
    return s[:1].upper() + s[1:]


def type_name(s):
    return re.sub(r"\W", "", s)


def snake(s):
    """how the vendor's Python packages call an argument: the placeholders of paths have no other name on the wire"""
    return re.sub(r"_+", "_", re.sub(r"[A-Z0-9]+", lambda m: "_" + m.group(), re.sub(r"\W", "_", s))).strip("_").lower()


# ---- the language ------------------------------------------------------------------------------
class Program:
    """models, functions and settings of one file"""

    def __init__(self, text, widths, problems, ctx):
        self.t = [m for m in TOKEN.findall(text) if m]
        self.i, self.widths, self.problems, self.ctx = 0, widths, problems, ctx
        self.models, self.functions, self.settings, self.calls = {}, [], {}, []
        while self.i < len(self.t):
            self.item()

    def peek(self, k=0):
        return self.t[self.i + k] if self.i + k < len(self.t) else ""

    def next(self):
        self.i += 1
        return self.t[self.i - 1]

    def expect(self, tok):
        got = self.next()
        if got != tok:
            raise Bad(f"{tok!r} expected, {' '.join(self.t[max(0, self.i - 6):self.i + 3])[:200]!r} found")

    def group(self):
        """tokens inside the bracket that opens here"""
        start, depth = self.i + 1, 0
        while True:
            tok = self.next()
            if tok in OPEN:
                depth += 1
            elif tok in CLOSE:
                depth -= 1
                if not depth:
                    return self.t[start:self.i - 1]

    def item(self):
        tok = self.next()
        if tok == "model":
            name = self.next()
            base = None
            if self.peek() == "extends":
                self.next()
                base = self.next()
                while self.peek() == ".":
                    base += self.next() + self.next()
            if self.peek() == "=":
                self.next()
            fields = self.struct(name)
            if base in self.models:
                own = {f["a"] for f in fields}
                fields[:0] = [f for f in self.models[base] if f["a"] not in own]
        elif tok == "init":
            self.group()
            body = self.group()
            self.init(body)
        elif tok in ("function", "api"):
            name = self.next()
            args = self.group()
            out = []
            while self.peek() != "{":
                out.append(self.next())
            body = self.group()
            if name == "getEndpoint":
                return
            self.functions.append((name, args, [x for x in out if x not in ("throws", ":")], body))

    def init(self, body):
        for lhs, rhs in statements(body):
            if len(lhs) == 1 and lhs[0].startswith("@"):
                if rhs[:1] == ["{"]:
                    self.settings[lhs[0]] = {unquote(k): unquote(v) for k, v in pairs(rhs[1:-1])}
                elif len(rhs) == 1:
                    self.settings[lhs[0]] = unquote(rhs[0])
            if rhs[:2] == ["getEndpoint", "("]:
                self.settings["service"] = unquote(rhs[2])
            if rhs[:1] == ["new"] and len(rhs) > 1:
                self.settings.setdefault("new", []).append(rhs[1])

    def struct(self, name):
        self.expect("{")
        fields = []
        self.models.setdefault(name, fields)
        if self.models[name] is not fields:
            if name in self.models and self.models[name]:
                self.problems.append(f"{self.ctx} {name}: declared twice")
            self.models[name] = fields
        while self.peek() != "}":
            attr = ""
            optional = False
            while self.peek() not in (":", "="):
                tok = self.next()
                if tok == "?":
                    optional = True
                elif tok in "{}(),;":
                    raise Bad(f"field of {name}: {' '.join(self.t[max(0, self.i - 6):self.i + 3])[:200]!r}")
                else:
                    attr += unquote(tok)
            self.next()
            ty = self.type(name + upper(type_name(attr)))
            notes = {}
            if self.peek() == "(":
                inner = self.group()
                j = 0
                while j < len(inner):
                    key = inner[j]
                    k = j + 2
                    val = ""
                    while k < len(inner) and inner[k] != ",":
                        val += unquote(inner[k])
                        k += 1
                    notes[key] = val
                    j = k + 1
            f = {"name": notes.get("name", attr), "type": ty, "a": attr}
            if not optional or REQUIRED in notes.get("description", ""):
                f["required"] = True
            fields.append(f)
            if self.peek() in (",", ";"):
                self.next()
        self.next()
        return fields

    def type(self, name):
        tok = self.peek()
        if tok == "[":
            self.next()
            inner = self.type(name)
            self.expect("]")
            return "[]" + inner
        if tok == "{":
            self.struct(name)
            return "#" + name
        tok = self.next()
        if tok == "map" and self.peek() == "[":
            self.group()
            return "{}" + self.type(name)
        while self.peek() == ".":
            tok += self.next() + self.next()
        return self.scalar(tok)

    def scalar(self, tok):
        if self.widths and tok in NARROW:
            return NARROW[tok]
        return SCALAR.get(tok) or "#" + tok


def statements(body):
    """(left, right) of each assignment in a body, blocks opened up; a `return` or a bare call has left []"""
    out, i, n = [], 0, len(body)

    def skip(i):
        depth = 0
        while True:
            depth += (body[i] in OPEN) - (body[i] in CLOSE)
            i += 1
            if not depth:
                return i
    while i < n:
        tok = body[i]
        if tok in ("if", "for", "while"):
            i = skip(i + 1)
            continue
        if tok in ("{", "}", "else", ";"):
            i += 1
            continue
        start = i
        while i < n and body[i] != ";":
            i = skip(i) if body[i] in OPEN else i + 1
        st = body[start:i]
        if not st:
            continue
        if st[0] in ("return", "throw", "yield"):
            out.append(([], st[1:] if st[0] == "return" else []))
            continue
        depth = 0
        for k, x in enumerate(st):
            depth += (x in OPEN) - (x in CLOSE)
            if x == "=" and not depth:
                left = st[:k]
                if left[0] in ("var", "const"):
                    left = left[1:2]
                out.append((left, st[k + 1:]))
                break
        else:
            out.append(([], st))
    return out


def pairs(toks):
    """key = value, ... of a literal with plain values"""
    out, i = [], 0
    while i < len(toks):
        if i + 2 < len(toks) and toks[i + 1] == "=":
            out.append((toks[i], toks[i + 2]))
            i += 3
        else:
            i += 1
    return out


def literal(rhs):
    """key -> tokens of `new X{ key = ..., }` or `{ key = ..., }`"""
    i = rhs.index("{")
    out, inner, key, val, depth = {}, rhs[i + 1:-1], None, [], 0
    spread = []
    j = 0
    while j <= len(inner):
        tok = inner[j] if j < len(inner) else ","
        depth += (tok in OPEN) - (tok in CLOSE)
        if tok == "," and not depth:
            if key is not None:
                out[unquote(key)] = val
            elif val:
                spread.append(val)
            key, val = None, []
        elif tok == "=" and not depth and key is None and len(val) == 1:
            key, val = val[0], []
        else:
            val.append(tok)
        j += 1
    return out, spread


def call_args(rhs):
    """arguments of `f(a, b)` as token lists"""
    i = rhs.index("(")
    out, cur, depth = [], [], 0
    for tok in rhs[i + 1:-1]:
        depth += (tok in OPEN) - (tok in CLOSE)
        if tok == "," and not depth:
            out.append(cur)
            cur = []
        else:
            cur.append(tok)
    if cur:
        out.append(cur)
    return out


def signature(args, program):
    """[(name, type tokens)]"""
    out = []
    depth, cur = 0, []
    for tok in args + [","]:
        depth += (tok in OPEN) - (tok in CLOSE)
        if tok == "," and not depth:
            if cur:
                at = cur.index(":")
                out.append(("".join(cur[:at]).rstrip("?"), cur[at + 1:]))
            cur = []
        else:
            cur.append(tok)
    return out


def names(toks):
    """words that stand alone, not members of something"""
    return [x for k, x in enumerate(toks) if toks[k - 1:k] != ["."] or k == 0]


# ---- one action --------------------------------------------------------------------------------
class Action:
    """what a function `<action>WithOptions` sends"""

    def __init__(self, program, name, args, out, body):
        self.p, self.py, self.out = program, name, out
        self.args = signature(args, program)
        types = {n: "".join(t) for n, t in self.args}
        self.request = next((types[n] for n in ("tmpReq", "tmp", "request") if n in types and types[n] in program.models), None)
        self.header = next((types[n] for n in ("tmpHeader", "headers") if types.get(n) in program.models), None)
        self.plain = [n for n, t in self.args if t and t[0] in SCALAR and n not in ("request", "headers")]
        self.bags, self.params, self.shrink, self.req = {}, {}, {}, None
        self.alias = {}
        self.how = None
        for left, right in statements(body):
            self.step(left, right)

    def source(self, toks):
        """(object, attribute) that an expression reads, or (argument, None)"""
        for k, tok in enumerate(toks):
            if tok in ("request", "tmpReq", "tmp", "headers", "tmpHeader") and toks[k + 1:k + 2] == ["."]:
                return ("headers" if "eader" in tok else "request"), toks[k + 2]
            if tok in self.plain and toks[k - 1:k] != ["."]:
                return tok, None
        return None

    def step(self, left, right):
        text = "".join(right)
        if "arrayToStringWithSpecifiedStyle" in right:
            at = right.index("arrayToStringWithSpecifiedStyle")
            a = call_args(right[at:])
            self.shrink[("h" if "eader" in left[0] else "r", left[-1])] = (self.source(a[0])[1], unquote(a[2][0]))
            return
        if len(left) == 3 and left[1] == "." and left[0] in ("request", "tmpReq", "tmp") and self.source(right):
            # another way to make a text of a value: toJSONString(tmpReq.x)
            if "toJSONString" in text:
                self.shrink[("r", left[-1])] = (self.source(right)[1], "json")
            return
        if not left:
            m = re.match(r"(do\w*Request\w*|callApi|execute)\(", text)
            if m:
                self.how = self.how or m.group(1)
                self.finish(m.group(1), call_args(right))
            return
        if len(left) == 1:
            name = left[0]
            if "OpenApiRequest" in right[:4] or (name == "req" and right[:1] == ["new"]):
                self.req = literal(right)[0] if "{" in right else {}
            elif "Params" in right[:4]:
                self.params.update({k: v for k, v in literal(right)[0].items()})
            elif right[:1] == ["{"]:
                got, spread = literal(right)
                bag = self.bags.setdefault(name, {})
                for k, v in got.items():
                    bag[k] = (self.source(v), None)
                for sp in spread:
                    for other in [x for x in names(sp) if x in self.bags and x != name]:
                        flat = "flat" if "query" in sp else None
                        for k, (src, _) in self.bags[other].items():
                            bag[k] = (src, flat)
            elif "toMap" in right or "query" in right or "parseToMap" in right:
                src = [x for x in right if x in ("request", "tmpReq")]
                inner = [x for x in names(right) if x in self.bags]
                if src and "." not in right[right.index(src[0]):right.index(src[0]) + 2]:
                    self.bags[name] = {"*": (("request", "*"), None)}
                elif inner:
                    self.bags[name] = self.bags[inner[0]]
                elif self.source(right):
                    self.alias[name] = self.source(right)
            elif self.source(right) and name != self.source(right)[0]:
                self.alias[name] = self.source(right)
            return
        bag = left[0]
        if len(left) == 4 and left[1] == "[":
            wire = unquote(left[2])
        elif len(left) == 3 and left[1] == ".":
            wire = left[2]
        else:
            return
        if bag in ("request", "resp", "runtime", "params", "req", "authRequest", "ossConfig"):
            return
        src = self.source(right)
        if src is None:
            al = [self.alias[x] for x in right if x in self.alias]
            src = al[0] if al else None
        self.bags.setdefault(bag, {})[wire] = (src, None)

    def finish(self, how, args):
        """the calls that carry their settings themselves"""
        if how in ("callApi", "execute"):
            return
        if args and args[0][:2] == ["params", "."]:
            self.params["direct"] = ["'1'"]
            return
        lit = lambda k: args[k]
        if how.startswith("doRPCRequest"):
            self.params.update(dict(zip(("action", "version", "protocol", "method", "authType", "bodyType"), args)), style=["'RPC'"], pathname=["'/'"],
                               direct=["'1'"])
        elif how.startswith("doROARequest"):
            self.params.update(dict(zip(("action", "version", "protocol", "method", "authType", "pathname", "bodyType"), args)), style=["'ROA'"],
                               direct=["'1'"])
            if how.endswith("WithForm"):
                self.params["reqBodyType"] = ["'formData'"]
        elif how == "doRequest" and len(args) == 8:  # action, protocol, method, version, auth, query, body, runtime
            self.params.update(dict(zip(("action", "protocol", "method", "version", "authType"), args)), style=["'RPC'"], pathname=["'/'"], bodyType=["'json'"],
                               direct=["'1'"])
            self.req = {"query": args[5], "body": args[6]}
            self.old = True
        elif how == "doRequest":
            self.p.problems.append(f"{self.p.ctx} {self.py}: an older form without parameters, left out")

    def get(self, key, default=None):
        v = self.params.get(key)
        if v is None:
            return default
        return unquote("".join(v))


def place_fields(act, types, ctx, problems, notes, name):
    """fields of the input with their places, in the order of the model"""
    fields, placed, whole, stream, everything = [], {}, None, None, {}
    host, raw_path = [], act.get("pathname", "/")
    for key, toks in (act.req or {}).items():
        place = {"query": "query", "body": "body", "headers": "header", "hostMap": "host", "stream": "stream"}.get(key)
        if not place:
            problems.append(f"{ctx} {name}: request member {key} is not known")
            continue
        if toks in (["null"], ["headers"]):
            continue
        bags = [x for x in names(toks) if x in act.bags]
        if bags:
            for wire, (src, style) in act.bags[bags[0]].items():
                if wire == "*":
                    everything[place] = True
                elif src is None:
                    problems.append(f"{ctx} {name}: where {wire} comes from is not understood")
                elif place == "host":
                    host.append((wire, src))
                elif src[1] is None:
                    problems.append(f"{ctx} {name}: {wire} is an argument in {place}")
                else:
                    side = "h" if src[0] == "headers" else "r"
                    attr, st = act.shrink.get((side, src[1]), (src[1], None))
                    if (side, attr) in placed:
                        problems.append(f"{ctx} {name}: {attr} is sent twice")
                    placed[(side, attr)] = (place, wire, style or st)
        elif place == "header":
            pass  # request.headers of the oldest form: free headers, not parameters
        else:
            src = act.source(toks)
            al = [act.alias[x] for x in toks if x in act.alias]
            src = src or (al[0] if al else None)
            if src and src[1]:
                attr, st = act.shrink.get(("r", src[1]), (src[1], None))
                placed[("r", attr)] = ("stream" if place == "stream" else "whole", None, st)
            elif toks in (["request"], ["tmpReq"]) or "toMap" in toks or "toMap" in "".join(toks):
                everything[place] = True
            elif toks:
                problems.append(f"{ctx} {name}: {place} = {''.join(toks)[:60]} is not understood")
    holes = {}

    def hole(m):
        inner = m.group(1)
        arg = re.sub(r"^.*\(|\).*$", "", inner)
        holes[snake(arg.split(".")[-1])] = arg
        return "{" + snake(arg.split(".")[-1]) + "}"
    path = re.sub(r"\$?\{([^{}]*)\}", hole, raw_path)  # some programs lack the dollar
    for wire, src in host:
        fields.append({"name": wire, "type": "string", "in": "host", "required": True})
    args = dict(act.args)
    for arg, raw in holes.items():
        if raw in args:
            fields.append({"name": arg, "type": "string", "in": "path", "required": True})
    used = set()
    for f in (types[act.request] if act.request else []):
        g = {k: f[k] for k in ("name", "type", "required") if k in f}
        key = ("r", f["a"])
        if key in placed:
            used.add(key)
            g["in"], wire, st = placed[key]
            if wire is not None and wire != g["name"]:
                notes.append(f"{ctx} {name}.{g['name']}: sent as {wire}")
                g["name"] = wire
            if st:
                g["list"] = st
        elif everything:
            g["in"] = "query" if "query" in everything else "body"
            if key[1] in {a for (s, _), (a, _) in act.shrink.items()}:
                g["list"] = next(st for (s, _), (a, st) in act.shrink.items() if a == key[1])
        elif f"{f['a']}" in {r.split(".")[-1] for r in holes.values() if "." in r}:
            g["name"], g["in"], g["required"] = snake(f["a"]), "path", True
        else:
            notes.append(f"{ctx} {name}.{g['name']}: never sent by the client, left out")
            continue
        fields.append(g)
    for f in (types[act.header] if act.header else []):
        if f["a"] == "commonHeaders":
            continue
        g = {k: f[k] for k in ("name", "type", "required") if k in f}
        g["in"] = "header"
        key = ("h", f["a"])
        if key in placed:
            used.add(key)
            place, wire, st = placed[key]
            g["name"] = wire or g["name"]
            if st:
                g["list"] = st
        fields.append(g)
    for key in placed:
        if key not in used:
            problems.append(f"{ctx} {name}: {key[1]} is sent and not declared")
    return fields, path


def version_of(folder):
    m = re.fullmatch(r"(.+)-(\d{4})(\d{2})(\d{2})", folder)
    return (m.group(1), f"{m.group(2)}-{m.group(3)}-{m.group(4)}") if m else None


def convert(src, folder, source, widths, problems, notes):
    product, version = version_of(folder)
    product = product.replace("_", "-").lower()
    ctx = f"{product}-{version}"
    read = lambda rel: open(os.path.join(src, folder, rel), encoding="utf-8", errors="replace").read()
    exists = lambda rel: os.path.exists(os.path.join(src, folder, rel))
    best, dialect, sse = None, None, set()
    for rel in ("main.tea", "v2/main.tea"):
        if not exists(rel):
            continue
        mine = []
        try:
            prog = Program(read(rel), widths, mine, ctx)
        except (Bad, IndexError) as e:
            problems.append(f"{ctx} {rel}: {e}")
            continue
        acts = []
        for fname, args, out, body in prog.functions:
            if fname.endswith(("WithSSE", "WithSSEAdvance")):
                sse.add(fname[:-len("WithSSE")])
            elif fname.endswith("Advance"):  # the uploads: two more calls, to other products
                continue
            elif any(t in ("callApi", "execute", "doRequest") or t.startswith(("doRPC", "doROA")) for t in body):
                a = Action(prog, fname, args, out, body)
                if a.params:
                    acts.append(a)
        if best is None or len({a.get("action") for a in acts}) > len({a.get("action") for a in best[1]}):
            best = (prog, acts, mine, rel)
    if best is None:
        raise Bad("no program to read")
    prog, acts, mine, rel = best
    problems += mine
    info = json.loads(read("api-info.json")) if exists("api-info.json") else {}
    deprecated = set(info.get("deprecated", ()))
    s = prog.settings
    tea = json.loads(read("Teafile")) if exists("Teafile") else {}
    release = tea.get("releases", {}).get("python", "").partition(":")[2]
    source += " " + release.lstrip("^~") if release else ""
    doc = {"schema": 1, "cloud": "alibaba", "product": product, "version": version, "protocol": None, "source": source,
           "service": s.get("service", product),
           "endpoints": {"rule": s.get("@endpointRule", ""), "regions": s.get("@endpointMap") or {}}, "actions": {}, "types": {}}
    if s.get("@signatureVersion"):
        doc["signature_version"] = s["@signatureVersion"]
    if any(a.how == "execute" for a in acts):  # goes through a package of its own, which signs in another way
        gate = json.loads(read("Teafile")).get("libraries", {}).get("GatewayClient", "own")
        doc["gateway"] = gate.split(":")[1 if ":" in gate else 0].lower().removeprefix("gateway")
        if doc["gateway"] == "pop":
            doc["gateway"] += f":{s['@productId']}"  # it is part of the signature's scope
    types, styles, keep = prog.models, collections.Counter(), {}
    for a in acts:
        name = a.get("action")
        style = {"RPC": "ali-rpc", "ROA": "ali-roa"}.get(a.get("style"))
        if not name or not style or not a.get("method"):
            problems.append(f"{ctx} {a.py}: action {name}, style {a.get('style')}, method {a.get('method')}")
            continue
        if name in doc["actions"]:
            problems.append(f"{ctx} {name}: declared twice")
            continue
        fields, path = place_fields(a, types, ctx, problems, notes, name)
        if not path.startswith("/"):
            notes.append(f"{ctx} {name}: its whole path is an argument, left out")
            continue
        act = {"method": a.get("method"), "path": path}
        iname = a.request or name + "Request"
        if fields or a.request:
            fields = unique_keys(fields)
            if iname in keep and keep[iname] != fields:
                problems.append(f"{ctx} {name}: request class {iname} used twice")
            keep[iname] = fields
            act["in"] = "#" + iname
        out = "".join(a.out)
        body = [f["type"] for f in types.get(out, ()) if f["a"] == "body"]
        act["out"] = body[0] if body else None
        if getattr(a, "old", False) and out in types:
            act["out"] = "#" + out
        if a.get("authType", "AK") != "AK":
            act["auth"] = a.get("authType")
            act["anonymous"] = act["auth"] == "Anonymous"
        usual = {"ali-roa": "json", "ali-rpc": "formData"}[style]
        content = a.get("reqBodyType", usual)
        if a.get("direct") and content in ("json", "formData"):
            content = "formData" if a.how and a.how.endswith("WithForm") else usual
        if content != usual:
            act["content"] = content
        if a.get("bodyType", "json") != "json":
            act["response"] = a.get("bodyType")
        if a.get("protocol") == "SSE":
            act["sse"] = True
        elif a.get("protocol", "HTTPS") != "HTTPS":
            act["schemes"] = a.get("protocol")
        if a.get("version", version) != version:
            act["version"] = a.get("version")
        if name[:1].lower() + name[1:] in sse or re.sub("WithOptions$", "", a.py) in sse:
            act["sse"] = True
        if name in deprecated:
            act["status"] = "deprecated"
        act["style"] = style
        styles[style] += 1
        doc["actions"][name] = act
    doc["protocol"] = next(iter(styles)) if len(styles) == 1 else "mixed"
    if doc["protocol"] != "mixed":
        for a in doc["actions"].values():
            del a["style"]
    unknown = set()

    def known(t):
        ref = re.search(r"#([\w.$]+)", t)
        if ref and ref.group(1) not in types and ref.group(1) not in keep:
            if ref.group(1) not in unknown:
                problems.append(f"{ctx}: type {ref.group(1)} not found")
                unknown.add(ref.group(1))
            return t[:t.index("#")] + "any"
        return t
    todo = []
    for fs in keep.values():
        for f in fs:
            f["type"] = known(f["type"])
            todo.append(f["type"])
    for a in doc["actions"].values():
        if a["out"]:
            a["out"] = known(a["out"])
            todo.append(a["out"])
    while todo:
        ref = re.search(r"#(\w+)", todo.pop())
        if ref and ref.group(1) not in doc["types"] and ref.group(1) not in keep:
            fs = [{k: f[k] for k in ("name", "type", "required") if k in f} for f in types[ref.group(1)]]
            for f in fs:
                f["type"] = known(f["type"])
            doc["types"][ref.group(1)] = {"fields": unique_keys(fs)}
            todo += [f["type"] for f in fs]
    for k, fs in keep.items():
        doc["types"][k] = {"fields": fs}
    doc["types"] = dict(sorted(doc["types"].items()))
    return doc, rel


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--src", required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("--source", default="aliyun/alibabacloud-sdk")
    ap.add_argument("--widths", action="store_true")
    ap.add_argument("--all", action="store_true")
    ap.add_argument("items", nargs="*")
    a = ap.parse_args()
    os.makedirs(a.out, exist_ok=True)
    want, problems, notes, failed, n = set(a.items), [], [], [], 0
    for folder in sorted(os.listdir(a.src)):
        if not version_of(folder) or not (a.all or folder in want):
            continue
        want.discard(folder)
        if folder in LEFT_OUT and a.all:
            notes.append(f"{folder}: left out")
            continue
        try:
            doc, rel = convert(a.src, folder, a.source, a.widths, problems, notes)
        except Exception as e:
            failed.append(f"{folder}: {type(e).__name__}: {e}")
            continue
        if not doc["actions"]:
            notes.append(f"{folder}: no actions, nothing written")
            continue
        with open(os.path.join(a.out, f"{doc['product']}-{doc['version']}.json"), "w", encoding="utf-8") as f:
            json.dump(doc, f, ensure_ascii=False, separators=(",", ":"))
            f.write("\n")
        n += 1
    print(f"{n} written, {len(failed)} failed, {len(problems)} problems, {len(notes)} notes")
    for line in failed + problems + notes + [f"not found: {w}" for w in sorted(want)]:
        print("  " + line)
    return 1 if failed or want else 0


if __name__ == "__main__":
    sys.exit(main())
