// SPDX-License-Identifier: Apache-2.0
// The built program as an administrator meets it: examples, check, a wrong setting, signals.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { freePort } from '../../deploy/demo/gate.mjs';
import { binary, openHouse } from './support/house.mjs';

const config = fileURLToPath(new URL('../../config/', import.meta.url));

// Runs the program with nothing but `settings` in its environment: { status, out, err }.
function run(commandLine, settings = {}) {
  return new Promise((resolve) => {
    const options = { env: { PATH: process.env.PATH, ...settings }, timeout: 30_000 };
    execFile(binary, commandLine, options, (error, out, err) => resolve({ status: error ? error.code : 0, out, err }));
  });
}

function readEnvironment(path) {
  const lines = readFileSync(path, 'utf8').split('\n').filter((line) => /^[A-Z]/.test(line));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

for (const file of readdirSync(config).filter((name) => name.endsWith('.env')))
  test(`config/${file} is accepted as it stands`, async () => {
    const { SESSION_SECRET_FILE, ...settings } = readEnvironment(config + file);
    assert.ok(SESSION_SECRET_FILE);
    const shown = await run(['config', 'show'], { ...settings, SESSION_SECRET: 'x'.repeat(43) });
    assert.equal(shown.status, 0, shown.err);
    assert.doesNotMatch(shown.err, /OIDC_|IDENTITY_|SERVER_|unknown|did you mean/);
    assert.doesNotMatch(shown.out, /THE_VALUE|GOCSPX|x{43}/, 'secrets are masked');
  });

test('check prints what to register and is content with a good provider', async (t) => {
  const house = await openHouse(t);
  const settings = {
    OIDC_ISSUER: house.provider.issuer,
    OIDC_CLIENT_ID: 'demo-public',
    SERVER_PUBLIC_URL: 'https://app.example.com',
    UPSTREAM_URL: house.application.address,
    SESSION_SECRET: 'x'.repeat(43),
  };
  const good = await run(['check'], settings);
  assert.equal(good.status, 0, good.out + good.err);
  assert.match(good.out, /https:\/\/app\.example\.com\/oidc\/callback/);
  assert.match(good.out, /https:\/\/app\.example\.com\/logout/);
  const asJson = await run(['check', '--json'], settings);
  assert.doesNotThrow(() => JSON.parse(asJson.out));

  const otherSpelling = house.provider.issuer.replace('127.0.0.1', 'localhost');
  const wrong = await run(['check'], { ...settings, OIDC_ISSUER: otherSpelling });
  assert.equal(wrong.status, 1);
  assert.ok(wrong.out.includes(house.provider.issuer), 'it shows the issuer that the provider says');

  const nobody = await run(['check'], { ...settings, OIDC_ISSUER: `http://127.0.0.1:${await freePort()}` });
  assert.equal(nobody.status, 1);
});

test('every wrong setting is reported at once, with the nearest name, and the status is 2', async () => {
  const wrong = await run(['serve'], { OIDC_CLIENTID: 'x', OIDC_AUTH_METHOD: 'pkse', UPSTREAM_URL: 'nowhere' });
  assert.equal(wrong.status, 2);
  for (const expected of ['OIDC_AUTH_METHOD', 'UPSTREAM_URL', 'oidc.issuer', 'OIDC_CLIENT_ID'])
    assert.ok(wrong.err.toLowerCase().includes(expected.toLowerCase()), `${expected} in ${wrong.err}`);
});

test('SIGTERM ends it with status 0, and SIGHUP does not', async (t) => {
  const house = await openHouse(t);
  process.kill(house.gate.pid, 'SIGHUP');
  const answer = await house.browser().request(`${house.admin}/healthz`);
  assert.equal(answer.status, 200);
  process.kill(house.gate.pid, 'SIGTERM');
  assert.deepEqual(await house.gate.exited, [0, null]);
});

test('the log has one line per request and no secret, cookie or code', async (t) => {
  const house = await openHouse(t, { client: 'demo-confidential', method: 'code', settings: { LOG_FORMAT: 'json' } });
  const browserless = house.browser();
  await browserless.signIn(`${house.address}/json`, 'alice');
  const cookie = browserless.jar.header(house.address);
  const callback = new URL(browserless.visited.find((one) => one.url.includes('/oidc/callback')).url);
  await house.gate.stop();
  const lines = house.gate.log.trim().split('\n').map((line) => JSON.parse(line));
  assert.ok(lines.length >= 3);
  const secrets = [cookie.split('=')[1], callback.searchParams.get('code'), callback.searchParams.get('state'), 'odd'];
  for (const secret of secrets) assert.ok(!house.gate.log.includes(secret), `${secret} is in the log`);
});
