// SPDX-License-Identifier: Apache-2.0
// Two gates that share one Redis: whoever signs in at one is known at the other, tokens are renewed once, what ends at
// one ends at both, and a Redis that dies and comes back costs nobody the session.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';

import { freePort, startGate } from '../../deploy/demo/gate.mjs';
import { openEvents } from './support/events.mjs';
import { binary, fieldsByMeaning } from './support/house.mjs';
import { lastSeen, openTwins, renewing, secret, statusAt } from './support/twins.mjs';
import { until } from './support/until.mjs';

for (const store of ['redis', 'cookie'])
  test(`store ${store}: a sign-in at one gate is known at the other, and a sign-out ends at both`, async (t) => {
    const { house, first, second } = await openTwins(t, { store });
    const browser = house.browser();
    await browser.signIn(first, 'alice');
    assert.equal(await statusAt(browser, second), 200);
    assert.deepEqual(lastSeen(house)['x-forwarded-user'], ['alice']);

    const copied = browser.jar.header(`${first}/`);
    const ask = (address) => house.browser({ headers: { cookie: copied } });
    assert.equal(await statusAt(ask(), second), 200);
    const out = await browser.request(`${first}/logout`, {
      headers: { accept: 'text/html', 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate' },
    });
    assert.equal(out.status, 303);
    assert.equal(await statusAt(ask(), first), 401, 'a copied cookie is worth nothing where the sign-out was');
    await until('the other gate knows', async () => (await statusAt(ask(), second)) === 401, 1000);
  });

test('the provider ends a session by back-channel logout at one gate, and within a second it is over at the other', async (t) => {
  const { house, first, second } = await openTwins(t, {
    registration: (address) => ({ backchannel_logout_uri: `${address}/oidc/backchannel-logout` }),
    provider: {
      adjust: (settings) => ({ ...settings, features: { ...settings.features, backchannelLogout: { enabled: true } } }),
    },
  });
  const browser = house.browser();
  await browser.signIn(first, 'alice');
  assert.equal(await statusAt(browser, second), 200);
  const cookies = browser.jar.header(`${first}/`);
  const told = once(house.provider.provider, 'backchannel.success');

  // At the provider itself, not at the gate.
  const page = await browser.visit(`${house.provider.issuer}/session/end`);
  const form = page.text.match(/name="xsrf" value="([^"]+)"/);
  assert.ok(form, page.text);
  const action = page.text.match(/action="([^"]+)"/)[1];
  await browser.submit(page, action, { xsrf: form[1], logout: 'yes' });
  await told;
  const ask = () => house.browser({ headers: { cookie: cookies } });
  assert.equal(await statusAt(ask(), first), 401);
  await until('the other gate knows', async () => (await statusAt(ask(), second)) === 401, 1000);
});

for (const store of ['redis', 'cookie'])
  test(`store ${store}: what an administrator ends at one gate is cut off at the other within two seconds`, async (t) => {
    const token = 'a-token-that-administrators-have-0123456789';
    const { house, first, second } = await openTwins(t, { store, settings: { ADMIN_TOKEN: token } });
    const [alice, taro] = [house.browser(), house.browser()];
    await alice.signIn(first, 'alice');
    await taro.signIn(first, 'taro');
    const [hers, his] = [await openEvents(second, alice), await openEvents(second, taro)];
    const began = Date.now();
    const ended = await fetch(`${house.admin}/sessions?user=alice`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    });
    assert.deepEqual(await ended.json(), { ended: 1 });
    assert.notEqual(await hers.closed, 'complete');
    assert.ok(Date.now() - began < 2000, `it took ${Date.now() - began} ms`);
    const next = once(his.response, 'data');
    await taro.request(`${second}/events/next`);
    assert.equal((await next)[0].toString(), 'data: 1\n\n', 'somebody else goes on');
  });

