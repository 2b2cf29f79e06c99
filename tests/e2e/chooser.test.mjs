// SPDX-License-Identifier: Apache-2.0
// Two providers: the page to choose on, by mouse, by keyboard and by e-mail address. Pictures go to build/screenshots.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { clientsFor, startProvider } from '../../deploy/demo/provider.mjs';
import { choose, lastingCookies, launch, openProfile, ownBrowser } from './support/chromium.mjs';
import { openSite } from './support/house.mjs';
import { languages, lookAt } from './support/sights.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

// A site before two providers: everybody's, and that of `domains`.
async function openTwo(t, { domains = 'corp.example', settings = {} } = {}) {
  const site = await openSite(t);
  const clients = clientsFor(site.address);
  const [main, corp] = await Promise.all([startProvider({ clients }), startProvider({ clients })]);
  site.ends.push(main.stop, corp.stop);
  await site.startGate({
    OIDC_ISSUER: main.issuer,
    OIDC_CLIENT_ID: 'demo-public',
    OIDC_LABEL: 'Everybody',
    OIDC_LABEL_JA: '一般の方',
    PROVIDERS_CORP_ISSUER: corp.issuer,
    PROVIDERS_CORP_CLIENT_ID: 'demo-public',
    PROVIDERS_CORP_LABEL: 'Corp',
    PROVIDERS_CORP_EMAIL_DOMAINS: domains,
    ...settings,
  });
  return { ...site, main, corp };
}

for (const [name, settings] of [['chooser', {}], ['chooser-keep', { SESSION_KEEP_SIGNED_IN: '720h' }]])
  test(`the page to choose on, ${name}, in both languages, light and dark, enlarged, narrow and wide`, async (t) => {
    const site = await openTwo(t, { settings });
    for (const { language, locale } of languages) {
      const profile = await openProfile(t, browser, { locale });
      const { page } = profile;
      const answer = await page.goto(`${site.address}/reports`);
      assert.equal(answer.status(), 200);
      assert.equal(new URL(page.url()).pathname, '/oidc/login');
      const way = { name: language === 'ja' ? '一般の方' : 'Everybody' };
      const [role, boxes] = name === 'chooser' ? ['link', 0] : ['button', 1];
      assert.equal(await page.getByRole(role, way).count(), 1);
      assert.equal(await page.getByRole('textbox').count(), 1);
      assert.equal(await page.getByRole('checkbox').count(), boxes);
      await lookAt(profile, { name, language, answer, sizes: [[320, 640], [390, 760], [1280, 800]] });
    }
  });

test('labels, logos and their order are those of the settings', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-logo-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const logo = join(folder, 'logo.svg');
  writeFileSync(logo, '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><rect width="20" height="20"/></svg>');
  const site = await openTwo(t, { settings: { OIDC_ORDER: '2', PROVIDERS_CORP_ORDER: '1', PROVIDERS_CORP_LOGO: logo } });
  const { page, complaints } = await openProfile(t, browser);
  await page.goto(`${site.address}/reports`);
  const ways = page.locator('a[href*="idp="]');
  assert.deepEqual((await ways.allInnerTexts()).map((one) => one.trim()), ['Corp', 'Everybody']);
  const pictures = await page.locator('img').evaluateAll((all) => all.map((one) => [one.naturalWidth, one.closest('a').textContent.trim()]));
  assert.deepEqual(pictures, [[20, 'Corp']]);
  assert.deepEqual(complaints, []);
});

test('a path of a provider leads there without the page', async (t) => {
  const site = await openTwo(t, { domains: 'example.com', settings: { PROVIDERS_CORP_PATHS: '/corp/*' } });
  const { page } = await openProfile(t, browser);
  await page.goto(`${site.address}/corp/reports`);
  await choose(page, /Alice/, site.address);
  assert.equal(new URL(page.url()).pathname, '/corp/reports');
  const session = await page.evaluate(async () => (await fetch('/oidc/session')).json());
  assert.equal(session.provider, 'corp');
});

