// SPDX-License-Identifier: Apache-2.0
// Keycloak with an imported realm: signatures, client authentications, flows, groups and roles, both ways out.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { formsOf } from '../../deploy/demo/browser.mjs';
import { freePort } from '../../deploy/demo/gate.mjs';
import { openSite } from '../e2e/support/house.mjs';
import { askToSignOut, assertRefused, assertRenewed, assertSignedOut, renewing, toldIdentity } from './support/journey.mjs';
import { client, signIn, startKeycloak } from './support/keycloak.mjs';
import { makeKeys, makeSigningKey } from './support/keys.mjs';

const keys = makeKeys();
const port = await freePort();
const address = `http://localhost:${port}`;
const signed = (algorithm) => ({ attributes: { 'id.token.signed.response.alg': algorithm } });
const certificate = ({ certificate, key }) => ({ OIDC_CLIENT_CERTIFICATE: certificate, OIDC_CLIENT_KEY: key });

const publicClient = { publicClient: true, secret: undefined, attributes: { 'pkce.code.challenge.method': 'S256' } };
const ways = [
  { name: 'a public client with PKCE', id: 'public', registration: publicClient },
  { name: 'the code by form_post', id: 'form-post', settings: { OIDC_RESPONSE_MODE: 'form_post' } },
  { name: 'ID tokens signed by PS256', id: 'ps256', registration: signed('PS256') },
  { name: 'ID tokens signed by ES256', id: 'es256', registration: signed('ES256') },
  { name: 'ID tokens signed by EdDSA', id: 'eddsa', registration: signed('EdDSA') },
  {
    name: 'UserInfo as a JWT signed by ES256',
    id: 'userinfo',
    registration: { attributes: { 'user.info.response.signature.alg': 'ES256' } },
    settings: { OIDC_USERINFO: 'always' },
  },
  { name: 'client_secret_post', id: 'post', settings: { OIDC_CLIENT_AUTHENTICATION: 'client_secret_post' } },
  {
    name: 'client_secret_jwt',
    id: 'secret-jwt',
    registration: { clientAuthenticatorType: 'client-secret-jwt' },
    settings: { OIDC_CLIENT_AUTHENTICATION: 'client_secret_jwt' },
  },
  {
    name: 'private_key_jwt whose key it fetches from us',
    id: 'key-jwt',
    registration: {
      clientAuthenticatorType: 'client-jwt',
      attributes: {
        'use.jwks.url': 'true',
        'jwks.url': `${address}/oidc/jwks`,
        'token.endpoint.auth.signing.alg': 'PS256',
      },
    },
    settings: {
      OIDC_CLIENT_AUTHENTICATION: 'private_key_jwt',
      OIDC_SIGNING_KEY: makeSigningKey(keys.folder, 'PS256'),
      OIDC_SIGNING_KEY_ALGORITHM: 'PS256',
    },
  },
  {
    name: 'a client certificate',
    id: 'mutual-tls',
    registration: { clientAuthenticatorType: 'client-x509', attributes: { 'x509.subjectdn': 'CN=gate.example' } },
    settings: { OIDC_CLIENT_AUTHENTICATION: 'tls_client_auth', ...certificate(keys.client) },
  },
  {
    name: 'tokens that are bound to a key (DPoP)',
    id: 'dpop',
    registration: { attributes: { 'dpop.bound.access.tokens': 'true' } },
    settings: { OIDC_DPOP_KEY: makeSigningKey(keys.folder, 'ES256', 'dpop'), OIDC_USERINFO: 'always' },
  },
  {
    name: 'tokens and refresh tokens that are bound to a key, as a public client',
    id: 'dpop-public',
    registration: { ...publicClient, attributes: { ...publicClient.attributes, 'dpop.bound.access.tokens': 'true' } },
    settings: { OIDC_DPOP_KEY: makeSigningKey(keys.folder, 'PS256', 'dpop'), OIDC_USERINFO: 'always' },
  },
  { name: 'an implicit ID token', id: 'implicit', method: 'implicit', registration: { implicitFlowEnabled: true } },
  { name: 'code id_token', id: 'code-id-token', method: 'code id_token', registration: { implicitFlowEnabled: true } },
  {
    name: 'code id_token token',
    id: 'code-id-token-token',
    method: 'code id_token token',
    registration: { implicitFlowEnabled: true },
  },
];
const wayCalled = (id) => ways.find((one) => one.id === id);
const further = [
  client('consent', address, { consentRequired: true }),
  client('default-mappers', address, { protocolMappers: [] }),
];

let keycloak;
before(async () => {
  const clients = ways.map(({ id, registration }) => client(id, address, registration)).concat(further);
  keycloak = await startKeycloak({ home: process.env.KEYCLOAK_HOME, keys, clients });
});
after(async () => {
  await keycloak?.stop();
  keys.remove();
});

