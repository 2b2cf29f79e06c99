// SPDX-License-Identifier: Apache-2.0
// The certified oidc-provider over https: every client authentication with every response type and response mode.
import assert from 'node:assert/strict';
import { X509Certificate, generateKeyPairSync, randomBytes } from 'node:crypto';
import { after, describe, test } from 'node:test';

import { formsOf } from '../../deploy/demo/browser.mjs';
import { choose, launch, openProfile } from '../e2e/support/chromium.mjs';
import { openHouse } from '../e2e/support/house.mjs';
import { askToSignOut, assertRefused, assertRenewed, assertSignedOut, renewing, toldIdentity } from './support/journey.mjs';
import { keySetOf, makeKeys, makeSigningKey } from './support/keys.mjs';

const keys = makeKeys();
after(keys.remove);

const secret = 'demo secret, 100% "odd" + / : = & ~';
const certificate = ({ certificate, key }) => ({ OIDC_CLIENT_CERTIFICATE: certificate, OIDC_CLIENT_KEY: key });

// How a client proves who it is: what the provider knows of it, what sekisho is told, and what another would bring.
const authentications = {
  none: { settings: {} },
  client_secret_basic: { registered: { client_secret: secret }, wrong: { OIDC_CLIENT_SECRET: 'not the secret' } },
  client_secret_post: { registered: { client_secret: secret }, wrong: { OIDC_CLIENT_SECRET: 'not the secret' } },
  client_secret_jwt: {
    registered: { client_secret: secret },
    wrong: { OIDC_CLIENT_SECRET: 'another secret of more than 32 characters' },
  },
  private_key_jwt: {
    registered: (address) => ({ jwks_uri: `${address}/oidc/jwks` }),
    settings: { OIDC_SIGNING_KEY: makeSigningKey(keys.folder, 'ES256') },
  },
  tls_client_auth: {
    registered: { tls_client_auth_subject_dn: 'CN=gate.example' },
    settings: certificate(keys.client),
    wrong: certificate(keys.stranger),
  },
  self_signed_tls_client_auth: {
    registered: { jwks: keySetOf(keys.selfSigned.pem) },
    settings: certificate(keys.selfSigned),
    wrong: certificate(keys.client),
  },
};

const flows = [
  { method: 'pkce', type: 'code', modes: ['query', 'form_post'] },
  { method: 'code', type: 'code', modes: ['query', 'form_post'] },
  { method: 'code id_token', type: 'code id_token', modes: ['form_post'] },
  { method: 'code token', type: 'code token', modes: ['form_post'] },
  { method: 'code id_token token', type: 'code id_token token', modes: ['form_post'] },
  { method: 'id_token token', type: 'id_token token', modes: ['form_post'] },
];
const types = ['code', 'id_token', 'code id_token', 'code token', 'code id_token token', 'id_token token'];

const mutualTls = {
  enabled: true,
  tlsClientAuth: true,
  selfSignedTlsClientAuth: true,
  getCertificate: (ctx) => {
    const { raw } = ctx.socket.getPeerCertificate();
    return raw && new X509Certificate(raw);
  },
  certificateAuthorized: (ctx) => ctx.socket.authorized,
  certificateSubjectMatches: (ctx, property, expected) =>
    property === 'tls_client_auth_subject_dn' && ctx.socket.getPeerX509Certificate().subject === expected,
};

const adjust = (configuration) => ({
  ...configuration,
  clientAuthMethods: Object.keys(authentications),
  responseTypes: types,
  pkce: { required: () => false, methods: ['S256'] },
  features: { ...configuration.features, mTLS: mutualTls },
});

