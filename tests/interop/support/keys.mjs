// SPDX-License-Identifier: Apache-2.0
// What a provider and sekisho prove with who they are: certificates of one authority and keys that sign.
import { X509Certificate, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { makeCertificate } from '../../e2e/support/certificate.mjs';

// A folder of its own with { authority, server, client, selfSigned }, each { certificate, key, pem }; `remove` ends it.
export function makeKeys() {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-interop-'));
  const authority = makeCertificate(folder, { file: 'authority', subject: 'Interop authority' });
  const issue = (file, options) => makeCertificate(folder, { file, authority, ...options });
  return {
    folder,
    authority,
    server: issue('server', { subject: 'provider', names: 'DNS:localhost,IP:127.0.0.1' }),
    client: issue('client', { subject: 'gate.example' }),
    stranger: issue('stranger', { subject: 'somebody.example' }),
    selfSigned: makeCertificate(folder, { file: 'self-signed', subject: 'gate.example' }),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

const kinds = {
  RS256: ['rsa', { modulusLength: 2048 }],
  PS256: ['rsa', { modulusLength: 2048 }],
  ES256: ['ec', { namedCurve: 'P-256' }],
  EdDSA: ['ed25519', {}],
  X25519: ['x25519', {}], // to decrypt with
};

// A new private key for `algorithm` as a PEM file in `folder`: its path.
export function makeSigningKey(folder, algorithm, file = 'signing') {
  const { privateKey } = generateKeyPairSync(...kinds[algorithm]);
  const path = join(folder, `${file}-${algorithm}.pem`);
  writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  return path;
}

// The registration of a self-signed certificate (RFC 8705, 2.2): a key set whose key has it as `x5c`.
export function keySetOf(pem) {
  const { raw } = new X509Certificate(pem);
  return { keys: [{ ...createPublicKey(pem).export({ format: 'jwk' }), use: 'sig', x5c: [raw.toString('base64')] }] };
}
