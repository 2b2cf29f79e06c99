#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fails when a folder of src/ includes a folder that src/folders.txt does not let it know, or when that table has a cycle."""
import pathlib
import re
import sys


def read_table(path):
    table = {}
    for line in path.read_text().splitlines():
        if match := re.match(r"([a-z]+):\s*(.*)$", line):
            for known in match[2].split():
                if known not in table:
                    raise SystemExit(f"{path}: {match[1]} knows {known}, which does not stand above it: a cycle")
            table[match[1]] = set(match[2].split())
    return table


def violations(src, table):
    for path in sorted(src.rglob("*.[hc]pp")):
        folder = path.relative_to(src).parts[0]
        if folder not in table:
            yield f"{path}: folder {folder}/ is not in folders.txt"
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if match := re.match(r'\s*#\s*include\s+"([a-z_0-9]+)/', line):
                if match[1] != folder and match[1] not in table[folder]:
                    yield f"{path}:{number}: {folder}/ must not know {match[1]}/"
            elif re.match(r'\s*#\s*include\s+"', line):
                yield f"{path}:{number}: include from src/, as \"folder/file.hpp\""


if __name__ == "__main__":
    source = pathlib.Path(sys.argv[1])
    found = list(violations(source, read_table(source / "folders.txt")))
    print("\n".join(found))
    sys.exit(bool(found))
