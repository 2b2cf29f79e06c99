// SPDX-License-Identifier: Apache-2.0
// A thousand people at once whose tokens are renewed every second, at a provider that takes each refresh token once:
// nobody is thrown out, and no renewal costs more than one token request.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { openHouse } from '../e2e/support/house.mjs';

const people = Number(process.env.RENEWAL_PEOPLE ?? 1000);
const atOnce = 16; // sign-ins, and requests of the load

// What the demo provider's own memory would forget above a thousand entries.
const kept = new Map();
class KeepsEverything {
  constructor(name) {
    this.name = name;
  }
  #key = (id) => `${this.name}:${id}`;
  upsert = async (id, payload) => void kept.set(this.#key(id), payload);
  find = async (id) => kept.get(this.#key(id));
  findByUid = async (uid) => [...kept].find(([key, { uid: its }]) => key.startsWith('Session:') && its === uid)?.[1];
  consume = async (id) => void (kept.get(this.#key(id)).consumed = Math.floor(Date.now() / 1000));
  destroy = async (id) => void kept.delete(this.#key(id));
  revokeByGrantId = async (grant) => {
    for (const [key, { grantId }] of kept) if (grantId === grant) kept.delete(key);
  };
}

// Calls `work` with each of `items`, so many at a time.
async function eachOf(items, limit, work) {
  const rest = items[Symbol.iterator]();
  const worker = async () => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: limit }, worker));
}

for (const [store, seconds] of [['cookie', 60], ['memory', 20]])
  test(`store ${store}: ${people} sessions renew every second and none is lost`, { timeout: 300_000 }, async (t) => {
    kept.clear();
    const house = await openHouse(t, {
      settings: {
        SESSION_STORE: store,
        OIDC_SCOPES: 'openid profile email offline_access',
        OIDC_PROMPT: 'consent',
        SESSION_REFRESH_INTERVAL: '1s',
        LOG_LEVEL: 'warning',
      },
      registration: () => ({ grant_types: ['authorization_code', 'refresh_token'] }),
      provider: {
        adjust: (settings) => ({
          ...settings,
          adapter: KeepsEverything,
          rotateRefreshToken: true,
          issueRefreshToken: async (ctx, client) => client.grantTypeAllowed('refresh_token'),
        }),
      },
    });
    let renewals = 0;
    const refused = [];
    house.provider.provider.on('grant.success', (ctx) => (renewals += ctx.oidc.params.grant_type === 'refresh_token'));
    house.provider.provider.on('grant.error', (ctx, error) => refused.push(error.error_description ?? error.message));

    const browsers = Array.from({ length: people }, () => house.browser());
    await eachOf(browsers, atOnce, (browser) => browser.signIn(house.address, 'alice'));

    const until = Date.now() + seconds * 1000;
    const statuses = new Map();
    let requests = 0;
    const ask = async (browser) => {
      const { status } = await browser.request(`${house.address}/page`, { headers: { accept: 'application/json' } });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      requests += 1;
    };
    while (Date.now() < until) await eachOf(browsers, atOnce, ask);
    await eachOf(browsers, atOnce, ask);

    assert.deepEqual([...statuses.keys()], [200], `answers by status: ${JSON.stringify([...statuses])}`);
    assert.deepEqual(refused, [], 'no refresh token was used twice');
    const metrics = await (await fetch(`${house.admin}/metrics`)).text();
    const counted = Number(metrics.match(/^sekisho_token_renewals_total\{outcome="renewed"\} (\d+)/m)?.[1]);
    const asked = Number(metrics.match(/^sekisho_provider_calls_total\{[^}]*call="refresh"[^}]*outcome="ok"\} (\d+)/m)?.[1]);
    t.diagnostic(`${requests} requests, ${renewals} renewals in ${seconds} s`);
    assert.ok(renewals >= people, `${renewals} renewals`);
    assert.ok(Math.abs(asked - renewals) <= atOnce && Math.abs(counted - asked) <= atOnce, `${counted}, ${asked}, ${renewals}`);
  });
