#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds docs/security.md against the tests.

Every test that the table of advisories names must exist, and every advisory id that a test is named by must stand in the
table. A row's last column is a test (its file and a piece of its name) or "does not apply" with the reason."""
import pathlib
import re
import sys

top = pathlib.Path(__file__).resolve().parents[2]
identifier = re.compile(r"CVE-\d{4}-\d+|GHSA(?:-[0-9a-z]{4}){3}|o2p#\d+|CL:\d+")
change = re.compile(r"ChangeLog (?=\d)")  # as a test's name says CL:
row = re.compile(r"^\| (?P<ids>[^|]*(?:CVE-|GHSA-|o2p#|CSNC-|CL:)[^|]*) \| (?P<what>[^|]*) \| (?P<proof>[^|]*) \|$", re.M)
proof_form = re.compile(r"`(tests/[^`]+)` “([^”]+)”")


def problems():
    document = (top / "docs/security.md").read_text()
    listed = set()
    for match in row.finditer(document):
        listed |= set(identifier.findall(match["ids"]))
        proofs = proof_form.findall(match["proof"])
        if not proofs and not re.match(r"(does not apply|by construction): ", match["proof"]):
            yield f"{match['ids']}: neither a test nor a reason: {match['proof']}"
        for file, name in proofs:
            path = top / file
            if not path.exists():
                yield f"{match['ids']}: {file} does not exist"
            elif name not in path.read_text():
                yield f"{match['ids']}: {file} has no test named “{name}”"
    if not listed:
        yield "docs/security.md: the table of advisories is gone"
    for path in [*(top / "tests").rglob("*_test.cpp"), *(top / "tests/e2e").glob("*.test.mjs")]:
        for name in re.findall(r"(?:TEST_CASE|test)\(\s*[\"'`]([^\n]*)", path.read_text()):
            for unknown in set(identifier.findall(change.sub("CL:", name))) - listed:
                yield f"{path.relative_to(top)}: {unknown} is not in docs/security.md"


if __name__ == "__main__":
    found = list(problems())
    print("\n".join(found) or "every advisory has its test or its reason")
    sys.exit(bool(found))
