"""A preprocessor of mdBook: links that leave the book lead to the repository, as they do in the documents that the book includes.

mdBook runs it twice: with `supports html`, and with a JSON list of context and book on standard input.
"""

import json
import re
import sys
from pathlib import Path

LINK = re.compile(r"(\]\()([^)\s#:]+)(#[^)\s]*)?(\))")
FENCE = re.compile(r"^(```.*?^```)", re.MULTILINE | re.DOTALL)


def rewrite(text, source, repository):
    """The text of a chapter. Code is left alone."""

    def leave(match):
        before, path, anchor, after = match.groups()
        if (source / path).exists():
            return match.group()
        # Documents are included from the folder `docs`, and link from there.
        parts = []
        for part in f"docs/{path}".split("/"):
            if part == "..":
                parts.pop()
            elif part != ".":
                parts.append(part)
        return f"{before}{repository}/blob/main/{'/'.join(parts)}{anchor or ''}{after}"

    parts = FENCE.split(text)
    return "".join(part if part.startswith("```") else LINK.sub(leave, part) for part in parts)


def chapters(items):
    for item in items:
        if chapter := item.get("Chapter") if isinstance(item, dict) else None:
            yield chapter
            yield from chapters(chapter["sub_items"])


def main():
    if sys.argv[1:2] == ["supports"]:
        return
    context, book = json.load(sys.stdin)
    source = Path(context["root"], context["config"]["book"].get("src", "src"))
    repository = context["config"]["output"]["html"]["git-repository-url"]
    for chapter in chapters(book.get("items") or book.get("sections")):
        chapter["content"] = rewrite(chapter["content"], source, repository)
    json.dump(book, sys.stdout)


main()
