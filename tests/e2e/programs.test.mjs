// SPDX-License-Identifier: Apache-2.0
// Scripts, WebSockets, event streams, uploads and forged headers at the gate.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import { connect as connectTls } from 'node:tls';
import { after, before, test } from 'node:test';

import { choose, gateCookies, launch, openProfile } from './support/chromium.mjs';
import { fieldsByMeaning, openHouse } from './support/house.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const withPublicPath = { settings: { ACCESS_PUBLIC_PATHS: '/public/*' } };

test('a script without a session gets 401 and JSON, no redirect and no cookie', async (t) => {
  const house = await openHouse(t, withPublicPath);
  const { page, context } = await openProfile(t, browser);
  await page.goto(`${house.address}/public/page`);
  const answer = await page.evaluate(async () => {
    const response = await fetch('/json');
    return {
      status: response.status,
      redirected: response.redirected,
      type: response.headers.get('content-type'),
      challenge: response.headers.get('www-authenticate'),
      body: await response.json(),
    };
  });
  assert.equal(answer.status, 401);
  assert.equal(answer.redirected, false);
  assert.match(answer.type, /json/);
  assert.ok(answer.challenge);
  assert.match(JSON.stringify(answer.body), /session_required/);
  assert.deepEqual(await gateCookies(context, house.address), []);
});

test('a WebSocket opened by a signed-in page echoes, and is told who it is', async (t) => {
  const house = await openHouse(t);
  const { page } = await openProfile(t, browser);
  await page.goto(house.address);
  await choose(page, /Alice/, house.address);
  const heard = await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/socket`);
        const messages = [];
        socket.onmessage = ({ data }) => {
          messages.push(data.length > 100 ? data.length : data);
          if (messages.length === 1) socket.send('こんにちは');
          if (messages.length === 2) socket.send('x'.repeat(100_000));
          if (messages.length === 3) socket.close(1000);
        };
        socket.onclose = ({ code }) => resolve({ messages, code });
        socket.onerror = () => reject(new Error('refused'));
      }),
  );
  assert.deepEqual(heard, { messages: ['alice', 'こんにちは', 100_000], code: 1000 });
});

async function upgrade(address, path, headers) {
  const url = new URL(address);
  const request = http.get({
    agent: false,
    host: '127.0.0.1',
    port: url.port,
    path,
    headers: {
      host: url.host,
      connection: 'keep-alive, Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': randomBytes(16).toString('base64'),
      ...headers,
    },
  });
  request.on('error', () => {});
  const answered = once(request, 'response').then(([response]) => (response.resume(), { status: response.statusCode }));
  const upgraded = once(request, 'upgrade').then(([response, socket, head]) => ({ status: 101, response, socket, head }));
  return Promise.race([answered, upgraded]);
}

test('a WebSocket without a session, or from a page of another origin, is refused', async (t) => {
  const house = await openHouse(t);
  const nobody = await upgrade(house.address, '/socket', { origin: house.address });
  assert.equal(nobody.status, 401);
  const browserless = house.browser();
  await browserless.signIn(house.address, 'alice');
  const cookie = browserless.jar.header(`${house.address}/`);
  const foreign = await upgrade(house.address, '/socket', { origin: 'https://evil.test', cookie });
  assert.equal(foreign.status, 403);
  const ours = await upgrade(house.address, '/socket', { origin: house.address, cookie, 'X_Forwarded-User': 'evil' });
  assert.equal(ours.status, 101);
  const greeting = ours.head.length ? ours.head : (await once(ours.socket, 'data'))[0];
  ours.socket.destroy();
  assert.equal(greeting.subarray(2).toString(), 'alice', 'CVE-2025-64484: the forged name is gone here too');
  assert.equal(house.seen.application.filter((one) => one.url === '/socket').length, 1);
});

test('CVE-2026-33668, CVE-2026-111917: a WebSocket ends with its session', async (t) => {
  const house = await openHouse(t, { settings: { SESSION_LIFETIME: '3s', SESSION_IDLE_TIMEOUT: '3s' } });
  const browserless = house.browser();
  await browserless.signIn(house.address, 'alice');
  const cookie = browserless.jar.header(`${house.address}/`);
  const open = await upgrade(house.address, '/socket', { origin: house.address, cookie });
  assert.equal(open.status, 101);
  open.socket.resume();
  open.socket.on('error', () => {});
  await once(open.socket, 'close', { signal: AbortSignal.timeout(15_000) });
});

test('o2p#1347: an application that refuses a WebSocket leaves no open tunnel', async (t) => {
  const house = await openHouse(t);
  const browserless = house.browser();
  await browserless.signIn(house.address, 'alice');
  const cookie = browserless.jar.header(`${house.address}/`);
  const refused = await upgrade(house.address, '/refuse', { origin: house.address, cookie });
  assert.equal(refused.status, 403);
});

test('a server-sent event arrives while the stream stays open', async (t) => {
  const house = await openHouse(t);
  const { page } = await openProfile(t, browser);
  await page.goto(house.address);
  await choose(page, /Alice/, house.address);
  const heard = await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const events = new EventSource('/events');
        const data = [];
        events.onmessage = (event) => {
          data.push(event.data);
          if (data.length === 1) fetch('/events/next').catch(reject);
          if (data.length === 2) (events.close(), resolve(data));
        };
        events.onerror = () => reject(new Error('the stream broke'));
      }),
  );
  assert.deepEqual(heard, ['0', '1']);
});

test('an upload arrives whole', async (t) => {
  const house = await openHouse(t);
  const browserless = house.browser();
  await browserless.signIn(house.address, 'alice');
  const body = randomBytes(5 * 1024 * 1024 + 7);
  const answer = await browserless.request(`${house.address}/upload`, {
    method: 'POST',
    headers: { 'content-length': body.length },
    body,
  });
  assert.deepEqual(JSON.parse(answer.text), {
    bytes: body.length,
    sha256: createHash('sha256').update(body).digest('hex'),
  });
});

const spellings = (name) => {
  const words = name.split('-');
  return [name, name.toUpperCase(), words.join('_'), words.join('_').toUpperCase(), `${words[0]}_${words.slice(1).join('-')}`];
};
const identityNames = ['X-Forwarded-User', 'X-Forwarded-Preferred-Username', 'X-Forwarded-Email', 'X-Forwarded-Groups'];

// Every spelling of every identity header, some twice, as a flat list for node:http.
const forged = identityNames.flatMap(spellings).flatMap((name) => [name, 'evil', name, 'admin']);

async function forge(address, target, cookie, method = 'GET') {
  const url = new URL(address);
  const request = http.get({
    agent: false,
    method,
    host: '127.0.0.1',
    port: url.port,
    path: target,
    headers: ['Host', url.host, 'Accept', '*/*', 'Connection', 'X-Forwarded-User, x_forwarded_email', ...cookie, ...forged],
  });
  const [response] = await once(request, 'response');
  const parts = [];
  for await (const part of response) parts.push(part);
  return { status: response.statusCode, text: Buffer.concat(parts).toString() };
}

