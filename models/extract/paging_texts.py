#!/usr/bin/env python3
"""Find in the prose of the vendors' packages what descriptions lack of paging, and write it to `paging.tsv`.

    python3 paging_texts.py --data ../generator/data --out paging.tsv \\
        [--huawei DIR] [--alibaba DIR] [--tencent DIR]

DIR holds the packages as `pip install --target DIR` unpacks them: `huaweicloudsdk*`, `alibabacloud_*`, `tccli`. The lines
of clouds that are not named stay as they are. Only facts are written, no text. With --show, each line is followed by what
it was taken from, for looking through.

What is found, by the words that the vendors use in Chinese and English:

- an `offset` that is the number of a page, and whether pages are counted from 0 or 1; where only another action of the product
  tells that, the product's usage counts, and otherwise 1: a wrong guess then ends in an error, while 0 would repeat a page;
- an `offset` that leads through no list, such as a cursor of the response or a time;
- a `total` that is not the number of all items (of this page, of pages, an estimate, or only if paged by number), and a `count` or `size` that is;
- a page size without which the service ignores the offset or gives no token: then the default of the prose is sent.
"""
import argparse, ast, collections, glob, html, json, os, re, sys

import paging
from pack import descriptions

PAGE = re.compile(r"页码|页号|页数|页编号|分页查询页索引|分页编号|分页索引(?!，偏移)|分页码|分页的?列表的?起始页|列表的起始页|分页的起始页|第几页|第多少页|当前页|第[ 0]*页|\bpage (?:number|no|index)\b|偏移offset页|第二页，数据第101条", re.I)
# An offset by items is explained by pages, too.
NOT_PAGE = re.compile(r"页码 ?[-－] ?1|当前页 ?[-－] ?1|整数倍|倍数|并非页|第一页数据时|上一个请求|查询第一页时为空|第二页为10|Offset[=为] ?(?:10|20|100)\b|OFFSET 20|返回最后一页|条记录开始|索引位置|获取当前页|的偏移量，第一页为0|起始条数|offset is|number of (?:entries|records|items) to skip", re.I)
ZERO = re.compile(r"从 ?第? ?0|0 ?开始|默认(?:值|取值)?[\*为是:： ]*第?[“\"']?0|缺省值?[:：为 ]*0|页号, 默认0|第一页[:：为] ?0|首页为 ?0|最小为? ?0|最小值?[:：为 ]*0|offset=0表示第一页|起始页?码?[为:：]0|页数减1|偏移offset页|(?:starts?|starting|begins?) (?:from|at|with) \**0|default(?: value)?[ :=]*\**0|\b0-based", re.I)
ONE = re.compile(r"从 ?第? ?1|1 ?开始|默认(?:值|取值)?[\*为是:： ]*第?[“\"']?[1一]|为0时(?:，系统默认)?返回第1页|起始页码为1|大于等于1|取值范围[\*为：: ]*1 ?[-~]|1表示(?:查询)?第一页|第一页[:：为] ?1|最小值?[是:：为 ]*1|offset 1指的是1-20|(?:starts?|starting|begins?) (?:from|at|with) \**1|default(?: value)?[ :=]*\**1\b|greater than 0|最小为?1", re.I)
ITEM_ONE = re.compile(r"从第 ?1 ?[个条]|大于等于 ?1(?!\d)|缺省值?[:：] ?1(?!\d)|默认值?为1，即从第1|查询起始值，默认值为1|[，,]从1开始|取值为1-")
CURSOR = re.compile(r"查询游标(?!，即偏移)|分页游标|分页指针|分页标记|上一次请求返回的|前一次请求返回的|上一个请求中返回的|时间偏移|offset returned|返回的页面索引", re.I)
TOTAL = re.compile(r"总(?:数|条|量|个|记录|共|的|计|体|任务|和|用户|列表|会话|线程|大小)|全部|符合|满足|不受分页|列表大小|\b(?:total|tatal)\b", re.I)
PART = re.compile(r"当前(?:返回|页|分页|查询到的)|本次|本页|此页|每页|一页|单页|此次|页数|总页|页码|page number|current page|this page|per page|each page|(?:on|of) the (?:current )?page|number of pages|total pages|in this response|returned in this|is invalid|ignore|当前列表|列表长度|数组的长度|返回(?:的)?(?:个数|数组|数量)", re.I)
ALL = re.compile(r"regardless of the number|总(?:数|条|记录|个|量)|total number of (?:entries|records|items)? ?(?:that|found|matched)", re.I)
ESTIMATE = re.compile(r"估算|大约|约数|近似|approximate|estimat|不精确|not accurate|不准确", re.I)
TOGETHER = re.compile(r"offset和limit参数需要配套使用|limit ?和 ?offset ?(?:必须|需要)?同时|同时(?:指定|传入|设置) ?limit|limit.{0,6}携带时此字段有效", re.I)
NEEDED = re.compile(r"(?:only|not) (?:be )?(?:returned|valid|take effect|supported) (?:if|unless|when|only when).{0,40}MaxResults|NextToken.{0,60}(?:only|unless).{0,30}MaxResults", re.I)


