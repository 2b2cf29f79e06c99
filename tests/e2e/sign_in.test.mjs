// SPDX-License-Identifier: Apache-2.0
// The whole way in, in Chromium, for every registration that an administrator can make.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { choose, lastingCookies, launch, openProfile } from './support/chromium.mjs';
import { fieldsByMeaning, openHouse } from './support/house.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const ways = [
  { name: 'a public client with PKCE', client: 'demo-public', method: 'pkce' },
  { name: 'PKCE and a secret with odd characters by client_secret_basic', client: 'demo-confidential', method: 'pkce' },
  { name: 'the code alone and client_secret_basic', client: 'demo-confidential', method: 'code' },
  {
    name: 'the code alone and client_secret_post',
    client: 'demo-post',
    method: 'code',
    settings: { OIDC_CLIENT_AUTHENTICATION: 'client_secret_post' },
  },
  { name: 'the code by form_post', client: 'demo-public', method: 'pkce', settings: { OIDC_RESPONSE_MODE: 'form_post' } },
  { name: 'an implicit ID token by form_post', client: 'demo-implicit', method: 'implicit' },
  { name: 'claims that only UserInfo has', client: 'demo-public', method: 'pkce', thinIdToken: true },
];

for (const https of [false, true])
  describe(https ? 'over https' : 'over http on localhost', () => {
    for (const { name, ...way } of ways)
      test(`a person signs in with ${name}`, async (t) => {
        const house = await openHouse(t, { ...way, https });
        const { page, context, complaints } = await openProfile(t, browser);

        await page.goto(`${house.address}/first/visit?from=${https ? 'https' : 'http'}`);
        await choose(page, /Alice/, house.address);

        assert.equal(await page.locator('#name').textContent(), 'alice');
        const reached = house.seen.application.filter((one) => one.url.startsWith('/first/visit'));
        assert.equal(reached.length, 1, 'the application hears only of the signed-in request');
        const fields = fieldsByMeaning(reached[0].rawHeaders);
        assert.deepEqual(fields['x-forwarded-user'], ['alice']);
        assert.deepEqual(fields['x-forwarded-email'], ['alice@example.com']);
        assert.deepEqual(fields['x-forwarded-groups'].join().split(/, ?/), ['admins', 'staff']);
        assert.doesNotMatch(fields.cookie?.join() ?? '', /sekisho/, 'our cookies stay with us');

        const cookies = await lastingCookies(context, house.address);
        assert.equal(cookies.length, 1, `the sign-in's own cookie is gone: ${cookies.map((one) => one.name)}`);
        assert.equal(cookies[0].httpOnly, true);
        assert.equal(cookies[0].sameSite, 'Lax');
        assert.equal(cookies[0].secure, https);
        assert.equal(cookies[0].name.startsWith('__Host-'), https);
        assert.deepEqual(complaints, []);

        const tokenRequests = house.seen.provider.filter((one) => one.url.startsWith('/token'));
        assert.equal(tokenRequests.length, way.method === 'implicit' ? 0 : 1);
      });
  });

test('a deep link keeps its query byte for byte', async (t) => {
  const house = await openHouse(t);
  const target = '/deep/%E9%96%A2/a%20b/link?a=1&a=%2f%2F+%20&empty=&=x&;y=%E3%81%82%e3%81%84&z=a%26b&plus=+';
  const browserless = house.browser();
  await browserless.signIn(`${house.address}${target}`, 'alice');
  assert.equal(house.seen.application.at(-1).url, target);
  const { page } = await openProfile(t, browser);
  await page.goto(`${house.address}${target}#part`);
  await choose(page, /Alice/, house.address);
  assert.equal(house.seen.application.at(-1).url, target, 'in Chromium too');
});

