// SPDX-License-Identifier: Apache-2.0
// The certified oidc-provider over https: every client authentication with every response type and response mode.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, test } from 'node:test';

import { choose, launch, openProfile } from '../e2e/support/chromium.mjs';
import { assertRefused } from './support/journey.mjs';
import { keySetOf, makeSigningKey } from './support/keys.mjs';
import { adjust, authentications, flows, keys, managements, openInteropHouse, signInAndOut, tokenRequests } from './support/oidc_provider.mjs';

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

test('oidc-provider: a person signs in by code id_token and private_key_jwt in Chromium', async (t) => {
  const browser = await launch();
  t.after(() => browser.close());
  const house = await openInteropHouse(t, { authentication: 'private_key_jwt', ...flows[2] });
  const { page } = await openProfile(t, browser);
  await page.goto(`${house.address}/any`);
  await choose(page, /Alice/, house.address);
  assert.equal(await page.locator('#name').textContent(), 'alice');
});
