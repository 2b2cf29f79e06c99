// SPDX-License-Identifier: Apache-2.0
// What a person sees, in both languages, light and dark, narrow and wide. Pictures go to build/screenshots.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { choose, launch, openProfile } from './support/chromium.mjs';
import { openHouse } from './support/house.mjs';
import { startRedis } from './support/redis.mjs';
import { languages, lookAt } from './support/sights.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

async function withoutRedis(t) {
  const redis = await startRedis(t);
  const house = await openHouse(t, { settings: { REDIS_URL: redis.url, SESSION_RECHECK: '0s' } });
  house.downAfter = async (work) => {
    await work();
    await redis.kill();
  };
  house.again = redis.start;
  return house;
}

const tested = (t) => openHouse(t, { settings: { ADMIN_USERS: 'alice' } });

async function signIn(page, house) {
  await page.goto(house.address);
  await choose(page, /Alice/, house.address);
}

// Each shows its page and gives the answer that brought it.
const sights = {
  error: {
    show: (page, house) => page.goto(`${house.address}/oidc/callback?state=nobody-began-this&code=x`),
    status: 400,
    words: { en: /oidc_state_missing/, ja: /oidc_state_missing/ },
  },
  'signed-out': {
    show: (page, house) => page.goto(`${house.address}/logout`),
    words: { en: /You are signed out/, ja: /サインアウトしました/ },
  },
  'sign-out-question': {
    show: async (page, house) => {
      await signIn(page, house);
      await page.goto(`${house.application.address}/another/site`);
      const [answer] = await Promise.all([
        page.waitForResponse(`${house.address}/logout`),
        page.evaluate((address) => location.assign(`${address}/logout`), house.address),
      ]);
      await page.waitForURL(`${house.address}/logout`);
      return answer;
    },
    words: { en: /Do you want to sign out/, ja: /サインアウトしますか/ },
  },
  'store-unavailable': {
    open: withoutRedis,
    show: async (page, house) => {
      await house.downAfter(() => signIn(page, house));
      const answer = await page.goto(`${house.address}/later`);
      await house.again();
      return answer;
    },
    status: 503,
    words: { en: /session_store_unavailable/, ja: /session_store_unavailable/ },
  },
  'test-start': {
    open: tested,
    show: async (page, house) => {
      await signIn(page, house);
      return page.goto(`${house.address}/oidc/test`);
    },
    words: { en: /Test a sign-in/, ja: /サインインのテスト/ },
  },
  'test-report': {
    open: tested,
    show: async (page, house) => {
      await signIn(page, house);
      await page.goto(`${house.address}/oidc/test`);
      const [answer] = await Promise.all([
        page.waitForResponse((one) => one.url().includes('/oidc/callback')),
        page.locator('.door').click(),
      ]);
      await page.locator('a[download]').waitFor();
      return answer;
    },
    words: { en: /The test sign-in works/, ja: /サインインのテストに成功しました/ },
  },
};

for (const [name, { open = openHouse, show, status = 200, words }] of Object.entries(sights))
  test(`the ${name} page in English and Japanese, light and dark, narrow and wide`, async (t) => {
    const house = await open(t);
    for (const { language, locale } of languages) {
      const profile = await openProfile(t, browser, { locale });
      const answer = await show(profile.page, house);
      assert.equal(answer.status(), status);
      assert.match(await profile.page.locator('body').innerText(), words[language]);
      await lookAt(profile, { name, language, answer });
    }
  });

test('the error page shows the request id that the log has', async (t) => {
  const house = await openHouse(t);
  const { page } = await openProfile(t, browser);
  await sights.error.show(page, house);
  const [id] = (await page.locator('body').innerText()).match(/[0-9a-f]{32}/);
  await house.gate.stop();
  assert.ok(house.gate.log.includes(id));
});
