// SPDX-License-Identifier: Apache-2.0
// Glewlwyd on loopback with an empty database, set up by its own administration interface as docs/providers/glewlwyd.md
// says.
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Browser } from '../../../deploy/demo/browser.mjs';
import { freePort } from '../../../deploy/demo/gate.mjs';
import { startProcess } from './process.mjs';

// Of Debian's package.
const schema = '/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3'; // with the user admin
const pages = '/usr/share/glewlwyd/webapp';
const pagesSettings = '/usr/share/glewlwyd/templates/config.json';

const ways = { code: true, token: true, implicit: true, refresh: true, password: false, client: false, device: false };

// One call of the administration's or the login page's API with `browser`'s cookies.
export async function call(browser, address, method, path, body) {
  const text = method === 'GET' ? '' : JSON.stringify(body ?? {});
  const answer = await browser.request(`${address}/api${path}`, {
    method,
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) },
    body: text,
  });
  if (answer.status !== 200) throw new Error(`Glewlwyd: ${method} ${path} answers ${answer.status} ${answer.text}`);
  return answer.text && JSON.parse(answer.text);
}

export const logIn = (browser, address, username, password) =>
  call(browser, address, 'POST', '/auth/', { username, password });

// The further properties that people or clients may have.
async function addProperties(ask, module, properties) {
  const settings = await ask('GET', `/mod/${module}/database`);
  for (const name of properties)
    settings.parameters['data-format'][name] = { multiple: true, read: true, write: true, 'profile-read': true };
  await ask('PUT', `/mod/${module}/database`, settings);
  await ask('PUT', `/mod/${module}/database/reset`);
}

const claim = (name, property, scope) => ({
  name,
  'user-property': property,
  type: 'string',
  mandatory: true,
  'on-demand': false,
  scope: [scope],
});

function pluginParameters(issuer) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = { ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: 'interop' };
  const enabled = Object.fromEntries(Object.entries(ways).map(([way, on]) => [`auth-type-${way}-enabled`, on]));
  return {
    ...enabled,
    iss: issuer,
    'subject-type': 'public',
    'jwks-show': true,
    'jwks-private': JSON.stringify({ keys: [key] }),
    'default-kid': key.kid,
    'access-token-duration': 3600,
    'refresh-token-duration': 86400,
    'refresh-token-rolling': true,
    'code-duration': 60,
    'allow-non-oidc': false,
    'pkce-allowed': true,
    'pkce-method-plain-allowed': false,
    'request-parameter-allow': false,
    'introspection-revocation-allowed': false,
    'session-management-allowed': true,
    'session-cookie-name': 'GLEWLWYD2_OIDC_SESSION',
    'session-cookie-expiration': 86400,
    'front-channel-logout-allowed': true,
    'name-claim': 'mandatory',
    'name-claim-scope': ['profile'],
    'email-claim': 'mandatory',
    'email-claim-scope': ['email'],
    'scope-claim': 'no',
    claims: [claim('preferred_username', 'username', 'profile'), claim('groups', 'groups', 'profile')],
  };
}

const clientOf = ({ id, secret, address }) => ({
  client_id: id,
  name: id,
  enabled: true,
  confidential: Boolean(secret),
  ...(secret && { client_secret: secret }),
  token_endpoint_auth_method: secret ? ['client_secret_basic', 'client_secret_post'] : ['none'],
  authorization_type: ['code', 'id_token', 'token', 'refresh_token'],
  redirect_uri: [`${address}/oidc/callback`],
  post_logout_redirect_uris: [`${address}/logout`],
});

async function setUp(address, clients) {
  const browser = new Browser();
  const ask = (...what) => call(browser, address, ...what);
  await logIn(browser, address, 'admin', 'password');
  await addProperties(ask, 'user', ['groups']);
  await addProperties(ask, 'client', ['post_logout_redirect_uris']);
  for (const name of ['profile', 'email'])
    await ask('POST', '/scope/', { name, display_name: name, password_required: false, scheme: {} });
  await ask('POST', '/mod/plugin/', {
    module: 'oidc',
    name: 'oidc',
    display_name: 'OpenID Connect',
    order_rank: 0,
    readonly: false,
    parameters: pluginParameters(`${address}/api/oidc`),
  });
  await ask('POST', '/user/', {
    username: 'alice',
    password: 'wonderland',
    name: 'Alice Liddell',
    email: 'alice@example.com',
    groups: ['staff', 'admins'],
    enabled: true,
    scope: ['openid', 'profile', 'email'],
  });
  for (const client of clients) await ask('POST', '/client/', clientOf(client));
}

// The pages with their settings beside them, which the package puts one folder too deep.
function makePages(folder) {
  const made = join(folder, 'pages');
  cpSync(pages, made, { recursive: true, dereference: true, filter: (from) => from !== join(pages, 'config.json') });
  copyFileSync(pagesSettings, join(made, 'config.json'));
  return made;
}

// Starts it with `clients` ({ id, secret, address of the gate }): { address, issuer, stop }.
export async function startGlewlwyd({ clients }) {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-glewlwyd-'));
  const database = join(folder, 'database');
  execFileSync('sqlite3', [database], { input: readFileSync(schema), stdio: ['pipe', 'ignore', 'pipe'] });
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`; // another host than the gate's: cookies do not know ports
  const changes = {
    port,
    bind_address: '"127.0.0.1"',
    external_url: `"${address}"`,
    static_files_path: `"${makePages(folder)}/"`,
    log_mode: '"console"',
    database: `{ type = "sqlite3"; path = "${database}" }`,
  };
  const kept = readFileSync('/etc/glewlwyd/glewlwyd.conf', 'utf8').replace(/^(port|external_url|log_mode|@include).*$/gm, '');
  const lines = Object.entries(changes).map(([name, value]) => `${name} = ${value}`);
  writeFileSync(join(folder, 'glewlwyd.conf'), `${lines.join('\n')}\n${kept}`);
  const { stop } = await startProcess('glewlwyd', ['-c', join(folder, 'glewlwyd.conf')], {
    url: `${address}/config`,
    tidy: () => rmSync(folder, { recursive: true }),
  });
  try {
    await setUp(address, clients);
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, issuer: `${address}/api/oidc`, stop };
}
