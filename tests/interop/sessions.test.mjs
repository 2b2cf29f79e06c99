// SPDX-License-Identifier: Apache-2.0
// Sessions at real providers: tokens that renew with refresh tokens good for one use, what the provider ends ends here,
// and a person who signs out in Chromium is out there too.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test } from 'node:test';

import { formsOf } from '../../deploy/demo/browser.mjs';
import { freePort } from '../../deploy/demo/gate.mjs';
import { gateCookies, launch, openProfile } from '../e2e/support/chromium.mjs';
import { fieldsByMeaning, openHouse, openSite } from '../e2e/support/house.mjs';
import { client, signIn, startKeycloak } from './support/keycloak.mjs';
import { makeKeys } from './support/keys.mjs';
import { logged, until } from '../e2e/support/until.mjs';

const keys = makeKeys();
const renewing = { SESSION_REFRESH_INTERVAL: '2s', SESSION_REFRESH_BEFORE: '1s', IDENTITY_ACCESS_TOKEN_HEADER: 'X-Access-Token' };

const byBackChannel = (address) => ({
  attributes: {
    'backchannel.logout.url': `${address}/oidc/backchannel-logout`,
    'backchannel.logout.session.required': 'true',
  },
});
const byFrontChannel = (address) => ({
  frontchannelLogout: true,
  attributes: {
    'frontchannel.logout.url': `${address}/oidc/frontchannel-logout`,
    'frontchannel.logout.session.required': 'true',
  },
});

// Each client lives on a port of its own: Keycloak keeps its connection to a gate, and the next one is another.
const registrations = {
  plain: () => ({}),
  'told-cookie': byBackChannel,
  'told-memory': byBackChannel,
  'told-by-a-person': byBackChannel,
  'front-channel': byFrontChannel,
};
const ports = {};
for (const id of Object.keys(registrations)) ports[id] = await freePort();
// Keycloak's page, which is on https, may only frame what is on https.
const https = (id) => id === 'front-channel';
const clients = Object.entries(registrations).map(([id, registration]) => {
  const address = https(id) ? `https://gate.test:${ports[id]}` : `http://localhost:${ports[id]}`;
  return client(id, address, registration(address));
});

let keycloak;
before(async () => {
  keycloak = await startKeycloak({
    home: process.env.KEYCLOAK_HOME,
    keys,
    clients,
    realm: { revokeRefreshToken: true, refreshTokenMaxReuse: 0 }, // as its administrators are advised to have it
  });
});
after(async () => {
  await keycloak?.stop();
  keys.remove();
});

// A gate before an application, registered at Keycloak as `id`.
async function openGate(t, id, settings = {}) {
  const site = await openSite(t, { port: ports[id], https: https(id) });
  site.trust.push(keys.authority.pem);
  await site.startGate({
    OIDC_ISSUER: keycloak.issuer,
    OIDC_CLIENT_ID: id,
    OIDC_CLIENT_SECRET: clients.find(({ clientId }) => clientId === id).secret,
    OIDC_CA_FILE: keys.authority.certificate,
    ...settings,
  });
  return site;
}

const statusOf = async (browser, site) =>
  (await browser.request(`${site.address}/page`, { headers: { accept: 'application/json' } })).status;

// What the application was told under `name`, each value once, in the order of its first coming.
const toldValues = (site, name) => [
  ...new Set(site.seen.application.flatMap((one) => fieldsByMeaning(one.rawHeaders)[name] ?? [])),
];

// Uses the session until the application has been given so many access tokens; nothing but 200 is met on the way.
const useUntilTokens = (browser, site, count) =>
  until(`${count} access tokens`, async () => {
    assert.equal(await statusOf(browser, site), 200, site.gate.log);
    return toldValues(site, 'x-access-token').length >= count;
  });

// Somebody who has the same cookies, and whatever becomes of them later.
const copyOf = (browser, site) => site.browser({ headers: { cookie: browser.jar.header(`${site.address}/`) } });

async function alice() {
  const [{ id }] = await keycloak.administer('GET', '/users?username=alice&exact=true');
  const sessions = () => keycloak.administer('GET', `/users/${id}/sessions`);
  return { id, sessions };
}

async function endAtKeycloak() {
  const { id, sessions } = await alice();
  await keycloak.administer('POST', `/users/${id}/logout`);
  assert.deepEqual(await sessions(), []);
}

for (const store of ['cookie', 'memory'])
  test(`Keycloak, store ${store}: each renewal uses a refresh token once, and groups follow`, async (t) => {
    const site = await openGate(t, 'plain', { ...renewing, SESSION_STORE: store });
    const browser = site.browser();
    await signIn(site, browser);
    await useUntilTokens(browser, site, 3);
    assert.doesNotMatch(site.gate.log, /invalid_grant/);

    const { id } = await alice();
    const all = await keycloak.administer('GET', `/users/${id}/groups`);
    const tokyo = all.find(({ path }) => path === '/staff/tokyo');
    const membership = `/users/${id}/groups/${tokyo.id}`;
    await keycloak.administer('DELETE', membership);
    t.after(() => keycloak.administer('PUT', membership));
    assert.deepEqual(toldValues(site, 'x-forwarded-groups').length, 1);
    await until('the groups of today', async () => {
      assert.equal(await statusOf(browser, site), 200);
      return toldValues(site, 'x-forwarded-groups').length > 1;
    });
    assert.doesNotMatch(toldValues(site, 'x-forwarded-groups').at(-1), /tokyo/);
  });

