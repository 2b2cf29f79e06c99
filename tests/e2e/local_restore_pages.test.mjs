// SPDX-License-Identifier: Apache-2.0
// While local restore is on every page of ours says so, whoever sees it; when it is off none does.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { formsOf } from '../../deploy/demo/browser.mjs';
import { freePort } from '../../deploy/demo/gate.mjs';
import { openHouse } from './support/house.mjs';
import { startRedis } from './support/redis.mjs';
import { logged, until } from './support/until.mjs';

const notices = {
  en: 'Local restore is on: sign-in at the identity provider is switched off.',
  ja: 'ローカル復旧モードが有効です。ID プロバイダーでのサインインは停止しています。',
};

const says = (page) => page.text.match(/<p class="alarm" role="status">(.*?)<\/p>/)?.[1];

async function openRepair(t, language, settings) {
  const house = await openHouse(t, {
    providerPort: await freePort(),
    settings: { LOG_FORMAT: 'json', ADMIN_GROUPS: 'admins', LOCAL_USER: 'repair', LOCAL_GROUPS: 'admins', ...settings },
  });
  return { house, browser: house.browser({ headers: { 'accept-language': language } }) };
}

async function signInLocally(house, browser) {
  const [, password] = (await logged(house.gate, /local_restore\.password/), house.gate.log.match(/"password":"([^"]+)"/));
  const page = await browser.visit(`${house.address}/oidc/local`);
  const [form] = formsOf(page.text);
  const answer = await browser.submit(page, form.action, { ...form.fields, password });
  assert.equal(answer.status, 303, answer.text);
  return page;
}

for (const [language, notice] of Object.entries(notices)) {
  test(`${language}: sign-in, test, error, confirmation, signed-out and 503 page all say that the mode is on`, async (t) => {
    const redis = await startRedis(t);
    const settings = { LOCAL_RESTORE: 'true', REDIS_URL: redis.url, REDIS_TIMEOUT: '500ms', SESSION_RECHECK: '0s' };
    const { house, browser } = await openRepair(t, language, settings);
    const expect = (page, status, what) => {
      assert.equal(page.status, status, `${what}: ${page.text.match(/<main>.*/s)?.[0]}`);
      assert.equal(page.headers['content-language'], language, what);
      assert.equal(says(page), notice, what);
    };
    const open = (path, headers = {}) => browser.visit(`${house.address}${path}`, { headers });

    expect(await open('/oidc/test'), 401, 'a refusal to somebody who is not signed in');
    expect(await open('/oidc/callback?code=x&state=y'), 400, 'an error of a sign-in');
    expect(await signInLocally(house, browser), 200, 'the page to sign in');
    expect(await open('/oidc/test'), 200, 'the test page');
    expect(await open('/a%00b'), 400, 'a target that cannot be read');
    expect(await open('/logout', { 'sec-fetch-site': 'cross-site' }), 200, 'the page that asks before a sign-out');

    await redis.kill();
    const down = await until('a store that is seen to be down', async () => {
      const answer = await open('/page');
      return answer.status !== 200 && answer;
    });
    expect(down, 503, 'the store is down');
    await redis.start();
    await until('the session again', async () => (await open('/page')).status === 200);

    expect(await open('/logout', { 'sec-fetch-site': 'same-origin' }), 200, 'the page after a sign-out');
    expect(await open('/page'), 200, 'and whoever comes now');
  });

  test(`${language}: while the mode is off no page speaks of it`, async (t) => {
    const { house, browser } = await openRepair(t, language);
    for (const path of ['/oidc/test', '/oidc/callback?code=x&state=y', '/page', '/logout']) {
      const page = await browser.visit(`${house.address}${path}`, { headers: { 'sec-fetch-site': 'same-origin' } });
      assert.equal(page.headers['content-language'], language, path);
      assert.equal(says(page), undefined, path);
    }
  });
}