// A gate before an application, registered at Keycloak as `id`.
async function openGate(t, { id, method = 'pkce', registration = {}, settings = {} }) {
  const site = await openSite(t, { port });
  site.trust.push(keys.authority.pem);
  const { secret } = client(id, address, registration);
  const needsSecret = secret && !settings.OIDC_SIGNING_KEY && !settings.OIDC_CLIENT_CERTIFICATE && method !== 'implicit';
  await site.startGate({
    OIDC_ISSUER: keycloak.issuer,
    OIDC_CLIENT_ID: id,
    ...(needsSecret && { OIDC_CLIENT_SECRET: secret }),
    OIDC_AUTH_METHOD: method,
    OIDC_CA_FILE: keys.authority.certificate,
    IDENTITY_EXTRA_HEADERS: 'X-Roles: realm_access.roles',
    ...settings,
  });
  return site;
}

for (const way of ways)
  test(`Keycloak: signs in and out with ${way.name}`, async (t) => {
    const site = await openGate(t, way);
    const browser = site.browser();
    const answer = await signIn(site, browser);
    const { user, ...told } = toldIdentity(answer, site);
    assert.match(user, /^[0-9a-f-]{36}$/);
    assert.deepEqual(told, { username: 'alice', email: 'alice@example.com', groups: ['staff', 'staff/tokyo'] });
    assert.match(JSON.parse(answer.text).headers['x-roles'], /auditor.*editor|editor.*auditor/);
    await assertSignedOut(browser, site, await askToSignOut(browser, site));
    const page = await browser.visit(`${site.address}/json`);
    assert.ok(page.url.href.startsWith(keycloak.issuer), 'Keycloak asks again who this is');
  });

for (const id of ['dpop', 'dpop-public'])
  test(`Keycloak: renews ${id} with the key that the tokens are bound to`, async (t) => {
    const way = wayCalled(id);
    const site = await openGate(t, { ...way, settings: { ...way.settings, ...renewing } });
    const browser = site.browser();
    toldIdentity(await signIn(site, browser), site);
    await assertRenewed(browser, site);
  });

test('Keycloak: binds a token that is asked for with a proof, whatever the client', async (t) => {
  const site = await openGate(t, { ...wayCalled('ps256'), settings: wayCalled('dpop').settings });
  toldIdentity(await signIn(site, site.browser()), site);
});

test('Keycloak: roles of a client with default mappers, in the access token alone, are found unasked', async (t) => {
  const site = await openGate(t, { id: 'default-mappers', settings: { IDENTITY_ROLES_HEADER: 'X-Forwarded-Roles' } });
  const { headers } = JSON.parse((await signIn(site, site.browser())).text);
  assert.match(headers['x-forwarded-roles'], /auditor.*editor|editor.*auditor/);
  assert.equal(headers['x-roles'], undefined, 'neither the ID token nor UserInfo has them');
});

test('Keycloak: a wrong secret is refused', async (t) => {
  const site = await openGate(t, { ...wayCalled('ps256'), settings: { OIDC_CLIENT_SECRET: 'not the secret' } });
  assertRefused(await signIn(site, site.browser()), site, 'oidc_code_exchange_failure', 502);
});

test('Keycloak: another client’s certificate is refused', async (t) => {
  const way = wayCalled('mutual-tls');
  const site = await openGate(t, { ...way, settings: { ...way.settings, ...certificate(keys.stranger) } });
  assertRefused(await signIn(site, site.browser()), site, 'oidc_code_exchange_failure', 502);
});

test('Keycloak: an ID token signed otherwise than oidc.signing_algorithms allows is refused', async (t) => {
  const way = wayCalled('es256');
  const site = await openGate(t, { ...way, settings: { OIDC_SIGNING_ALGORITHMS: 'RS256' } });
  assertRefused(await signIn(site, site.browser()), site, 'oidc_generic_token_failure', 400);
});

test('Keycloak: a person who does not consent is refused', async (t) => {
  const site = await openGate(t, { id: 'consent' });
  const browser = site.browser();
  const page = await signIn(site, browser);
  const form = formsOf(page.text).find(({ action }) => action.includes('consent'));
  assert.ok(form, page.text.slice(0, 3000));
  const answer = await browser.continue(await browser.submit(page, form.action, { ...form.fields, cancel: 'No' }));
  assertRefused(answer, site, 'oidc_access_denied', 403);
});

for (const [scopes, expected] of [
  ['openid,profile,email', 0],
  ['openid,profile,email,offline_access', 1],
])
  test(`Keycloak: ${expected} offline sessions after a sign-in with the scopes ${scopes}`, async (t) => {
    const site = await openGate(t, { ...wayCalled('form-post'), settings: { OIDC_SCOPES: scopes } });
    toldIdentity(await signIn(site, site.browser()), site);
    assert.equal(await keycloak.offlineSessions('form-post'), expected);
  });
