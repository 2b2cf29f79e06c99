// SPDX-License-Identifier: Apache-2.0
// An application that knows nothing of OpenID Connect: it shows the request that reached it.
//   /            the request as a page          /json     the same as JSON
//   /events      server-sent events             /socket   a WebSocket that echoes
//   /upload      answers with what it received  /refuse   refuses a WebSocket with 403
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

import { escape, page } from './html.mjs';
import { echoWebSocket } from './websocket.mjs';

const told = /^x-forwarded-(user|preferred-username|email|groups)$/i;

function fieldsOf(request) {
  const fields = [];
  for (let i = 0; i < request.rawHeaders.length; i += 2) fields.push([request.rawHeaders[i], request.rawHeaders[i + 1]]);
  return fields;
}

const first = (request, name) => request.headers[name];

function readable(value) {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function tableOf(fields, kind) {
  const rows = fields.map(([key, value]) => `<tr class="${kind}"><td>${escape(key)}</td><td>${escape(value)}</td></tr>`);
  return `<table>${rows.join('\n')}</table>`;
}

function asPage(request) {
  const fields = fieldsOf(request);
  const name = readable(first(request, 'x-forwarded-preferred-username') ?? first(request, 'x-forwarded-user') ?? 'nobody');
  return page(
    'The application',
    `<h1>Hello, <span id="name">${escape(name)}</span></h1>
    <p class="quiet">This is the application. It has no sign-in of its own: the gate told it who you are, in these
      lines of the request.</p>
    ${tableOf(fields.filter(([key]) => told.test(key)), 'told')}
    <p><a class="button" href="/logout">Sign out</a> <a class="button" href="/json">As JSON</a>
      <a class="button" href="/oidc/session">Who am I?</a></p>
    <h2>The rest of the request</h2>
    <p><code id="target">${escape(request.method)} ${escape(request.url)}</code></p>
    ${tableOf(fields.filter(([key]) => !told.test(key)), 'rest')}`,
  );
}

function sendJson(response, status, value) {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(value, null, 2) + '\n');
}

function asJson(request, response) {
  sendJson(response, 200, { method: request.method, target: request.url, fields: fieldsOf(request), headers: request.headers });
}

// One event at once; then one for every request to /events/next, so that nobody has to wait for a clock.
function events(streams, request, response) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write('data: 0\n\n');
  streams.add(response);
  response.on('close', () => streams.delete(response));
}

function nextEvent(streams, response) {
  for (const stream of streams) stream.write('data: 1\n\n');
  sendJson(response, 200, { streams: streams.size });
}

async function upload(request, response) {
  const digest = createHash('sha256');
  let bytes = 0;
  for await (const part of request) {
    digest.update(part);
    bytes += part.length;
  }
  sendJson(response, 200, { bytes, sha256: digest.digest('hex') });
}

function answer(streams, request, response) {
  const { pathname } = new URL(request.url, 'http://application');
  if (pathname === '/events') return events(streams, request, response);
  if (pathname === '/events/next') return nextEvent(streams, response);
  if (pathname === '/upload') return upload(request, response).catch(() => response.destroy());
  if (pathname.endsWith('/json')) return asJson(request, response);
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  response.end(request.method === 'HEAD' ? undefined : asPage(request));
}

// Starts the application; `seen` is told every request. Gives its address and how to stop it.
export async function startApplication({ host = '127.0.0.1', port = 0, seen = () => {} } = {}) {
  const streams = new Set();
  const sockets = new Set();
  const server = createServer((request, response) => {
    seen(request);
    answer(streams, request, response);
  });
  server.on('upgrade', (request, socket) => {
    seen(request);
    if (new URL(request.url, 'http://application').pathname === '/refuse') {
      socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 7\r\nConnection: close\r\n\r\nrefused');
      return;
    }
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    echoWebSocket(request, socket, first(request, 'x-forwarded-user') ?? 'nobody');
  });
  server.listen(port, host);
  await once(server, 'listening');
  const stop = async () => {
    server.close();
    server.closeAllConnections();
    for (const socket of sockets) socket.destroy();
    await once(server, 'close');
  };
  return { address: `http://${host}:${server.address().port}`, port: server.address().port, stop };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { address } = await startApplication({
    host: process.env.HOST ?? '127.0.0.1',
    port: Number(process.env.PORT ?? 3000),
  });
  console.log(`application: ${address}`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));
}
