// SPDX-License-Identifier: Apache-2.0
// session.max_per_person as people meet it: the third browser is refused, or the one that is longest unused asks again.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { openHouse } from './support/house.mjs';
import { until } from './support/until.mjs';

const asking = { accept: 'application/json' };

const statusOf = async (house, browser) => (await browser.request(`${house.address}/page`, { headers: asking })).status;

const second = () => Math.floor(Date.now() / 1000);

// Alice in `count` browsers, each in a second of its own: so exactly is it known who was here last.
async function signInSeveral(house, count) {
  const browsers = [];
  while (browsers.length < count) {
    const browser = house.browser();
    const answer = await browser.signIn(`${house.address}/page`, 'alice');
    assert.equal(answer.status, 200);
    browsers.push(browser);
    const now = second();
    await until('the next second', () => second() > now);
  }
  return browsers;
}

for (const store of ['cookie', 'memory']) {
  const limited = (rule) => ({ SESSION_STORE: store, SESSION_MAX_PER_PERSON: '2', SESSION_WHEN_TOO_MANY: rule });

  test(`store ${store}, refuse: one browser more gets a page that says so, until another one signs out`, async (t) => {
    const house = await openHouse(t, { settings: limited('refuse') });
    const [first, other] = await signInSeveral(house, 2);
    const third = house.browser();
    const refused = await third.signIn(`${house.address}/page`, 'alice');
    assert.equal(refused.status, 403);
    assert.match(refused.text, /session_limit_reached/);
    assert.equal(await statusOf(house, third), 401, 'and no session');
    assert.deepEqual([await statusOf(house, first), await statusOf(house, other)], [200, 200]);
    assert.equal((await house.browser().signIn(`${house.address}/page`, 'taro')).status, 200, 'somebody else has room');

    await first.request(`${house.address}/logout`, {
      headers: { accept: 'text/html', 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate' },
    });
    assert.equal((await house.browser().signIn(`${house.address}/page`, 'alice')).status, 200);
  });

  test(`store ${store}, end_oldest: the session that is longest unused has to sign in again`, async (t) => {
    const house = await openHouse(t, { settings: limited('end_oldest') });
    const [first, other] = await signInSeveral(house, 2);
    const taro = house.browser();
    await taro.signIn(`${house.address}/page`, 'taro');
    const [third] = await signInSeveral(house, 1);
    assert.deepEqual(
      [await statusOf(house, first), await statusOf(house, other), await statusOf(house, third)],
      [401, 200, 200],
    );
    assert.equal(await statusOf(house, taro), 200, 'nobody else is touched');
    first.visited.length = 0;
    await first.visit(`${house.address}/page`);
    assert.ok(first.visited.some(({ url }) => url.startsWith(house.provider.issuer)), 'by way of the provider');
  });
}
