#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds docs/conformance.md against the tests.

Every row names a test that exists, and every test of the conformance files stands in a row."""
import pathlib
import re
import sys

top = pathlib.Path(__file__).resolve().parents[2]
row = re.compile(r"^\| (?!behaviour )(?P<what>[^|]+) \| (?P<proof>[^|]+) \|$", re.M)
proof_form = re.compile(r"`(tests/[^`]+)` “([^”]+)”")
piece = re.compile(r'"((?:[^"\\]|\\.)*)"')


def test_names(path):
    """The names of a file's tests; a name may be written in several pieces."""
    names = []
    for chunk in path.read_text().split("TEST_CASE(")[1:]:
        text, rest = "", chunk.lstrip()
        while found := piece.match(rest):
            text += found.group(1)
            rest = rest[found.end() :].lstrip()
        names.append(text)
    return names


def problems():
    document = (top / "docs/conformance.md").read_text()
    listed = set()
    for match in row.finditer(document):
        proofs = proof_form.findall(match["proof"])
        if not proofs:
            yield f"{match['what']}: names no test"
        for file, name in proofs:
            path = top / file
            listed.add((file, name))
            if not path.exists():
                yield f"{match['what']}: {file} does not exist"
            elif name not in test_names(path):
                yield f"{match['what']}: {file} has no test named “{name}”"
    if not listed:
        yield "docs/conformance.md: its tables are gone"
    for path in sorted((top / "tests").rglob("conformance_*_test.cpp")):
        file = str(path.relative_to(top))
        for name in test_names(path):
            if (file, name) not in listed:
                yield f"{file}: “{name}” stands in no row of docs/conformance.md"


if __name__ == "__main__":
    found = list(problems())
    print("\n".join(found) or "every conformance behaviour has its test")
    sys.exit(bool(found))