// A house whose provider is reached by https and asks for a certificate. `authentication` is a key of the table above.
async function openInteropHouse(t, { authentication, method, type, mode, registration = {}, provider = {}, settings = {} }) {
  const { registered = {}, settings: own = {} } = authentications[authentication];
  const implicit = type.includes('token');
  const client = 'demo-public';
  const changes = {
    token_endpoint_auth_method: authentication,
    application_type: implicit ? 'native' : 'web', // an implicit web client may not live on http://localhost
    response_types: [type],
    grant_types: [...(type.includes('code') ? ['authorization_code'] : []), ...(implicit ? ['implicit'] : [])],
  };
  const house = await openHouse(t, {
    client,
    registration: (address) => ({
      ...changes,
      ...(typeof registered === 'function' ? registered(address) : registered),
      ...(typeof registration === 'function' ? registration(address) : registration),
    }),
    method,
    provider: {
      adjust,
      tls: {
        cert: keys.server.pem,
        key: keys.server.keyPem,
        ca: keys.authority.pem,
        requestCert: true,
        rejectUnauthorized: false, // RFC 8705, 2.2: a self-signed certificate has no authority
      },
      ...provider,
    },
    settings: {
      OIDC_CA_FILE: keys.authority.certificate,
      OIDC_CLIENT_AUTHENTICATION: authentication,
      ...(mode && { OIDC_RESPONSE_MODE: mode }),
      ...own,
      ...settings,
    },
  });
  house.trust.push(keys.authority.pem);
  return house;
}

const tokenRequests = (house) => house.seen.provider.filter((one) => one.url.startsWith('/token')).length;

async function signInAndOut(house) {
  const browser = house.browser();
  const answer = await browser.signIn(`${house.address}/json`, 'alice');
  assert.deepEqual(toldIdentity(answer, house), {
    user: 'alice',
    username: 'alice',
    email: 'alice@example.com',
    groups: ['admins', 'staff'],
  });
  const question = await askToSignOut(browser, house);
  const [{ action, fields }] = formsOf(question.text);
  const confirmed = await browser.submit(question, action, { ...fields, logout: 'yes' });
  await assertSignedOut(browser, house, await browser.continue(confirmed));
}

// A public client always signs in with PKCE: sekisho does not start otherwise.
const flowsOf = (authentication) => flows.filter(({ method }) => authentication !== 'none' || method !== 'code');

for (const authentication of Object.keys(authentications))
  describe(`oidc-provider, ${authentication}`, () => {
    for (const { method, type, modes } of flowsOf(authentication))
      for (const mode of modes)
        test(`signs in and out by ${type}${method === 'pkce' ? ' with PKCE' : ''}, ${mode}`, async (t) => {
          const house = await openInteropHouse(t, { authentication, method, type, mode });
          await signInAndOut(house);
          assert.equal(tokenRequests(house), type.includes('code') ? 1 : 0);
        });

    const wrong = authentications[authentication].wrong ?? (authentication === 'private_key_jwt' && {});
    if (wrong)
      test('is refused with what another client would bring, and asks once', async (t) => {
        const registration = authentication === 'private_key_jwt' && { jwks_uri: undefined, jwks: keySetOf(keys.client.pem) };
        const house = await openInteropHouse(t, { authentication, ...flows[0], settings: wrong, registration });
        assertRefused(await house.browser().signIn(house.address, 'alice'), house, 'oidc_code_exchange_failure', 502);
        assert.equal(tokenRequests(house), 1);
      });
  });

test('oidc-provider: signs in and out by an implicit ID token, form_post, without any call for tokens', async (t) => {
  const house = await openInteropHouse(t, { authentication: 'none', method: 'implicit', type: 'id_token' });
  await signInAndOut(house);
  assert.equal(tokenRequests(house), 0);
});

for (const algorithm of ['RS256', 'PS256', 'EdDSA'])
  test(`oidc-provider: takes an assertion signed by ${algorithm} for whom our published key says`, async (t) => {
    const house = await openInteropHouse(t, {
      authentication: 'private_key_jwt',
      ...flows[0],
      registration: { token_endpoint_auth_signing_alg: algorithm },
      settings: {
        OIDC_SIGNING_KEY: makeSigningKey(keys.folder, algorithm),
        OIDC_SIGNING_KEY_ALGORITHM: algorithm,
      },
    });
    await signInAndOut(house);
  });

const managements = ['RSA-OAEP', 'RSA-OAEP-256', 'ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A256KW'];

