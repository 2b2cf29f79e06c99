// SPDX-License-Identifier: Apache-2.0
// What becomes of sessions when their store is killed, the gate is started again, or its settings are read anew.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { openHouse } from './support/house.mjs';
import { startRedis } from './support/redis.mjs';
import { logged, until } from './support/until.mjs';

const secret = 'a secret of more than thirty-two bytes';

const userOf = async (house, browser) => {
  const answer = await browser.request(`${house.address}/oidc/session`, { headers: { accept: 'application/json' } });
  return answer.status === 200 ? JSON.parse(answer.text).user : answer.status;
};

function ownFolder(t) {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-store-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

async function readiness(house) {
  const answer = await fetch(`${house.admin}/readyz`);
  const { ready, dependencies } = await answer.json();
  return { status: answer.status, ready, notReady: dependencies.filter((one) => !one.ready), dependencies };
}

const metrics = async (house) => (await fetch(`${house.admin}/metrics`)).text();

const storeIsUp = async (house) => (await metrics(house)).match(/^sekisho_session_store_up (\d)$/m)?.[1];

test('Redis killed: readiness names the store, the gauge is 0, and both are well again without anybody', async (t) => {
  const redis = await startRedis(t);
  const house = await openHouse(t, { settings: { REDIS_URL: redis.url, REDIS_TIMEOUT: '500ms' } });
  await until('readiness', async () => (await readiness(house)).status === 200);
  const well = (await readiness(house)).dependencies.find((one) => one.name === 'session_store');
  assert.deepEqual(well, { name: 'session_store', ready: true });
  await until('the gauge', async () => (await storeIsUp(house)) === '1');

  await redis.kill();
  const ill = await until('an outage that is seen', async () => {
    const seen = await readiness(house);
    return seen.status === 503 && seen;
  });
  assert.equal(ill.ready, false);
  assert.deepEqual(ill.notReady.map((one) => one.name), ['session_store'], 'nothing else is blamed');
  assert.match(ill.notReady[0].detail, /^down since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ; ./);
  await until('the gauge', async () => (await storeIsUp(house)) === '0');

  await redis.start();
  await until('readiness again', async () => (await readiness(house)).status === 200);
  assert.deepEqual((await readiness(house)).notReady, []);
  await until('the gauge', async () => (await storeIsUp(house)) === '1');
});

test('session.memory_file: who was signed in is so after a restart, and nobody else', async (t) => {
  const file = join(ownFolder(t), 'sessions');
  const settings = { SESSION_STORE: 'memory', SESSION_SECRET: secret, SESSION_MEMORY_FILE: file };
  const house = await openHouse(t, { settings });
  const start = (more = {}) =>
    house.startGate({ OIDC_ISSUER: house.provider.issuer, OIDC_CLIENT_ID: 'demo-public', ...settings, ...more });
  const [alice, taro] = [house.browser(), house.browser()];
  await alice.signIn(house.address, 'alice');
  await taro.signIn(house.address, 'taro');
  const copied = house.browser({ headers: { cookie: taro.jar.header(`${house.address}/`) } });
  await taro.visit(`${house.address}/logout`, { headers: { 'sec-fetch-site': 'same-origin' } });

  await house.gate.stop();
  assert.ok(existsSync(file));
  await start();
  assert.equal(await userOf(house, alice), 'alice');
  assert.equal(await userOf(house, copied), 401, 'what was ended before is ended');
  assert.ok(!existsSync(file), 'it is used once');

  await house.gate.stop();
  await start({ SESSION_MEMORY_FILE: '' });
  assert.equal(await userOf(house, alice), 401, 'it was the file that kept it');
});

test('store memory: sessions go on over a SIGHUP, whether or not something else was changed', async (t) => {
  const file = join(ownFolder(t), 'sekisho.yaml');
  const write = (name) => writeFileSync(file, `session: {store: memory}\nidentity: {user_header: ${name}}\n`);
  write('X-First');
  const house = await openHouse(t, { settings: { SEKISHO_CONFIG: file } });
  const alice = house.browser();
  await alice.signIn(house.address, 'alice');
  // By many connections, so that every worker is asked.
  const allSay = () => Promise.all(Array.from({ length: 16 }, () => userOf(house, alice)));
  const namedIn = async () => {
    await alice.request(`${house.address}/echo`);
    const { rawHeaders } = house.seen.application.at(-1);
    return rawHeaders[rawHeaders.indexOf('alice') - 1];
  };
  assert.equal(await namedIn(), 'X-First');

  process.kill(house.gate.pid, 'SIGHUP');
  await logged(house.gate, /settings\.reloaded/);
  assert.deepEqual([...new Set(await allSay())], ['alice']);

  write('X-Second');
  process.kill(house.gate.pid, 'SIGHUP');
  await until('the changed setting', async () => (await namedIn()) === 'X-Second');
  assert.deepEqual([...new Set(await allSay())], ['alice']);
});

for (const store of ['cookie', 'memory'])
  test(`store ${store}: the metrics tell how many bytes of cookies browsers were given for their sessions`, async (t) => {
    const house = await openHouse(t, { settings: { SESSION_STORE: store, SESSION_IDLE_TIMEOUT: '0' } });
    const alice = house.browser();
    await alice.signIn(`${house.address}/json`, 'alice');
    await alice.request(`${house.address}/json`); // nothing is given any more
    const cookies = alice.jar.cookiesFor(new URL(house.address)).filter(({ name }) => !name.includes('sekisho_signin_'));
    const bytes = cookies.reduce((sum, { name, value }) => sum + name.length + 1 + value.length, 0);
    assert.ok(bytes > 100);
    const told = await metrics(house);
    assert.match(told, new RegExp(`^sekisho_session_cookie_bytes_total ${bytes}$`, 'm'));
    assert.match(told, new RegExp(`^sekisho_session_cookies_issued_total{pieces="${cookies.length}"} 1$`, 'm'));
  });
