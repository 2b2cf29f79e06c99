// SPDX-License-Identifier: Apache-2.0
// Paths that demand scopes and have parameters of their own, with the certified provider.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { openHouse } from './support/house.mjs';

const rules = [
  '/reports/* scope=email',
  '/never/* scope=email,no.such%2Cscope',
  '/told/* parameter=login_hint:a%20b%3B%25 parameter=x:1',
];
const openRules = (t) =>
  openHouse(t, { settings: { OIDC_SCOPES: 'openid,profile', ACCESS_STEP_UP: rules.join('; ') } });

// What the authorization endpoint was asked for so far.
const asked = ({ seen }) =>
  seen.provider
    .filter(({ method, url }) => method === 'GET' && url.startsWith('/auth?'))
    .map(({ url }) => new URL(url, 'http://x').searchParams);

test('a session gets the scopes of a path when it is opened, and keeps them', async (t) => {
  const house = await openRules(t);
  const browser = house.browser();
  assert.equal((await browser.signIn(`${house.address}/json`, 'alice')).status, 200);
  const page = await browser.visit(`${house.address}/reports/1?a=1`);
  assert.equal(page.status, 200, house.gate.log);
  assert.equal(page.url.href, `${house.address}/reports/1?a=1`);
  assert.deepEqual(asked(house).map((one) => one.get('scope')), ['openid profile', 'openid profile email']);
  await browser.visit(`${house.address}/reports/2`);
  assert.equal(asked(house).length, 2, 'it is asked for once');
});

test('a sign-in that begins at a path asks for its scopes at once', async (t) => {
  const house = await openRules(t);
  const page = await house.browser().signIn(`${house.address}/reports/1`, 'alice');
  assert.equal(page.status, 200, house.gate.log);
  assert.deepEqual(asked(house).map((one) => one.get('scope')), ['openid profile email']);
});

test('a scope that the provider does not grant ends on a page that comes once, and the session goes on', async (t) => {
  const house = await openRules(t);
  const browser = house.browser();
  await browser.signIn(`${house.address}/json`, 'alice');
  const page = await browser.visit(`${house.address}/never/1`);
  assert.equal(page.status, 403);
  assert.match(page.text, /oidc_step_up_unmet/);
  assert.match(house.gate.log, /demanded scope .*no\.such,scope.* received .*openid email profile.*no\.such,scope\S* is missing/);
  assert.equal(asked(house).length, 2);
  assert.equal((await browser.visit(`${house.address}/json`)).status, 200);

  const program = await browser.request(`${house.address}/never/1`, { headers: { accept: 'application/json' } });
  assert.equal(program.status, 401);
  assert.match(program.headers['www-authenticate'], /insufficient_scope.*scope="email no\.such,scope"/);
});

test('parameters of a path go with the sign-ins that begin there', async (t) => {
  const house = await openRules(t);
  const browser = house.browser();
  assert.equal((await browser.signIn(`${house.address}/told/1`, 'alice')).status, 200);
  const [first] = asked(house);
  assert.equal(first.get('login_hint'), 'a b;%');
  assert.equal(first.get('x'), '1');
  assert.equal(first.get('scope'), 'openid profile');
});
