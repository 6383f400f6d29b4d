"""A preprocessor of mdBook: links that leave the book lead to the repository, as they do in the documents that the book includes.
Lines of Chinese text are joined, because a browser shows the end of a line as a blank, and Chinese has none between words.

mdBook runs it twice: with `supports html`, and with a JSON list of context and book on standard input.
"""

import base64
import json
import re
import sys
from pathlib import Path

IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)\s#:]+\.svg)\)")
LINK = re.compile(r"(\]\()([^)\s#:]+)(#[^)\s]*)?(\))")
CHINESE = "\u3000-\u303f\u4e00-\u9fff\uff00-\uffef"
LINE_END = re.compile(rf"(?<=[{CHINESE}])\n *(?=[{CHINESE}])|(?<=[\u3000-\u303f\uff00-\uffef])\n *(?=[A-Za-z\[]|`(?!``))")
FENCE = re.compile(r"^(```.*?^```)", re.MULTILINE | re.DOTALL)


def rewrite(text, source, repository):
    """The text of a chapter. Code is left alone. Images are embedded, because the book has no copy of them."""

    # Documents are included from the folder `docs` and from the root, and link from there.
    documents = source.parent.parent

    def outside(path):
        """The file outside the book that a page, or a document that it includes, leads to."""
        files = ((folder / path).resolve() for folder in [source, documents, documents.parent])
        return next((file for file in files if file.exists()), None)

    def embed(match):
        text, path = match.groups()
        if (source / path).exists() and (source / path).resolve().is_relative_to(source) or not (file := outside(path)):
            return match.group()
        return f"![{text}](data:image/svg+xml;base64,{base64.b64encode(file.read_bytes()).decode()})"

    def leave(match):
        before, path, anchor, after = match.groups()
        # Documents outside the book lead to its pages by their paths.
        page = path.removeprefix("docs/").removeprefix(f"{source.relative_to(documents)}/")
        if (source / page).exists() and (source / page).resolve().is_relative_to(source):
            return f"{before}{page}{anchor or ''}{after}"
        if not (file := outside(path)):
            return match.group()
        return f"{before}{repository}/blob/main/{file.relative_to(documents.parent).as_posix()}{anchor or ''}{after}"

    parts = FENCE.split(text)
    return "".join(
        part if part.startswith("```") else LINK.sub(leave, IMAGE.sub(embed, LINE_END.sub("", part))) for part in parts
    )


def chapters(items):
    for item in items:
        if chapter := item.get("Chapter") if isinstance(item, dict) else None:
            yield chapter
            yield from chapters(chapter["sub_items"])


def main():
    if sys.argv[1:2] == ["supports"]:
        return
    context, book = json.load(sys.stdin)
    source = Path(context["root"], context["config"]["book"].get("src", "src")).resolve()
    repository = context["config"]["output"]["html"]["git-repository-url"]
    for chapter in chapters(book.get("items") or book.get("sections")):
        chapter["content"] = rewrite(chapter["content"], source, repository)
    json.dump(book, sys.stdout)


main()
