// SPDX-License-Identifier: Apache-2.0
// What a person sees, in both languages, light and dark, narrow and wide. Pictures go to build/screenshots.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { choose, launch, openProfile } from './support/chromium.mjs';
import { openHouse, screenshots } from './support/house.mjs';

let browser;
before(async () => {
  mkdirSync(screenshots, { recursive: true });
  browser = await launch();
});
after(() => browser.close());

const sights = {
  error: (page, house) => page.goto(`${house.address}/oidc/callback?state=nobody-began-this&code=x`),
  'signed-out': (page, house) => page.goto(`${house.address}/logout`),
  'sign-out-question': async (page, house) => {
    await page.goto(house.address);
    await choose(page, /Alice/, house.address);
    await page.goto(`${house.application.address}/another/site`);
    const [answer] = await Promise.all([
      page.waitForResponse(`${house.address}/logout`),
      page.evaluate((address) => location.assign(`${address}/logout`), house.address),
    ]);
    await page.waitForURL(`${house.address}/logout`);
    return answer;
  },
};

const expectations = {
  error: { status: 400, en: /oidc_state_missing/, ja: /oidc_state_missing/ },
  'signed-out': { status: 200, en: /signed out/i, ja: /サインアウト|ログアウト/ },
  'sign-out-question': { status: 200, en: /sign out/i, ja: /サインアウト|ログアウト/ },
};

async function holdToHouseRules(page, answer, language) {
  assert.equal(await page.locator('html').getAttribute('lang'), language);
  assert.equal(await page.locator('h1').count(), 1);
  assert.ok((await page.title()).length > 0);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overflow <= 0, `${overflow} px too wide`);
  const outside = await page.evaluate(() => performance.getEntriesByType('resource').map((one) => one.name));
  assert.deepEqual(outside.filter((one) => !one.startsWith('data:') && !one.endsWith('/favicon.ico')), []);
  const headers = answer.headers();
  assert.match(headers['content-security-policy'], /default-src 'none'/);
  assert.match(headers['cache-control'], /no-store/);
  assert.equal(headers['x-content-type-options'], 'nosniff');
}

// Text must stand out from what is behind it: WCAG 2 contrast of the heading, from its computed colours.
function contrastOfHeading() {
  const parse = (color) => color.match(/[\d.]+/g).map(Number);
  const luminance = ([r, g, b]) =>
    [r, g, b].reduce((sum, value, i) => {
      const c = value / 255;
      return sum + [0.2126, 0.7152, 0.0722][i] * (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    }, 0);
  const heading = document.querySelector('h1');
  let behind = heading;
  while (behind && parse(getComputedStyle(behind).backgroundColor)[3] === 0) behind = behind.parentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const background = behind ? parse(getComputedStyle(behind).backgroundColor) : dark ? [18, 18, 18] : [255, 255, 255];
  const [low, high] = [luminance(background), luminance(parse(getComputedStyle(heading).color))].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

for (const [sight, show] of Object.entries(sights))
  test(`the ${sight} page in English and Japanese, light and dark, narrow and wide`, async (t) => {
    const house = await openHouse(t);
    for (const [language, locale] of [['en', 'en-GB'], ['ja', 'ja-JP']])
      for (const colorScheme of ['light', 'dark'])
        for (const [width, height] of [[390, 760], [1280, 800]]) {
          const look = await openProfile(t, browser, { locale, colorScheme, viewport: { width, height } });
          const answer = await show(look.page, house);
          const { [language]: words, status } = expectations[sight];
          assert.equal(answer.status(), status);
          assert.match(await look.page.locator('body').innerText(), words);
          await holdToHouseRules(look.page, answer, language);
          const contrast = await look.page.evaluate(contrastOfHeading);
          assert.ok(contrast >= 4.5, `contrast ${contrast} in ${colorScheme}`);
          assert.deepEqual(look.complaints.filter((one) => !/Failed to load resource/.test(one)), []);
          await look.page.screenshot({ path: join(screenshots, `${sight}-${language}-${colorScheme}-${width}.png`), fullPage: true });
        }
  });

test('the error page shows the request id that the log has', async (t) => {
  const house = await openHouse(t);
  const { page } = await openProfile(t, browser);
  await sights.error(page, house);
  const [id] = (await page.locator('body').innerText()).match(/[0-9a-f]{32}/);
  await house.gate.stop();
  assert.ok(house.gate.log.includes(id));
});
