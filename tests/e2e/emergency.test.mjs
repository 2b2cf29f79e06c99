// SPDX-License-Identifier: Apache-2.0
// Emergency people beside a provider that cannot be reached: passkeys of Chromium's virtual authenticator, passwords with
// codes. Pictures go to build/screenshots.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { freePort } from '../../deploy/demo/gate.mjs';
import { launch, openProfile } from './support/chromium.mjs';
import { binary, fieldsByMeaning, openHouse } from './support/house.mjs';
import { languages, lookAt } from './support/sights.mjs';
import { logged } from './support/until.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

// A house with a people's file, and `command(...)` that runs `sekisho emergency` on it.
async function openHouseWithPeople(t) {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-people-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'emergency.json');
  const settings = { EMERGENCY_FILE: file, EMERGENCY_GROUPS: 'admins', LOG_FORMAT: 'json' };
  const house = await openHouse(t, { providerPort: await freePort(), settings });
  house.people = file;
  house.command = (words, input) =>
    execFileSync(binary, ['emergency', ...words], {
      env: { PATH: process.env.PATH, EMERGENCY_FILE: file, SERVER_PUBLIC_URL: house.address },
      input,
      encoding: 'utf8',
    });
  house.invitation = (name) => house.command(['invite', name]).match(/http\S+/)[0];
  return house;
}

// A page with a security key in it: { page, complaints, key(command, more) }.
async function openWithKey(t, options = {}) {
  const profile = await openProfile(t, browser, options);
  const devtools = await profile.context.newCDPSession(profile.page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'usb',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const key = (command, more = {}) => devtools.send(`WebAuthn.${command}`, { authenticatorId, ...more });
  return { ...profile, key };
}

async function register(page, house, name) {
  await page.goto(house.invitation(name));
  await page.getByText(name).waitFor();
  await page.getByRole('button', { name: 'Register a passkey' }).click();
  await page.getByRole('heading', { name: 'The passkey is registered' }).waitFor();
}

async function told(house, event, times = 1) {
  await logged(house.gate, new RegExp(`(?:${event}[^]*){${times}}`));
  return house.gate.log
    .split('\n')
    .filter((line) => line.startsWith('{') && line.includes(event))
    .map((line) => JSON.parse(line));
}

test('an invited person registers a passkey with the keyboard and signs in with it, again and again', async (t) => {
  const house = await openHouseWithPeople(t);
  const { page, complaints } = await openWithKey(t);
  const link = house.invitation('alice');
  await page.goto(link);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'The passkey is registered' }).waitFor();
  assert.equal(statSync(house.people).mode & 0o777, 0o600);

  for (const target of ['/reports?a=1', '/']) {
    await page.goto(`${house.address}/oidc/emergency?return_to=${encodeURIComponent(target)}`);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.waitForURL(`${house.address}${target}`);
  }
  const fields = fieldsByMeaning(house.seen.application.at(-1).rawHeaders);
  assert.deepEqual(fields['x-forwarded-user'], ['alice']);
  assert.deepEqual(fields['x-forwarded-groups'], ['admins']);
  const signedIn = await told(house, 'emergency.signed_in', 2);
  assert.equal(signedIn.length, 2);
  assert.ok(signedIn.every((line) => line.level === 'warning' && line.with === 'passkey' && line.user === 'alice'));
  assert.deepEqual(complaints, []);

  const again = await page.goto(link);
  assert.equal(again.status(), 403, 'an invitation is used once');
});

test('whoever is not verified, or removed, does not come in', async (t) => {
  const house = await openHouseWithPeople(t);
  const { page, key } = await openWithKey(t);
  await register(page, house, 'alice');
  await key('setUserVerified', { isUserVerified: false });
  await page.goto(`${house.address}/oidc/emergency`);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByText('That was cancelled or took too long').waitFor();

  await key('setUserVerified', { isUserVerified: true });
  house.command(['remove', 'alice']);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByText('emergency_refused').waitFor();
  assert.equal((await page.request.get(`${house.address}/oidc/session`)).status(), 401);
  assert.equal((await told(house, 'emergency_refused')).at(-1).level, 'warning');
});

test('a copy of a passkey is found by its counter', async (t) => {
  const house = await openHouseWithPeople(t);
  const { page, key } = await openWithKey(t);
  await register(page, house, 'alice');
  const { credentials } = await key('getCredentials');
  await page.goto(`${house.address}/oidc/emergency`);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.waitForURL(`${house.address}/`);

  await key('clearCredentials');
  await key('addCredential', { credential: { ...credentials[0], signCount: 0 } });
  await page.context().clearCookies();
  await page.goto(`${house.address}/oidc/emergency`);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByText('emergency_refused').waitFor();
  assert.equal((await told(house, 'emergency_refused')).at(-1).where, 'assertion.step_21');
});

// RFC 6238, independent of ours.
function codeOf(base32, step) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...base32].map((one) => alphabet.indexOf(one).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', key).update(counter).digest();
  return String((mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('a password and a code let in, and the code only once', async (t) => {
  const house = await openHouseWithPeople(t);
  const printed = house.command(['password', 'bob'], 'correct horse battery staple\n');
  const secret = new URL(printed.match(/otpauth:\S+/)[0]).searchParams.get('secret');
  assert.doesNotMatch(readFileSync(house.people, 'utf8'), /correct horse/);
  const code = codeOf(secret, Math.floor(Date.now() / 30_000));

  const signIn = async (page, password) => {
    await page.goto(`${house.address}/oidc/emergency`);
    await page.getByText('With a password and a code').click();
    await page.getByLabel('Name').fill('bob');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByLabel('Six digits').fill(code);
    const [answer] = await Promise.all([
      page.waitForResponse((one) => one.request().method() === 'POST'),
      page.getByRole('button', { name: 'Sign in', exact: true }).click(),
    ]);
    return answer.status();
  };
  const { page } = await openProfile(t, browser);
  assert.equal(await signIn(page, 'correct horse battery stable'), 403);
  assert.equal(await signIn(page, 'correct horse battery staple'), 303);
  await page.waitForURL(`${house.address}/`);
  const { page: second } = await openProfile(t, browser);
  assert.equal(await signIn(second, 'correct horse battery staple'), 403, 'a code is good once');
  assert.equal((await told(house, 'emergency.signed_in')).at(-1).with, 'password');
});

test('the pages in both languages, light and dark, narrow and wide', async (t) => {
  const house = await openHouseWithPeople(t);
  house.command(['password', 'bob'], 'correct horse battery staple\n');
  for (const { language, locale } of languages) {
    const profile = await openWithKey(t, { locale });
    const { page } = profile;
    const invited = await page.goto(house.invitation(`alice-${language}`));
    await lookAt(profile, { name: 'emergency-register', language, answer: invited });
    const [registered] = await Promise.all([
      page.waitForResponse((one) => one.request().method() === 'POST'),
      page.locator('#passkey button').click(),
    ]);
    await page.locator('a.button').waitFor();
    await lookAt(profile, { name: 'emergency-registered', language, answer: registered });
    const [entered] = await Promise.all([
      page.waitForResponse((one) => new URL(one.url()).pathname === '/oidc/emergency'),
      page.locator('a.button').click(),
    ]);
    await page.locator('summary').click();
    await lookAt(profile, { name: 'emergency', language, answer: entered });
  }
});
