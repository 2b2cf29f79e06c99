#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the table of settings against the code: a setting that nothing reads is a promise that nobody keeps.

Every row of src/settings/rows/ names a member of the model. Somebody outside of the table and the checks must
use that member: src/app, which turns settings into objects, or src/settings/effective.cpp, which resolves them.
"""

import pathlib
import re
import sys

SOURCE = pathlib.Path(__file__).resolve().parents[2] / "src"
ROW = re.compile(r'define<&model::(\w+), &\w+::(\w+)>\(\{\.path = "([a-z_.]+)"')

# The test page is built on these; once it reads them they must leave this list.
AWAITED = set()


def readers():
    files = [*(SOURCE / "app").rglob("*.?pp"), SOURCE / "settings" / "effective.cpp"]
    return "\n".join(file.read_text() for file in files)


def main():
    text = readers()
    rows = [row for file in sorted((SOURCE / "settings" / "rows").glob("*.cpp")) for row in ROW.findall(file.read_text())]
    if len(rows) < 100:
        sys.exit(f"only {len(rows)} rows found: has their form changed?")
    unread = [
        path
        for section, member, path in rows
        if not re.search(rf"(\.|->|_settings::){member}\b(?!\()", text)
    ]
    for path in sorted(set(unread) - AWAITED):
        print(f"{path}: nothing reads this setting")
    for path in sorted(AWAITED - set(unread)):
        print(f"{path}: is read now; take it off AWAITED")
    sys.exit(0 if set(unread) == AWAITED else 1)


if __name__ == "__main__":
    main()
