#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the user instructions of one proxied request, counted by callgrind, against their budget: instructions.py LOAD.
The request is one of a session in the cookie and of one in the gate's memory.
Only the worker's thread counts: not the client, the application, or what the control worker does meanwhile."""
import pathlib
import re
import subprocess
import sys
import tempfile

# Lower it when a change makes requests cheaper; raise it only with the reason in the commit's message.
BUDGETS = {
    "cookie": 37400,  # 36400 before requests knew of renewals and of streams that end with their session
    "memory": 36700,  # a ticket is shorter than a sealed session
}
TOLERANCE = 0.03
FEW, MANY = 500, 2500


def instructions(program, store, requests):
    with tempfile.TemporaryDirectory() as folder:
        command = ["valgrind", "--tool=callgrind", "--separate-threads=yes", f"--callgrind-out-file={folder}/out"]
        done = subprocess.run(
            [*command, program, store, str(requests)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, timeout=140
        )
        if done.returncode != 0:
            raise SystemExit(f"{program} {store} {requests} ended with {done.returncode} under callgrind:\n{done.stderr}")
        threads = [path.read_text() for path in pathlib.Path(folder).glob("out-*")]
    workers = [text for text in threads if "pipeline::handle" in text]
    if len(workers) != 1:
        raise SystemExit(f"{len(workers)} of {len(threads)} threads look like the worker")
    return int(re.search(r"^(?:summary|totals): (\d+)", workers[0], re.M)[1])


def is_within(program, store, budget):
    per_request = (instructions(program, store, MANY) - instructions(program, store, FEW)) / (MANY - FEW)
    share = per_request / budget - 1
    print(f"{store}: {per_request:.0f} instructions per request, budget {budget} ± {TOLERANCE:.0%}: {share:+.1%}")
    if abs(share) > TOLERANCE:
        print("less is good news: lower the budget in this file" if share < 0 else "more than the budget: find out why")
    return abs(share) <= TOLERANCE


def main():
    return 0 if all([is_within(sys.argv[1], *each) for each in BUDGETS.items()]) else 1


if __name__ == "__main__":
    sys.exit(main())
