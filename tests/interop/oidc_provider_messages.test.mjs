// SPDX-License-Identifier: Apache-2.0
// The certified oidc-provider with requests that are pushed, signed and encrypted, and answers that it signs and encrypts.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';

import { assertRefused } from './support/journey.mjs';
import { keySetOf, makeSigningKey } from './support/keys.mjs';
import {
  authentications,
  authorizations,
  flows,
  keys,
  keysOfOurs,
  managements,
  offering,
  openInteropHouse,
  pushedOnly,
  pushes,
  signInAndOut,
  signedAnswers,
  signedOnly,
  tokenRequests,
} from './support/oidc_provider.mjs';

const signing = { OIDC_REQUEST_OBJECT: 'signed', OIDC_SIGNING_KEY: makeSigningKey(keys.folder, 'ES256') };

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