def clean(text):
    text = re.sub(r"<[^>]*>", " ", html.unescape(text or ""))
    text = re.sub(r"\*\*(?:参数解释|约束限制|取值范围|默认取值|参数说明)\s*[:：]?\*\*\s*[:：]?\s*不涉及。?", " ", text)
    return re.sub(r"\s+", " ", text).strip()


# ---- the texts -------------------------------------------------------------------------------------------------
def huawei(root, product, version):
    """type -> wire name -> text"""
    out = {}
    for path in glob.glob(f"{root}/huaweicloudsdk{product}/{version}/model/*.py"):
        text = open(path, encoding="utf-8").read()
        name, wires = re.search(r"^class (\w+)", text, re.M), re.search(r"attribute_map = (\{.*?\})", text, re.S)
        wires, said = ast.literal_eval(wires[1]) if wires else {}, {}
        # The constructor has the texts; setters repeat the names.
        for m in re.finditer(r":param (\w+): ?(.*?)\n\s*:type \1: ", text, re.S):
            said.setdefault(wires.get(m[1], m[1]), clean(m[2]))
        if name:
            out[name[1]] = said
    return out


def alibaba(root, package):
    out = {}
    for path in glob.glob(f"{root}/{package}/models/*.py") + glob.glob(f"{root}/{package}/models.py"):
        for text in re.split(r"\n(?=class )", open(path, encoding="utf-8").read()):
            name = re.match(r"class (\w+)", text)
            if not name:
                continue
            wires = {m[2]: m[1] for m in re.finditer(r"result\['([^']+)'\] = (?:self\.)?(\w+)", text)}
            said = {}
            for m in re.finditer(r"((?:        #[^\n]*\n)*)        self\.(\w+) = \2\b", text):
                said.setdefault(wires.get(m[2], m[2]), clean(re.sub(r"\n\s*# ?", " ", m[1]).strip(" #\n")))
            out[name[1]] = said
    return out


def tencent(root, product, version):
    path = f"{root}/tccli/services/{product}/v{version.replace('-', '')}/api.json"
    if not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as file:
        types = json.load(file)["objects"]
    return {name: {m["name"]: clean(m.get("document")) for m in ty["members"]} for name, ty in types.items()}


# ---- what they say ---------------------------------------------------------------------------------------------
def first_page(text):
    if re.search(r"为0时(?:，系统默认)?返回第1页", text):
        return "1"
    zero, one = ZERO.search(text), ONE.search(text)
    if zero and one and re.search(r"从 ?第? ?1|1 ?开始|pages? start at \**1", text, re.I):
        return "1"
    return "0" if zero else "1" if one else None


def default_size(text):
    m = re.search(r"(?:默认(?:值|取值)?|缺省值?|default(?: value)?)\D{0,12}(\d+)", text, re.I)
    most = re.search(r"(?:最大|不超过|上限|maximum|at most|1 ?[-~到至](?: ?\**)|to \**)\D{0,10}(\d+)", text, re.I)
    size = int(m[1]) if m and 0 < int(m[1]) <= 1000 else min(int(most[1]), 100) if most and int(most[1]) else None
    return size


