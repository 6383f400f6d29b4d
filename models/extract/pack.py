#!/usr/bin/env python3
"""Pack neutral descriptions into the catalogue of the generator: a compressed file for each product-version, and an index.

    pip install lz4 zstandard
    python3 pack.py --out ../generator DIR/tencent DIR/huawei DIR/alibaba

Each DIR holds <product>-<version>.json (or .json.zst) descriptions of one cloud; see check.py for the schema. Written are

    OUT/data/<cloud>/<product>-<version>.lz4   records (below), one LZ4 block after its length as four bytes, little-endian
    OUT/data/names.lz4                         the names of all actions, for searching: a line for each of the index, blanks between
    OUT/data/index.tsv                         cloud, product, version, service, protocol, actions, types, fields, source, main
    OUT/src/files.rs                           the files as Rust constants, in the order of the index, with those of `error_codes.py`

Records are lines of tab-separated values, sorted by name: first the actions, an empty line, then the types, an empty line,
then where the product is.

    NAME  METHOD  PATH  IN  OUT  KEY=VALUE...            an action; IN and OUT are type expressions or empty
    NAME  s       TYPE:FLAGS[,KEY=VALUE...] WIRE...      a structure, one column a field: list, key, min, max, min_len, max_len,
                                                         default, unit, deprecated=1, values (with | between)
    NAME  e       VALUE...                               an enumeration
    NAME  p                                              a type that is picked at run time
    RULE  CREDENTIAL...  GATEWAY                         how hosts are made, what kinds of credentials are taken, and the
                                                         gateway that has a signature of its own, if there is one
    HOST...  REGION...                                   hosts in the order they are tried, `*` for the region, and where

RULE is `regional` (PRODUCT.REGION.aliyuncs.com) or `central` (PRODUCT.aliyuncs.com) with hosts that are elsewhere, or `listed`:
these hosts, and no rule. Products of Tencent Cloud and Volcengine have no such part: the runtime knows their hosts.

FLAGS: r required, d disabled, s sensitive, and the place: q query, p path, h header, b body, f form, o host, w whole, t stream.
In the index, `main` stands after the version of a product that its short module path means: the newest one that has at
least two thirds of the actions of the largest, or the one that `main.tsv` names.

The product-versions of the folders are written, all others stay as they are; with --whole, those of the same clouds are
removed. Exit code 1 when a folder holds no description.
"""
import argparse, glob, os, re, struct, sys

import lz4.block

import paging
from check import count, load

PLACES = dict(query="q", path="p", header="h", body="b", form="f", host="o", whole="w", stream="t")
FACTS = ("content", "host", "response", "style", "version", "anonymous", "sse", "maybe_sse", "status", "auth", "schemes")
INDEX = ("cloud", "product", "version", "service", "protocol", "actions", "types", "fields", "source", "main")
HERE = os.path.dirname(os.path.abspath(__file__))


def field(f):
    flags = "".join(letter for letter, key in (("r", "required"), ("d", "disabled"), ("s", "sensitive")) if f.get(key))
    flags += PLACES.get(f.get("in"), "")
    flags += "".join(f",{key}={f[key]}" for key in ("list", "key", "min", "max", "min_len", "max_len", "default", "unit") if key in f)
    flags += ",deprecated=1" if f.get("deprecated") or f.get("disabled") else ""
    if "enum" in f:
        # A blank at the end of a value is the vendor's slip of the pen.
        values = [str(value).strip() for value in f["enum"]]
        if any(mark in value for value in values for mark in ",| "):
            raise ValueError(f"{f['name']} has values that a record cannot hold: {values}")
        flags += f",values={'|'.join(dict.fromkeys(values))}"
    return f"{f['type']}:{flags} {f['name']}"


def fact(value):
    """The text of a fact. A call that needs no signature says so by `anonymous` already."""
    return "true" if value is True else "|".join(value) if isinstance(value, list) else value


def line(*columns):
    for column in columns:
        if "\t" in str(column) or "\n" in str(column):
            raise ValueError(f"a tab or a line end in {column!r}")
    return "\t".join(map(str, columns))


