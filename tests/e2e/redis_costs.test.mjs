// SPDX-License-Identifier: Apache-2.0
// What a request of a known session asks of Redis, counted by Redis itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { openHouse } from './support/house.mjs';
import { startRedis } from './support/redis.mjs';
import { openTwins, statusAt } from './support/twins.mjs';
import { until } from './support/until.mjs';

const workers = 2;

// What keeps a connection, and what we ask ourselves.
const others = /^(ping|info|client|config|select|auth|hello|command|subscribe)/;

function commandsOf(redis) {
  const counts = {};
  for (const [, name, calls] of redis.cli('info', 'commandstats').matchAll(/cmdstat_([^:]+):calls=(\d+)/g))
    if (!others.test(name)) counts[name] = Number(calls);
  return counts;
}

function difference(before, after) {
  const names = Object.keys(after).filter((name) => after[name] !== (before[name] ?? 0));
  return Object.fromEntries(names.map((name) => [name, after[name] - (before[name] ?? 0)]));
}

for (const { store, recheck, most, says } of [
  { store: 'redis', recheck: '1h', most: () => ({}), says: 'nothing' },
  { store: 'redis', recheck: '0s', most: (requests) => ({ hmget: requests }), says: 'one look each' },
  {
    store: 'redis',
    recheck: '1s',
    most: (requests, seconds) => ({ hmget: (Math.ceil(seconds) + 1) * workers }),
    says: 'one look a second and worker',
  },
  { store: 'cookie', recheck: '0s', most: () => ({}), says: 'nothing: the cookie has it all' },
])
  test(`store ${store}, session.recheck ${recheck}: requests of a known session ask of Redis ${says}`, async (t) => {
    const { house, redis, first } = await openTwins(t, { store, settings: { SESSION_RECHECK: recheck } });
    const browser = house.browser();
    await browser.signIn(first, 'alice');
    // Until every worker knows the session.
    for (let round = 0; round < 40; ++round) assert.equal(await statusAt(browser, first), 200);
    const before = commandsOf(redis);
    const began = Date.now();
    const requests = 200;
    for (let round = 0; round < requests; ++round) assert.equal(await statusAt(browser, first), 200);
    const seconds = (Date.now() - began) / 1000;
    const asked = difference(before, commandsOf(redis));
    const allowed = most(requests, seconds);
    for (const [name, calls] of Object.entries(asked))
      assert.ok(calls <= (allowed[name] ?? 0), `${JSON.stringify(asked)} for ${requests} requests in ${seconds} s`);
    if (recheck === '0s' && store === 'redis') assert.equal(asked.hmget, requests, 'and it is asked indeed');
  });

test('a new session.secret reaches each browser once, and costs neither it nor who keeps the old cookie more', async (t) => {
  const redis = await startRedis(t);
  const [old, fresh] = ['an-old-one-', 'a-fresh-one-'].map((one) => one.repeat(4));
  const settings = { SESSION_STORE: 'redis', REDIS_URL: redis.url, SESSION_RECHECK: '1s', SESSION_SECRET: old };
  const house = await openHouse(t, { settings });
  const browser = house.browser();
  await browser.signIn(house.address, 'alice');
  const headers = { accept: 'application/json', cookie: browser.jar.header(`${house.address}/`) };
  await house.gate.stop();
  await house.startGate({
    OIDC_ISSUER: house.provider.issuer,
    OIDC_CLIENT_ID: 'demo-public',
    ...settings,
    SESSION_SECRET: fresh,
    SESSION_SECRET_PREVIOUS: old,
  });

  const given = async (who) => {
    const answer = await who.request(`${house.address}/page`, { headers: { accept: 'application/json' } });
    assert.equal(answer.status, 200);
    return answer.cookies.length;
  };
  await until('the new cookie', async () => (await given(browser)) === 1);
  const toldProgram = async () => (await fetch(`${house.address}/page`, { headers })).headers.getSetCookie().length;
  for (let round = 0; round < 40; ++round) await toldProgram();
  for (let round = 0; round < 40; ++round) assert.equal(await given(browser), 0, 'the browser is not given it again');
  const before = commandsOf(redis);
  const began = Date.now();
  let told = 0;
  for (let round = 0; round < 200; ++round) {
    await given(browser);
    told += await toldProgram();
  }
  assert.ok(told > 0, 'who keeps the old one is told');
  // A look for each of the two cookies, and the old one is sealed anew with each.
  const most = (Math.ceil((Date.now() - began) / 1000) + 1) * workers;
  const asked = difference(before, commandsOf(redis));
  for (const [name, calls] of Object.entries(asked)) assert.ok(calls <= 2 * most, `${name} ${calls}, at most ${2 * most}`);
});
