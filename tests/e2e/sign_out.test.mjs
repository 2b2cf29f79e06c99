// SPDX-License-Identifier: Apache-2.0
// The ways out, in Chromium: through the provider and back, from another site, and nothing left behind.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { choose, gateCookies, lastingCookies, launch, openProfile } from './support/chromium.mjs';
import { openHouse } from './support/house.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

for (const https of [false, true])
  test(`CVE-2025-55162: signing out over ${https ? 'https' : 'http'} ends both sessions and leaves no cookie`, async (t) => {
    const house = await openHouse(t, { https });
    const { page, context } = await openProfile(t, browser);
    await page.goto(house.address);
    await choose(page, /Alice/, house.address);

    await page.getByRole('link', { name: 'Sign out' }).click();
    await page.waitForURL(/\/session\/end/);
    assert.match(page.url(), /id_token_hint=|client_id=/);
    assert.match(page.url(), /post_logout_redirect_uri=/);
    await Promise.all([
      page.waitForURL((url) => url.href.startsWith(`${house.address}/logout`)),
      page.getByRole('button', { name: /Yes/ }).click(),
    ]);
    assert.match(await page.locator('h1').first().innerText(), /signed out/i);
    assert.deepEqual(await gateCookies(context, house.address), []);

    await page.goto(house.address);
    await page.waitForURL(/\/interaction\//);
    assert.ok(await page.getByRole('button', { name: /Alice/ }).isVisible(), 'the provider asks again who this is');
  });

test('a link on another site does not sign a person out; it asks', async (t) => {
  const house = await openHouse(t);
  const { page, context } = await openProfile(t, browser);
  await page.goto(house.address);
  await choose(page, /Alice/, house.address);

  await page.goto(`${house.application.address}/another/site`);
  await page.evaluate((address) => location.assign(`${address}/logout`), house.address);
  await page.waitForURL(`${house.address}/logout`);
  assert.equal((await lastingCookies(context, house.address)).length, 1, 'still signed in');
  await page.getByRole('button').first().click();
  await page.waitForURL(/\/session\/end|\/logout/);
  const left = (await gateCookies(context, house.address)).map((one) => one.name);
  assert.deepEqual(left.filter((name) => /sekisho_session/.test(name)), [], 'the session is gone; the sign-out remembers its way back');
});

test('the session cookie of before is worth nothing to the browser after signing out', async (t) => {
  const house = await openHouse(t);
  const browserless = house.browser();
  await browserless.signIn(house.address, 'alice');
  const answer = await browserless.request(`${house.address}/logout`, {
    headers: { accept: 'text/html', 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate' },
  });
  assert.equal(answer.status, 303);
  assert.equal(browserless.jar.header(`${house.address}/`), '');
  const next = await browserless.request(`${house.address}/json`, { headers: { accept: 'application/json' } });
  assert.equal(next.status, 401);
});

test('Entra’s front-channel call gets a plain no-store answer and no redirect', async (t) => {
  const house = await openHouse(t);
  const answer = await house.browser().request(`${house.address}/logout?sid=0ff8e3a1`, {
    headers: { accept: 'text/html', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
  });
  assert.equal(answer.status, 200);
  assert.match(answer.headers['cache-control'], /no-store/);
  assert.equal(answer.headers.location, undefined);
});

test('CVE-2022-23527: signing out never ends on another site, whatever return address a link carries', async (t) => {
  const house = await openHouse(t);
  const hostile = ['//evil.test', '/\\evil.test', '/%09/evil.test', 'https:evil.test', 'https://evil.test', '/%5cevil.test'];
  for (const address of hostile) {
    const browserless = house.browser();
    await browserless.signIn(house.address, 'alice');
    const question = await browserless.visit(`${house.address}/logout?return_to=${encodeURIComponent(address)}`, {
      headers: { 'sec-fetch-site': 'same-origin' },
    });
    assert.equal(question.url.origin, house.provider.issuer, 'the provider asks');
    const [, action, xsrf] = question.text.match(/action="([^"]*)"><input type="hidden" name="xsrf" value="([^"]*)"/);
    const confirmed = await browserless.submit(question, action, { xsrf, logout: 'yes' });
    const end = await browserless.visit(new URL(confirmed.headers.location, confirmed.url));
    assert.equal(end.url.href.replace(/\?.*/, ''), `${house.address}/logout`, `${address}: it ends where it began`);
    assert.match(end.text, /signed out/i);
    assert.equal(browserless.jar.header(`${house.address}/logout`), '', 'nothing is remembered any longer');
    assert.doesNotMatch(end.text, /(href|action|url)="?[^"]*evil\.test/, address);
    assert.ok(browserless.visited.every((one) => !new URL(one.url).hostname.endsWith('evil.test')));
  }
});

test('a return address of our own host is where signing out ends', async (t) => {
  const house = await openHouse(t, { settings: { ACCESS_PUBLIC_PATHS: '/public/*' } });
  const { page } = await openProfile(t, browser);
  await page.goto(house.address);
  await choose(page, /Alice/, house.address);
  await page.evaluate(() => location.assign('/logout?return_to=/public/goodbye'));
  await page.waitForURL(/\/session\/end/);
  await page.getByRole('button', { name: /Yes/ }).click();
  await page.waitForURL(`${house.address}/**`);
  const onward = page.getByRole('link').first();
  if (!page.url().endsWith('/public/goodbye')) await onward.click();
  await page.waitForURL(`${house.address}/public/goodbye`);
});
