# SPDX-License-Identifier: Apache-2.0
"""What bench.py measures: an nginx to stand behind, an nginx to compare with, and sekisho, each with its own processes."""
import contextlib
import os
import pathlib
import secrets
import socket
import ssl
import subprocess
import time

top = pathlib.Path(__file__).resolve().parents[2]
proxy_core, other_core = ("0", "1") if (os.cpu_count() or 1) > 1 else ("0", "0")
ticks = os.sysconf("SC_CLK_TCK")
small, large, upload = 1024, 10 * 2**20, 100 * 2**20


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_for(port, process, limit=10.0):
    """Seconds until something accepts at `port`."""
    begun = time.monotonic()
    while time.monotonic() - begun < limit:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return time.monotonic() - begun
        if process.poll() is not None:
            raise SystemExit(f"{process.args[3]} ended with {process.returncode}")
        time.sleep(0.0005)
    raise SystemExit(f"{process.args[3]} does not listen on {port}")


class Proxy:
    """Processes that relay from `port` (plain) or `tls_port` to the upstream."""

    def __init__(self, name, process, port, tls_port=None, cookie=""):
        self.name, self.process, self.port, self.tls_port, self.cookie = name, process, port, tls_port, cookie

    def pids(self):
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [self.process.pid, *map(int, children)]

    def cpu(self):
        """CPU seconds so far, user and system, of every process."""
        total = 0
        for pid in self.pids():
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
        return total / ticks

    def resident(self):
        """KiB in memory, of every process."""
        texts = (pathlib.Path(f"/proc/{pid}/status").read_text() for pid in self.pids())
        return sum(int(line.split()[1]) for text in texts for line in text.splitlines() if line.startswith("VmRSS:"))

    def stop(self):
        self.process.terminate()
        self.process.wait()


def spawn(core, command, folder, environment=None):
    log = open(folder / f"{pathlib.Path(command[0]).name}-{secrets.token_hex(2)}.log", "wb")
    return subprocess.Popen(
        ["taskset", "-c", core, *command], env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
    )


def make_certificate(folder):
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
        + subject
        + ["-keyout", folder / "key.pem", "-out", folder / "certificate.pem"],
        check=True,
        stderr=subprocess.DEVNULL,
    )


nginx_frame = """
daemon off; worker_processes 1; pid {folder}/{name}.pid; error_log {folder}/{name}.error warn;
events {{ worker_connections 8192; }}
http {{
  access_log {folder}/{name}.access; keepalive_requests 100000000; client_max_body_size 0; sendfile on; tcp_nodelay on;
  client_body_temp_path {folder}/{name}-body; proxy_temp_path {folder}/{name}-proxy; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  {body}
}}
"""
behind = "server {{ listen 127.0.0.1:{port}; root {folder}/www; location /upload/ {{ dav_methods PUT; }} }}"
before = """
  upstream application {{ server 127.0.0.1:{upstream}; keepalive 64; keepalive_requests 100000000; }}
  server {{
    listen 127.0.0.1:{port}; listen 127.0.0.1:{tls_port} ssl;
    ssl_certificate {folder}/certificate.pem; ssl_certificate_key {folder}/key.pem; ssl_protocols TLSv1.2 TLSv1.3;
    location / {{
      proxy_pass http://application; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_set_header Host $host; proxy_set_header X-Forwarded-For $remote_addr;
      proxy_request_buffering off; proxy_max_temp_file_size 0;
    }}
  }}
"""


def start_nginx(folder, name, core, body):
    path = folder / f"{name}.conf"
    path.write_text(nginx_frame.format(folder=folder, name=name, body=body))
    return spawn(core, ["nginx", "-c", str(path), "-e", f"{folder}/{name}.error"], folder)


def start_upstream(folder):
    for name, size in (("small", small), ("large", large)):
        (folder / "www/upload").mkdir(parents=True, exist_ok=True)
        (folder / f"www/{name}").write_bytes(b"x" * size)
    for path in (folder, folder / "www", folder / "www/upload"):
        path.chmod(0o777)
    port = free_port()
    process = start_nginx(folder, "upstream", other_core, behind.format(port=port, folder=folder))
    wait_for(port, process)
    return Proxy("upstream", process, port)


def start_nginx_proxy(folder, upstream):
    port, tls_port = free_port(), free_port()
    body = before.format(port=port, tls_port=tls_port, upstream=upstream.port, folder=folder)
    process = start_nginx(folder, "nginx", proxy_core, body)
    wait_for(tls_port, process)
    return Proxy("nginx", process, port, tls_port)


class Provider:
    """The demo's provider, and the sessions it gives."""

    def __init__(self, gates, folder):
        command = ["taskset", "-c", other_core, "node", top / "deploy/demo/session.mjs", "--ca", folder / "certificate.pem"]
        for gate in gates:
            command += ["--gate", gate]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.issuer = self.process.stdout.readline().strip()

    def session(self, gate):
        self.process.stdin.write(f"sign-in {gate}\n")
        self.process.stdin.flush()
        cookie = self.process.stdout.readline().strip()
        if not cookie:
            raise SystemExit(f"no session at {gate}")
        return cookie

    def stop(self):
        self.process.stdin.close()
        self.process.wait()


def start_sekisho(folder, binary, upstream, issuer, client, address, port):
    """Gives the process and the seconds from start to the first answer."""
    settings = {
        "PATH": os.environ["PATH"],
        "OIDC_ISSUER": issuer,
        "OIDC_CLIENT_ID": client,
        "SERVER_LISTEN": f"127.0.0.1:{port}",
        "SERVER_PUBLIC_URL": address,
        "SERVER_WORKERS": "1",
        "UPSTREAM_URL": f"http://127.0.0.1:{upstream.port}",
        "SESSION_SECRET": secrets.token_urlsafe(32),
    }
    if address.startswith("https:"):
        settings |= {"SERVER_TLS_CERTIFICATE": f"{folder}/certificate.pem", "SERVER_TLS_KEY": f"{folder}/key.pem"}
    begun = time.monotonic()
    process = spawn(proxy_core, [str(binary), "serve"], folder, settings)
    wait_for(port, process)
    with socket.create_connection(("127.0.0.1", port)) as plain:
        trusting = ssl.create_default_context(cafile=folder / "certificate.pem") if address.startswith("https:") else None
        stream = trusting.wrap_socket(plain, server_hostname="localhost") if trusting else plain
        stream.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nConnection: close\r\n\r\n")
        stream.recv(1)
        return process, time.monotonic() - begun
