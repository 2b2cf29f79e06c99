// SPDX-License-Identifier: Apache-2.0
// The certified oidc-provider with two people and a page to choose one; everything in memory, for trying and testing.
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { pathToFileURL } from 'node:url';

import { Provider } from 'oidc-provider';
import MemoryAdapter from 'oidc-provider/lib/adapters/memory_adapter.js';

import { escape, page } from './html.mjs';
import { claimsOf, people } from './people.mjs';

// The registrations that a gate at `address` (an origin) needs, one per way of signing in.
export function clientsFor(address) {
  const common = {
    redirect_uris: [`${address}/oidc/callback`],
    post_logout_redirect_uris: [`${address}/logout`],
  };
  // OpenID Connect forbids implicit web clients on http; a loopback address is allowed to native ones.
  const implicitType = address.startsWith('http:') ? 'native' : 'web';
  return [
    { ...common, client_id: 'demo-public', token_endpoint_auth_method: 'none' },
    { ...common, client_id: 'demo-confidential', client_secret: 'demo secret, 100% "odd" + / : = & ~' },
    {
      ...common,
      client_id: 'demo-post',
      client_secret: 'demo-post-secret-of-32-characters',
      token_endpoint_auth_method: 'client_secret_post',
    },
    {
      ...common,
      client_id: 'demo-implicit',
      application_type: implicitType,
      token_endpoint_auth_method: 'none',
      response_types: ['id_token'],
      grant_types: ['implicit'],
    },
  ];
}

function signingKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid: `demo-${Date.now()}`, use: 'sig', alg: 'RS256' };
}

// The provider warns of its own memory adapter, because everything is forgotten at the end: that is what we want.
class Forgetful extends MemoryAdapter {}

function configuration(clients, thinIdToken) {
  return {
    adapter: Forgetful,
    clients,
    jwks: { keys: [signingKey()] },
    cookies: { keys: [generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }).x] },
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name', 'given_name', 'family_name', 'preferred_username', 'locale', 'groups'],
    },
    conformIdTokenClaims: thinIdToken,
    pkce: { required: (ctx, client) => client.clientAuthMethod === 'none', methods: ['S256'] },
    ttl: { Session: 3600, Interaction: 600, Grant: 3600, IdToken: 3600, AccessToken: 3600 },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: true, logoutSource: signOutPage },
    },
    interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (ctx, login) => claimsOf(login) && { accountId: login, claims: () => claimsOf(login) },
    loadExistingGrant: grantEverything,
    renderError: (ctx, out) => {
      ctx.type = 'html';
      ctx.body = page('The provider refuses', `<h1>${escape(out.error)}</h1><p>${escape(out.error_description ?? '')}</p>`);
    },
  };
}

// Nobody is asked for consent: the gate and the provider belong to one house.
async function grantEverything(ctx) {
  const grant = new ctx.oidc.provider.Grant({
    clientId: ctx.oidc.client.clientId,
    accountId: ctx.oidc.session.accountId,
  });
  grant.addOIDCScope('openid email profile offline_access');
  grant.addOIDCClaims(['groups']);
  await grant.save();
  return grant;
}

async function signOutPage(ctx, form) {
  ctx.body = page(
    'Sign out',
    `<h1>Sign out of the demo provider?</h1>${form}
    <button autofocus type="submit" form="op.logoutForm" name="logout" value="yes">Yes, sign me out</button>
    <button type="submit" form="op.logoutForm">No, stay signed in</button>`,
  );
}

function choosePage(uid) {
  const choices = people.map(
    (one) => `<button name="login" value="${escape(one.login)}">${escape(one.name)}
      <span class="quiet">${escape(one.groups.join(', '))}</span></button>`,
  );
  return page(
    'Demo provider',
    `<h1>Demo provider</h1><p class="quiet">Who are you today? There are no passwords here.</p>
    <form method="post" action="/interaction/${escape(uid)}">${choices.join('\n')}
    <button name="login" value="">Refuse</button></form>`,
  );
}

async function readForm(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return new URLSearchParams(Buffer.concat(parts).toString());
}

async function interact(provider, request, response) {
  const { uid } = await provider.interactionDetails(request, response);
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    response.end(choosePage(uid));
    return;
  }
  const login = (await readForm(request)).get('login');
  const result = claimsOf(login)
    ? { login: { accountId: login }, consent: {} } // native clients are asked for consent in any case
    : { error: 'access_denied', error_description: '<b>The person said no.</b>' };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

// Starts the provider. `clients` is a list of registrations; `thinIdToken` leaves the claims to UserInfo, as some
// providers do; `tls` are the options of an https server; `adjust` changes the configuration before it is used; `seen`
// is told every request. Gives the issuer and how to stop.
export async function startProvider({
  host = '127.0.0.1',
  port = 0,
  publicUrl,
  clients,
  thinIdToken = false,
  tls,
  adjust = (settings) => settings,
  seen = () => {},
}) {
  const server = tls ? https.createServer(tls) : http.createServer();
  server.listen(port, host);
  await once(server, 'listening');
  const issuer = publicUrl ?? `${tls ? 'https' : 'http'}://${host}:${server.address().port}`;
  const provider = new Provider(issuer, adjust(configuration(clients, thinIdToken)));
  const answer = provider.callback();
  server.on('request', (request, response) => {
    seen(request);
    if (!request.url.startsWith('/interaction/')) return answer(request, response);
    interact(provider, request, response).catch((error) => {
      response.writeHead(400, { 'content-type': 'text/html; charset=utf-8' });
      response.end(page('The provider refuses', `<h1>This sign-in is over</h1><p>${escape(error.message)}</p>`));
    });
  });
  const stop = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  return { issuer, port: server.address().port, provider, stop };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { issuer } = await startProvider({
    host: process.env.HOST ?? '127.0.0.1',
    port: Number(process.env.PORT ?? 4000),
    publicUrl: process.env.ISSUER,
    clients: clientsFor(process.env.GATE ?? 'http://localhost:8080'),
  });
  console.log(`provider: ${issuer}`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));
}
