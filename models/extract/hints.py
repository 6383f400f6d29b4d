"""What a vendor's text says of a field, as facts: rules from prose to values, bounds, defaults and units.

`facts(text, type, name)` of a field gives a dictionary with some of these keys:

    enum                 the values, in the order of the text, of a text or an integer or a list of them
    min, max             the bounds of a number, both included
    min_len, max_len     the bounds of the number of characters of a text
    default              what the service takes if the field is not sent
    unit                 the unit of a number, such as `GiB` or `s`
    deprecated           True

A rule takes nothing unless the whole phrase has its form, and nothing if two phrases of a text disagree: a hint that is missing costs
less than a wrong one. The precision that was measured by hand is in `docs/models.md`. The texts themselves are not kept.
"""
import html, re

TOKEN = r"[A-Za-z0-9][A-Za-z0-9_.\-/+]*[A-Za-z0-9+]|[A-Za-z0-9]"
HEADING = (r"(?<![示样举例])(?:(?:参数|可选|合法|有效|枚举|支持的|可)?(?:取值|值)(?:范围|说明|如下|包括|包含|有|为|列表)*|枚举类型|可选项|可选|"
           r"[Vv]alid [Vv]alues?|[Aa]llowed [Vv]alues?|[Pp]ossible [Vv]alues?|[Ee]numeration [Vv]alues?|[Oo]ptional [Vv]alues?)")
NOT_VALUES = {"and", "or", "the", "to", "a", "an", "of", "is", "in", "e.g", "i.e", "etc", "none", "null", "nil", "default", "example", "note",
              "json", "string", "int", "integer", "list", "array", "true/false", "n/a", "and/or", "yes/no"}
UNITS = {"gb": "GB", "g": None, "gib": "GiB", "mb": "MB", "mib": "MiB", "kb": "KB", "kib": "KiB", "tb": "TB", "tib": "TiB", "byte": "bytes",
         "bytes": "bytes", "字节": "bytes", "mbps": "Mbit/s", "mbit/s": "Mbit/s", "kbps": "kbit/s", "kbit/s": "kbit/s", "gbps": "Gbit/s", "bps": "bit/s",
         "mb/s": "MB/s", "mib/s": "MiB/s", "秒": "s", "s": "s", "second": "s", "seconds": "s", "毫秒": "ms", "ms": "ms", "millisecond": "ms",
         "milliseconds": "ms", "分钟": "min", "minute": "min", "minutes": "min", "小时": "h", "hour": "h", "hours": "h", "天": "days", "日": "days",
         "day": "days", "days": "days", "月": "months", "个月": "months", "month": "months", "months": "months", "年": "years", "year": "years",
         "years": "years", "像素": "px", "px": "px", "%": "%", "元": "CNY"}
NUMBER = r"[-+]?\d+(?:\.\d+)?"
# Where a phrase ends.
END = r"\s*(?=[。；;\n,，)）】]|\.(?:\s|$)|$)"
MOST_VALUES = 40


def clean(text):
    """Lines, with `- ` before the items of lists."""
    text = re.sub(r"<\s*li[^>]*>", "\n- ", text)
    text = re.sub(r"<\s*/?(?:br|p|ul|ol|/li|div|tr)[^>]*>|</li>", "\n", text)
    text = re.sub(r"<[^>]+>", "", text)
    text = html.unescape(html.unescape(text)).replace("**", "").replace("`", "").replace("\\n", "\n").replace("\u200b", "")
    text = re.sub(r"\[([^\]]*)\]\(https?:[^)]*\)", r"\1", text)
    # Texts of Huawei Cloud have two blanks where a line ends.
    if "\n" not in text:
        text = re.sub(r" {2,}(?=\S)", "\n", text.replace("\t", " "))
    text = re.sub(r"(?m)^\s*(?:[-*•·]|\d{1,2}[.)、](?=\s))\s*", "- ", text)
    return re.sub(r"\n\s*\n+", "\n", text).strip()


