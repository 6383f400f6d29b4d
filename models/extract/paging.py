#!/usr/bin/env python3
"""How the list of an action is paged: facts of the description, and of `paging.tsv` where only the vendor's prose tells.

`facts` gives the column that `pack.py` writes, or None for an action that is not paged:

    paging=FORM CURSOR KEY=VALUE...

FORM is `offset` (the cursor counts items), `number` (it counts pages), `token` or `marker` (the response gives it). Names
and paths are wire names, `/` between the members of a path. The keys:

    first    the number of the first page, if the prose tells it, or of the first item if that is not 0
    size     the parameter for the number of items a page has
    send     the number of items to ask for if the caller does not say: the service wants one
    next     the next token or marker in the response
    more     the member that says whether more pages follow
    total    the number of all items, where that is what the service promises
    items    the list
    token, token_size   of an action that is paged by number: it can be paged by token as well

`paging.tsv` has one line for each action of which `paging_texts.py` has found something in the vendor's package:
cloud, product, version, action, then KEY=VALUE of `form` (`number` for an `offset` that counts pages, `none` for a
parameter that leads through no list), `first`, `send`, and `total` (`none`, `number` for one
that holds only where pages are asked for by number, or the path to it).
"""
import os, re

NUMBERS = ("pagenumber", "pagenum", "pageno", "currentpage", "curpage", "pageindex", "page")
OFFSETS = ("offset",)
# The parameter, and the member of the response that has its next value.
TOKENS = {"nexttoken": ("nexttoken",), "pagetoken": ("nextpagetoken", "pagetoken"), "nextpagetoken": ("nextpagetoken",),
          "cursor": ("nextcursor",), "nextcursor": ("nextcursor",)}
MARKERS = {"marker": ("nextmarker",)}
SIZES = {"number": ("pagesize", "perpage", "limit", "size"), "offset": ("limit", "pagesize"),
         "token": ("maxresults", "maxresult", "limit", "pagesize", "maxitems"), "marker": ("limit", "maxitems", "maxresults", "pagesize")}
MORE = ("hasmore", "hasnext", "hasnextpage", "istruncated")
# Names that say by themselves that all items are counted.
TOTALS = ("totalcount", "total", "totalrecordcount", "totalnum", "totalnumber", "totalitems", "totalitemcount", "totalrecord", "totalrecords",
          "totalrows", "totalrow", "totalcounts", "totalcnt", "totalelements", "recordtotal", "totalrecordnum")
# Structures beside the list that hold figures of the paging.
PAGERS = ("pageinfo", "paginginfo", "page", "pagination", "metadata", "pageresult", "paging")
# Structures that a list may be in.
WRAPPERS = ("data", "result", "response", "content", "model") + PAGERS
PLAIN = ("i64", "u64", "string")


def canon(wire):
    return re.sub(r"[^a-z0-9]", "", wire.lower())


def base(expression):
    return expression.rsplit("#", 1)[1] if expression and "#" in expression else None


def read(folder=os.path.dirname(os.path.abspath(__file__))):
    """(cloud, product, version, action) -> what `paging.tsv` says of it."""
    known = {}
    with open(os.path.join(folder, "paging.tsv"), encoding="utf-8") as file:
        for line in file:
            if not line.startswith("#"):
                *key, said = line.rstrip("\n").split("\t")
                known[tuple(key)] = dict(fact.split("=", 1) for fact in said.split(" "))
    return known


class Response:
    """The members of a response that paging knows."""

    def __init__(self, doc, expression):
        self.types = doc["types"]
        self.top = self.fields(expression) if (expression or "").startswith("#") else []
        self.lists = self.find_lists()

    def fields(self, expression):
        return self.types.get(base(expression) or "", {}).get("fields", [])

    def structs(self, fields, names=None):
        return [f for f in fields if f["type"].startswith("#") and (names is None or canon(name(f)) in names)]

    def lists_in(self, fields, above=()):
        """Paths to the lists, also through the wrapper of a single one, which Alibaba's RPC responses have."""
        found = [(*above, name(f)) for f in fields if f["type"].startswith("[]")]
        for f in self.structs(fields):
            inner = self.fields(f["type"])
            if len(inner) == 1 and inner[0]["type"].startswith("[]"):
                found.append((*above, name(f), name(inner[0])))
        return found

    def find_lists(self):
        found = self.lists_in(self.top)
        if not found:
            for f in self.structs(self.top, WRAPPERS):
                found += self.lists_in(self.fields(f["type"]), (name(f),))
        return found

    def plain(self):
        """Paths to numbers and texts: of the structure that holds the list, of the top, and of the pagers beside them."""
        levels = [((), self.top)]
        if len(self.lists) == 1:
            holder, above = self.top, ()
            for step in self.lists[0][:1]:
                inner = next((f for f in self.structs(self.top) if name(f) == step), None)
                if inner and len(self.fields(inner["type"])) > 1:
                    holder, above = self.fields(inner["type"]), (step,)
            if above:
                levels.insert(0, (above, holder))
        out = []
        for above, fields in levels:
            out += [((*above, name(f)), f) for f in fields]
        for above, fields in levels:
            for f in self.structs(fields, PAGERS):
                out += [((*above, name(f), name(inner)), inner) for inner in self.fields(f["type"])]
        return out

    def find(self, names, types=PLAIN):
        for wanted in names:
            for path, f in self.plain():
                if canon(path[-1]) == wanted and f["type"] in types and f.get("in") != "header":
                    return path
        return None


