// SPDX-License-Identifier: Apache-2.0
// A provider, an application and the built sekisho between them, for one test; gone when the test ends.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { startApplication } from '../../../deploy/demo/application.mjs';
import { Browser } from '../../../deploy/demo/browser.mjs';
import { freePort, startGate } from '../../../deploy/demo/gate.mjs';
import { clientsFor, startProvider } from '../../../deploy/demo/provider.mjs';
import { makeCertificate } from './certificate.mjs';

const top = fileURLToPath(new URL('../../../', import.meta.url));
export const binary = process.env.SEKISHO_BINARY ?? join(top, 'build/release/sekisho');
export const screenshots = join(top, 'build/screenshots');

const tlsHost = 'gate.test'; // a name that only our browsers know

// Opens what stands around a provider: an application and, once `startGate(settings)` is called, sekisho before it.
// `https` gives sekisho a certificate; `port` is where it listens (a free one). What is pushed to `ends` is called when
// the test ends, last first; `trust` are certificates that browsers of this site believe.
export async function openSite(t, { https = false, port } = {}) {
  const ends = [];
  t.after(async () => {
    for (const end of ends.reverse()) await end();
  });

  port ??= await freePort();
  const adminPort = await freePort();
  const address = https ? `https://${tlsHost}:${port}` : `http://localhost:${port}`;
  const seen = { application: [], provider: [] };
  const site = { address, admin: `http://127.0.0.1:${adminPort}`, seen, ends, trust: [] };

  site.application = await startApplication({
    seen: ({ method, url, rawHeaders }) => seen.application.push({ method, url, rawHeaders }),
  });
  ends.push(site.application.stop);

  const tls = {};
  if (https) {
    const folder = mkdtempSync(join(tmpdir(), 'sekisho-e2e-'));
    ends.push(() => rmSync(folder, { recursive: true }));
    Object.assign(tls, makeCertificate(folder, { subject: tlsHost, names: `DNS:${tlsHost}` }));
    site.trust.push(tls.pem);
  }

  site.startGate = async (settings) => {
    site.gate = await startGate(binary, {
      SERVER_LISTEN: `127.0.0.1:${port}`,
      SERVER_PUBLIC_URL: address,
      SERVER_WORKERS: '2',
      ...(https && { SERVER_TLS_CERTIFICATE: tls.certificate, SERVER_TLS_KEY: tls.key }),
      UPSTREAM_URL: site.application.address,
      SESSION_SECRET: randomBytes(32).toString('base64url'),
      ADMIN_LISTEN: `127.0.0.1:${adminPort}`,
      LOG_FORMAT: 'text',
      ...settings,
    });
    ends.push(site.gate.stop);
  };

  // A browser without a window that knows this site's name and certificates.
  site.browser = (options = {}) =>
    new Browser({ resolve: { [tlsHost]: '127.0.0.1' }, ...(site.trust.length && { ca: site.trust }), ...options });
  return site;
}

// Opens a house: a site with the demo provider. `client` is one of clientsFor(), changed by `registration`, an object or
// a function of our address; `provider` are further options of startProvider; `settings` are added to sekisho's
// environment; `providerPort` is used for a provider that the test starts itself.
export async function openHouse(
  t,
  {
    client = 'demo-public',
    registration = {},
    method = 'pkce',
    https = false,
    settings = {},
    provider = {},
    thinIdToken = false,
    providerPort,
  } = {},
) {
  const house = await openSite(t, { https });
  const changes = typeof registration === 'function' ? registration(house.address) : registration;
  house.clients = clientsFor(house.address).map((one) => (one.client_id === client ? { ...one, ...changes } : one));

  house.startProvider = async () => {
    house.provider = await startProvider({
      port: providerPort,
      clients: house.clients,
      thinIdToken,
      seen: (request) => house.seen.provider.push({ method: request.method, url: request.url, headers: request.headers }),
      ...provider,
    });
    house.ends.push(house.provider.stop);
  };
  if (!providerPort) await house.startProvider();

  const { client_secret } = house.clients.find((one) => one.client_id === client);
  await house.startGate({
    OIDC_ISSUER: house.provider?.issuer ?? `http://127.0.0.1:${providerPort}`,
    OIDC_CLIENT_ID: client,
    OIDC_AUTH_METHOD: method,
    ...(client_secret && { OIDC_CLIENT_SECRET: client_secret }),
    ...settings,
  });
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