def same(found):
    """The only one of what was found, if all are the same."""
    return found[0] if found and all(one == found[0] for one in found) else None


def usable(values, type, name):
    # Such a text tells of the values of something else.
    if re.search(r"(?:[Ii]ds?|[Nn]ames?|[Uu][Rr][LlIi]|[Ii]nfo|[Pp]ath|[Tt]oken|[Ii]ps?|[Cc]ontent|[Cc]onstraints?)$", name):
        return None
    values = list(dict.fromkeys(values))
    if not 2 <= len(values) <= MOST_VALUES or any(value.lower() in NOT_VALUES for value in values):
        return None
    if type in ("i64", "u64", "[]i64", "[]u64"):
        return values if all(re.fullmatch(r"-?\d+", value) for value in values) else None
    # Ranges, dates and paths are no values.
    if any(re.fullmatch(r"\d+(?:\.\d+)?[-/]\d+.*|.*\.\.\..*", value) for value in values):
        return None
    return values


def telling(values, before, name):
    """Whether items are values although no heading says so: by the name of the field, or by how they are written."""
    if re.search(r"[Jj][Ss][Oo][Nn]|格式|字段|包含|过滤|[Ff]ilter|条件|要求|规则|限制|注意|说明|[Nn]ote|例|键", before):
        return False
    names = r"(?:[Tt]ype|[Ss]tatus|[Ss]tate|[Mm]ode|[Cc]ategory|[Mm]ethod|[Pp]rotocol|[Ss]trategy|[Ll]evel|[Pp]hase|[Dd]irection|[Kk]ind|[Ss]witch)$"
    written = all(re.fullmatch(r"[A-Z][A-Z0-9_]{2,}", value) for value in values) or all(re.fullmatch(r"-?\d+", value) for value in values)
    return written or re.search(names, name) is not None


def listed(lines, name):
    """A heading, and items such as `- PREPAID：…`, each of which begins with a value."""
    item = re.compile(rf"- [\"'“‘「]?({TOKEN}|-\d+)[\"'”’」]?\s*(?:[：:（(，,=。;；]|--?\s|—|–|→|表示|代表|\s*(?=[\u4e00-\u9fff])|$)")
    at, found = 0, []
    while at < len(lines):
        if not lines[at].startswith("- "):
            at += 1
            continue
        begin = at
        while at < len(lines) and lines[at].startswith("- "):
            at += 1
        before = lines[begin - 1] if begin else ""
        matches = [item.match(line) for line in lines[begin:at]]
        if not all(matches):
            continue
        values = [match[1] for match in matches]
        if re.search(rf"{HEADING}[^。\n]{{0,30}}[：:]?\s*$", before) or telling(values, before, name):
            found.append(values)
    return same(found) if found else None


def inline(text):
    """`取值：A、B、C。`, `Valid values: A and B.`, each value maybe with a remark in parentheses."""
    value = rf"[\"'“‘「]?({TOKEN})[\"'”’」]?\s*(?:（[^（）\n]*）|\([^()\n]*\))?"
    between = r"\s*(?:[、,，|/；;]|或者?|和|\bor\b|\band\b|,\s*(?:or|and)\b)\s*"
    found = []
    for match in re.finditer(rf"{HEADING}\s*[：:是为]\s*((?:{value}{between})+{value})\s*(?=[。\n]|\.(?:\s|$)|$)", text):
        found.append(re.findall(rf"({TOKEN})[\"'”’」]?\s*(?:（[^（）\n]*）|\([^()\n]*\))?(?:{between}|$)", match[1]))
    return same(found)