test('CVE-2025-64484, CVE-2026-52845, o2p#877: of all spellings the application sees only our value', async (t) => {
  const house = await openHouse(t);
  const browserless = house.browser();
  await browserless.signIn(house.address, 'taro');
  const answer = await forge(house.address, '/json', ['Cookie', browserless.jar.header(`${house.address}/`)]);
  assert.equal(answer.status, 200);
  const fields = fieldsByMeaning(house.seen.application.at(-1).rawHeaders);
  assert.deepEqual(fields['x-forwarded-user'], ['taro']);
  assert.deepEqual(fields['x-forwarded-preferred-username'], ['taro']);
  assert.deepEqual(fields['x-forwarded-email'], ['taro@example.jp']);
  assert.deepEqual(fields['x-forwarded-groups'], ['staff']);
  assert.doesNotMatch(answer.text, /evil|admin/);
});

test('mod_auth_openidc ChangeLog 244: OPTIONS is no way past the removal of forged headers', async (t) => {
  const house = await openHouse(t, withPublicPath);
  const browserless = house.browser();
  await browserless.signIn(house.address, 'taro');
  const cookie = ['Cookie', browserless.jar.header(`${house.address}/`)];
  const told = async (target, whose) => {
    const before = house.seen.application.length;
    await forge(house.address, target, whose, 'OPTIONS');
    assert.equal(house.seen.application.length, before + 1, 'it is passed on');
    const { method, rawHeaders } = house.seen.application.at(-1);
    assert.equal(method, 'OPTIONS');
    assert.doesNotMatch(rawHeaders.join('\n'), /evil|admin/);
    return fieldsByMeaning(rawHeaders)['x-forwarded-user'];
  };
  assert.equal(await told('/public/json', []), undefined);
  assert.deepEqual(await told('/json', cookie), ['taro']);
});

