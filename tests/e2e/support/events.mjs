// SPDX-License-Identifier: Apache-2.0
// An event stream that stays open while a test goes on.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';

// Opens the application's event stream at a gate with a browser's cookies, and waits for its first event:
// { response, closed }. `closed` becomes 'complete', or the error with which it was cut off.
export async function openEvents(address, browser) {
  const url = new URL(`${address}/events`);
  const request = http.get({
    agent: false,
    host: '127.0.0.1',
    port: url.port,
    path: url.pathname,
    headers: { host: url.host, cookie: browser.jar.header(`${address}/`), accept: 'text/event-stream' },
  });
  const [response] = await once(request, 'response');
  assert.equal(response.statusCode, 200);
  const [first] = await once(response, 'data');
  assert.equal(first.toString(), 'data: 0\n\n');
  const closed = new Promise((resolve) => response.once('error', resolve).once('end', () => resolve('complete')));
  return { response, closed };
}
