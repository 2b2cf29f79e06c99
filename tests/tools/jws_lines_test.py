#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fails when jws_lines does not answer every line of jws_lines_write with the verdict the line expects."""
import json
import subprocess
import sys


def expectation(line):
    try:
        value = json.loads(line)
        return (value["id"], value["expected"])
    except (ValueError, TypeError, KeyError):
        return (None, False)


def main(reader, writer):
    lines = subprocess.run([writer], check=True, capture_output=True, text=True).stdout.splitlines()
    answers = subprocess.run(
        [reader], input="\n".join(lines) + "\n", check=True, capture_output=True, text=True
    ).stdout.splitlines()
    expected = [expectation(line) for line in lines]
    given = [(answer["id"], answer["valid"]) for answer in map(json.loads, answers)]
    wrong = [f"{want} but {have}" for want, have in zip(expected, given) if want != have]
    if len(expected) != len(given):
        wrong.append(f"{len(expected)} lines but {len(given)} answers")
    if not any(verdict for _, verdict in expected):
        wrong.append("no line expects to be valid: this test tests nothing")
    print("\n".join(wrong) or f"{len(given)} lines answered as expected")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