test('a keyboard alone chooses, and the choice stands first the next time', async (t) => {
  const site = await openTwo(t);
  const { page } = await openProfile(t, browser);
  await page.goto(`${site.address}/reports?a=1`);
  const corp = page.getByRole('link', { name: 'Corp' });
  for (let i = 0; i < 6 && !(await corp.evaluate((one) => one === document.activeElement)); ++i)
    await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${site.corp.issuer}/**`);
  await page.goto(`${site.address}/reports`);
  assert.match(await page.getByRole('link').first().innerText(), /Corp/);
});

test('an address leads to its provider through the form, past the security policy', async (t) => {
  const site = await openTwo(t);
  const { page, complaints } = await openProfile(t, browser);
  await page.goto(`${site.address}/reports`);
  await page.getByRole('textbox').fill('alice@nowhere.example');
  await page.getByRole('button').click();
  await page.getByRole('alert').waitFor();
  await page.getByRole('textbox').fill('someone@corp.example');
  await page.getByRole('button').click();
  await page.waitForURL(`${site.corp.issuer}/**`);
  assert.deepEqual(complaints.filter((one) => /Content Security Policy/.test(one)), []);
});

test('beside the box to stay signed in, the Enter key in the field goes where the address leads', async (t) => {
  const site = await openTwo(t, { settings: { SESSION_KEEP_SIGNED_IN: '720h' } });
  const { page } = await openProfile(t, browser);
  await page.goto(`${site.address}/reports`);
  await page.getByRole('checkbox').check();
  await page.getByRole('textbox').fill('someone@corp.example');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${site.corp.issuer}/**`);
});

test('a person whose domain is another provider’s is not let in by this one', async (t) => {
  const site = await openTwo(t, { domains: 'example.com' });
  const { page } = await openProfile(t, browser);
  await page.goto(`${site.address}/oidc/login?idp=default&return_to=/reports`);
  await page.waitForURL(/\/interaction\//);
  await page.getByRole('button', { name: /Alice/ }).click();
  await page.waitForURL(/\/oidc\/callback/);
  assert.match(await page.locator('body').innerText(), /oidc_email_domain_elsewhere/);
  await page.goto(`${site.address}/oidc/login?idp=corp&return_to=/reports`);
  await choose(page, /Alice/, site.address);
  const session = await page.evaluate(async () => (await fetch('/oidc/session')).json());
  assert.equal(session.provider, 'corp');
});

// How many seconds the browser will keep the session.
async function lastingOf(context, site) {
  const session = (await lastingCookies(context, site.address)).find(({ name }) => name === 'sekisho_session');
  return session.expires - Date.now() / 1000;
}

for (const { box, store, isKept, address } of [
  { box: 'ticked', store: 'cookie', isKept: true },
  { box: 'asked for by a link of the application', store: 'memory', isKept: true, address: '/oidc/login?idp=default&keep=1&return_to=/reports' },
  { box: 'not ticked', store: 'cookie', isKept: false },
])
  test(`"Keep me signed in" ${box}, store ${store}: what the browser keeps, and for how long`, async (t) => {
    const [lifetime, kept] = [2 * 3600, 30 * 86_400];
    const settings = { SESSION_KEEP_SIGNED_IN: `${kept}s`, SESSION_LIFETIME: `${lifetime}s`, SESSION_STORE: store };
    const site = await openTwo(t, { settings });
    const own = ownBrowser(t);
    const first = await own.open();
    await first.page.goto(`${site.address}${address ?? '/reports'}`);
    if (!address) {
      const keep = first.page.getByRole('checkbox', { name: 'Keep me signed in on this device' });
      assert.equal(await keep.isChecked(), false, 'nobody is kept who did not ask for it');
      if (isKept) await keep.check();
      await first.page.getByRole('button', { name: 'Everybody' }).click();
    }
    await choose(first.page, /Alice/, site.address);
    const lasts = await lastingOf(first.context, site);
    if (!isKept) {
      assert.ok(lasts <= lifetime, `${lasts} s: no longer than any session`);
      return;
    }
    assert.ok(Math.abs(lasts - kept) < 60, `${lasts} s`);
    await own.close();
    const second = await own.open();
    await second.page.goto(`${site.address}/reports`);
    assert.equal(await second.page.locator('#name').textContent(), 'alice');
    assert.ok((await lastingOf(second.context, site)) > lifetime, 'and it stays so');
  });