const encrypting = (configuration) => {
  const adjusted = adjust(configuration);
  return {
    ...adjusted,
    features: { ...adjusted.features, encryption: { enabled: true }, jwtUserinfo: { enabled: true } },
    enabledJWA: { idTokenEncryptionAlgValues: managements, userinfoEncryptionAlgValues: managements },
  };
};

for (const [alg, kind, enc, flow] of [
  ['RSA-OAEP', 'RS256', 'A128CBC-HS256', flows[0]],
  ['RSA-OAEP-256', 'RS256', 'A256GCM', flows[2]],
  ['ECDH-ES', 'ES256', 'A128GCM', flows[0]],
  ['ECDH-ES+A128KW', 'ES256', 'A256CBC-HS512', flows[4]],
  ['ECDH-ES+A256KW', 'X25519', 'A256GCM', flows[5]],
])
  test(`oidc-provider: signs in and out with ID token and UserInfo encrypted by ${alg} and ${enc}, ${flow.type}`, async (t) => {
    const house = await openInteropHouse(t, {
      authentication: 'none',
      ...flow,
      provider: { adjust: encrypting },
      registration: (address) => ({
        jwks_uri: `${address}/oidc/jwks`,
        id_token_encrypted_response_alg: alg,
        id_token_encrypted_response_enc: enc,
        userinfo_signed_response_alg: 'RS256',
        userinfo_encrypted_response_alg: alg,
        userinfo_encrypted_response_enc: enc,
      }),
      settings: {
        OIDC_DECRYPTION_KEY: makeSigningKey(keys.folder, kind, 'decryption'),
        OIDC_REQUIRE_ENCRYPTION: 'true',
        OIDC_USERINFO: 'always',
      },
    });
    await signInAndOut(house);
  });

test('oidc-provider: an encrypted ID token without a key of ours is refused', async (t) => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const house = await openInteropHouse(t, {
    authentication: 'none',
    ...flows[0],
    provider: { adjust: encrypting },
    registration: {
      jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), use: 'enc' }] },
      id_token_encrypted_response_alg: 'RSA-OAEP',
    },
  });
  assertRefused(await house.browser().signIn(house.address, 'alice'), house, 'oidc_generic_token_failure', 400);
});

test('oidc-provider: a person who says no is refused, and no token is asked for', async (t) => {
  const house = await openInteropHouse(t, { authentication: 'none', ...flows[2] });
  assertRefused(await house.browser().signIn(house.address, ''), house, 'oidc_access_denied', 403);
  assert.equal(tokenRequests(house), 0);
});

for (const [scopes, expected] of [
  ['openid,profile,email', 0],
  ['openid,profile,email,offline_access', 1],
])
  test(`oidc-provider: issues ${expected ? 'a' : 'no'} refresh token for the scopes ${scopes}`, async (t) => {
    const house = await openInteropHouse(t, {
      authentication: 'none',
      ...flows[0],
      registration: { grant_types: ['authorization_code', 'refresh_token'] },
      settings: { OIDC_SCOPES: scopes, OIDC_PROMPT: 'consent' },
    });
    let issued = 0;
    house.provider.provider.on('refresh_token.saved', () => ++issued);
    await signInAndOut(house);
    assert.equal(issued, expected);
  });

// What the browser brought to the authorization endpoint, and what was pushed to the provider before.
const authorizations = ({ seen }) =>
  seen.provider
    .filter(({ method, url }) => method === 'GET' && url.startsWith('/auth?'))
    .map(({ url }) => [...new URLSearchParams(url.slice(url.indexOf('?'))).keys()].sort());
const pushes = ({ seen }) => seen.provider.filter(({ method, url }) => method === 'POST' && url === '/request').length;

// Options of a provider that has these features too.
const offering = (features) => ({
  adjust: (configuration) => {
    const usual = adjust(configuration);
    return { ...usual, features: { ...usual.features, ...features } };
  },
});
const pushedOnly = { pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true } };
const signedOnly = { requestObjects: { request: true, requireSignedRequestObject: true, mode: 'strict' } };
const signing = { OIDC_REQUEST_OBJECT: 'signed', OIDC_SIGNING_KEY: makeSigningKey(keys.folder, 'ES256') };
const keysOfOurs = (address) => ({ jwks_uri: `${address}/oidc/jwks` });

