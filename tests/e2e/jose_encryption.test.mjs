// SPDX-License-Identifier: Apache-2.0
// Our JWE beside somebody else's (npm's jose): what they encrypt we read, what they refuse we refuse, and what we encrypt
// they read.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import * as jose from 'jose';
import { binary } from './support/house.mjs';

const tools = process.env.SEKISHO_TOOLS ?? join(dirname(binary), 'tests');
const encryptions = ['A128GCM', 'A256GCM', 'A128CBC-HS256', 'A256CBC-HS512'];
const agreements = ['ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A256KW'];
const plain = JSON.stringify({ sub: '石庭', iat: 1 });

function ours(lines) {
  const input = lines.map((line) => JSON.stringify(line)).join('\n') + '\n';
  const answers = execFileSync(join(tools, 'jwe_lines'), { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  const read = answers.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  assert.deepEqual(read.map((each) => each.id), lines.map((each) => each.id));
  return read.map((each) => each.jwe ?? each.plain);
}

async function theirs({ jwk, jwe }) {
  try {
    const { alg } = jose.decodeProtectedHeader(jwe);
    const { plaintext } = await jose.compactDecrypt(jwe, await jose.importJWK(jwk, alg));
    return new TextDecoder().decode(plaintext);
  } catch {
    return null;
  }
}

async function recipient(alg, options = {}) {
  const pair = await jose.generateKeyPair(alg, { extractable: true, ...options });
  return { alg, public: pair.publicKey, jwk: await jose.exportJWK(pair.privateKey) };
}

const recipients = async () => [
  ...(await Promise.all(['RSA-OAEP', 'RSA-OAEP-256'].map((alg) => recipient(alg)))),
  ...(await Promise.all(
    agreements.flatMap((alg) => ['P-256', 'P-384', 'P-521', 'X25519'].map((crv) => recipient(alg, { crv }))),
  )),
];

const encrypt = (to, enc, header = {}, change = (each) => each) =>
  change(new jose.CompactEncrypt(new TextEncoder().encode(plain)))
    .setProtectedHeader({ alg: to.alg, enc, ...header })
    .encrypt(to.public);

// One bit in the middle of one part.
function flipped(jwe, part) {
  const parts = jwe.split('.');
  const bytes = jose.base64url.decode(parts[part]);
  if (!bytes.length) return `${jwe}A`;
  bytes[bytes.length >> 1] ^= 1;
  parts[part] = jose.base64url.encode(bytes);
  return parts.join('.');
}

const changes = {
  'as encrypted': (jwe) => jwe,
  'one bit of the header': (jwe) => flipped(jwe, 0),
  'one bit of the key': (jwe) => flipped(jwe, 1),
  'one bit of the vector': (jwe) => flipped(jwe, 2),
  'one bit of the content': (jwe) => flipped(jwe, 3),
  'one bit of the tag': (jwe) => flipped(jwe, 4),
  'no tag': (jwe) => jwe.slice(0, jwe.lastIndexOf('.') + 1),
  'a shorter tag': (jwe) => jwe.slice(0, -4),
  'four parts': (jwe) => jwe.slice(0, jwe.lastIndexOf('.')),
  'six parts': (jwe) => `${jwe}.AAAA`,
};

test('what jose encrypts, whole or spoiled, reads the same here and there', async () => {
  const lines = [];
  for (const to of await recipients())
    for (const enc of encryptions) {
      const jwe = await encrypt(to, enc, { kid: 'k1', cty: 'JWT' });
      for (const [name, change] of Object.entries(changes))
        lines.push({ id: `${to.alg} ${to.jwk.crv ?? ''} ${enc}, ${name}`, jwk: to.jwk, jwe: change(jwe) });
    }
  const wrong = [];
  for (const [index, text] of ours(lines).entries()) {
    const they = await theirs(lines[index]);
    const expected = lines[index].id.endsWith('as encrypted') ? plain : null;
    if (text !== expected || they !== expected) wrong.push(`${lines[index].id}: they read ${they}, we ${text}`);
  }
  assert.deepEqual(wrong, []);
});

test('the parties of an agreement count here and there', async () => {
  const lines = [];
  for (const alg of agreements) {
    const to = await recipient(alg);
    const parties = { apu: new TextEncoder().encode('Alice'), apv: new TextEncoder().encode('Bob') };
    const jwe = await encrypt(to, 'A128GCM', {}, (each) => each.setKeyManagementParameters(parties));
    lines.push({ id: alg, jwk: to.jwk, jwe });
  }
  assert.deepEqual(ours(lines), agreements.map(() => plain));
});

test('a key of another kind, curve or owner reads nothing, here and there', async () => {
  const all = await recipients();
  const lines = [];
  for (const to of all) {
    const jwe = await encrypt(to, 'A256GCM');
    for (const other of [...all.filter((each) => each !== to), await recipient(to.alg)])
      lines.push({ id: `${to.alg} ${to.jwk.crv ?? ''} for ${other.alg} ${other.jwk.crv ?? ''}`, jwk: other.jwk, jwe });
  }
  assert.ok(ours(lines).every((text) => text === null));
  for (const line of lines) assert.equal(await theirs(line), null, line.id);
});

test('what we are stricter about than jose', async () => {
  const rsa = await recipient('RSA-OAEP');
  const lines = [
    { id: 'A192GCM: none of ours', jwk: rsa.jwk, jwe: await encrypt(rsa, 'A192GCM') },
    { id: 'A192CBC-HS384: none of ours', jwk: rsa.jwk, jwe: await encrypt(rsa, 'A192CBC-HS384') },
    { id: 'a key that says it is for signatures', jwk: { ...rsa.jwk, use: 'sig' }, jwe: await encrypt(rsa, 'A256GCM') },
  ];
  assert.deepEqual(ours(lines), [null, null, null]);
});

test('what we encrypt, jose reads, by every algorithm and encryption', async () => {
  const all = await recipients();
  const lines = all.flatMap((to) =>
    encryptions.map((enc) => {
      const { kty, n, e, crv, x, y } = to.jwk;
      const publicHalf = { kty, n, e, crv, x, y, use: 'enc', kid: 'k1' };
      return { id: `${to.alg} ${crv ?? ''} ${enc}`, to: publicHalf, alg: to.alg, enc, plain };
    }),
  );
  assert.equal(lines.length, 14 * 4);
  for (const [index, jwe] of ours(lines).entries()) {
    const to = all[Math.floor(index / encryptions.length)];
    const { alg, enc, kid, cty } = jose.decodeProtectedHeader(jwe);
    assert.deepEqual({ alg, enc, kid, cty }, { alg: to.alg, enc: lines[index].enc, kid: 'k1', cty: 'JWT' });
    assert.equal(await theirs({ jwk: to.jwk, jwe }), plain, lines[index].id);
    assert.equal(await theirs({ jwk: to.jwk, jwe: flipped(jwe, 3) }), null, lines[index].id);
  }
});
