// SPDX-License-Identifier: Apache-2.0
// The certified oidc-provider, keeping FAPI 2.0 itself: one switch of ours is enough beside the key and the certificate.
import assert from 'node:assert/strict';
import { X509Certificate, createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';

import { openHouse } from '../e2e/support/house.mjs';
import { assertRefused, toldIdentity } from './support/journey.mjs';
import { keySetOf, makeKeys, makeSigningKey } from './support/keys.mjs';

const keys = makeKeys();
after(keys.remove);

const signingKey = makeSigningKey(keys.folder, 'ES256');
const ourKey = createPublicKey(readFileSync(signingKey)).export({ format: 'jwk' });
// As /oidc/jwks names it (RFC 7638, 3).
const kid = createHash('sha256')
  .update(JSON.stringify({ crv: ourKey.crv, kty: ourKey.kty, x: ourKey.x, y: ourKey.y }))
  .digest('base64url');
const ourKeys = { keys: [{ ...ourKey, use: 'sig', kid }] };
const theirKey = { ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }), use: 'sig' };

const mutualTls = {
  enabled: true,
  certificateBoundAccessTokens: true,
  selfSignedTlsClientAuth: true,
  getCertificate: (ctx) => {
    const { raw } = ctx.socket.getPeerCertificate();
    return raw && new X509Certificate(raw);
  },
};

// A provider that is strict about the profile, and signs with ES256.
const bank = (more) => (configuration) => ({
  ...configuration,
  jwks: { keys: [theirKey] },
  clientAuthMethods: ['private_key_jwt', 'self_signed_tls_client_auth'],
  pkce: { required: () => true, methods: ['S256'] },
  features: {
    ...configuration.features,
    fapi: { enabled: true, profile: '2.0' },
    mTLS: mutualTls,
    pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
    ...more,
  },
});

const messageSigning = {
  requestObjects: { request: true, requireSignedRequestObject: true, mode: 'strict' },
  jwtResponseModes: { enabled: true },
};

// A house with such a provider, known to it by key or by certificate. What the gate's environment has beside the address
// of the provider and the client's id is all here.
async function openBank(t, { profile, method = 'private_key_jwt', features = {}, settings = {}, registration = {} }) {
  const hasKey = method === 'private_key_jwt' || profile === 'fapi2_message_signing';
  const house = await openHouse(t, {
    https: true,
    client: 'demo-public',
    registration: {
      token_endpoint_auth_method: method,
      jwks: method === 'private_key_jwt' ? ourKeys : keySetOf(keys.selfSigned.pem),
      id_token_signed_response_alg: 'ES256',
      tls_client_certificate_bound_access_tokens: true,
      ...(profile === 'fapi2_message_signing' && { authorization_signed_response_alg: 'ES256' }),
      ...registration,
    },
    provider: {
      adjust: bank(features),
      tls: {
        cert: keys.server.pem,
        key: keys.server.keyPem,
        ca: keys.authority.pem,
        requestCert: true,
        rejectUnauthorized: false,
      },
    },
    settings: {
      OIDC_PROFILE: profile,
      OIDC_CA_FILE: keys.authority.certificate,
      ...(hasKey && { OIDC_SIGNING_KEY: signingKey }),
      OIDC_CLIENT_CERTIFICATE: keys.selfSigned.certificate,
      OIDC_CLIENT_KEY: keys.selfSigned.key,
      ...settings,
    },
  });
  house.trust.push(keys.authority.pem);
  house.tokens = [];
  house.provider.provider.on('access_token.issued', (token) => house.tokens.push(token));
  house.provider.provider.on('access_token.saved', (token) => house.tokens.push(token));
  return house;
}

const pushes = ({ seen }) => seen.provider.filter(({ method, url }) => method === 'POST' && url === '/request').length;
const authorizations = ({ seen }) =>
  seen.provider
    .filter(({ method, url }) => method === 'GET' && url.startsWith('/auth?'))
    .map(({ url }) => [...new URLSearchParams(url.slice(url.indexOf('?'))).keys()].sort());

async function signIn(house) {
  const answer = await house.browser().signIn(`${house.address}/json`, 'alice');
  assert.equal(toldIdentity(answer, house).user, 'alice');
  assert.equal(pushes(house), 1);
  assert.deepEqual(authorizations(house), [['client_id', 'request_uri']]);
  // Bound to our certificate (RFC 8705, 3.1), whoever else may get hold of it.
  const thumbprint = Buffer.from(new X509Certificate(keys.selfSigned.pem).fingerprint256.replaceAll(':', ''), 'hex');
  assert.equal(house.tokens.length, 1);
  assert.equal(house.tokens[0]['x5t#S256'], thumbprint.toString('base64url'));
}

for (const method of ['private_key_jwt', 'self_signed_tls_client_auth']) {
  test(`oidc-provider, fapi2_security: signs in, ${method}, tokens bound to a certificate`, async (t) => {
    await signIn(await openBank(t, { profile: 'fapi2_security', method }));
  });
}

test('oidc-provider, fapi2_message_signing: signs in by a signed request and a signed answer', async (t) => {
  const house = await openBank(t, { profile: 'fapi2_message_signing', features: messageSigning });
  await signIn(house);
  const callbacks = house.gate.log.match(/oidc_\w+_failure/g);
  assert.equal(callbacks, null);
});

test('oidc-provider, fapi2_security: a provider that signs ID tokens with RS256 is refused', async (t) => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const rsa = { ...privateKey.export({ format: 'jwk' }), use: 'sig' };
  const house = await openHouse(t, {
    https: true,
    client: 'demo-public',
    registration: { token_endpoint_auth_method: 'private_key_jwt', jwks: ourKeys, id_token_signed_response_alg: 'RS256' },
    provider: {
      adjust: (configuration) => ({
        ...bank({ fapi: { enabled: false } })(configuration),
        jwks: { keys: [rsa] },
        enabledJWA: { idTokenSigningAlgValues: ['RS256', 'PS256'] },
      }),
      tls: {
        cert: keys.server.pem,
        key: keys.server.keyPem,
        ca: keys.authority.pem,
        requestCert: true,
        rejectUnauthorized: false,
      },
    },
    settings: {
      OIDC_PROFILE: 'fapi2_security',
      OIDC_CA_FILE: keys.authority.certificate,
      OIDC_SIGNING_KEY: signingKey,
      OIDC_CLIENT_CERTIFICATE: keys.selfSigned.certificate,
      OIDC_CLIENT_KEY: keys.selfSigned.key,
    },
  });
  house.trust.push(keys.authority.pem);
  assertRefused(await house.browser().signIn(house.address, 'alice'), house, 'oidc_generic_token_failure', 400);
});

test('oidc-provider, fapi2_security: one that does not bind tokens is said to, and nobody is sent there', async (t) => {
  const house = await openBank(t, {
    profile: 'fapi2_security',
    features: { fapi: { enabled: false }, mTLS: { ...mutualTls, certificateBoundAccessTokens: false } },
    registration: { tls_client_certificate_bound_access_tokens: undefined },
  });
  const page = await house.browser().visit(house.address);
  assertRefused(page, house, 'oidc_metadata_fetch_failure', page.status);
  assert.match(house.gate.log, /tls_client_certificate_bound_access_tokens is not true/);
  assert.deepEqual(authorizations(house), []);
});
