#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the user instructions of one proxied request, counted by callgrind, against their budget: instructions.py LOAD."""
import pathlib
import re
import subprocess
import sys
import tempfile

# Of the whole program: gate, client and application. Raise it only with the reason in the commit's message.
BUDGET = 20000
TOLERANCE = 0.03
FEW, MANY = 500, 2500


def instructions(program, requests):
    with tempfile.TemporaryDirectory() as folder:
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out", program, str(requests)]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, timeout=140)
        if done.returncode != 0:
            raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}")
        text = pathlib.Path(f"{folder}/out").read_text()
    return int(re.search(r"^(?:summary|totals): (\d+)", text, re.M)[1])


def main():
    program = sys.argv[1]
    per_request = (instructions(program, MANY) - instructions(program, FEW)) / (MANY - FEW)
    share = per_request / BUDGET - 1
    print(f"{per_request:.0f} instructions per request, budget {BUDGET} ± {TOLERANCE:.0%}: {share:+.1%}")
    if abs(share) > TOLERANCE:
        print("less is good news: lower the budget in this file" if share < 0 else "more than the budget: find out why")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
