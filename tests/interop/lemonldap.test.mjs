// SPDX-License-Identifier: Apache-2.0
// LemonLDAP::NG, whose ID tokens are thin: who the person is comes from UserInfo, groups included.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { formsOf } from '../../deploy/demo/browser.mjs';
import { freePort } from '../../deploy/demo/gate.mjs';
import { openSite } from '../e2e/support/house.mjs';
import { askToSignOut, assertRefused, assertRenewed, assertSignedOut, renewing, toldIdentity } from './support/journey.mjs';
import { startLemonldap } from './support/lemonldap.mjs';

const port = await freePort();
const address = `http://localhost:${port}`;
const odd = 'secret, 100% "odd" + / : = & ~';
// The portal takes the two halves of client_secret_basic as they are (RFC 6749, 2.3.1 has them form-encoded), so other
// secrets have no character that would be encoded.
const secret = 'secret-of-the-gate';
// The portal's hybrid flow does not keep the challenge with the code, and then refuses the code for not having one.
const forgetsChallenge = { oidcRPMetaDataOptionsRequirePKCE: 0 };

const ways = [
  { name: 'a public client with PKCE', id: 'public', client: { secret: undefined } },
  { name: 'client_secret_basic', id: 'basic', settings: { OIDC_CLIENT_AUTHENTICATION: 'client_secret_basic' } },
  {
    name: 'client_secret_post and a secret of odd characters',
    id: 'post',
    client: { secret: odd },
    settings: { OIDC_CLIENT_AUTHENTICATION: 'client_secret_post' },
  },
  { name: 'the code by form_post', id: 'form-post', settings: { OIDC_RESPONSE_MODE: 'form_post' } },
  { name: 'ID tokens signed by RS512', id: 'rs512', client: { algorithm: 'RS512' } },
  {
    name: 'UserInfo as a JWT signed by RS256',
    id: 'userinfo',
    client: { oidcRPMetaDataOptionsUserInfoSignAlg: 'RS256' },
  },
  {
    name: 'an implicit ID token that has the claims',
    id: 'implicit',
    method: 'implicit',
    client: { oidcRPMetaDataOptionsIDTokenForceClaims: 1, oidcRPMetaDataOptionsRequirePKCE: 0 },
  },
  { name: 'code id_token', id: 'code-id-token', method: 'code id_token', client: forgetsChallenge },
  { name: 'code id_token token', id: 'code-id-token-token', method: 'code id_token token', client: forgetsChallenge },
];

let lemonldap;
before(async () => {
  const clients = ways.map(({ id, client }) => ({ id, secret, address, ...client }));
  clients.push({ id: 'renewing', secret, address, oidcRPMetaDataOptionsRefreshToken: 1 });
  clients.push({ id: 'consent', secret, address, oidcRPMetaDataOptionsBypassConsent: 0 });
  lemonldap = await startLemonldap({ clients });
});
after(() => lemonldap?.stop());

async function openGate(t, { id, method = 'pkce', client = {}, settings = {} }) {
  const site = await openSite(t, { port });
  await site.startGate({
    OIDC_ISSUER: lemonldap.issuer,
    OIDC_CLIENT_ID: id,
    ...(method !== 'implicit' && client.secret !== '' && { OIDC_CLIENT_SECRET: client.secret ?? secret }),
    OIDC_AUTH_METHOD: method,
    ...settings,
  });
  return site;
}

// Signs in at the portal: where the browser is then, which is the portal when it asks something.
async function logIn(site, browser) {
  const page = await browser.visit(`${site.address}/json`);
  const form = formsOf(page.text).find(({ id }) => id === 'lform');
  assert.ok(form, `no sign-in page but ${page.status} at ${page.url}\n${page.text.slice(0, 2000)}`);
  return goOn(browser, await browser.submit(page, form.action, { ...form.fields, user: 'dwho', password: 'dwho' }));
}

// Follows redirects, and form_post, whose page submits itself by a script that is a file of its own.
async function goOn(browser, response) {
  const next = await browser.continue(response);
  const posted = formsOf(next.text).find(({ action }) => action.startsWith(`${address}/oidc/callback`));
  return posted ? browser.continue(await browser.submit(next, posted.action, posted.fields)) : next;
}

// Accepts what the portal asks, or refuses it with "-".
async function answer(browser, question, sign = '') {
  const [form] = formsOf(question.text);
  assert.ok(form, `no question but ${question.status} at ${question.url}\n${question.text.slice(0, 3000)}`);
  const confirm = sign + form.fields.confirm;
  return goOn(browser, await browser.submit(question, form.action, { ...form.fields, confirm }));
}

test('LemonLDAP::NG: tokens are renewed', async (t) => {
  const site = await openGate(t, { id: 'renewing', settings: renewing });
  const browser = site.browser();
  toldIdentity(await logIn(site, browser), site);
  await assertRenewed(browser, site);
});

for (const way of ways)
  test(`LemonLDAP::NG: signs in and out with ${way.name}`, async (t) => {
    const site = await openGate(t, way);
    const browser = site.browser();
    const told = toldIdentity(await logIn(site, browser), site);
    assert.deepEqual(told, {
      user: 'dwho',
      username: 'dwho',
      email: 'dwho@badwolf.org',
      groups: ['timelords', 'users'],
    });
    await assertSignedOut(browser, site, await answer(browser, await askToSignOut(browser, site)));
    const page = await browser.visit(`${site.address}/json`);
    assert.ok(formsOf(page.text).some(({ id }) => id === 'lform'), 'the portal asks again who this is');
  });

test('LemonLDAP::NG: a wrong secret is refused', async (t) => {
  const site = await openGate(t, { ...ways[1], settings: { OIDC_CLIENT_SECRET: 'not the secret' } });
  const browser = site.browser();
  assertRefused(await logIn(site, browser), site, 'oidc_code_exchange_failure', 502);
});

test('LemonLDAP::NG: a person who does not consent is refused', async (t) => {
  const site = await openGate(t, { id: 'consent' });
  const browser = site.browser();
  assertRefused(await answer(browser, await logIn(site, browser), '-'), site, 'oidc_interaction_required', 400);
});
