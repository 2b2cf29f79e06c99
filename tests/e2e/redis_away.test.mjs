// SPDX-License-Identifier: Apache-2.0
// Two gates whose Redis goes away for long: a refresh token is never used twice, and who has ended stays ended.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { freePort, startGate } from '../../deploy/demo/gate.mjs';
import { binary } from './support/house.mjs';
import { openTwins, renewing, secret, statusAt } from './support/twins.mjs';
import { until } from './support/until.mjs';

test('tokens renewed while Redis was away for longer than the lock lived are not renewed by the other gate', async (t) => {
  let isSlow = false;
  let asked = 0;
  const takesItsTime = async () => {
    asked += 1;
    await until('the end of the wait', () => !isSlow, 60_000);
    return true;
  };
  const { house, redis, first, second, gates } = await openTwins(t, {
    ...renewing,
    settings: { ...renewing.settings, OIDC_REQUEST_TIMEOUT: '2s' },
    provider: { adjust: (from) => ({ ...renewing.provider.adjust(from), rotateRefreshToken: takesItsTime }) },
  });
  let grants = 0;
  const refused = [];
  house.provider.provider.on('grant.success', (ctx) => (grants += ctx.oidc.params.grant_type === 'refresh_token'));
  house.provider.provider.on('grant.error', (ctx, error) => refused.push(error.message));
  const browser = house.browser();
  await browser.signIn(first, 'alice');
  assert.equal(await statusAt(browser, second), 200);
  isSlow = true;
  const before = asked;
  await until('a renewal at the first gate', () => (void statusAt(browser, first), asked > before), 10_000);
  await redis.kill();
  isSlow = false;
  await until('tokens that nobody takes', () => gates[0].log.includes('renewed_session_not_kept'), 10_000);
  assert.equal(await redis.forget('*renewing:*'), 1, 'the lock has run out');
  const used = grants;
  await redis.start();
  const statuses = new Set();
  await until(
    'tokens that are kept',
    async () => (statuses.add(await statusAt(browser, second)), gates[0].log.includes('renewed_session_kept')),
    10_000,
  );
  assert.equal(grants, used, 'nobody else has used a refresh token before');
  // Some seconds later they are renewed again, at either gate.
  await until(
    'the next renewal',
    async () => {
      for (const address of [first, second]) statuses.add(await statusAt(browser, address));
      return grants > used;
    },
    20_000,
  );
  assert.deepEqual(refused, [], 'no refresh token was used twice');
  assert.equal(statuses.has(401), false, 'the session lives');
});

test('beyond 100,000 endings a gate that begins refuses who signed out last, too', async (t) => {
  const { house, redis, first } = await openTwins(t, { store: 'cookie' });
  const browser = house.browser();
  await browser.signIn(first, 'alice');
  const cookie = browser.jar.header(`${first}/`);
  await browser.request(`${first}/logout`, {
    headers: { accept: 'text/html', 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate' },
  });
  const set = redis.cli('keys', '*endings:*');
  const [, end] = redis.cli('zrange', set, '0', '0', 'withscores').split('\n');
  // Of others, which end a little sooner.
  const script = "for i = 1, 100000 do redis.call('ZADD', KEYS[1], ARGV[1] + i % 1000, 'x' .. i) end";
  redis.cli('eval', script, '1', set, String(Number(end) - 2000));
  assert.equal(redis.cli('zcard', set), '100001');
  const port = await freePort();
  const gate = await startGate(binary, {
    SERVER_LISTEN: `127.0.0.1:${port}`,
    SERVER_PUBLIC_URL: house.address,
    UPSTREAM_URL: house.application.address,
    ADMIN_LISTEN: 'off',
    OIDC_ISSUER: house.provider.issuer,
    OIDC_CLIENT_ID: 'demo-public',
    SESSION_SECRET: secret,
    SESSION_STORE: 'cookie',
    REDIS_URL: redis.url,
    LOG_LEVEL: 'error',
  });
  house.ends.push(gate.stop);
  const copy = house.browser({ headers: { cookie } });
  const there = `http://localhost:${port}`;
  let status = 503;
  await until('an answer that knows', async () => (status = await statusAt(copy, there)) !== 503, 20_000);
  assert.equal(status, 401);
});
