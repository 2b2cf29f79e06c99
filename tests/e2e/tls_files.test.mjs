// SPDX-License-Identifier: Apache-2.0
// The gate's own certificate is replaced while people are connected: by its files, without a signal.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { connect } from 'node:tls';

import { makeCertificate } from './support/certificate.mjs';
import { openHouse } from './support/house.mjs';
import { until } from './support/until.mjs';

const host = 'gate.test';

// Versions of a certificate in folders of their own behind a symbolic link that is swapped, as Kubernetes does it.
function openFiles(t) {
  const top = mkdtempSync(join(tmpdir(), 'sekisho-tls-'));
  t.after(() => rmSync(top, { recursive: true }));
  const make = (version) => {
    mkdirSync(join(top, version));
    return makeCertificate(join(top, version), { subject: `${host} ${version}`, names: `DNS:${host}` });
  };
  const use = (version) => {
    symlinkSync(version, join(top, 'next'));
    renameSync(join(top, 'next'), join(top, 'current'));
  };
  const at = (file) => join(top, 'current', file);
  return { make, use, certificate: at('certificate.pem'), key: at('certificate-key.pem') };
}

// A connection to the gate that stays open: { served, status }, the name in the certificate and a request over it.
async function open(t, house) {
  const { port } = new URL(house.address);
  const socket = connect({ host: '127.0.0.1', port, servername: host, rejectUnauthorized: false });
  t.after(() => socket.destroy());
  await once(socket, 'secureConnect');
  const status = async () => {
    socket.write(`GET /oidc/session HTTP/1.1\r\nHost: ${host}:${port}\r\n\r\n`);
    const [answer] = await once(socket, 'data');
    return Number(answer.toString().match(/^HTTP\/1\.1 (\d+) /)[1]);
  };
  return { served: socket.getPeerCertificate().subject.CN, status };
}

// How often the gate has said so.
const times = (house, pattern) => house.gate.log.match(pattern)?.length ?? 0;
const said = (house, pattern, count) => until(`${pattern} ${count} times`, () => times(house, pattern) >= count);

test('a replaced certificate is served to new connections, and a broken one is not', async (t) => {
  const files = openFiles(t);
  const first = files.make('first');
  files.make('second');
  files.use('first');
  const house = await openHouse(t, {
    https: true,
    settings: { SERVER_TLS_CERTIFICATE: files.certificate, SERVER_TLS_KEY: files.key, SERVER_WORKERS: '1' },
  });
  const before = await open(t, house);
  assert.equal(before.served, `${host} first`);
  assert.equal(await before.status(), 401);

  files.use('second');
  await said(house, /settings\.reloaded/g, 1);
  assert.equal((await open(t, house)).served, `${host} second`);
  assert.equal(await before.status(), 401, 'who is connected goes on');

  // A key of another certificate, and then no certificate at all.
  writeFileSync(files.make('third').key, first.keyPem);
  files.use('third');
  await said(house, /settings\.kept/g, 1);
  assert.match(house.gate.log, /settings\.problem.*server\.tls_/);
  assert.equal((await open(t, house)).served, `${host} second`);
  writeFileSync(files.make('fourth').certificate, 'no certificate\n');
  files.use('fourth');
  await said(house, /settings\.kept/g, 2);
  const still = await open(t, house);
  assert.equal(still.served, `${host} second`);
  assert.equal(await still.status(), 401);

  files.make('fifth');
  files.use('fifth');
  await said(house, /settings\.reloaded/g, 2);
  assert.equal((await open(t, house)).served, `${host} fifth`);
  assert.equal(await before.status(), 401);
});
