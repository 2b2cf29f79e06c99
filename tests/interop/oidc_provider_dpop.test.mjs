// SPDX-License-Identifier: Apache-2.0
// The certified oidc-provider with tokens that are bound to a key of ours (RFC 9449).
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';

import { assertRefused, assertRenewed, renewing, toldIdentity } from './support/journey.mjs';
import { makeSigningKey } from './support/keys.mjs';
import {
  flows,
  keys,
  keysOfOurs,
  offering,
  openInteropHouse,
  pushedOnly,
  pushes,
  signInAndOut,
  signedAnswers,
  signedOnly,
  tokenRequests,
} from './support/oidc_provider.mjs';

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