for (const authentication of Object.keys(authentications))
  test(`oidc-provider: takes only pushed requests, ${authentication}`, async (t) => {
    const house = await openInteropHouse(t, { authentication, ...flows[0], provider: offering(pushedOnly) });
    await signInAndOut(house);
    assert.equal(pushes(house), 1);
    assert.deepEqual(authorizations(house), [['client_id', 'request_uri']]);
  });

test('oidc-provider: a pushed request that it refuses ends on our page, and the browser never goes there', async (t) => {
  const house = await openInteropHouse(t, {
    authentication: 'client_secret_basic',
    ...flows[0],
    provider: offering(pushedOnly),
    registration: { redirect_uris: ['https://elsewhere.example/callback'] },
  });
  assertRefused(await house.browser().visit(house.address), house, 'oidc_auth_error', 400);
  assert.equal(pushes(house), 1);
  assert.deepEqual(authorizations(house), []);
});

for (const [way, features, parameters] of [
  ['by the browser', signedOnly, ['client_id', 'request', 'response_type', 'scope']],
  ['pushed', { ...signedOnly, ...pushedOnly }, ['client_id', 'request_uri']],
])
  test(`oidc-provider: takes only requests that we signed, ${way}`, async (t) => {
    const house = await openInteropHouse(t, {
      authentication: 'client_secret_basic',
      ...flows[0],
      provider: offering(features),
      registration: keysOfOurs,
      settings: signing,
    });
    await signInAndOut(house);
    assert.deepEqual(authorizations(house), [parameters]);
  });

test('oidc-provider: a request signed by a key that is not ours there is refused', async (t) => {
  const house = await openInteropHouse(t, {
    authentication: 'client_secret_basic',
    ...flows[0],
    provider: offering({ ...signedOnly, ...pushedOnly }),
    registration: { jwks: keySetOf(keys.client.pem) },
    settings: signing,
  });
  assertRefused(await house.browser().visit(house.address), house, 'oidc_auth_error', 400);
  assert.match(house.gate.log, /invalid_request_object/);
});

const signedAnswers = { jwtResponseModes: { enabled: true } };
for (const [flow, mode] of [
  [flows[0], 'jwt'],
  [flows[0], 'query.jwt'],
  [flows[0], 'form_post.jwt'],
  [flows[2], 'jwt'],
  [flows[4], 'form_post.jwt'],
])
  test(`oidc-provider: signs in and out by ${flow.type}, answered by ${mode}`, async (t) => {
    const house = await openInteropHouse(t, { authentication: 'client_secret_basic', ...flow, mode, provider: offering(signedAnswers) });
    await signInAndOut(house);
  });

// A provider with a key for encryption in its set, which takes requests encrypted by `alg` alone.
const receiving = (alg, [kind, options], features) => ({
  adjust: (configuration) => {
    const usual = offering({ ...features, encryption: { enabled: true } }).adjust(configuration);
    const { privateKey } = generateKeyPairSync(kind, options);
    const recipient = { ...privateKey.export({ format: 'jwk' }), kid: 'recipient', use: 'enc' };
    return {
      ...usual,
      jwks: { keys: [...usual.jwks.keys, recipient] },
      enabledJWA: { requestObjectEncryptionAlgValues: [alg], authorizationEncryptionAlgValues: managements },
    };
  },
});
const encryptedRequests = { ...signing, OIDC_REQUEST_OBJECT: 'encrypted' };

