#!/usr/bin/env python3
"""Write sdk/src/provider/volcengine/endpoint/table.rs from the vendor's tables.

    python3 extract_volcengine.py --src volc --endpoints --byteplus byteplus > endpoints.json
    python3 write_volcengine_hosts.py endpoints.json ../../sdk/src/provider/volcengine/endpoint/table.rs

Only the lists are replaced; what stands above them stays. Exit code 2: wrong usage.
"""
import json, re, sys


def main():
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    with open(sys.argv[1], encoding="utf-8") as file:
        known = json.load(file)
    byteplus = known["byteplus"]
    tables = [known["default"], known["standard"], byteplus["default"], byteplus["standard"]]
    letter = {"regional": "R", "global": "G", None: "N"}
    rows = []
    for name in sorted(set().union(*tables)):
        a, b, c, d = (letter[table.get(name)] for table in tables)
        rows.append(f'    ("{name}", [{a}, {b}], [{c}, {d}], {str(name in byteplus["mainland"]).lower()}),')
    lists = {
        "BOOTSTRAP_REGIONS": [f'    "{region}",' for region in sorted(known["bootstrap_regions"])],
        "STANDARD_REGIONS": [f'    "{region}",' for region in sorted(known["standard_regions"])],
        "ROWS": rows,
    }
    with open(sys.argv[2], encoding="utf-8") as file:
        text = file.read()
    for name, lines in lists.items():
        pattern = re.compile(r"(const %s: \[.*; )\d+(\] = \[\n).*?(\n\];)" % name, re.S)
        body = "\n".join(lines)
        text, found = pattern.subn(lambda m: f"{m[1]}{len(lines)}{m[2]}{body}{m[3]}", text)
        if found != 1:
            print(f"{name} is not in {sys.argv[2]}", file=sys.stderr)
            return 1
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        file.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
