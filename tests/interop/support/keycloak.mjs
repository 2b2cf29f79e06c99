// SPDX-License-Identifier: Apache-2.0
// Keycloak on loopback with its database in memory, which it was built for (scripts/interop.sh), and one realm that is
// imported at its start.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { send } from '../../../deploy/demo/browser.mjs';
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

// The realm: alice, who is in two groups and has two roles, and the clients.
const realmOf = (clients) => ({
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
});

function trustStore({ folder, authority }) {
  const file = join(folder, 'trust.p12');
  const from = ['-importcert', '-noprompt', '-alias', 'authority', '-file', authority.certificate];
  execFileSync('keytool', [...from, '-keystore', file, '-storetype', 'PKCS12', '-storepass', 'interop'], { stdio: 'pipe' });
  return file;
}

// Starts the Keycloak in the folder `home` with `clients`: { issuer, offlineSessions, stop }.
export async function startKeycloak({ home, keys, clients }) {
  const [port, management] = [await freePort(), await freePort()];
  const address = `https://localhost:${port}`;
  const imports = join(home, 'data/import');
  mkdirSync(imports, { recursive: true });
  writeFileSync(join(imports, 'interop-realm.json'), JSON.stringify(realmOf(clients)));
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
  return { issuer: `${address}/realms/interop`, offlineSessions: (id) => offlineSessions(address, keys, id), stop };
}

// How many offline sessions, which is refresh tokens that somebody asked for, a client has.
async function offlineSessions(address, keys, clientId) {
  const ca = keys.authority.pem;
  const form = new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', ...administrator }).toString();
  const granted = await send(`${address}/realms/master/protocol/openid-connect/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': form.length },
    body: form,
    ca,
  });
  const headers = { authorization: `Bearer ${JSON.parse(granted.text).access_token}` };
  const ask = async (path) => JSON.parse((await send(`${address}/admin/realms/interop/clients${path}`, { headers, ca })).text);
  const [{ id }] = await ask(`?clientId=${clientId}`);
  return (await ask(`/${id}/offline-session-count`)).count;
}
