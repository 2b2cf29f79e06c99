// SPDX-License-Identifier: Apache-2.0
// A provider, an application and sekisho between them, until Ctrl-C. With --check: one sign-in by script, then the end.
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';

import { startApplication } from './application.mjs';
import { Browser } from './browser.mjs';
import { freePort, startGate } from './gate.mjs';
import { clientsFor, startProvider } from './provider.mjs';

const { values: options } = parseArgs({
  options: {
    binary: { type: 'string' },
    check: { type: 'boolean', default: false },
    method: { type: 'string', default: 'pkce' },
    port: { type: 'string', default: '8080' },
    'admin-port': { type: 'string', default: '9090' },
    'provider-port': { type: 'string', default: '4000' },
    'application-port': { type: 'string', default: '3000' },
  },
});

const clientOf = { pkce: 'demo-public', code: 'demo-confidential', implicit: 'demo-implicit' };
if (!clientOf[options.method]) {
  console.error(`demo: --method ${options.method}: expected pkce, code or implicit`);
  process.exit(2);
}

const running = [];
let stopping = false;

async function stopAll() {
  stopping = true;
  while (running.length) await running.pop().stop();
}

async function start() {
  const port = await freePort(Number(options.port));
  const adminPort = await freePort(Number(options['admin-port']));
  const address = `http://localhost:${port}`;
  const clients = clientsFor(address);
  const provider = await startProvider({ port: await freePort(Number(options['provider-port'])), clients });
  running.push(provider);
  const application = await startApplication({ port: await freePort(Number(options['application-port'])) });
  running.push(application);
  const client = clients.find((one) => one.client_id === clientOf[options.method]);
  const settings = {
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: client.client_id,
    OIDC_AUTH_METHOD: options.method,
    ...(client.client_secret && { OIDC_CLIENT_SECRET: client.client_secret }),
    SERVER_LISTEN: `127.0.0.1:${port}`,
    SERVER_PUBLIC_URL: address,
    UPSTREAM_URL: application.address,
    SESSION_SECRET: randomBytes(32).toString('base64url'),
    ADMIN_LISTEN: `127.0.0.1:${adminPort}`,
    LOG_FORMAT: 'text',
  };
  running.push(await startGate(options.binary, settings, (bytes) => options.check || process.stdout.write(bytes)));
  return { address, adminPort, provider, application, settings };
}

function explain({ address, adminPort, provider, application, settings }) {
  const { SESSION_SECRET, OIDC_CLIENT_SECRET, ...shown } = settings;
  console.log(`
  The gate is open:  ${address}

  Try
    ${address}/            choose Alice or 山田太郎, and see what the application is told
    ${address}/any/path?q=1  in a private window: you end where you wanted to go
    curl -i ${address}/json      a program gets 401 and JSON, no redirect
    ${address}/oidc/session   who is signed in
    ${address}/logout         ends the session here and at the provider
    http://127.0.0.1:${adminPort}/readyz and /metrics

  provider     ${provider.issuer}
  application  ${application.address} (reached directly, it knows nobody)
  settings     ${Object.entries(shown).map(([name, value]) => `${name}=${value}`).join('\n               ')}

  Ctrl-C ends all of it.
`);
}

async function check({ address }) {
  const browser = new Browser();
  const response = await browser.signIn(`${address}/json?from=check`, 'alice');
  const seen = JSON.parse(response.text);
  const expected = { 'x-forwarded-user': 'alice', 'x-forwarded-email': 'alice@example.com' };
  for (const [name, value] of Object.entries(expected))
    if (seen.headers[name] !== value) throw new Error(`${name} is ${seen.headers[name]}, expected ${value}`);
  if (seen.target !== '/json?from=check') throw new Error(`the application was asked for ${seen.target}`);
  console.log(`demo: alice signed in and reached the application (${browser.visited.length} requests)`);
}

for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, async () => {
    await stopAll();
    process.exit(0);
  });

try {
  const started = await start();
  if (options.check) {
    await check(started);
    await stopAll();
  } else {
    explain(started);
    const [status, signal] = await running.at(-1).exited;
    if (!stopping) throw new Error(`sekisho ended by itself (${status ?? signal})`);
  }
} catch (error) {
  console.error(`demo: ${error.message}`);
  await stopAll();
  process.exit(1);
}