test('two tabs sign in at once and each ends where it was going', async (t) => {
  const house = await openHouse(t);
  const { page: one, context } = await openProfile(t, browser);
  const two = await context.newPage();
  await one.goto(`${house.address}/tab/one?n=1`);
  await two.goto(`${house.address}/tab/two?n=2`);
  await choose(one, /Alice/, house.address);
  await choose(two, /Alice/, house.address);
  assert.equal(one.url(), `${house.address}/tab/one?n=1`);
  assert.equal(two.url(), `${house.address}/tab/two?n=2`);
  assert.equal((await lastingCookies(context, house.address)).length, 1);
});

test('going back over the finished sign-in leads to the application, not to an error', async (t) => {
  const house = await openHouse(t);
  const browserless = house.browser();
  await browserless.signIn(`${house.address}/start`, 'alice');
  const callback = browserless.visited.find((one) => one.url.includes('/oidc/callback')).url;
  const again = await browserless.visit(callback);
  assert.equal(again.status, 200);
  assert.ok(again.url.href.startsWith(house.address));
  assert.equal(house.seen.provider.filter((one) => one.url.startsWith('/token')).length, 1, 'no code is redeemed twice');
});

test('山田太郎 signs in, and the session endpoint says so without any token', async (t) => {
  const house = await openHouse(t);
  const { page } = await openProfile(t, browser, { locale: 'ja-JP' });
  await page.goto(house.address);
  await choose(page, /山田太郎/, house.address);
  assert.equal(await page.locator('#name').textContent(), 'taro');
  const session = await page.evaluate(() => fetch('/oidc/session').then((answer) => answer.text()));
  assert.match(session, /taro@example\.jp/);
  assert.doesNotMatch(session, /eyJ/, 'CVE-2024-39315: no token is shown');
});

test('a person who refuses at the provider sees our page and not the provider’s words', async (t) => {
  const house = await openHouse(t);
  const { page } = await openProfile(t, browser);
  await page.goto(house.address);
  await page.waitForURL(/\/interaction\//);
  const [answer] = await Promise.all([
    page.waitForResponse((one) => one.url().includes('/oidc/callback')),
    page.getByRole('button', { name: 'Refuse' }).click(),
  ]);
  await page.waitForLoadState();
  assert.equal(answer.status(), 403);
  const text = await page.locator('body').innerText();
  assert.match(text, /oidc_access_denied/);
  assert.doesNotMatch(text, /The person said no/, 'CVE-2017-6059: error_description is never rendered');
  assert.equal(house.seen.provider.filter((one) => one.url.startsWith('/auth?')).length, 1, 'and nothing restarts by itself');
});

test('a wrong client secret ends on a page that names oidc_code_exchange_failure', async (t) => {
  const house = await openHouse(t, {
    client: 'demo-confidential',
    method: 'code',
    settings: { OIDC_CLIENT_SECRET: 'not the secret' },
  });
  const answer = await house.browser().signIn(house.address, 'alice');
  assert.equal(answer.status, 502);
  assert.match(answer.text, /oidc_code_exchange_failure/);
  assert.equal(house.seen.provider.filter((one) => one.url.startsWith('/token')).length, 1, 'one token request, no second try');
  assert.equal(house.seen.application.length, 0);
});

test('CVE-2017-1000069: a callback brought to another browser signs nobody in and redeems nothing', async (t) => {
  const house = await openHouse(t);
  const attacker = house.browser();
  const choice = await attacker.visit(house.address);
  let step = await attacker.submit(choice, choice.url.pathname, { login: 'alice' });
  while (!step.headers.location.includes('/oidc/callback'))
    step = await attacker.request(new URL(step.headers.location, step.url));
  const victim = house.browser();
  const answer = await victim.request(step.headers.location, { headers: { accept: 'text/html', 'sec-fetch-mode': 'navigate' } });
  assert.equal(answer.status, 400);
  assert.match(answer.text, /oidc_state_missing/);
  assert.equal(house.seen.provider.filter((one) => one.url.startsWith('/token')).length, 0);
  assert.equal(house.seen.application.length, 0);
});
