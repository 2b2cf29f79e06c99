// SPDX-License-Identifier: Apache-2.0
// What proves the gate at the provider is replaced while it runs: the file of a secret, and a key by `sekisho key rotate`.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { binary, openHouse } from './support/house.mjs';
import { until } from './support/until.mjs';

const secret = 'the secret of the second half of the year';

function openFolder(t) {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-credentials-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

const signIn = (house) => house.browser().signIn(`${house.address}/json`, 'alice');

test('a client secret that is replaced in its file is used without a signal', async (t) => {
  const file = join(openFolder(t), 'client_secret');
  writeFileSync(file, 'the secret that has expired\n');
  const house = await openHouse(t, {
    client: 'demo-confidential',
    registration: { client_secret: secret },
    settings: { OIDC_CLIENT_SECRET: '', OIDC_CLIENT_SECRET_FILE: file },
  });
  const refused = await signIn(house);
  assert.equal(refused.status, 502);
  assert.match(refused.text, /oidc_code_exchange_failure/);
  assert.match(house.gate.log, /invalid_client.*what it was shown is client_secret_basic/);

  writeFileSync(file, `${secret}\n`);
  await until('the new secret in use', () => /settings\.reloaded/.test(house.gate.log));
  const answer = await signIn(house);
  assert.equal(JSON.parse(answer.text).headers['x-forwarded-user'], 'alice');
});

test('a key that `sekisho key rotate` adds is published at once, signs later, and nothing is restarted', async (t) => {
  const keys = join(openFolder(t), 'keys/');
  const key = (...said) => execFileSync(binary, ['key', ...said], { env: { PATH: process.env.PATH }, encoding: 'utf8' });
  key('generate', '--out', keys);
  const house = await openHouse(t, {
    registration: (address) => ({ token_endpoint_auth_method: 'private_key_jwt', jwks_uri: `${address}/oidc/jwks`, token_endpoint_auth_signing_alg: 'ES256' }),
    settings: { OIDC_SIGNING_KEY: keys },
  });
  const published = async () =>
    JSON.parse((await house.browser().request(`${house.address}/oidc/jwks`)).text).keys.map(({ kid }) => kid);
  const signers = [];
  house.provider.provider.on('grant.success', (ctx) => {
    const [header] = ctx.oidc.body.client_assertion.split('.');
    signers.push(JSON.parse(Buffer.from(header, 'base64url')).kid);
  });

  const [old] = await published();
  const told = key('rotate', keys, '--publish', '6s');
  const both = await until('the new key published', async () => {
    const kids = await published();
    return kids.length === 2 && kids;
  });
  assert.ok(both.includes(old), 'the key that signs stays published');
  const next = both.find((kid) => kid !== old);
  assert.ok(told.includes(next));

  assert.equal((await signIn(house)).status, 200);
  assert.equal(signers.at(-1), old);
  const from = Date.parse(told.match(/signs from (\S+Z)/)[1]);
  await until('the moment from which the new key signs', () => Date.now() > from);
  assert.equal((await signIn(house)).status, 200);
  assert.equal(signers.at(-1), next);
  assert.ok((await published()).includes(old), 'what it has signed may still be under way');
});
