// SPDX-License-Identifier: Apache-2.0
// A provider with OpenID Connect Session Management, which oidc-provider has no more: just enough of one for a test.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

import { exportJWK, generateKeyPair, SignJWT } from 'jose';

const random = () => randomBytes(12).toString('base64url');

// Its page for frames (Session Management 1.0, 3.2): a browser's state is its cookie, and so is the session_state.
const framePage = `<!doctype html><script>
addEventListener('message', ({ data, source, origin }) => {
  const state = document.cookie.match(/(?:^|; )op=([^;]*)/)?.[1];
  source.postMessage(state && data.split(' ')[1] === state ? 'unchanged' : 'changed', origin);
});
</script>`;

// `host` is its own: "localhost" is the gate's site, and at "127.0.0.1" its cookie is kept out of frames. Whoever comes is signed in as Alice; /in?as=bob signs in somebody else
// and /out signs out. { issuer, silent, stop }: `silent` counts what was asked with prompt=none.
export async function startWatchedProvider({ host, port = 0 }) {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', use: 'sig' };
  const people = new Map(); // by the browser's state
  const codes = new Map();
  const provider = { silent: 0 };

  const signIn = (response, login) => {
    const state = random();
    people.set(state, login);
    response.setHeader('set-cookie', `op=${state}; Path=/; SameSite=Lax`);
    return state;
  };

  const authorize = (request, response, asked) => {
    const known = request.headers.cookie?.match(/(?:^|; )op=([^;]*)/)?.[1];
    const back = new URL(asked.get('redirect_uri'));
    back.searchParams.set('state', asked.get('state'));
    const isSilent = asked.get('prompt') === 'none';
    if (isSilent) provider.silent += 1;
    if (isSilent && !people.has(known)) back.searchParams.set('error', 'login_required');
    else {
      const state = people.has(known) ? known : signIn(response, 'alice');
      const code = random();
      codes.set(code, { sub: people.get(state), nonce: asked.get('nonce'), aud: asked.get('client_id') });
      back.searchParams.set('code', code);
      back.searchParams.set('session_state', state);
    }
    response.writeHead(302, { location: back.href }).end();
  };

  const redeem = async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    const { sub, nonce, aud } = codes.get(new URLSearchParams(body).get('code'));
    const idToken = new SignJWT({ nonce, email: `${sub}@example.com`, name: sub })
      .setProtectedHeader({ alg: 'ES256', kid: 'one' })
      .setIssuer(provider.issuer)
      .setSubject(sub)
      .setAudience(aud)
      .setIssuedAt()
      .setExpirationTime('1h');
    const answer = { token_type: 'Bearer', access_token: random(), expires_in: 3600, id_token: await idToken.sign(privateKey) };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  };

  const discovery = () => ({
    issuer: provider.issuer,
    authorization_endpoint: `${provider.issuer}/authorize`,
    token_endpoint: `${provider.issuer}/token`,
    jwks_uri: `${provider.issuer}/jwks`,
    check_session_iframe: `${provider.issuer}/frame`,
    token_endpoint_auth_methods_supported: ['none'],
  });

  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, provider.issuer);
    const json = (value) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    const html = (text) => response.writeHead(200, { 'content-type': 'text/html' }).end(text);
    if (pathname === '/.well-known/openid-configuration') return json(discovery());
    if (pathname === '/jwks') return json({ keys: [jwk] });
    if (pathname === '/authorize') return authorize(request, response, searchParams);
    if (pathname === '/token') return redeem(request, response);
    if (pathname === '/frame') return html(framePage);
    if (pathname === '/in') return html(`in ${signIn(response, searchParams.get('as'))}`);
    if (pathname === '/out') {
      people.clear();
      response.setHeader('set-cookie', 'op=; Path=/; Max-Age=0');
      return html('out');
    }
    return response.writeHead(404).end();
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  provider.issuer = `http://${host}:${server.address().port}`;
  provider.stop = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  return provider;
}