def records(doc):
    out, known = [], paging.read()
    if "signature_version" in doc:
        raise ValueError(f"{doc['product']} has a signature {doc['signature_version']}, which nothing packs")
    for name, a in sorted(doc["actions"].items()):
        # The vendor's client writes such a response to a file: it is no document.
        if doc["types"].get(paging.base(a.get("out")) or "", {}).get("stream") and doc["cloud"] == "huawei":
            a = a | {"response": "binary"}
        facts = [f"{k}={fact(a[k])}" for k in FACTS if a.get(k)]
        if found := paging.facts(doc, name, known):
            facts.append(f"paging={found}")
        out.append(line(name, a["method"], a["path"], a.get("in") or "", a.get("out") or "", *facts))
    out.append("")
    for name, t in sorted(doc["types"].items()):
        if t.get("polymorphic"):
            out.append(line(name, "p"))
        elif "enum" in t:
            out.append(line(name, "e", *t["enum"]))
        else:
            out.append(line(name, "s", *map(field, t["fields"])))
    if where := hosts(doc):
        out += ["", *where]
    return "\n".join(out).encode()


def hosts(doc):
    """The rule, and the hosts that do not follow from it, each with its regions."""
    said = doc["endpoints"]
    if doc["cloud"] == "tencent":
        if said != {"default": f"{doc['service']}.tencentcloudapi.com"}:
            raise ValueError(f"{doc['product']} is at {said}, which nothing packs")
        return []
    if doc["cloud"] == "volcengine":
        # The runtime has the vendor's tables: sdk/src/provider/volcengine/endpoint/table.rs.
        return []
    if doc["cloud"] == "alibaba":
        # The vendor's client takes any word but `regional` for the other one, also none.
        rule = "regional" if said.get("rule") == "regional" else "central"
        usual = (f"{doc['service']}.*.aliyuncs.com", f"{doc['service']}.aliyuncs.com")[rule == "central"]
    else:
        rule, usual = "listed", None
    groups = {}
    for region, found in sorted(said.get("regions", {}).items()):
        found = [found] if isinstance(found, str) else found
        # Two hosts of the packages end in a tab.
        found = [host.strip().split("://")[-1].rstrip("/") for host in found]
        labels = [[("*" if label == region else label) for label in host.split(".")] for host in found]
        text = " ".join(".".join(host) for host in labels)
        if text != usual:
            groups.setdefault(text, []).append(region)
    out = [line(rule, " ".join(doc.get("credentials", [])), *filter(None, [doc.get("gateway")]))]
    return out + [line(host, " ".join(regions)) for host, regions in sorted(groups.items())]


def compress(raw):
    return struct.pack("<I", len(raw)) + lz4.block.compress(raw, mode="high_compression", compression=12, store_size=False)


def decompress(packed):
    (length,) = struct.unpack("<I", packed[:4])
    return lz4.block.decompress(packed[4:], uncompressed_size=length).decode()


def descriptions(data):
    """What the packed files say, as descriptions that are whole but for hosts."""
    letters = {letter: place for place, letter in PLACES.items()}

    def unpack(column):
        head, name = column.split(" ", 1)
        ty, marks = head.split(":", 1)
        flags, *marks = marks.split(",")
        field = {"name": name, "type": ty, **dict(mark.split("=", 1) for mark in marks)}
        field.update({key: True for letter, key in (("r", "required"), ("d", "disabled"), ("s", "sensitive")) if letter in flags})
        return field | {"in": letters[flag] for flag in flags if flag in letters}

    with open(os.path.join(data, "index.tsv"), encoding="utf-8") as index:
        rows = [dict(zip(INDEX, text.rstrip("\n").split("\t"))) for text in index]
    for doc in rows:
        with open(path(data, doc), "rb") as file:
            actions, types, *_ = decompress(file.read()).split("\n\n")
        doc["actions"], doc["types"] = {}, {}
        for text in actions.split("\n"):
            name, method, url, given, answer, *facts = text.split("\t")
            doc["actions"][name] = {"method": method, "path": url, "in": given, "out": answer, **dict(fact.split("=", 1) for fact in facts)}
        for text in filter(None, types.split("\n")):
            name, kind, *columns = text.split("\t")
            doc["types"][name] = {"fields": [unpack(column) for column in columns]} if kind == "s" else {}
        yield doc


def path(data, doc):
    return os.path.join(data, doc["cloud"], f"{doc['product']}-{doc['version']}.lz4")


def again(data):
    """Decides anew how lists are paged, and writes that into the files as they are."""
    known, paged = paging.read(), 0
    for doc in descriptions(data):
        with open(path(data, doc), "rb") as file:
            actions, rest = decompress(file.read()).split("\n\n", 1)
        lines = []
        for text in actions.split("\n"):
            columns = [column for column in text.split("\t") if not column.startswith("paging=")]
            if found := paging.facts(doc, columns[0], known):
                columns.append(f"paging={found}")
                paged += 1
            lines.append(line(*columns))
        with open(path(data, doc), "wb") as file:
            file.write(compress(("\n".join(lines) + "\n\n" + rest).encode()))
    return paged


