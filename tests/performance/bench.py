#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""nginx without authentication against sekisho with a live session, before the same nginx (see scripts/bench.sh).

CPU is user and system time of the proxy's own processes, one worker each on one core; the load and the upstream have the
other core. Every round measures both, one after the other; a ratio is taken within its round and the median is printed."""
import argparse
import json
import pathlib
import re
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

import proxies
from proxies import Proxy, free_port

budgets = {"cpu": 1.10, "p99": 1.2, "bulk": 1.2}  # sekisho's share of nginx's
start_budget, resident_budget, idle_budget = 100, 30, 4  # ms, MiB, KiB
units = {"us": 1e-6, "ms": 1e-3, "s": 1.0}


def judge(results, title, value, budget, **more):
    """Keeps the number with its budget, and gives the words for it."""
    results[title] = {"value": value, "budget": budget, **more}
    return f"{'within' if value <= budget else 'ABOVE'} {budget}"


def wrk(url, cookie, connections, seconds):
    """Requests done and the 99th percentile in seconds."""
    command = ["taskset", "-c", proxies.other_core, "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"]
    out = subprocess.run([*command, "-H", f"Cookie: {cookie}", url], check=True, capture_output=True, text=True).stdout
    if wrong := re.search(r"(Non-2xx.*|Socket errors.*[1-9].*)", out):
        raise SystemExit(f"{url}: {wrong[1].strip()}")
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", out).groups()
    return int(re.search(r"(\d+) requests in", out)[1]), float(value) * units[unit]


def address(proxy, tls, path):
    return f"https://localhost:{proxy.tls_port}{path}" if tls else f"http://localhost:{proxy.port}{path}"


def measure_small(proxy, tls, cookie, seconds):
    begun = proxy.cpu()
    requests, p99 = wrk(address(proxy, tls, "/small"), cookie, 32, seconds)
    return {"cpu": (proxy.cpu() - begun) / requests * 1e6, "p99": p99 * 1e3}


def measure_download(proxy, tls, cookie, seconds):
    begun = proxy.cpu()
    requests, _ = wrk(address(proxy, tls, "/large"), cookie, 4, seconds)
    return {"cpu": (proxy.cpu() - begun) / (requests * proxies.large / 1e9)}


def measure_upload(proxy, tls, cookie, file):
    begun, times = proxy.cpu(), 3
    for number in range(times):
        command = ["curl", "-sS", "-k", "-o", "/dev/null", "-w", "%{http_code}", "-H", "Expect:", "-H", f"Cookie: {cookie}"]
        target = address(proxy, tls, f"/upload/{number}")
        status = subprocess.run([*command, "-T", file, target], check=True, capture_output=True, text=True).stdout
        if status not in ("201", "204"):
            raise SystemExit(f"{target}: {status}")
    return {"cpu": (proxy.cpu() - begun) / (times * proxies.upload / 1e9)}


def idle_memory(proxy, cookie, count=2000):
    """Bytes that a plain keep-alive connection costs while it rests after one request."""
    request = f"GET /small HTTP/1.1\r\nHost: localhost:{proxy.port}\r\nCookie: {cookie}\r\n\r\n".encode()
    before, connections = proxy.resident(), []
    for _ in range(count):
        one = socket.create_connection(("127.0.0.1", proxy.port))
        one.sendall(request)
        answer = b""
        while len(answer.partition(b"\r\n\r\n")[2]) < proxies.small:
            answer += one.recv(8192)
        connections.append(one)
    after = proxy.resident()
    for one in connections:
        one.close()
    return (after - before) * 1024 / count


def compare(title, unit, keys, measure, pair, rounds, results):
    """Interleaves `rounds` of `measure` over both and prints one line per key."""
    print(f"\n{title}")
    seen = [{proxy.name: measure(proxy, cookie) for proxy, cookie in pair} for _ in range(rounds)]
    for key, name, budget in keys:
        ratios = [one["sekisho"][key] / one["nginx"][key] for one in seen]
        nginx, ours = (statistics.median(one[who][key] for one in seen) for who in ("nginx", "sekisho"))
        ratio = statistics.median(ratios)
        verdict = judge(results, f"{title}: {name}", ratio, budget, nginx=nginx, sekisho=ours)
        print(f"  {name:<22} nginx {nginx:9.2f} {unit[key]:<5} sekisho {ours:9.2f} {unit[key]:<5}"
              f" ratio {ratio:5.2f} ({min(ratios):.2f} to {max(ratios):.2f}), {verdict}")


def run(options, folder):
    proxies.make_certificate(folder)
    file = folder / "upload.bin"
    file.write_bytes(b"u" * proxies.upload)
    port, tls_port = free_port(), free_port()
    gates = [f"http://localhost:{port}", f"https://localhost:{tls_port}"]
    upstream = proxies.start_upstream(folder)
    nginx = proxies.start_nginx_proxy(folder, upstream)
    provider = proxies.Provider(gates, folder)
    started, results = [], {}
    try:
        for client, gate, where in zip(("demo-public", "demo-public-2"), gates, (port, tls_port)):
            process, begun = proxies.start_sekisho(folder, options.binary, upstream, provider.issuer, client, gate, where)
            one = Proxy("sekisho", process, where, where)
            started.append(one)
            if len(started) == 1:
                resident = one.resident() / 1024
                print(f"sekisho: {begun * 1e3:.0f} ms from start to first answer,"
                      f" {judge(results, 'start to first answer', begun * 1e3, start_budget)};"
                      f" {resident:.1f} MiB resident at start, {judge(results, 'resident', resident, resident_budget)}")
            one.cookie = provider.session(gate)
        measurements(options, nginx, *started, file, results)
        return results
    finally:
        for one in [*started, provider, nginx, upstream]:
            one.stop()


def measurements(options, nginx, plain, over_tls, file, results):
    print("\nidle plain connections after one request")
    idle = {proxy.name: idle_memory(proxy, plain.cookie) / 1024 for proxy in (nginx, plain)}
    print(f"  nginx {idle['nginx']:.2f} KiB each, sekisho {idle['sekisho']:.2f} KiB each,"
          f" {judge(results, 'idle connection', idle['sekisho'], idle_budget, nginx=idle['nginx'])}")
    seconds, rounds = (2, 3) if options.quick else (4, 5)
    small = [("cpu", "CPU per request", budgets["cpu"]), ("p99", "p99", budgets["p99"])]
    bulk = [("cpu", "CPU per GB", budgets["bulk"])]
    for tls, gate in ((False, plain), (True, over_tls)):
        # Both get the cookie: the same bytes on the wire.
        pair = [(nginx, gate.cookie), (gate, gate.cookie)]
        suffix = " over TLS" if tls else ""
        compare(f"GET 1 KiB, keep-alive, 32 connections{suffix}", {"cpu": "µs", "p99": "ms"}, small,
                lambda proxy, cookie: measure_small(proxy, tls, cookie, seconds), pair, rounds, results)
        compare(f"download of 10 MiB{suffix}", {"cpu": "s"}, bulk,
                lambda proxy, cookie: measure_download(proxy, tls, cookie, seconds), pair, max(2, rounds - 2), results)
        compare(f"upload of 100 MiB{suffix}", {"cpu": "s"}, bulk,
                lambda proxy, cookie: measure_upload(proxy, tls, cookie, file), pair, max(2, rounds - 2), results)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", type=pathlib.Path)
    options = parser.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65536), hard))
    memory = pathlib.Path("/dev/shm")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="sekisho-bench-", dir=memory if memory.is_dir() else None))
    begun = time.monotonic()
    try:
        results = run(options, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if options.json:
        options.json.write_text(json.dumps(results, indent=2) + "\n")
    above = [title for title, one in results.items() if one["value"] > one["budget"]]
    print(f"\n{time.monotonic() - begun:.0f} s; " + (f"ABOVE: {', '.join(above)}" if above else "all within budget"))
    sys.exit(bool(above))


if __name__ == "__main__":
    main()
