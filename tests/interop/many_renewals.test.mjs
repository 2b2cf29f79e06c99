// SPDX-License-Identifier: Apache-2.0
// A thousand people at once whose tokens are renewed every second, at a provider that takes each refresh token once:
// nobody is thrown out, and each renewal is one token request.
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { openSite } from '../e2e/support/house.mjs';
import { until } from '../e2e/support/until.mjs';
import { Pocket, keepAsking, openConnection } from './support/load.mjs';

const people = Number(process.env.RENEWAL_PEOPLE ?? 1000);
const signInsAtOnce = 16;
const connections = 48;

// The provider has a processor for itself as far as there is one: { issuer, report() }.
async function startProviderAside(t, address) {
  const program = fileURLToPath(new URL('support/renewing_provider.mjs', import.meta.url));
  const child = fork(program, [address], { execArgv: ['--max-semi-space-size=64'] }); // what lives for one request dies young
  t.after(() => child.kill());
  const answer = async () => (await once(child, 'message', { signal: AbortSignal.timeout(30_000) }))[0];
  const { issuer } = await answer();
  const report = () => {
    child.send('report');
    return answer();
  };
  return { issuer, report };
}

// Answers with whom it is told to serve, and costs next to nothing.
async function startTeller(t) {
  const server = createServer((request, response) => {
    const name = request.headers['x-forwarded-user'];
    response.writeHead(200, { 'content-type': 'text/plain', 'content-length': Buffer.byteLength(name) });
    response.end(name);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => (server.close(), server.closeAllConnections()));
  return `http://127.0.0.1:${server.address().port}`;
}

async function signInAll(site) {
  const pockets = [];
  const signIn = async () => {
    while (pockets.length < people) {
      const at = pockets.push(undefined) - 1;
      const browser = site.browser();
      assert.equal((await browser.signIn(`${site.address}/page`, 'alice')).text, 'alice');
      pockets[at] = new Pocket(browser.jar.header(`${site.address}/`));
    }
  };
  await Promise.all(Array.from({ length: signInsAtOnce }, signIn));
  return pockets;
}

// Seconds that a process has computed so far (proc(5): utime and stime, in hundredths).
function computed(pid) {
  const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13);
  return (Number(user) + Number(system)) / 100;
}
const seconds = ({ user, system }) => (user + system) / 1e6;

async function counted(site) {
  const metrics = await (await fetch(`${site.admin}/metrics`)).text();
  const number = (pattern) => Number(metrics.match(pattern)?.[1] ?? 0);
  return {
    renewed: number(/^sekisho_token_renewals_total\{outcome="renewed"\} (\d+)/m),
    asked: number(/^sekisho_provider_calls_total\{[^}]*call="refresh"[^}]*outcome="ok"\} (\d+)/m),
  };
}

for (const [store, duration] of [['cookie', 60], ['memory', 20]])
  test(`store ${store}: ${people} sessions renew every second and none is lost`, { timeout: 300_000 }, async (t) => {
    const site = await openSite(t);
    const provider = await startProviderAside(t, site.address);
    await site.startGate({
      UPSTREAM_URL: await startTeller(t),
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: 'demo-public',
      OIDC_SCOPES: 'openid profile email offline_access',
      OIDC_PROMPT: 'consent',
      SESSION_STORE: store,
      SESSION_REFRESH_INTERVAL: '1s',
      LOG_LEVEL: 'warning',
    });
    const pockets = await signInAll(site);

    const before = { ...(await provider.report()), gate: computed(site.gate.pid), load: process.cpuUsage() };
    const began = Date.now();
    const answers = new Map();
    const ask = async (pocket, connection) => {
      const { status, cookies, text } = await connection.ask('/page', pocket.header());
      pocket.store(cookies);
      const seen = status === 200 && text === 'alice' ? 'served' : `${status} ${text}`;
      answers.set(seen, (answers.get(seen) ?? 0) + 1);
    };
    const lines = Array.from({ length: connections }, () => openConnection(new URL(site.address)));
    t.after(() => lines.forEach((line) => line.close()));
    await keepAsking(pockets, lines, { until: began + duration * 1000, pause: 1000 }, ask);
    const took = (Date.now() - began) / 1000;
    for (const pocket of pockets) await ask(pocket, lines[0]); // each once more: nobody was lost at the end

    // What was begun for the last answers ends by itself.
    const { told, ours } = await until('as many renewals here as there', async () => {
      const [told, ours] = [await provider.report(), await counted(site)];
      return ours.renewed >= told.renewals && ours.asked >= told.renewals && { told, ours };
    });
    const renewals = told.renewals - before.renewals;
    const spent = {
      provider: seconds(told.cpu) - seconds(before.cpu),
      gate: computed(site.gate.pid) - before.gate,
      load: seconds(process.cpuUsage(before.load)),
    };
    const each = Object.entries(spent).map(([name, time]) => `${name} ${((time / renewals) * 1e6).toFixed(0)} µs`);
    t.diagnostic(
      `${renewals} renewals in ${took.toFixed(0)} s: one of each session per ${((took * people) / renewals).toFixed(2)} s; ` +
        `CPU of each: ${each.join(', ')}`,
    );
    assert.deepEqual([...answers.keys()], ['served'], `answers: ${JSON.stringify([...answers])}`);
    assert.deepEqual(told.refused, [], 'no refresh token was used twice');
    assert.deepEqual(ours, { renewed: told.renewals, asked: told.renewals }, 'one token request for each renewal');
    assert.equal(told.tokenRequests, people + told.renewals, 'and one for each sign-in');
    assert.ok(renewals >= people, `${renewals} renewals`); // how many more there are is the machine’s affair
  });
