// SPDX-License-Identifier: Apache-2.0
// A provider, an application and the built sekisho between them, for one test; gone when the test ends.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { startApplication } from '../../../deploy/demo/application.mjs';
import { Browser } from '../../../deploy/demo/browser.mjs';
import { freePort, startGate } from '../../../deploy/demo/gate.mjs';
import { clientsFor, startProvider } from '../../../deploy/demo/provider.mjs';

const top = fileURLToPath(new URL('../../../', import.meta.url));
export const binary = process.env.SEKISHO_BINARY ?? join(top, 'build/release/sekisho');
export const screenshots = join(top, 'build/screenshots');

const tlsHost = 'gate.test'; // a name that only our browsers know

// A self-signed certificate for gate.test: { certificate, key, pem } with two paths and the certificate's text.
function makeCertificate(folder) {
  const certificate = join(folder, 'certificate.pem');
  const key = join(folder, 'key.pem');
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
      .concat(['-subj', `/CN=${tlsHost}`, '-addext', `subjectAltName=DNS:${tlsHost}`])
      .concat(['-keyout', key, '-out', certificate]),
    { stdio: 'ignore' },
  );
  return { certificate, key, pem: readFileSync(certificate) };
}

// Opens a house. `client` is one of clientsFor(); `settings` are added to sekisho's environment; `https` gives it a
// certificate; `providerPort` is used for a provider that the test starts itself.
export async function openHouse(
  t,
  { client = 'demo-public', method = 'pkce', https = false, settings = {}, thinIdToken = false, providerPort } = {},
) {
  const ends = [];
  t.after(async () => {
    for (const end of ends.reverse()) await end();
  });

  const port = await freePort();
  const adminPort = await freePort();
  const address = https ? `https://${tlsHost}:${port}` : `http://localhost:${port}`;
  const clients = clientsFor(address);
  const seen = { application: [], provider: [] };
  const house = { address, admin: `http://127.0.0.1:${adminPort}`, seen, clients };

  house.startProvider = async () => {
    house.provider = await startProvider({
      port: providerPort,
      clients,
      thinIdToken,
      seen: (request) => seen.provider.push({ method: request.method, url: request.url, headers: request.headers }),
    });
    ends.push(house.provider.stop);
  };
  if (!providerPort) await house.startProvider();

  house.application = await startApplication({
    seen: ({ method, url, rawHeaders }) => seen.application.push({ method, url, rawHeaders }),
  });
  ends.push(house.application.stop);

  const tls = {};
  if (https) {
    const folder = mkdtempSync(join(tmpdir(), 'sekisho-e2e-'));
    ends.push(() => rmSync(folder, { recursive: true }));
    Object.assign(tls, makeCertificate(folder));
  }

  const { client_secret } = clients.find((one) => one.client_id === client);
  house.gate = await startGate(binary, {
    OIDC_ISSUER: house.provider?.issuer ?? `http://127.0.0.1:${providerPort}`,
    OIDC_CLIENT_ID: client,
    OIDC_AUTH_METHOD: method,
    ...(client_secret && { OIDC_CLIENT_SECRET: client_secret }),
    SERVER_LISTEN: `127.0.0.1:${port}`,
    SERVER_PUBLIC_URL: address,
    SERVER_WORKERS: '2',
    ...(https && { SERVER_TLS_CERTIFICATE: tls.certificate, SERVER_TLS_KEY: tls.key }),
    UPSTREAM_URL: house.application.address,
    SESSION_SECRET: randomBytes(32).toString('base64url'),
    ADMIN_LISTEN: `127.0.0.1:${adminPort}`,
    LOG_FORMAT: 'text',
    ...settings,
  });
  ends.push(house.gate.stop);

  // A browser without a window that knows this house's name and certificate.
  house.browser = (options = {}) => new Browser({ resolve: { [tlsHost]: '127.0.0.1' }, ca: tls.pem, ...options });
  return house;
}

// The fields of a recorded request by their canonical name (lower case, '-' for '_'): a list of values each.
export function fieldsByMeaning(rawHeaders) {
  const fields = {};
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i].toLowerCase().replaceAll('_', '-');
    (fields[name] ??= []).push(rawHeaders[i + 1]);
  }
  return fields;
}
