// SPDX-License-Identifier: Apache-2.0
// Two providers: the page to choose on, by mouse, by keyboard and by e-mail address. Pictures go to build/screenshots.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { clientsFor, startProvider } from '../../deploy/demo/provider.mjs';
import { choose, launch, openProfile } from './support/chromium.mjs';
import { openSite, screenshots } from './support/house.mjs';

let browser;
before(async () => {
  mkdirSync(screenshots, { recursive: true });
  browser = await launch();
});
after(() => browser.close());

// A site before two providers: everybody's, and that of `domains`.
async function openTwo(t, domains = 'corp.example') {
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
  });
  return { ...site, main, corp };
}

test('the page to choose on, in both languages, light and dark, narrow, wide and enlarged', async (t) => {
  const site = await openTwo(t);
  for (const [language, locale] of [['en', 'en-GB'], ['ja', 'ja-JP']])
    for (const colorScheme of ['light', 'dark'])
      for (const [width, height] of [[320, 640], [390, 760], [1280, 800]]) {
        const { page, complaints } = await openProfile(t, browser, { locale, colorScheme, viewport: { width, height } });
        const answer = await page.goto(`${site.address}/reports`);
        assert.equal(answer.status(), 200);
        assert.equal(new URL(page.url()).pathname, '/oidc/login');
        assert.equal(await page.locator('html').getAttribute('lang'), language);
        assert.equal(await page.locator('h1').count(), 1);
        assert.equal(await page.getByRole('link', { name: language === 'ja' ? '一般の方' : 'Everybody' }).count(), 1);
        assert.equal(await page.getByRole('textbox').count(), 1);
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);
        assert.match(answer.headers()['content-security-policy'], /default-src 'none'/);
        assert.deepEqual(complaints.filter((one) => !/Failed to load resource/.test(one)), []);
        await page.screenshot({ path: join(screenshots, `chooser-${language}-${colorScheme}-${width}.png`), fullPage: true });
      }
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

test('a person whose domain is another provider’s is not let in by this one', async (t) => {
  const site = await openTwo(t, 'example.com');
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
