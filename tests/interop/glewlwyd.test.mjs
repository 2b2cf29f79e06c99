// SPDX-License-Identifier: Apache-2.0
// Glewlwyd, whose pages are a program in the browser: one way in and out in Chromium, the others by its API.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { freePort } from '../../deploy/demo/gate.mjs';
import { gateCookies, launch, openProfile } from '../e2e/support/chromium.mjs';
import { openSite } from '../e2e/support/house.mjs';
import { call, logIn, startGlewlwyd } from './support/glewlwyd.mjs';
import { assertRefused, assertRenewed, renewing, toldIdentity } from './support/journey.mjs';

const port = await freePort();
const address = `http://localhost:${port}`;
// Glewlwyd takes the two halves of client_secret_basic as they are (RFC 6749, 2.3.1 has them form-encoded), so the
// secret has no character that would be encoded.
const secret = 'secret-of-the-gate';

let glewlwyd;
before(async () => {
  const clients = ['public', 'confidential', 'ungranted'].map((id) => ({ id, address, ...(id !== 'public' && { secret }) }));
  glewlwyd = await startGlewlwyd({ clients });
});
after(() => glewlwyd?.stop());

async function openGate(t, { id = 'confidential', method = 'pkce', settings = {} } = {}) {
  const site = await openSite(t, { port });
  await site.startGate({
    OIDC_ISSUER: glewlwyd.issuer,
    OIDC_CLIENT_ID: id,
    ...(id !== 'public' && { OIDC_CLIENT_SECRET: secret }),
    OIDC_AUTH_METHOD: method,
    ...settings,
  });
  return site;
}

// What Glewlwyd's page does when alice types her password and grants what is asked for.
async function signIn(site, browser) {
  const page = await browser.visit(`${site.address}/json`);
  assert.equal(page.url.pathname, '/login.html', `no sign-in page but ${page.status} at ${page.url}`);
  const asked = page.url.searchParams;
  await logIn(browser, glewlwyd.address, 'alice', 'wonderland');
  const scope = asked.get('scope');
  await call(browser, glewlwyd.address, 'PUT', `/auth/grant/${asked.get('client_id')}`, { scope });
  return browser.visit(`${asked.get('callback_url')}&g_continue`);
}

const ways = [
  { name: 'a public client with PKCE', id: 'public' },
  { name: 'client_secret_basic', settings: { OIDC_CLIENT_AUTHENTICATION: 'client_secret_basic' } },
  { name: 'client_secret_post', settings: { OIDC_CLIENT_AUTHENTICATION: 'client_secret_post' } },
  { name: 'the code without PKCE', method: 'code' },
  { name: 'the code by form_post', settings: { OIDC_RESPONSE_MODE: 'form_post' } },
  { name: 'an implicit ID token', method: 'implicit' },
  { name: 'code id_token', method: 'code id_token' },
  { name: 'code id_token token', method: 'code id_token token' },
];
for (const { name, ...way } of ways)
  test(`Glewlwyd: signs in with ${name}`, async (t) => {
    const site = await openGate(t, way);
    const { user, ...told } = toldIdentity(await signIn(site, site.browser()), site);
    assert.match(user, /^\w{20,}$/);
    assert.deepEqual(told, { username: 'alice', email: 'alice@example.com', groups: ['admins', 'staff'] });
  });

test('Glewlwyd: tokens are renewed, with refresh tokens that roll', async (t) => {
  const site = await openGate(t, { settings: renewing });
  const browser = site.browser();
  toldIdentity(await signIn(site, browser), site);
  await assertRenewed(browser, site);
});

test('Glewlwyd: a person signs in and out at its pages in Chromium', async (t) => {
  const chromium = await launch();
  t.after(() => chromium.close());
  const site = await openGate(t, { id: 'ungranted' });
  const { page, context } = await openProfile(t, chromium);
  await page.goto(site.address);
  await page.locator('#username').fill('alice');
  await page.locator('#password').fill('wonderland');
  await page.locator('#password').press('Enter');
  await page.getByRole('button', { name: /Grant access/ }).click();
  await page.getByRole('button', { name: /Continue/ }).click();
  await page.waitForURL(`${site.address}/`);
  assert.equal(await page.locator('#name').textContent(), 'alice');

  await page.getByRole('link', { name: 'Sign out' }).click();
  await page.waitForURL(/prompt=end_session/);
  await page.getByRole('button', { name: /Logout/ }).first().click();
  await page.waitForURL((url) => url.href.startsWith(`${site.address}/logout`));
  assert.match(await page.locator('h1').first().innerText(), /signed out/i);
  assert.deepEqual(await gateCookies(context, site.address), []);
  await page.goto(site.address);
  await page.waitForURL(/login\.html/);
  await page.locator('#password').waitFor();
});

test('Glewlwyd: a wrong secret is refused', async (t) => {
  const site = await openGate(t, { settings: { OIDC_CLIENT_SECRET: 'not-the-secret' } });
  assertRefused(await signIn(site, site.browser()), site, 'oidc_code_exchange_failure', 502);
});

test('Glewlwyd: an issuer written otherwise is refused before anybody is sent there', async (t) => {
  const site = await openGate(t, { settings: { OIDC_ISSUER: `${glewlwyd.issuer}/` } });
  assertRefused(await site.browser().visit(site.address), site, 'oidc_issuer_mismatch', 400);
});