def mark_main(entries):
    """Writes `main` into the row of each product's main version, and nothing into the others."""
    with open(os.path.join(HERE, "main.tsv"), encoding="utf-8") as file:
        chosen = {tuple(text.rstrip("\n").split("\t")) for text in file if not text.startswith("#")}
    products = {}
    for row in entries:
        products.setdefault(tuple(row[:2]), []).append(row)
    for rows in products.values():
        most = max(int(row[5]) for row in rows)
        large = [row for row in rows if int(row[5]) * 3 >= most * 2]
        named = [row for row in rows if tuple(row[:3]) in chosen]
        best = named[0] if named else max(large, key=lambda row: [int(number) for number in re.findall(r"\d+", row[2])])
        chosen.difference_update(tuple(row[:3]) for row in named)
        for row in rows:
            row[9:] = ["main" if row is best else ""]
    if chosen:
        raise ValueError(f"main.tsv names what is not there: {sorted(chosen)}")


def write_files(out):
    """Writes the files as Rust constants, in the order of the index."""
    data = os.path.join(out, "data")
    with open(os.path.join(data, "index.tsv"), encoding="utf-8") as index:
        paths = ["{}/{}-{}".format(*row.split("\t")[:3]) for row in index]
    with open(os.path.join(out, "src", "files.rs"), "w", encoding="utf-8") as f:
        f.write("//! The files of the catalogue, in the order of the index. Written by `models/extract/pack.py`.\n\n")
        f.write("pub(crate) static FILES: &[&[u8]] = &[\n")
        f.writelines(f'    include_bytes!("../data/{path}.lz4"),\n' for path in paths)
        f.write("];\n\n")
        f.write("/// The error codes that the vendors list, by product and action; empty if they list none.\n")
        f.write("pub(crate) static ERRORS: &[&[u8]] = &[\n")
        for path in paths:
            listed = os.path.exists(os.path.join(data, f"{path}.errors.lz4"))
            f.write(f'    include_bytes!("../data/{path}.errors.lz4"),\n' if listed else "    &[],\n")
        f.write("];\n")


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--out", required=True)
    ap.add_argument("--whole", action="store_true", help="remove what the folders lack of their clouds")
    ap.add_argument("--paging", action="store_true", help="only decide anew how lists are paged, in the files as they are")
    ap.add_argument("dirs", nargs="*")
    a = ap.parse_args()
    if a.paging:
        print(f"{again(os.path.join(a.out, 'data'))} actions are paged")
        return 0
    data = os.path.join(a.out, "data")
    entries, clouds, names = [], set(), {}
    for d in a.dirs:
        paths = [p for p in sorted(glob.glob(os.path.join(d, "*.json")) + glob.glob(os.path.join(d, "*.json.zst")))
                 if os.path.basename(p) != "endpoints.json"]
        if not paths:
            print(f"{d}: no descriptions", file=sys.stderr)
            return 1
        for p in paths:
            doc = load(p)
            folder = os.path.join(data, doc["cloud"])
            os.makedirs(folder, exist_ok=True)
            clouds.add(doc["cloud"])
            with open(os.path.join(folder, f"{doc['product']}-{doc['version']}.lz4"), "wb") as f:
                f.write(compress(records(doc)))
            row = dict({"service": doc["product"], "main": ""}, **{**doc, **count(doc)})
            entries.append([str(row[key]) for key in INDEX])
            names[tuple(entries[-1][:3])] = " ".join(sorted(doc["actions"]))
    index, words = os.path.join(data, "index.tsv"), os.path.join(data, "names.lz4")
    if os.path.exists(index):
        with open(index, encoding="utf-8") as f, open(words, "rb") as g:
            old = zip((text.rstrip("\n").split("\t") for text in f), decompress(g.read()).split("\n"))
            for row, known in old:
                if tuple(row[:3]) in names:
                    continue
                if a.whole and row[0] in clouds:
                    for old_file in glob.glob(os.path.join(data, row[0], f"{row[1]}-{row[2]}.*lz4")):
                        os.remove(old_file)
                    continue
                entries.append(row)
                names[tuple(row[:3])] = known
    entries.sort()
    mark_main(entries)
    with open(words, "wb") as f:
        f.write(compress("\n".join(names[tuple(row[:3])] for row in entries).encode()))
    with open(index, "w", encoding="utf-8") as f:
        f.writelines(line(*row) + "\n" for row in entries)
    write_files(a.out)
    print(f"{len(entries)} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