def explained(text):
    """`0：关闭，1：开启。`: numbers or words, each with what it means, after a heading or as the end of the text."""
    meaning = r"[^,，;；。\n：:]{1,40}?"
    quote, end = r"[\"'“‘「]?", r"[\"'”’」]?"
    means = r"\s*(?:[：:=]|-\s|-(?=[\u4e00-\u9fff])|表示|代表|(?=[\u4e00-\u9fff]))"
    one, number = rf"{quote}(-?\d+|{TOKEN}){end}{means}\s*{meaning}", rf"(-?\d+){means}\s*{meaning}"
    between = r"\s*[,，;；、\n]\s*"
    found = []
    # Numbers with meanings are values without a heading, too.
    for head, form in ((rf"{HEADING}[^。\n：:，,]{{0,6}}[：:，,]", one), (r"[\u4e00-\u9fff]\s*[：:，,。\n]", number)):
        for match in re.finditer(rf"{head}\s*({form}(?:{between}{form})+)[;；,，]?\s*(?=[。\n]|$)", text):
            # Another value just before or after the series: it is cut, and its values are not all.
            if re.search(rf"(?:^|[^\w.\-])-?\d+\s*(?:[：:=]|-|表示|代表|(?=[\u4e00-\u9fff])){meaning}[,，;；、。\n]?$", text[:match.start(1)].rstrip()):
                return None
            if re.match(rf"[\s。;；,，]*-?\d+(?:{means})", text[match.end():]):
                return None
            found.append(re.findall(rf"(?:^|[,，;；、\n])\s*{quote}(-?\d+|{TOKEN}){end}{means}", match[1]))
        if found:
            break
    return same(found)


# In this order; the first that finds something decides.
VALUE_RULES = dict(listed=lambda text, name: listed(text.split("\n"), name), inline=lambda text, name: inline(text),
                   explained=lambda text, name: explained(text))


# Such a text tells of the parts of a value: of the members of a JSON document, of what is added up, of the characters of a text.
PARTS = re.compile(r"(?<![A-Za-z])json(?![A-Za-z])|<table|由.{1,12}组成的字符串|字符串中第|的值?相加|值相加|按位|位图|bit ?mask|bitmap", re.I)


def values(text, type, name):
    found = next(filter(None, (rule(text, name) for rule in VALUE_RULES.values())), None)
    return usable(found, type, name) if found else None


def rule(key, text, type, name):
    """The name of the rule that finds a fact."""
    if key in ("enum", "values"):
        return next(called for called, rule in VALUE_RULES.items() if rule(clean(text), name))
    return dict(min="bounds", max="bounds", min_len="length", max_len="length").get(key, key)


def number(text):
    return float(text) if "." in text else int(text)


def bounds(text):
    """`取值范围：[1, 100]`, `Valid values: 1 to 100.`"""
    found = []
    head = rf"(?:取值范围|有效范围|数值范围|大小范围|取值区间|范围|[Vv]alid [Vv]alues?|[Vv]alue [Rr]ange|[Rr]ange|取值)\s*(?:[为是：:]|从|is|from|:)?\s*"
    for match in re.finditer(rf"{head}(?:\[\s*({NUMBER})\s*[,，、~～\-–]\s*({NUMBER})\s*\]|({NUMBER})\s*(?:[~～–—]|-|至|到|to)\s*({NUMBER}))"
                             r"\s*(%|[A-Za-z]+/?[A-Za-z]*|个|秒|毫秒|分钟|小时|天|月|年|字符|元|位)?(?!,\d{3})(?!\s*[,，、]\s*(?:and|or|和|或)?\s*[\d\[])" + END, text):
        low, high = (match[1], match[2]) if match[1] else (match[3], match[4])
        found.append((low.lstrip("+"), high.lstrip("+")))
    found = same(found)
    # A second range without a heading may be that of another case.
    others = re.findall(rf"({NUMBER})\s*(?:[~～]|to|至|到)\s*({NUMBER})", text) + re.findall(rf"\[\s*({NUMBER})\s*[,，]\s*({NUMBER})\s*\]", text)
    # So may be a range for a case, or a number outside of it with a meaning of its own.
    special = re.findall(r"(?<![\d.~～\-])(-1|0)\s*[，,]?\s*(?:表示|代表|indicates|means)", text)
    if found and (re.search(r"当[^。\n]{0,40}时[，,]?\s*(?:取值)?范围", text) or any(float(one) < float(found[0]) for one in special)):
        return {}
    if not found or float(found[0]) >= float(found[1]) or any((a, b) != found for a, b in others):
        return {}
    return {"min": number(found[0]), "max": number(found[1])}