for (const store of ['cookie', 'memory'])
  test(`Keycloak, store ${store}: a session that was ended there is over with the next renewal`, async (t) => {
    const site = await openGate(t, 'plain', { ...renewing, SESSION_STORE: store });
    const browser = site.browser();
    await signIn(site, browser);
    await useUntilTokens(browser, site, 2);
    const copy = copyOf(browser, site);
    await endAtKeycloak();
    await until('the end', async () => (await statusOf(browser, site)) === 401);
    await logged(site.gate, /invalid_grant/);
    assert.equal(await statusOf(copy, site), 401, 'and for whoever has a copy of the cookie');
  });

for (const store of ['cookie', 'memory'])
  test(`Keycloak, store ${store}: an administrator ends the session there, and the back channel ends it here`, async (t) => {
    const site = await openGate(t, `told-${store}`, { SESSION_STORE: store });
    const browser = site.browser();
    await signIn(site, browser);
    const copy = copyOf(browser, site);
    assert.equal(await statusOf(copy, site), 200);
    await endAtKeycloak();
    assert.equal(await statusOf(copy, site), 401, site.gate.log);
    assert.equal(await statusOf(browser, site), 401);
    await logged(site.gate, /backchannel_logout .*sessions=1/);
  });

test('Keycloak: a person who signs out at its own page is out here by the back channel', async (t) => {
  const site = await openGate(t, 'told-by-a-person');
  const browser = site.browser();
  await signIn(site, browser);
  const copy = copyOf(browser, site);
  const question = await browser.visit(`${keycloak.issuer}/protocol/openid-connect/logout`);
  const [{ action, fields }] = formsOf(question.text);
  assert.equal((await browser.continue(await browser.submit(question, action, fields))).status, 200);
  assert.equal(await statusOf(copy, site), 401, site.gate.log);
});

async function signInWithin(page, site) {
  await page.goto(site.address);
  await page.locator('#username').fill('alice');
  await page.locator('#password').fill('wonderland');
  await page.locator('#kc-login').click();
  await page.waitForURL(`${site.address}/**`);
  assert.equal(await page.locator('#name').textContent(), 'alice');
}

for (const store of ['cookie', 'memory'])
  test(`Keycloak, store ${store}: signing out in Chromium ends here and there`, async (t) => {
    const chromium = await launch();
    t.after(() => chromium.close());
    const site = await openGate(t, 'plain', { SESSION_STORE: store });
    const { page, context } = await openProfile(t, chromium);
    const { sessions } = await alice();
    await signInWithin(page, site);
    assert.equal((await sessions()).length, 1);
    await page.getByRole('link', { name: 'Sign out' }).click();
    await page.waitForURL(`${site.address}/logout**`);
    assert.match(await page.locator('h1').first().innerText(), /signed out/i);
    assert.deepEqual(await sessions(), [], 'nobody is signed in at Keycloak');
    assert.deepEqual(ours(await gateCookies(context, site.address)), []);
    await page.goto(site.address);
    await page.locator('#kc-login').waitFor();
  });

// Keycloak is on the same host, and cookies do not know ports.
const ours = (cookies) => cookies.map(({ name }) => name).filter((name) => /sekisho/.test(name));

test('Keycloak: a person who signs out at its own page in Chromium is out here by its frame', async (t) => {
  const chromium = await launch({ args: ['--test-third-party-cookie-phaseout'] });
  t.after(() => chromium.close());
  const site = await openGate(t, 'front-channel', { SESSION_SAME_SITE: 'none' });
  const { page, context } = await openProfile(t, chromium);
  await signInWithin(page, site);
  const held = await context.cookies(site.address);
  const copy = site.browser({ headers: { cookie: held.map(({ name, value }) => `${name}=${value}`).join('; ') } });
  assert.equal(await statusOf(copy, site), 200);

  await page.goto(`${keycloak.issuer}/protocol/openid-connect/logout`);
  const framed = page.waitForResponse((answer) => answer.url().startsWith(`${site.address}/oidc/frontchannel-logout`));
  await page.locator('#kc-logout').click();
  const answer = await framed;
  assert.equal(answer.status(), 200);
  assert.equal((await answer.request().allHeaders()).cookie, undefined, 'the frame of another site brings no cookie');
  assert.equal(await statusOf(copy, site), 401, site.gate.log);
});

// oidc-provider, which takes a refresh token once and ends everything that came of one that is used again.
const rotating = {
  settings: { ...renewing, OIDC_SCOPES: 'openid profile email offline_access', OIDC_PROMPT: 'consent' },
  registration: { grant_types: ['authorization_code', 'refresh_token'] },
  provider: {
    adjust: (settings) => ({
      ...settings,
      rotateRefreshToken: true,
      issueRefreshToken: async (ctx, { grantTypeAllowed }) => grantTypeAllowed,
    }),
  },
};

for (const store of ['cookie', 'memory'])
  test(`oidc-provider, store ${store}: the application sees each new access token, and invalid_grant ends the session`, async (t) => {
    const house = await openHouse(t, { ...rotating, settings: { ...rotating.settings, SESSION_STORE: store } });
    const { provider } = house.provider;
    const refused = [];
    const grants = new Set();
    provider.on('grant.error', (ctx, error) => refused.push(error.message));
    provider.on('refresh_token.saved', ({ grantId }) => grants.add(grantId));
    const browser = house.browser();
    await browser.signIn(house.address, 'alice');
    await useUntilTokens(browser, house, 3);
    assert.deepEqual(refused, []);

    const copy = copyOf(browser, house);
    const told = once(provider, 'grant.error');
    for (const grant of grants) await (await provider.Grant.find(grant)).destroy();
    await until('the end', async () => (await statusOf(browser, house)) === 401);
    await told;
    assert.deepEqual(refused, ['invalid_grant']);
    assert.equal(await statusOf(copy, house), 401, 'and for whoever has a copy of the cookie');
  });