def name(field):
    return field.get("key", field["name"])


def facts(doc, action, known):
    """The value of the column `paging`, or None."""
    said = known.get((doc["cloud"], doc["product"], doc["version"], action), {})
    found = doc["actions"][action]
    if said.get("form") == "none" or found.get("response"):
        return None
    parameters = [f for f in doc["types"].get(base(found.get("in")) or "", {}).get("fields", []) if f.get("in") not in ("whole", "path", "host")]
    response = Response(doc, found.get("out"))
    if len(response.lists) != 1:
        return None

    def of(names, types=PLAIN):
        for wanted in names:
            for f in parameters:
                if canon(f["name"]) == wanted and f["type"] in types and not f.get("disabled"):
                    return name(f)
        return None

    def by_token(pairs):
        for cursor, members in pairs.items():
            parameter, more = of((cursor,), ("string",)), response.find(MORE, ("bool",))
            # A marker of the same name is the next one if the response says whether there is one, or has it among the figures.
            same = response.find((cursor,)) if cursor == "marker" else None
            following = response.find(members) or (same if same and (more or canon(same[0]) in PAGERS) else None)
            if parameter and following:
                return parameter, following
        return None

    numbers = ("i64", "u64")
    # A text may hold a number, a token or a time.
    texts = PLAIN if said.get("form") in ("number", "offset") else numbers
    cursor, size, out = None, None, []
    page, offset = of(NUMBERS, PLAIN if "first" in said else numbers), of(OFFSETS, texts)
    token, marker = by_token(TOKENS), by_token(MARKERS)
    if said.get("form") == "number" and offset:
        form, cursor, size = "number", offset, of(SIZES["offset"])
    # An index is counted from 0 as often as from 1: only the prose tells.
    elif page and of(SIZES["number"]) and (canon(page) != "pageindex" or "first" in said):
        form, cursor, size = "number", page, of(SIZES["number"])
    elif token:
        form, cursor, size = "token", token[0], of(SIZES["token"])
    elif marker:
        form, cursor, size = "marker", marker[0], of(SIZES["marker"])
    elif offset and of(SIZES["offset"]):
        form, cursor, size = "offset", offset, of(SIZES["offset"])
    else:
        return None
    first = said.get("first", "1" if form == "number" else "0")
    # What the prose says is written even if it is the usual: page 0 is then the first one, too.
    if form == "number" and "first" in said or form == "offset" and first != "0":
        out.append(f"first={first}")
    if size:
        out.append(f"size={size}")
        if "send" in said:
            out.append(f"send={said['send']}")
    if form in ("token", "marker"):
        out.append("next=" + "/".join((token if form == "token" else marker)[1]))
    elif form == "number" and token:
        out += [f"token={token[0]}", "next=" + "/".join(token[1])]
        other = of(("maxresults", "maxresult"))
        if other and other != size:
            out.append(f"token_size={other}")
    more = response.find(MORE, ("bool",))
    if more:
        out.append("more=" + "/".join(more))
    total = said.get("total", "number" if form == "number" else "")
    if total in ("", "number"):
        total = response.find(TOTALS) if form == "number" or total == "" else None
    else:
        total = None if total == "none" else tuple(total.split("/"))
    if total:
        out.append("total=" + "/".join(total))
    out.append("items=" + "/".join(response.lists[0]))
    text = " ".join([form, cursor, *out])
    if len(text.split(" ")) != len(out) + 2:
        raise ValueError(f"{doc['product']} {action}: a blank in a wire name: {text}")
    return text
