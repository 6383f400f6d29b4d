#!/usr/bin/env python3
"""Pack neutral descriptions into the catalogue of the generator: a compressed file for each product-version, and an index.

    pip install lz4 zstandard
    python3 pack.py --out ../generator DIR/tencent DIR/huawei DIR/alibaba

Each DIR holds <product>-<version>.json (or .json.zst) descriptions of one cloud; see check.py for the schema. Written are

    OUT/data/<cloud>/<product>-<version>.lz4   records (below), one LZ4 block after its length as four bytes, little-endian
    OUT/data/index.tsv                         cloud, product, version, service, protocol, actions, types, fields, source
    OUT/src/files.rs                           the files as Rust constants, in the order of the index

Records are lines of tab-separated values, sorted by name: first the actions, an empty line, then the types.

    NAME  METHOD  PATH  IN  OUT  KEY=VALUE...            an action; IN and OUT are type expressions or empty
    NAME  s       TYPE:FLAGS[,list=L][,key=K] WIRE...    a structure, one column a field
    NAME  e       VALUE...                               an enumeration
    NAME  p                                              a type that is picked at run time

FLAGS: r required, d disabled, s sensitive, and the place: q query, p path, h header, b body, f form, o host, w whole, t stream.
A cloud that is named is replaced as a whole; the others keep their files. Exit code 1 when a folder holds no description.
"""
import argparse, glob, os, struct, sys

import lz4.block

from check import count, load

PLACES = dict(query="q", path="p", header="h", body="b", form="f", host="o", whole="w", stream="t")
FACTS = ("content", "host", "response", "style", "anonymous", "sse", "maybe_sse", "status")
INDEX = ("cloud", "product", "version", "service", "protocol", "actions", "types", "fields", "source")


def field(f):
    flags = "".join(letter for letter, key in (("r", "required"), ("d", "disabled"), ("s", "sensitive")) if f.get(key))
    flags += PLACES.get(f.get("in"), "")
    flags += "".join(f",{key}={f[key]}" for key in ("list", "key") if key in f)
    return f"{f['type']}:{flags} {f['name']}"


def line(*columns):
    for column in columns:
        if "\t" in str(column) or "\n" in str(column):
            raise ValueError(f"a tab or a line end in {column!r}")
    return "\t".join(map(str, columns))


def records(doc):
    out = []
    for name, a in sorted(doc["actions"].items()):
        facts = [f"{k}={'true' if a[k] is True else a[k]}" for k in FACTS if a.get(k)]
        out.append(line(name, a["method"], a["path"], a.get("in") or "", a.get("out") or "", *facts))
    out.append("")
    for name, t in sorted(doc["types"].items()):
        if t.get("polymorphic"):
            out.append(line(name, "p"))
        elif "enum" in t:
            out.append(line(name, "e", *t["enum"]))
        else:
            out.append(line(name, "s", *map(field, t["fields"])))
    return "\n".join(out).encode()


def compress(raw):
    return struct.pack("<I", len(raw)) + lz4.block.compress(raw, mode="high_compression", compression=12, store_size=False)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--out", required=True)
    ap.add_argument("dirs", nargs="+")
    a = ap.parse_args()
    data = os.path.join(a.out, "data")
    entries, clouds = [], set()
    for d in a.dirs:
        paths = [p for p in sorted(glob.glob(os.path.join(d, "*.json")) + glob.glob(os.path.join(d, "*.json.zst")))
                 if os.path.basename(p) != "endpoints.json"]
        if not paths:
            print(f"{d}: no descriptions", file=sys.stderr)
            return 1
        for p in paths:
            doc = load(p)
            folder = os.path.join(data, doc["cloud"])
            if doc["cloud"] not in clouds:
                clouds.add(doc["cloud"])
                os.makedirs(folder, exist_ok=True)
                for old in glob.glob(os.path.join(folder, "*.lz4")):
                    os.remove(old)
            with open(os.path.join(folder, f"{doc['product']}-{doc['version']}.lz4"), "wb") as f:
                f.write(compress(records(doc)))
            row = dict({"service": doc["product"]}, **{**doc, **count(doc)})
            entries.append([str(row[key]) for key in INDEX])
    index = os.path.join(data, "index.tsv")
    if os.path.exists(index):
        with open(index, encoding="utf-8") as f:
            entries += [row for row in (text.rstrip("\n").split("\t") for text in f) if row[0] not in clouds]
    entries.sort()
    with open(index, "w", encoding="utf-8") as f:
        f.writelines(line(*row) + "\n" for row in entries)
    with open(os.path.join(a.out, "src", "files.rs"), "w", encoding="utf-8") as f:
        f.write("//! The files of the catalogue, in the order of the index. Written by `models/extract/pack.py`.\n\n")
        f.write("pub(crate) static FILES: &[&[u8]] = &[\n")
        for cloud, product, version, *_ in entries:
            f.write(f'    include_bytes!("../data/{cloud}/{product}-{version}.lz4"),\n')
        f.write("];\n")
    print(f"{len(entries)} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