for (const [alg, key, features, parameters] of [
  ['RSA-OAEP-256', ['rsa', { modulusLength: 2048 }], signedOnly, ['client_id', 'request', 'response_type', 'scope']],
  ['ECDH-ES', ['ec', { namedCurve: 'P-256' }], { ...signedOnly, ...pushedOnly }, ['client_id', 'request_uri']],
  ['ECDH-ES+A256KW', ['x25519', {}], signedOnly, ['client_id', 'request', 'response_type', 'scope']],
])
  test(`oidc-provider: takes requests that we signed and encrypted by ${alg}, with ${parameters}`, async (t) => {
    const house = await openInteropHouse(t, {
      authentication: 'client_secret_basic',
      ...flows[0],
      provider: receiving(alg, key, features),
      registration: (address) => ({
        ...keysOfOurs(address),
        request_object_encryption_alg: alg,
        request_object_encryption_enc: 'A256GCM',
      }),
      settings: encryptedRequests,
    });
    await signInAndOut(house);
    assert.deepEqual(authorizations(house), [parameters]);
    const address = house.seen.provider.find(({ url }) => url.startsWith('/auth?')).url;
    const object = new URL(address, house.address).searchParams.get('request');
    if (!parameters.includes('request')) return assert.equal(pushes(house), 1);
    const header = JSON.parse(Buffer.from(object.split('.')[0], 'base64url'));
    assert.deepEqual([header.alg, header.enc, header.kid, header.cty], [alg, 'A256GCM', 'recipient', 'JWT']);
  });

test('oidc-provider: a request that cannot be encrypted ends on our page, and nothing of it is sent', async (t) => {
  const house = await openInteropHouse(t, {
    authentication: 'client_secret_basic',
    ...flows[0],
    provider: offering({ ...signedOnly, ...pushedOnly, encryption: { enabled: true } }),
    registration: keysOfOurs,
    settings: encryptedRequests,
  });
  assertRefused(await house.browser().visit(house.address), house, 'oidc_login_error', 400);
  assert.equal(pushes(house), 0);
  assert.deepEqual(authorizations(house), []);
});

for (const [alg, kind, enc, mode] of [
  ['RSA-OAEP-256', 'RS256', 'A256GCM', 'jwt'],
  ['ECDH-ES', 'ES256', 'A128CBC-HS256', 'query.jwt'],
  ['ECDH-ES+A256KW', 'X25519', 'A256CBC-HS512', 'form_post.jwt'],
])
  test(`oidc-provider: signs in and out by an answer that is signed, and encrypted by ${alg} and ${enc}, ${mode}`, async (t) => {
    const house = await openInteropHouse(t, {
      authentication: 'client_secret_basic',
      ...flows[0],
      mode,
      provider: receiving('RSA-OAEP', ['rsa', { modulusLength: 2048 }], signedAnswers),
      registration: (address) => ({
        ...keysOfOurs(address),
        authorization_signed_response_alg: 'RS256',
        authorization_encrypted_response_alg: alg,
        authorization_encrypted_response_enc: enc,
      }),
      settings: { OIDC_DECRYPTION_KEY: makeSigningKey(keys.folder, kind, 'decryption') },
    });
    await signInAndOut(house);
  });

test('oidc-provider: an encrypted answer without a key of ours is refused, and no token is asked for', async (t) => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const house = await openInteropHouse(t, {
    authentication: 'client_secret_basic',
    ...flows[0],
    mode: 'jwt',
    provider: receiving('RSA-OAEP', ['rsa', { modulusLength: 2048 }], signedAnswers),
    registration: {
      jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), use: 'enc' }] },
      authorization_encrypted_response_alg: 'RSA-OAEP',
    },
  });
  assertRefused(await house.browser().signIn(house.address, 'alice'), house, 'oidc_generic_token_failure', 400);
  assert.equal(tokenRequests(house), 0);
});

test('oidc-provider: a person who says no in a signed answer is refused, and no token is asked for', async (t) => {
  const house = await openInteropHouse(t, {
    authentication: 'client_secret_basic',
    ...flows[0],
    mode: 'jwt',
    provider: offering(signedAnswers),
  });
  assertRefused(await house.browser().signIn(house.address, ''), house, 'oidc_access_denied', 403);
  assert.equal(tokenRequests(house), 0);
});

test('oidc-provider: signed requests that are pushed and signed answers, with private_key_jwt', async (t) => {
  const house = await openInteropHouse(t, {
    authentication: 'private_key_jwt',
    ...flows[0],
    mode: 'jwt',
    provider: offering({ ...pushedOnly, ...signedOnly, ...signedAnswers }),
    settings: { OIDC_REQUEST_OBJECT: 'signed' },
  });
  await signInAndOut(house);
});

