#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fails when a document links to a file or a heading of this repository that is not there."""
import pathlib
import re
import sys

top = pathlib.Path(__file__).resolve().parents[2]


def anchors(text):
    """The anchors that GitHub makes of the headings."""
    for heading in re.findall(r"^#+ +(.+?) *$", text, re.M):
        plain = re.sub(r"[`*]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)).lower()
        yield re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def broken_links(document):
    text = document.read_text()
    without_code = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"", without_code):
        link = target[0] or target[1]
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        file = (document.parent / path).resolve() if path else document
        if not file.exists():
            yield f"{document.relative_to(top)}: {link}: no such file"
        elif anchor and file.suffix == ".md" and anchor not in set(anchors(file.read_text())):
            yield f"{document.relative_to(top)}: {link}: no such heading"


if __name__ == "__main__":
    documents = [d for d in top.rglob("*.md") if not {"node_modules", "build"} & set(d.relative_to(top).parts)]
    found = [problem for document in documents for problem in broken_links(document)]
    print("\n".join(found) or f"{len(documents)} documents, every link leads somewhere")
    sys.exit(bool(found))
