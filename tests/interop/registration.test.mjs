// SPDX-License-Identifier: Apache-2.0
// The certified oidc-provider as one that registers clients by itself (RFC 7591, RFC 7592): `sekisho register` before
// `sekisho serve`, as an init container beside a sidecar does.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';

import { startProvider } from '../../deploy/demo/provider.mjs';
import { binary, openSite } from '../e2e/support/house.mjs';
import { makeKeys, makeSigningKey } from './support/keys.mjs';

const initialToken = 'an-initial-access-token';
const files = ['client_id', 'client_secret', 'registration_access_token', 'registration_client_uri', 'issuer'];

const adjust = (configuration) => ({
  ...configuration,
  clients: [],
  responseTypes: ['code', 'id_token', 'code id_token'],
  features: {
    ...configuration.features,
    registration: { enabled: true, initialAccessToken: initialToken },
    registrationManagement: { enabled: true, rotateRegistrationAccessToken: true },
    backchannelLogout: { enabled: true },
  },
  clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
});

// A provider that knows nobody, and a place for what is registered there.
async function openRegistry(t, settings = {}) {
  const site = await openSite(t);
  site.provider = await startProvider({
    clients: [],
    adjust,
    seen: ({ method, url }) => site.seen.provider.push({ method, url }),
  });
  site.ends.push(site.provider.stop);
  site.out = join(mkdtempSync(join(tmpdir(), 'sekisho-register-')), 'client');
  site.ends.push(() => rmSync(join(site.out, '..'), { recursive: true }));
  site.settings = {
    OIDC_ISSUER: site.provider.issuer,
    OIDC_REGISTRATION_TOKEN: initialToken,
    OIDC_CLIENT_ID_FILE: join(site.out, 'client_id'),
    ...settings,
  };
  // The same environment as the gate's, before there is a client.
  site.register = async (options = [`--out=${site.out}`], more = {}) => {
    const env = { PATH: process.env.PATH, SERVER_PUBLIC_URL: site.address, ...site.settings, ...more };
    try {
      return { status: 0, ...(await promisify(execFile)(binary, ['register', ...options], { env })) };
    } catch ({ code, stdout, stderr }) {
      return { status: code, stdout, stderr };
    }
  };
  site.kept = (name) => readFileSync(join(site.out, name), 'utf8').trim();
  site.sentTo = (path) => site.seen.provider.filter(({ url }) => url.startsWith(path)).map(({ method }) => method);
  return site;
}

async function signsIn(site) {
  const answer = await site.browser().signIn(`${site.address}/json`, 'alice');
  assert.equal(answer.status, 200, answer.text);
  assert.match(answer.text, /alice@example\.com/);
}

describe('oidc-provider, dynamic registration', () => {
  test('registers, signs in with what was written, changes the client and removes it', async (t) => {
    const site = await openRegistry(t);
    site.settings.OIDC_CLIENT_SECRET_FILE = join(site.out, 'client_secret');

    const first = await site.register();
    assert.equal(first.status, 0, first.stderr);
    assert.match(first.stderr, /registered the client/);
    assert.equal(first.stdout, `OIDC_CLIENT_ID_FILE=${site.out}/client_id\nOIDC_CLIENT_SECRET_FILE=${site.out}/client_secret\n`);
    for (const name of files) assert.equal(statSync(join(site.out, name)).mode & 0o777, 0o600, name);
    const known = await site.provider.provider.Client.find(site.kept('client_id'));
    assert.deepEqual(known.redirectUris, [`${site.address}/oidc/callback`]);
    assert.deepEqual(known.postLogoutRedirectUris, [`${site.address}/logout`]);
    assert.equal(known.backchannelLogoutUri, `${site.address}/oidc/backchannel-logout`);

    await site.startGate(site.settings);
    await signsIn(site);

    const token = site.kept('registration_access_token');
    const second = await site.register([`--out=${site.out}`, '--name=Another name']);
    assert.equal(second.status, 0, second.stderr);
    assert.match(second.stderr, /updated the client/);
    assert.equal(site.kept('client_id'), known.clientId);
    assert.notEqual(site.kept('registration_access_token'), token); // this provider rotates it
    assert.equal((await site.provider.provider.Client.find(known.clientId)).clientName, 'Another name');
    assert.deepEqual(site.sentTo('/reg'), ['POST', 'PUT']);

    const gone = await site.register([`--out=${site.out}`, '--delete']);
    assert.equal(gone.status, 0, gone.stderr);
    assert.equal(await site.provider.provider.Client.find(known.clientId), undefined);
    for (const name of files) assert.equal(existsSync(join(site.out, name)), false, name);
  });

  test('registers a client with a key of its own, which needs no secret', async (t) => {
    const keys = makeKeys();
    const site = await openRegistry(t, { OIDC_SIGNING_KEY: makeSigningKey(keys.folder, 'ES256') });
    site.ends.push(keys.remove);
    const first = await site.register();
    assert.equal(first.status, 0, first.stderr);
    assert.equal(existsSync(join(site.out, 'client_secret')), false);
    await site.startGate(site.settings);
    await signsIn(site);
  });

  test('without a directory prints what to set, with --print only what would be sent', async (t) => {
    const site = await openRegistry(t);
    const shown = await site.register(['--print']);
    assert.equal(shown.status, 0, shown.stderr);
    assert.match(shown.stdout, /^POST http.*\/reg\n/);
    assert.doesNotMatch(shown.stdout, /initial access token/);
    assert.deepEqual(site.sentTo('/reg'), []);

    const printed = await site.register([]);
    assert.equal(printed.status, 0, printed.stderr);
    const { OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = Object.fromEntries(
      printed.stdout.split('\n').filter((line) => /^OIDC/.test(line)).map((line) => line.split('=')),
    );
    delete site.settings.OIDC_CLIENT_ID_FILE;
    await site.startGate({ ...site.settings, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET });
    await signsIn(site);
  });

  test('says what is wrong when the provider refuses, and writes nothing', async (t) => {
    const site = await openRegistry(t);
    const token = await site.register(undefined, { OIDC_REGISTRATION_TOKEN: 'another' });
    assert.equal(token.status, 1);
    assert.match(token.stderr, /invalid_token.*oidc\.registration_token/);
    const scope = await site.register(undefined, { OIDC_SCOPES: 'openid, unknown' });
    assert.equal(scope.status, 1);
    assert.match(scope.stderr, /invalid_client_metadata.*--print/);
    assert.equal(existsSync(join(site.out, 'client_id')), false);
  });

  test('a second client is made only when that is meant', async (t) => {
    const site = await openRegistry(t);
    await site.register();
    const first = site.kept('client_id');
    const forced = await site.register([`--out=${site.out}`, '--force']);
    assert.equal(forced.status, 0, forced.stderr);
    assert.notEqual(site.kept('client_id'), first);
    rmSync(join(site.out, 'registration_client_uri'));
    const refused = await site.register();
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /RFC 7592.*--force/);
    writeFileSync(join(site.out, 'issuer'), 'https://elsewhere.example\n');
    const mistaken = await site.register();
    assert.equal(mistaken.status, 1);
    assert.match(mistaken.stderr, /of https:\/\/elsewhere\.example, and oidc\.issuer is .*directory of its own/);
  });
});