def look(doc, action, texts):
    """What the texts say of one action, as facts, and the words that they come from."""
    types, found = doc["types"], doc["actions"][action]
    request = paging.base(found.get("in"))
    fields = [f for f in types.get(request or "", {}).get("fields", []) if f.get("in") not in ("whole", "path", "host")]
    text = lambda wire: texts.get(request, {}).get(wire, "")
    facts, words = {}, []

    def note(key, value, why):
        facts[key] = value
        words.append(f"{key}: {why[:150]}")

    for f in fields:
        name, said = paging.canon(f["name"]), text(f["name"])
        if name == "offset":
            if CURSOR.search(said):
                note("form", "none", said)
            elif PAGE.search(said) and not NOT_PAGE.search(said):
                note("form", "number", said)
                note("first", first_page(said) or "?", said)
            elif f["type"] == "string" and re.search(r"偏移|开始|起始|默认|offset", said, re.I) and not re.search(r"时间|token|partition", said, re.I):
                note("form", "offset", said)
            if facts.get("form") in (None, "offset") and ITEM_ONE.search(said):
                note("first", "1", said)
        elif name in paging.NUMBERS and "first" not in facts and "form" not in facts:
            first = first_page(said)
            if re.search(r"document offset", said):
                note("form", "none", said)
            elif first == "0" or canon_index(name) and first:
                note("first", first, said)
    if "form" in facts and any(paging.canon(f["name"]) in paging.NUMBERS for f in fields) and facts["form"] == "number":
        # A page number of its own goes before.
        facts, words = {k: v for k, v in facts.items() if k not in ("form", "first")}, words
    total(doc, found, texts, note)
    sizes = [f for f in fields if paging.canon(f["name"]) in ("limit", "pagesize", "maxresults")]
    for f in fields:
        name, said = paging.canon(f["name"]), text(f["name"])
        together = name in ("offset", "limit") and TOGETHER.search(said) or name in ("nexttoken", "maxresults") and NEEDED.search(said)
        if together and sizes and "send" not in facts:
            size = default_size(text(sizes[0]["name"])) or 20
            note("send", str(size), said)
    return facts, words


def canon_index(name):
    return name == "pageindex"


def total(doc, found, texts, note):
    """Whether the member that is taken for the total by its name is one, and otherwise whether another is."""
    response = paging.Response(doc, found.get("out"))
    if len(response.lists) != 1:
        return
    said = {}
    for path, _ in response.plain():
        ty, fields = paging.base(found["out"]), response.top
        for step in path[:-1]:
            field = next(f for f in fields if paging.name(f) == step)
            ty, fields = paging.base(field["type"]), response.fields(field["type"])
        said[path] = texts.get(ty, {}).get(path[-1], "")
    path = response.find(paging.TOTALS)
    if path:
        if re.search("MaxResults|NextToken", said[path], re.I):
            note("total", "number", said[path])
        elif ESTIMATE.search(said[path]) or PART.search(said[path]) and not ALL.search(said[path]):
            note("total", "none", said[path])
        return
    for path, f in response.plain():
        if paging.canon(path[-1]) not in ("count", "size", "num", "totalsize", "recordnum", "resultnum", "recordcount", "totalpage", "xtotal"):
            continue
        if f["type"] in ("i64", "u64") and f.get("in") != "header" and TOTAL.search(said[path]) and not PART.search(said[path]) \
                and not ESTIMATE.search(said[path]) and not re.search(r"大小\(|字节|bytes|容量|单位|文件大小|\b[GM]B\b", said[path]):
            note("total", "/".join(path), said[path])
            return


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("--show", action="store_true")
    for cloud in ("huawei", "alibaba", "tencent"):
        ap.add_argument("--" + cloud, metavar="DIR")
    a = ap.parse_args()
    rows, seen = {}, collections.defaultdict(collections.Counter)
    for doc in descriptions(a.data):
        cloud, product, version = doc["cloud"], doc["product"], doc["version"]
        root = getattr(a, cloud)
        if not root:
            continue
        texts = alibaba(root, doc["source"].split(" ")[0]) if cloud == "alibaba" else globals()[cloud](root, product, version)
        for action in doc["actions"]:
            facts, words = look(doc, action, texts)
            if facts:
                rows[cloud, product, version, action] = facts, words
                if facts.get("first", "?") != "?":
                    seen[cloud, product, facts.get("form")][facts["first"]] += 1
    # The base that the product uses elsewhere; 1 where nothing is said.
    for (cloud, product, *_), (facts, _) in rows.items():
        if facts.get("first") == "?":
            usual = seen[cloud, product, facts.get("form")].most_common(1)
            facts["first"] = usual[0][0] if usual else "1"
    if os.path.exists(a.out):
        for key, facts in paging.read(os.path.dirname(os.path.abspath(a.out))).items():
            if not getattr(a, key[0]):
                rows[key] = facts, []
    with open(a.out, "w", encoding="utf-8") as out:
        out.write("# What only the vendors' prose tells of paging. Written by paging_texts.py; the format is in paging.py.\n")
        for key, (facts, words) in sorted(rows.items()):
            out.write("\t".join((*key, " ".join(f"{k}={v}" for k, v in facts.items()))) + "\n")
            if a.show:
                print(*key, facts, *words, sep="\n    ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
