// SPDX-License-Identifier: Apache-2.0
// The provider is gone for good: the password in the log lets in, every page and line says so, and it ends with the
// variable. Pictures go to build/screenshots.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { freePort } from '../../deploy/demo/gate.mjs';
import { gateCookies, launch, openProfile } from './support/chromium.mjs';
import { fieldsByMeaning, openHouse } from './support/house.mjs';
import { languages, lookAt } from './support/sights.mjs';
import { logged, until } from './support/until.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const restore = {
  LOCAL_RESTORE: 'true',
  LOCAL_USER: 'repair',
  LOCAL_GROUPS: 'admins',
  LOG_FORMAT: 'json',
};

const openBroken = async (t, settings = {}) =>
  openHouse(t, { providerPort: await freePort(), settings: { ...restore, ...settings } });

const lines = (house) =>
  house.gate.log
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));

const passwordOf = async (house) => {
  await logged(house.gate, /local_restore\.password/);
  const told = lines(house).filter((line) => line.event === 'local_restore.password');
  assert.equal(told.length, 1, 'the password is told once');
  return told[0].password;
};

test('the password of the log lets in where the person was going, and every line tells of the mode', async (t) => {
  const house = await openBroken(t);
  const { page, context, complaints } = await openProfile(t, browser);
  await page.goto(`${house.address}/reports?a=1`);
  assert.equal(new URL(page.url()).pathname, '/oidc/local');
  await page.getByLabel('Temporary password').fill((await passwordOf(house)).toUpperCase().replaceAll('-', ' '));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${house.address}/reports?a=1`);

  const fields = fieldsByMeaning(house.seen.application.at(-1).rawHeaders);
  assert.deepEqual(fields['x-forwarded-user'], ['repair']);
  assert.deepEqual(fields['x-forwarded-groups'], ['admins']);
  assert.equal((await gateCookies(context, house.address)).length, 1, 'the form has taken its cookie along');
  assert.deepEqual(complaints, []);

  await logged(house.gate, /local_restore\.signed_in/);
  const told = lines(house).slice(lines(house).findIndex((line) => line.event === 'local_restore.password'));
  assert.ok(told.every((line) => line.local_restore === true));
  assert.ok(told.some((line) => line.event === 'local_restore.signed_in' && line.level === 'warning'));
  const metrics = await (await fetch(`${house.admin}/metrics`)).text();
  assert.match(metrics, /^sekisho_local_restore 1$/m);
});

test('a wrong password is refused, and after five the answer is to wait', async (t) => {
  const house = await openBroken(t);
  const { page } = await openProfile(t, browser);
  const statuses = [];
  for (let count = 0; count < 6; count += 1) {
    await page.goto(`${house.address}/oidc/local`);
    await page.getByLabel('Temporary password').fill('0000-0000-0000-0000-0000-0000-0000');
    const [answer] = await Promise.all([
      page.waitForResponse((one) => one.request().method() === 'POST'),
      page.getByRole('button', { name: 'Sign in' }).click(),
    ]);
    statuses.push(answer.status());
    if (answer.status() === 429) assert.ok(Number(answer.headers()['retry-after']) >= 1);
  }
  assert.deepEqual(statuses, [403, 403, 403, 403, 403, 429]);
  assert.doesNotMatch(await page.content(), new RegExp(await passwordOf(house)));
});

test('another site cannot send the form', async (t) => {
  const house = await openBroken(t);
  const { page } = await openProfile(t, browser);
  await page.goto(house.application.address);
  const [answer] = await Promise.all([
    page.waitForResponse(`${house.address}/oidc/local`),
    page.evaluate((address) => {
      const form = Object.assign(document.createElement('form'), { method: 'post', action: `${address}/oidc/local` });
      document.body.append(form);
      form.submit();
    }, house.address),
  ]);
  assert.equal(answer.status(), 403);
  await page.getByText('cross_site_refused').waitFor();
});

test('sessions of the mode end with it', async (t) => {
  const port = await freePort();
  const secret = 'a secret of more than thirty-two bytes';
  const house = await openHouse(t, { providerPort: port, settings: { ...restore, SESSION_SECRET: secret } });
  const { page } = await openProfile(t, browser);
  await page.goto(`${house.address}/oidc/local`);
  await page.getByLabel('Temporary password').fill(await passwordOf(house));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${house.address}/`);
  await house.gate.stop();
  const before = house.seen.application.length;
  await house.startGate({
    OIDC_ISSUER: `http://127.0.0.1:${port}`,
    OIDC_CLIENT_ID: 'demo-public',
    SESSION_SECRET: secret,
  });
  const answer = await page.goto(`${house.address}/`);
  assert.notEqual(answer.status(), 200);
  assert.equal((await page.request.get(`${house.address}/oidc/session`)).status(), 401);
  assert.equal(house.seen.application.length, before, 'the application hears of nobody');
  assert.equal((await page.request.get(`${house.address}/oidc/local`)).status(), 404);
});

test('the file of settings and SIGHUP turn the mode on and off, and each time has its own password', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-restore-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'sekisho.yaml');
  const write = (on) => writeFileSync(file, `local: {restore: ${on}, user: repair}\n`);
  write(false);
  const house = await openHouse(t, { settings: { SEKISHO_CONFIG: file, LOG_FORMAT: 'json' } });
  const told = (event) => lines(house).filter((line) => line.event === event);
  const turn = async (on, count) => {
    write(on);
    process.kill(house.gate.pid, 'SIGHUP');
    const look = on ? () => told('local_restore.password').length === count : async () => (await status('/oidc/local')) === 404;
    await until(`local.restore is ${on}`, look);
  };
  const status = async (path) => (await house.browser().request(`${house.address}${path}`)).status;
  const repair = async () => {
    const { page } = await openProfile(t, browser);
    await page.goto(`${house.address}/oidc/local`);
    await page.getByLabel('Temporary password').fill(told('local_restore.password').at(-1).password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${house.address}/`);
    return async () => (await page.request.get(`${house.address}/oidc/session`)).status();
  };
  const alice = house.browser();
  await alice.signIn(`${house.address}/json`, 'alice');
  const hers = async () => (await alice.request(`${house.address}/oidc/session`)).status;
  assert.equal(await status('/oidc/local'), 404);

  await turn(true, 1);
  const first = await repair();
  assert.equal(await first(), 200);
  assert.equal(await hers(), 200);

  await turn(false);
  await until('the end of the session with the mode', async () => (await first()) === 401);
  assert.equal(await hers(), 200);
  await house.browser().signIn(`${house.address}/json`, 'bob'); // at the provider again

  await turn(true, 2);
  const [one, other] = told('local_restore.password').map(({ password }) => password);
  assert.notEqual(one, other);
  assert.equal(await first(), 401, 'what has ended stays so');
  assert.equal(await (await repair())(), 200);
});

test('the page in both languages, light and dark, narrow and wide', async (t) => {
  const house = await openBroken(t);
  for (const { language, locale } of languages) {
    const profile = await openProfile(t, browser, { locale });
    const answer = await profile.page.goto(`${house.address}/oidc/local`);
    await profile.page.getByRole('status').waitFor(); // the banner
    await lookAt(profile, { name: 'local', language, answer });
  }
});