test('CVE-2017-6062: on a public path nobody is anybody', async (t) => {
  const house = await openHouse(t, withPublicPath);
  const answer = await forge(house.address, '/public/json', []);
  assert.equal(answer.status, 200);
  assert.doesNotMatch(answer.text, /evil|admin/);
});

test('CVE-2026-34457, CVE-2026-40575: no user agent and no forwarded address opens a path', async (t) => {
  const house = await openHouse(t, withPublicPath);
  const attempts = [
    { 'user-agent': 'GoogleHC/1.0' },
    { 'user-agent': 'kube-probe/1.29' },
    { 'x-forwarded-uri': '/public/json' },
    { 'x-original-url': '/public/json' },
    { 'x-forwarded-host': 'evil.test', 'x-forwarded-prefix': '/public' },
    { 'x-http-method-override': 'OPTIONS' },
  ];
  for (const headers of attempts) {
    const answer = await house.browser().request(`${house.address}/admin/json`, { headers: { accept: '*/*', ...headers } });
    assert.equal(answer.status, 401, JSON.stringify(headers));
  }
  assert.equal(house.seen.application.length, 0);
});

test('CVE-2025-54576, CVE-2026-41059: a public path in the query or behind an encoded # opens nothing', async (t) => {
  const house = await openHouse(t, withPublicPath);
  for (const target of ['/admin?x=/public/', '/admin%23/public/', '/admin/..%2fpublic/', '/public/..%2fadmin', '/public/../admin']) {
    const answer = await house.browser().request(house.address, { target, headers: { accept: '*/*' } });
    assert.ok([400, 401].includes(answer.status), `${target}: ${answer.status}`);
  }
  assert.equal(house.seen.application.length, 0);
});

test('CVE-2025-31492: a request without a session gets one answer and never reaches the application', async (t) => {
  const house = await openHouse(t);
  for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])
    for (const accept of ['text/html', 'application/json']) {
      const navigation = accept === 'text/html' ? { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' } : {};
      const answer = await house.browser().request(`${house.address}/secret`, { method, headers: { accept, ...navigation } });
      assert.ok([302, 303, 401].includes(answer.status), `${method} for ${accept}: ${answer.status}`);
    }
  assert.equal(house.seen.application.length, 0);
});

test('CVE-2025-3891: an empty POST without a content type is answered, everywhere', async (t) => {
  const house = await openHouse(t);
  for (const path of ['/', '/oidc/callback', '/oidc/login', '/oidc/session', '/logout']) {
    const answer = await house.browser().request(`${house.address}${path}`, { method: 'POST', headers: { accept: '*/*' } });
    assert.ok(answer.status >= 200 && answer.status < 500, `${path}: ${answer.status}`);
  }
  assert.equal((await house.browser().request(`${house.admin}/healthz`)).status, 200);
});

test('CVE-2022-24797: the public listener has no metrics and no health of ours', async (t) => {
  const house = await openHouse(t);
  for (const path of ['/metrics', '/healthz', '/readyz', '/debug/pprof/']) {
    const answer = await house.browser().request(`${house.address}${path}`, { headers: { accept: '*/*' } });
    assert.equal(answer.status, 401, path);
  }
  const metrics = await house.browser().request(`${house.admin}/metrics`);
  assert.equal(metrics.status, 200);
  assert.match(metrics.text, /^# TYPE sekisho_/m);
});

test('CVE-2024-23656: TLS before 1.2 is refused', async (t) => {
  const house = await openHouse(t, { https: true });
  const { port } = new URL(house.address);
  const attempt = (maxVersion) => {
    const socket = connectTls({
      host: '127.0.0.1',
      port,
      servername: 'gate.test',
      rejectUnauthorized: false,
      minVersion: 'TLSv1',
      maxVersion,
      ciphers: 'ALL:@SECLEVEL=0',
    });
    return once(socket, 'secureConnect').then(
      () => (socket.destroy(), socket.getProtocol() ?? 'connected'),
      (error) => error.code,
    );
  };
  assert.match(await attempt('TLSv1.1'), /ERR_SSL|ECONNRESET/);
  assert.doesNotMatch(await attempt('TLSv1.2'), /ERR_SSL|ECONNRESET/);
});
