// SPDX-License-Identifier: Apache-2.0
// Keycloak on loopback with its database in memory, which it was built for (scripts/interop.sh), and one realm that is
// imported at its start.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { formsOf, send } from '../../../deploy/demo/browser.mjs';
import { freePort } from '../../../deploy/demo/gate.mjs';
import { startProcess } from './process.mjs';

const administrator = { username: 'admin', password: 'interop' };

const mapper = (name, protocolMapper, config) => ({
  name,
  protocol: 'openid-connect',
  protocolMapper,
  config: { 'id.token.claim': 'true', 'access.token.claim': 'true', 'userinfo.token.claim': 'true', ...config },
});

// docs/providers/keycloak.md, "Groups and roles".
const mappers = [
  mapper('groups', 'oidc-group-membership-mapper', { 'claim.name': 'groups', 'full.path': 'true' }),
  mapper('roles', 'oidc-usermodel-realm-role-mapper', {
    'claim.name': 'realm_access.roles',
    'jsonType.label': 'String',
    multivalued: 'true',
  }),
];

// A client of the gate at `address`; `attributes` are added to its own.
export const client = (clientId, address, { attributes = {}, ...rest } = {}) => ({
  clientId,
  secret: `secret of ${clientId}, long enough to sign with`,
  redirectUris: [`${address}/oidc/callback`],
  standardFlowEnabled: true,
  attributes: { 'post.logout.redirect.uris': `${address}/logout`, ...attributes },
  protocolMappers: mappers,
  ...rest,
});

// The realm: alice, who is in two groups and has two roles, and the clients; `further` settings of the realm.
const realmOf = (clients, further) => ({
  realm: 'interop',
  enabled: true,
  sslRequired: 'none',
  roles: { realm: [{ name: 'editor' }, { name: 'auditor' }] },
  groups: [{ name: 'staff', subGroups: [{ name: 'tokyo' }] }],
  users: [
    {
      username: 'alice',
      enabled: true,
      firstName: 'Alice',
      lastName: 'Liddell',
      email: 'alice@example.com',
      emailVerified: true,
      credentials: [{ type: 'password', value: 'wonderland' }],
      realmRoles: ['default-roles-interop', 'offline_access', 'editor', 'auditor'],
      groups: ['/staff', '/staff/tokyo'],
    },
  ],
  clients,
  ...further,
});

function trustStore({ folder, authority }) {
  const file = join(folder, 'trust.p12');
  const from = ['-importcert', '-noprompt', '-alias', 'authority', '-file', authority.certificate];
  execFileSync('keytool', [...from, '-keystore', file, '-storetype', 'PKCS12', '-storepass', 'interop'], { stdio: 'pipe' });
  return file;
}

// Starts the Keycloak in the folder `home` with `clients` and further settings of the `realm`:
// { port, issuer, administer, offlineSessions, stop }. administer(method, path) calls the realm's administration.
export async function startKeycloak({ home, keys, clients, realm = {} }) {
  const [port, management] = [await freePort(), await freePort()];
  const address = `https://localhost:${port}`;
  const imports = join(home, 'data/import');
  mkdirSync(imports, { recursive: true });
  writeFileSync(join(imports, 'interop-realm.json'), JSON.stringify(realmOf(clients, realm)));
  const { stop } = await startProcess(
    join(home, 'bin/kc.sh'),
    ['start', '--optimized', '--import-realm', '--cache=local', '--hostname-strict=false', '--http-host=127.0.0.1']
      .concat([`--https-port=${port}`, `--http-management-port=${management}`])
      .concat([`--https-certificate-file=${keys.server.certificate}`, `--https-certificate-key-file=${keys.server.key}`])
      .concat([`--https-trust-store-file=${trustStore(keys)}`, '--https-trust-store-password=interop']),
    {
      url: `${address}/realms/interop/.well-known/openid-configuration`,
      ca: keys.authority.pem,
      seconds: Number(process.env.SEKISHO_INTEROP_START_SECONDS ?? 240),
      env: {
        JAVA_OPTS_KC_HEAP: '-Xms64m -Xmx512m',
        KC_BOOTSTRAP_ADMIN_USERNAME: administrator.username,
        KC_BOOTSTRAP_ADMIN_PASSWORD: administrator.password,
      },
      tidy: () => rmSync(imports, { recursive: true }),
    },
  );
  const administer = administration(address, keys);
  return {
    port,
    issuer: `${address}/realms/interop`,
    administer,
    offlineSessions: (clientId) => offlineSessions(administer, clientId),
    stop,
  };
}

// One call of the realm's administration, with a token of its own: what it answers.
function administration(address, keys) {
  const ca = keys.authority.pem;
  const form = new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', ...administrator }).toString();
  return async (method, path) => {
    const granted = await send(`${address}/realms/master/protocol/openid-connect/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': form.length },
      body: form,
      ca,
    });
    const headers = { authorization: `Bearer ${JSON.parse(granted.text).access_token}` };
    const { status, text } = await send(`${address}/admin/realms/interop${path}`, { method, headers, ca });
    assert.ok(status < 300, `${method} ${path}: ${status} ${text}`);
    return text && JSON.parse(text);
  };
}

// How many offline sessions, which is refresh tokens that somebody asked for, a client has.
async function offlineSessions(administer, clientId) {
  const [{ id }] = await administer('GET', `/clients?clientId=${clientId}`);
  return (await administer('GET', `/clients/${id}/offline-session-count`)).count;
}

// Fills in Keycloak's page; what it answers, when that is another page of its own, else where the gate leads.
export async function signIn(site, browser, password = 'wonderland') {
  const page = await browser.visit(`${site.address}/json`);
  const form = formsOf(page.text).find(({ id }) => id === 'kc-form-login');
  assert.ok(form, `Keycloak shows no sign-in page but ${page.status} at ${page.url}\n${page.text.slice(0, 3000)}`);
  return browser.continue(await browser.submit(page, form.action, { ...form.fields, username: 'alice', password }));
}
