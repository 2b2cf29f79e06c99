// SPDX-License-Identifier: Apache-2.0
// Our JOSE beside somebody else's (npm's jose): of every line both must say the same, except where we are stricter
// by a rule that stands here.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import * as jose from 'jose';
import { binary } from './support/house.mjs';

const tools = process.env.SEKISHO_TOOLS ?? join(dirname(binary), 'tests');
const run = (tool, input) =>
  execFileSync(join(tools, tool), { input, encoding: 'utf8', maxBuffer: 1 << 28 }).split('\n').filter(Boolean);

// Whether one key of the set made this signature, as an RFC 7515 reader of theirs sees it.
async function theirs({ alg, jwks, jws }) {
  if (typeof jws !== 'string' || !Array.isArray(jwks?.keys)) return false;
  for (const jwk of jwks.keys) {
    try {
      if (jwk.use !== undefined && jwk.use !== 'sig') continue;
      if (jwk.alg !== undefined && jwk.alg !== alg) continue;
      const { kid } = jose.decodeProtectedHeader(jws);
      if (kid !== undefined && jwk.kid !== undefined && kid !== jwk.kid) continue;
      await jose.compactVerify(jws, await jose.importJWK(jwk, alg), { algorithms: [alg] });
      return true;
    } catch {
      // not this key
    }
  }
  return false;
}

function ours(lines) {
  const answers = run('jws_lines', lines.map(line => JSON.stringify(line)).join('\n') + '\n').map(line => JSON.parse(line));
  assert.equal(answers.length, lines.length);
  return answers.map(answer => answer.valid);
}

// Where they accept what we refuse, and why we do.
const stricter = [
  ['duplicate alg', 'RFC 7515, 4: a header member that is there twice; they take the last'],
  ['non-canonical', 'RFC 4648, 3.5: bits behind the end; they are another spelling of the same token'],
  ['padded', 'RFC 7515, 2: base64url without padding'],
  ['white space', 'RFC 7515, 2: base64url without line breaks, white space or other characters'],
  ['b64', 'RFC 7797, 6: b64 without crit is no JWS that has to be understood; we understand none'],
];

async function compare(lines) {
  const verdicts = ours(lines);
  const wrong = [];
  for (const [index, line] of lines.entries()) {
    const they = await theirs(line);
    const allowed = they && !verdicts[index] && stricter.some(([name]) => String(line.id).includes(name));
    if (they !== verdicts[index] && !allowed) wrong.push(`${line.id}: they say ${they}, we say ${verdicts[index]}`);
  }
  assert.deepEqual(wrong, []);
  return verdicts;
}

const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];
const claims = new TextEncoder().encode(JSON.stringify({ sub: 'alice', iat: 1 }));

async function key_for(alg) {
  const pair = await jose.generateKeyPair(alg, { extractable: true });
  return { alg, private: pair.privateKey, jwk: await jose.exportJWK(pair.publicKey) };
}

const sign = (key, header = {}) =>
  new jose.CompactSign(claims).setProtectedHeader({ alg: key.alg, ...header }).sign(key.private);

// The third part, with one bit changed in the middle.
function flipped(jws) {
  const [header, payload, signature] = jws.split('.');
  const bytes = jose.base64url.decode(signature);
  bytes[bytes.length >> 1] ^= 1;
  return [header, payload, jose.base64url.encode(bytes)].join('.');
}

const changes = {
  'as signed': jws => jws,
  'one bit of the signature': flipped,
  'no signature': jws => jws.slice(0, jws.lastIndexOf('.') + 1),
  'a shorter signature': jws => jws.slice(0, -4),
  'a longer signature': jws => jws + 'AAAA',
  'another payload': jws => jws.replace(/\.[^.]+\./, `.${jose.base64url.encode('{"sub":"mallory"}')}.`),
  'another header': jws => jws.replace(/^[^.]+/, jose.base64url.encode('{"alg":"none"}')),
  'two parts': jws => jws.slice(0, jws.lastIndexOf('.')),
  'four parts': jws => jws + '.AAAA',
  'padded': jws => jws + '=',
  'white space at the end': jws => jws + '\n',
  'white space inside': jws => jws.replace('.', '. '),
};

test('what jose signs, whole or spoiled, has the same verdict here and there', async () => {
  const lines = [];
  for (const alg of algorithms) {
    const key = await key_for(alg);
    const jws = await sign(key, { kid: 'k1', typ: 'JWT' });
    for (const [name, change] of Object.entries(changes))
      lines.push({ id: `${alg} ${name}`, alg, jwks: { keys: [{ ...key.jwk, kid: 'k1' }] }, jws: change(jws) });
    lines.push({ id: `${alg} another kid`, alg, jwks: { keys: [{ ...key.jwk, kid: 'k2' }] }, jws });
    lines.push({ id: `${alg} another key`, alg, jwks: { keys: [(await key_for(alg)).jwk] }, jws });
  }
  const verdicts = await compare(lines);
  const good = lines.filter((_, index) => verdicts[index]).map(line => line.id);
  assert.deepEqual(good, algorithms.map(alg => `${alg} as signed`));
});

test('a key of one kind, curve or algorithm verifies nothing under the name of another, here and there', async () => {
  const keys = await Promise.all(algorithms.map(key_for));
  const lines = [];
  for (const key of keys) {
    const jws = await sign(key);
    for (const other of keys)
      if (other !== key)
        lines.push(
          { id: `${key.alg} signed, ${other.alg} allowed`, alg: other.alg, jwks: { keys: [key.jwk] }, jws },
          { id: `${key.alg} signed, ${other.alg} key`, alg: key.alg, jwks: { keys: [other.jwk] }, jws }
        );
  }
  const verdicts = await compare(lines);
  assert.equal(verdicts.filter(Boolean).length, 0);
});

test('secrets: HS256 to HS512 agree on what is signed, spoiled and signed with another secret', async () => {
  const lines = [];
  for (const alg of ['HS256', 'HS384', 'HS512']) {
    const secret = new TextEncoder().encode('a secret that is long enough for every one of the three algorithms');
    const jws = await new jose.CompactSign(claims).setProtectedHeader({ alg }).sign(secret);
    const jwk = { kty: 'oct', k: jose.base64url.encode(secret) };
    for (const [name, change] of Object.entries(changes))
      lines.push({ id: `${alg} ${name}`, alg, jwks: { keys: [jwk] }, jws: change(jws) });
    lines.push({ id: `${alg} another secret`, alg, jwks: { keys: [{ ...jwk, k: jose.base64url.encode('x'.repeat(66)) }] }, jws });
  }
  const verdicts = await compare(lines);
  assert.equal(verdicts.filter(Boolean).length, 3);
});

test('what we and OpenSSL sign, whole and spoiled, has the same verdict there', async () => {
  const lines = run('jws_lines_write', '').flatMap(line => {
    try {
      const value = JSON.parse(line);
      return value && typeof value === 'object' && 'jws' in value && typeof value.jws === 'string' && value.alg !== 'Ed448' ? [value] : []; // jose has no Ed448
    } catch {
      return [];
    }
  });
  assert.ok(lines.filter(line => String(line.id).startsWith('ours ')).length >= algorithms.length);
  const verdicts = await compare(lines);
  assert.deepEqual(verdicts, lines.map(line => line.expected));
});
