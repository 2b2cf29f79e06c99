// SPDX-License-Identifier: Apache-2.0
// Load that costs little beside what it is put on: a few connections that stay open, and no more parsing than needed.
import { connect } from 'node:net';

const headEnd = Buffer.from('\r\n\r\n');

// A connection that asks one thing after the other: ask(path, cookie) gives { status, cookies, text }. Answers must have a
// Content-Length.
export function openConnection({ hostname, port, host }) {
  const socket = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname).setNoDelay();
  let waiting;
  let received = Buffer.alloc(0);
  socket.on('data', (bytes) => {
    received = received.length ? Buffer.concat([received, bytes]) : bytes;
    const at = received.indexOf(headEnd);
    if (at < 0) return;
    const head = received.latin1Slice(0, at);
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1]);
    const end = at + headEnd.length + length;
    if (Number.isNaN(length)) return socket.destroy(new Error(`no Content-Length: ${head}`));
    if (received.length < end) return;
    const text = received.utf8Slice(at + headEnd.length, end);
    const cookies = [...head.matchAll(/\r\nset-cookie: *([^\r]*)/gi)].map(([, line]) => line);
    received = received.subarray(end);
    waiting.resolve({ status: Number(head.slice(9, 12)), cookies, text });
  });
  socket.on('error', (error) => waiting?.reject(error));
  socket.on('close', () => waiting?.reject(new Error('the connection was closed')));
  return {
    ask: (path, cookie) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAccept: application/json\r\nCookie: ${cookie}\r\n\r\n`);
      }),
    close: () => socket.destroy(),
  };
}

// The cookies of one person at one address: header() and store(lines).
export class Pocket {
  #cookies;

  // `header`: what a browser would send.
  constructor(header) {
    this.#cookies = new Map(header.split('; ').map((pair) => pair.split(/=(.*)/s).slice(0, 2)));
  }

  header = () => [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');

  store(lines) {
    for (const line of lines) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (/; *max-age=0\b/i.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }
}

// Calls `work(item, connection)` for each of `items` again and again until `until` (milliseconds), for none sooner than
// `pause` after its last answer, over `connections`.
export async function keepAsking(items, connections, { until, pause }, work) {
  const queue = items.map((item) => ({ item, due: 0 }));
  const asker = async (connection) => {
    while (Date.now() < until) {
      const next = queue.shift();
      if (!next) return; // fewer items than connections
      const wait = next.due - Date.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      await work(next.item, connection);
      queue.push({ item: next.item, due: Date.now() + pause });
    }
  };
  await Promise.all(connections.map(asker));
}