// Tokens that are bound to our key (RFC 9449), by a server that wants its nonce in every proof.
const binding = (more = {}) =>
  offering({ ...more, dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => true } });
const bound = { dpop_bound_access_tokens: true };
const withKey = (algorithm = 'ES256') => ({
  OIDC_DPOP_KEY: makeSigningKey(keys.folder, algorithm, 'dpop'),
  OIDC_USERINFO: 'always',
});
const asked = ({ seen }, path) => seen.provider.filter(({ url }) => url.startsWith(path));

for (const [authentication, flow, algorithm] of [
  ['none', flows[0], 'ES256'],
  ['client_secret_basic', flows[2], 'EdDSA'],
  ['private_key_jwt', flows[0], 'ES256'],
  ['tls_client_auth', flows[0], 'ES256'],
])
  test(`oidc-provider: signs in and out with bound tokens, ${authentication}, ${flow.type}, ${algorithm}`, async (t) => {
    const house = await openInteropHouse(t, {
      authentication,
      ...flow,
      provider: binding(),
      registration: (address) => ({ ...bound, ...(authentication === 'private_key_jwt' && keysOfOurs(address)) }),
      settings: withKey(algorithm),
    });
    await signInAndOut(house);
    assert.equal(tokenRequests(house), 2); // the first had no nonce
    const tries = asked(house, '/me');
    assert.equal(tries.length, 2);
    for (const { headers } of tries) assert.match(headers.authorization, /^DPoP /);
  });

test('oidc-provider: requests that are signed and pushed, and tokens that are bound to a key', async (t) => {
  const house = await openInteropHouse(t, {
    authentication: 'private_key_jwt',
    ...flows[0],
    mode: 'jwt',
    provider: binding({ ...pushedOnly, ...signedOnly, ...signedAnswers }),
    registration: (address) => ({ ...bound, ...keysOfOurs(address) }),
    settings: { ...withKey(), OIDC_REQUEST_OBJECT: 'signed' },
  });
  await signInAndOut(house);
  assert.equal(pushes(house), 2);
  assert.equal(tokenRequests(house), 1); // with the nonce of the pushed request
});

test('oidc-provider: renews with the key that the refresh token is bound to', async (t) => {
  const house = await openInteropHouse(t, {
    authentication: 'none',
    ...flows[0],
    provider: binding(),
    registration: { ...bound, grant_types: ['authorization_code', 'refresh_token'] },
    settings: {
      ...withKey(),
      ...renewing,
      OIDC_SCOPES: 'openid,profile,email,offline_access',
      OIDC_PROMPT: 'consent',
    },
  });
  const browser = house.browser();
  toldIdentity(await browser.signIn(`${house.address}/json`, 'alice'), house);
  await assertRenewed(browser, house);
});

test('oidc-provider: without DPoP it signs nobody in who asks for it', async (t) => {
  const house = await openInteropHouse(t, { authentication: 'none', ...flows[0], settings: withKey() });
  assertRefused(await house.browser().signIn(house.address, 'alice'), house, 'oidc_code_exchange_failure', 502);
  assert.equal(asked(house, '/me').length, 0);
});

test('oidc-provider: a client whose tokens are bound is told of the setting when there is no key', async (t) => {
  const house = await openInteropHouse(t, { authentication: 'none', ...flows[0], provider: binding(), registration: bound });
  assertRefused(await house.browser().signIn(house.address, 'alice'), house, 'oidc_code_exchange_failure', 502);
});

test('oidc-provider: a person signs in by code id_token and private_key_jwt in Chromium', async (t) => {
  const browser = await launch();
  t.after(() => browser.close());
  const house = await openInteropHouse(t, { authentication: 'private_key_jwt', ...flows[2] });
  const { page } = await openProfile(t, browser);
  await page.goto(`${house.address}/any`);
  await choose(page, /Alice/, house.address);
  assert.equal(await page.locator('#name').textContent(), 'alice');
});