def length(text):
    """`长度为1-64个字符`, `must be 2 to 128 characters in length`"""
    if len(re.findall(r"(?m)^- .*(?:字符|characters)", text)) > 1:
        return {}
    both = re.findall(r"(?<![\d.\-])(\d+)\s*(?:[~～–—]|-|至|到|to)\s*(\d+)\s*(?:个|位)?\s*(?:英文)?(?:字符|characters)", text)
    most = re.findall(r"(?:不超过|不能超过|不得超过|不可超过|最多|最长|最大|最大长度|最大长度为|长度限制为|长度限制|up to|cannot exceed|at most|maximum of|no more than)\s*(?:支持|为|允许|可输入|输入|是|：|:)?\s*"
                      r"(\d+)\s*(?:个|位)?\s*(?:英文)?(?:字符|characters)", text)
    if both:
        pair = same(both)
        ok = pair and int(pair[0]) <= int(pair[1]) and all(one == pair[1] for one in most)
        return {"min_len": int(pair[0]), "max_len": int(pair[1])} if ok else {}
    one = same(most)
    return {"max_len": int(one)} if one else {}


def default(text, type, known):
    found = re.findall(r"(?:默认取值|默认值|缺省值|缺省取值|[Dd]efault [Vv]alue)\s*(?:[为是：:]|\bis\b)+\s*[\"'“‘「]?("
                       + rf"{TOKEN}|{NUMBER}" + r")[\"'”’」]?" + END, text)
    one = same(found)
    # What a default depends on is a case, not a default.
    if not one or re.search(r"默认(?:取)?值[^。\n]*(?:时|若|如果)|否则|不同.{0,12}默认|没有传|未传|种情况", text):
        return None
    if type in ("i64", "u64"):
        return one if re.fullmatch(r"-?\d+", one) else None
    if type == "f64":
        return one if re.fullmatch(NUMBER, one) else None
    if type == "bool":
        return one.lower() if one.lower() in ("true", "false") else None
    if one.lower() in NOT_VALUES | {"empty", "no", "not"} or known and one not in known:
        return None
    return one


def unit(text):
    found = re.findall(r"(?:单位)\s*(?:[为是：:])?\s*(个月|毫秒|分钟|小时|字节|像素|秒|天|日|月|年|元|%|[A-Za-z]+(?:/s)?)" + END
                       + r"|\b[Uu]nits?:\s*([A-Za-z]+(?:/s)?)\s*(?=[.,;\n)]|$)", text)
    found = [UNITS.get((a or b).lower()) for a, b in found]
    return same(found)


def deprecated(text):
    return re.match(r"[（(【\[]?(?:该|此|本)?(?:参数|字段|接口)?(?:已经?)?(?:废弃|弃用|下线|作废)|[（(]?(?:This (?:parameter|field) is )?(?:deprecated|discontinued)\b",
                    text.strip(), re.I) is not None


def facts(text, type, name):
    if not text or type.startswith(("#", "[]#", "{}")):
        return {}
    whole, text, out = text, clean(text), {}
    if deprecated(text):
        out["deprecated"] = True
    if PARTS.search(whole):
        return out
    if type in ("string", "[]string", "i64", "u64", "[]i64", "[]u64"):
        if found := values(text, type, name):
            out["enum"] = found
    if type in ("i64", "u64", "f64") and "enum" not in out:
        out |= bounds(text)
    if type == "string" and "enum" not in out:
        out |= length(text)
    if type in ("string", "i64", "u64", "f64", "bool"):
        if found := default(text, type, out.get("enum")):
            out["default"] = found
    if type in ("i64", "u64", "f64"):
        if found := unit(text):
            out["unit"] = found
    return out
