// SPDX-License-Identifier: Apache-2.0
// The certified oidc-provider over https with sekisho before it: what it knows of each way to prove who a client is.
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { after } from 'node:test';

import { formsOf } from '../../../deploy/demo/browser.mjs';
import { openHouse } from '../../e2e/support/house.mjs';
import { askToSignOut, assertSignedOut, toldIdentity } from './journey.mjs';
import { keySetOf, makeKeys, makeSigningKey } from './keys.mjs';

export const keys = makeKeys();
after(keys.remove);

const secret = 'demo secret, 100% "odd" + / : = & ~';
const certificate = ({ certificate, key }) => ({ OIDC_CLIENT_CERTIFICATE: certificate, OIDC_CLIENT_KEY: key });

// How a client proves who it is: what the provider knows of it, what sekisho is told, and what another would bring.
export const authentications = {
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

export const flows = [
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

export const adjust = (configuration) => ({
  ...configuration,
  clientAuthMethods: Object.keys(authentications),
  responseTypes: types,
  pkce: { required: () => false, methods: ['S256'] },
  features: { ...configuration.features, mTLS: mutualTls },
});

// A house whose provider is reached by https and asks for a certificate. `authentication` is a key of the table above.
export async function openInteropHouse(t, { authentication, method, type, mode, registration = {}, provider = {}, settings = {} }) {
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

export const tokenRequests = (house) => house.seen.provider.filter((one) => one.url.startsWith('/token')).length;

export async function signInAndOut(house) {
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

// The algorithms by which messages are encrypted.
export const managements = ['RSA-OAEP', 'RSA-OAEP-256', 'ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A256KW'];

// What the browser brought to the authorization endpoint, and what was pushed to the provider before.
export const authorizations = ({ seen }) =>
  seen.provider
    .filter(({ method, url }) => method === 'GET' && url.startsWith('/auth?'))
    .map(({ url }) => [...new URLSearchParams(url.slice(url.indexOf('?'))).keys()].sort());
export const pushes = ({ seen }) => seen.provider.filter(({ method, url }) => method === 'POST' && url === '/request').length;
// Options of a provider that has these features too.
export const offering = (features) => ({
  adjust: (configuration) => {
    const usual = adjust(configuration);
    return { ...usual, features: { ...usual.features, ...features } };
  },
});
export const pushedOnly = { pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true } };
export const signedOnly = { requestObjects: { request: true, requireSignedRequestObject: true, mode: 'strict' } };
export const keysOfOurs = (address) => ({ jwks_uri: `${address}/oidc/jwks` });
export const signedAnswers = { jwtResponseModes: { enabled: true } };