for (const store of ['redis', 'cookie'])
  test(`store ${store}: both gates renew the same session at once with one token request each time`, async (t) => {
    const { house, first, second } = await openTwins(t, { store, ...renewing });
    const grants = [];
    const refused = [];
    house.provider.provider.on('grant.success', (ctx) => grants.push(ctx.oidc.params.grant_type));
    house.provider.provider.on('grant.error', (ctx, error) => refused.push(error.message));
    const browser = house.browser();
    await browser.signIn(first, 'alice');
    const refreshes = () => grants.filter((one) => one === 'refresh_token').length;
    const statuses = new Set();
    await until(
      'three renewals',
      async () => {
        const all = [first, second, first, second, first, second];
        for (const status of await Promise.all(all.map((address) => statusAt(browser, address)))) statuses.add(status);
        return refreshes() >= 3;
      },
      30_000,
    );
    assert.deepEqual([...statuses], [200], 'nobody was refused meanwhile');
    assert.deepEqual(refused, [], 'no refresh token was used twice');
    const tokens = new Set(
      house.seen.application.flatMap((one) => fieldsByMeaning(one.rawHeaders)['x-access-token'] ?? []),
    );
    // The last renewal may not have reached the application yet.
    assert.ok(tokens.size - 1 === refreshes() || tokens.size === refreshes(), `${tokens.size} tokens, ${refreshes()} renewals`);
  });

test('Redis killed and restarted under load: 200 or 503, never a sign-in or somebody else, and no session is lost', async (t) => {
  const { house, redis, first, second } = await openTwins(t, { settings: { SESSION_RECHECK: '0s' } });
  const people = ['alice', 'taro', 'alice', 'taro'];
  const browsers = [];
  for (const login of people) {
    const browser = house.browser();
    await browser.signIn(first, login);
    browsers.push(browser);
  }
  const counts = { 200: 0, 503: 0 };
  let isOver = false;
  const loads = browsers.map(async (browser, index) => {
    for (let round = 0; !isOver; ++round) {
      const answer = await browser.request(`${round % 2 ? first : second}/echo/${index}`, {
        headers: { accept: 'application/json', 'sec-fetch-mode': 'cors' },
      });
      assert.ok(answer.status in counts, `status ${answer.status}: ${answer.text.slice(0, 300)}`);
      counts[answer.status] += 1;
      if (answer.status === 503) assert.ok(answer.headers['retry-after'], 'says when to come again');
    }
  });
  const failed = Promise.all(loads);
  await until('load', () => counts[200] > 100);
  await redis.kill();
  await until('an outage that is seen', () => counts[503] > 20);
  const before = counts[200];
  await redis.start();
  await until('recovery', () => counts[200] > before + 100);
  isOver = true;
  await failed;
  for (const [index, browser] of browsers.entries())
    for (const address of [first, second]) assert.equal(await statusAt(browser, address, `/last/${index}`), 200);
  for (const one of house.seen.application) {
    const index = Number(one.url.match(/^\/(?:echo|last)\/(\d)$/)?.[1]);
    if (Number.isNaN(index)) continue;
    const [user] = fieldsByMeaning(one.rawHeaders)['x-forwarded-user'];
    assert.equal(user, people[index], 'everybody stayed who they were');
  }
});

test('with Redis down at the start the gate starts, and people sign in when it is back', async (t) => {
  const { house, redis, gates } = await openTwins(t);
  await redis.kill();
  await gates[1].stop();
  const port = await freePort();
  const gate = await startGate(binary, {
    SERVER_LISTEN: `127.0.0.1:${port}`,
    SERVER_PUBLIC_URL: house.address,
    UPSTREAM_URL: house.application.address,
    ADMIN_LISTEN: 'off',
    OIDC_ISSUER: house.provider.issuer,
    OIDC_CLIENT_ID: 'demo-public',
    SESSION_SECRET: secret,
    REDIS_URL: redis.url,
    REDIS_TIMEOUT: '500ms',
  });
  house.ends.push(gate.stop);
  await redis.start();
  const browser = await until('a sign-in', async () => {
    const person = house.browser();
    const ended = await person.signIn(house.address, 'alice').catch(() => undefined);
    return ended?.status === 200 && person;
  });
  const there = `http://localhost:${port}`;
  await until('the session at the gate that started without Redis', async () => (await statusAt(browser, there)) === 200);
});
