// SPDX-License-Identifier: Apache-2.0
// "Test SSO" as an administrator uses it: a sign-in is tried, its report is read and downloaded, and nothing of it can be
// used to sign in.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { choose, gateCookies, launch, openProfile } from './support/chromium.mjs';
import { binary, openHouse } from './support/house.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const secret = 'test-page secret of 32 characters';
const sealing = randomBytes(32).toString('base64url');

// A house whose provider's secrets are written down as they go over the wire: { ...house, sent }.
async function openWatched(t, settings = {}) {
  const encoded = new URLSearchParams({ secret }).toString().slice('secret='.length);
  const sent = new Set([secret, encoded, Buffer.from(`demo-confidential:${encoded}`).toString('base64')]);
  const remember = (text) => typeof text === 'string' && text.length >= 8 && sent.add(text);
  const house = await openHouse(t, {
    client: 'demo-confidential',
    registration: { client_secret: secret },
    settings: {
      SESSION_SECRET: sealing,
      ADMIN_USERS: 'alice',
      IDENTITY_ACCESS_TOKEN_HEADER: 'X-Access-Token',
      IDENTITY_ID_TOKEN_HEADER: 'X-Id-Token',
      ...settings,
    },
  });
  house.provider.provider.on('grant.success', (ctx) => {
    remember(ctx.oidc.params.code);
    remember(ctx.oidc.params.code_verifier);
    remember(ctx.body.access_token);
    remember(ctx.body.id_token);
    remember(ctx.body.id_token.split('.')[2]);
  });
  return { ...house, sent };
}

// The address that `sekisho check` prints for those who cannot sign in.
async function printedAddress(house) {
  const env = {
    PATH: process.env.PATH,
    OIDC_ISSUER: house.provider.issuer,
    OIDC_CLIENT_ID: 'demo-confidential',
    OIDC_CLIENT_SECRET: secret,
    SERVER_PUBLIC_URL: house.address,
    UPSTREAM_URL: house.application.address,
    SESSION_SECRET: sealing,
  };
  const out = await new Promise((resolve) =>
    execFile(binary, ['check'], { env, timeout: 30_000 }, (error, printed) => resolve(printed)),
  );
  return out.match(/http\S+\/oidc\/test\?ticket=[\w.~-]+/)[0];
}

// What stands on the page: { rows, documents }; a row is [name, text], of a value or a check.
const readPage = (page) =>
  page.evaluate(() => ({
    rows: [...document.querySelectorAll('tr')].map((row) => [...row.children].map((cell) => cell.textContent.trim())),
    documents: [...document.querySelectorAll('pre')].map((one) => one.textContent),
  }));

// Presses the button and reads the file that the browser has written.
async function download(page, label) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: label }).click()]);
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}

const stepOf = (report, name) => report.steps.find(({ step }) => step === name);
const valueOf = (report, step, name) =>
  stepOf(report, step).values.find((one) => one.name.toLowerCase() === name.toLowerCase())?.value;

function holdNothingSecret(house, ...texts) {
  assert.ok(house.sent.size >= 8, 'the provider has seen the sign-in');
  for (const one of house.sent)
    for (const text of texts) assert.ok(!text.includes(one), `${one.slice(0, 12)}… is shown`);
}

// Whatever the page shows stands in the file too.
function holdTheSame(shown, report) {
  const values = report.steps.flatMap(({ values = [] }) => values.map(({ name, value }) => [name, value || '–']));
  const checks = report.steps.flatMap(({ checks = [] }) => checks);
  const documents = report.steps.flatMap(({ documents: all = [] }) => all.map(({ content }) => content));
  for (const [name, text] of values)
    assert.ok(shown.rows.some(([its, said]) => its === name && said === text.trim()), `${name}: ${text} is not on the page`);
  for (const { name, passed, code = '' } of checks)
    assert.ok(
      shown.rows.some(([its, said]) => its === name && said.startsWith(passed ? 'Passed' : `Failed (${code})`)),
      `the check ${name} is not on the page`,
    );
  assert.equal(shown.rows.length, values.length + checks.length, 'the page has no row that the file lacks');
  assert.deepEqual(shown.documents.map((one) => JSON.parse(one)), documents);
}

test('the report of a test sign-in is downloaded: all that the page shows, and nothing that signs anybody in', async (t) => {
  const house = await openWatched(t, { ACCESS_PUBLIC_PATHS: '/public/*' });
  const { page, context, complaints } = await openProfile(t, browser);
  await page.goto(house.address);
  await choose(page, /Alice/, house.address);
  const cookiesBefore = await gateCookies(context, house.address);

  await page.goto(`${house.address}/oidc/test`);
  await page.locator('.door').click();
  await page.getByRole('heading', { name: 'The test sign-in works' }).waitFor();
  const shown = await readPage(page);
  const file = await download(page, 'Download the report');
  assert.equal(file.name, 'sekisho-test-sso.json');
  const report = JSON.parse(file.text);

  assert.equal(report.works, true);
  assert.equal(report.provider, 'default');
  holdTheSame(shown, report);
  assert.equal(valueOf(report, 'person', 'issuer'), house.provider.issuer);
  assert.equal(valueOf(report, 'person', 'user'), 'alice');
  assert.equal(valueOf(report, 'person', 'groups'), 'admins, staff');
  assert.equal(valueOf(report, 'headers', 'X-Forwarded-User'), 'alice');
  assert.equal(valueOf(report, 'headers', 'X-Forwarded-Email'), 'alice@example.com');
  assert.match(valueOf(report, 'headers', 'X-Access-Token'), /… \(\d+ characters\)$/);
  assert.match(valueOf(report, 'rules', 'access.public_paths'), /^\/public\/\*: open to everybody/);
  assert.match(valueOf(report, 'rules', 'every other path'), /the request is passed on/);
  const checks = stepOf(report, 'id_token').checks;
  assert.ok(checks.every(({ passed }) => passed));
  for (const name of ['id_token.signature', 'id_token.iss', 'id_token.aud', 'id_token.exp', 'id_token.nonce'])
    assert.ok(checks.some((one) => one.name === name), `${name} in ${checks.map((one) => one.name)}`);

  holdNothingSecret(house, file.text, await page.content());
  assert.deepEqual(await gateCookies(context, house.address), cookiesBefore, 'nobody is signed in or out by it');
  assert.deepEqual(complaints, []);
});

test('the report of a test that failed says why, in the file as on the page, in Japanese too', async (t) => {
  const house = await openWatched(t, { OIDC_USER_CLAIM: 'employee_number' });
  const { page } = await openProfile(t, browser, { locale: 'ja-JP' });
  await page.goto(await printedAddress(house));
  await page.locator('.door').click();
  await page.getByRole('button', { name: /Alice/ }).click(); // at the provider, which knows nobody yet
  await page.getByRole('heading', { name: 'サインインのテストに失敗しました' }).waitFor();
  const file = await download(page, 'レポートをダウンロード');
  const report = JSON.parse(file.text);
  assert.equal(report.works, false);
  assert.equal(report.failure.code, 'oidc_missing_user_claim');
  const text = await page.locator('main').innerText();
  for (const part of [report.failure.code, report.failure.detail]) assert.ok(text.includes(part), `${part} on the page`);
  holdNothingSecret(house, file.text, await page.content());
});
