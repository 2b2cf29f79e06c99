// SPDX-License-Identifier: Apache-2.0
// A page of the application notices that the person's session at the provider changed, and what became of ours (OpenID
// Connect Session Management 1.0), in Chromium.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { gateCookies, launch, openProfile } from './support/chromium.mjs';
import { openSite } from './support/house.mjs';
import { until } from './support/until.mjs';
import { startWatchedProvider } from './support/watched_provider.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

// Alice, signed in, with a page of the application that has our frame: { site, provider, page, context, ... }.
async function openWatched(t, host, settings = {}) {
  const site = await openSite(t);
  const provider = await startWatchedProvider({ host });
  site.ends.push(provider.stop);
  await site.startGate({
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: 'gate',
    SESSION_CHECK_SESSION: 'true',
    ...settings,
  });
  const { page, context } = await openProfile(t, browser);
  await page.goto(`${site.address}/page`);
  await page.evaluate(() => {
    window.told = [];
    addEventListener('message', ({ origin, data }) => {
      if (origin === location.origin && data?.type === 'sekisho.session') window.told.push(data.state);
    });
    const frame = document.createElement('iframe');
    frame.src = '/oidc/check-session';
    document.body.append(frame);
  });
  const told = () => page.evaluate(() => window.told);
  const status = async () => (await context.request.get(`${site.address}/oidc/session`)).status();
  const mark = () => page.evaluate(() => localStorage.getItem('sekisho.check-session'));
  const elsewhere = async (path) => {
    const other = await context.newPage();
    await other.goto(`${provider.issuer}${path}`);
    await other.close();
  };
  return { site, provider, page, context, told, status, mark, elsewhere };
}

for (const store of ['cookie', 'memory'])
  test(`store ${store}: signed in again at the provider, the session goes on with its new session_state`, async (t) => {
    const { provider, told, status, mark, elsewhere } = await openWatched(t, 'localhost', { SESSION_STORE: store });
    const first = await until('"unchanged"', mark);
    assert.match(first, /^gate /);
    await elsewhere('/in?as=alice');
    await until('what the page is told', async () => (await told()).length > 0);
    assert.deepEqual(await told(), ['unchanged']);
    assert.equal(await status(), 200);
    // The frame goes on with the new one, which the provider knows.
    await until('another "unchanged"', async () => ![first, null].includes(await mark()));
    assert.equal(provider.silent, 1);
  });

for (const [what, path] of [
  ['signed out', '/out'],
  ['somebody else', '/in?as=bob'],
])
  test(`${what} at the provider, the session ends here too`, async (t) => {
    const { site, context, told, status, mark, elsewhere } = await openWatched(t, 'localhost');
    await until('"unchanged"', mark);
    const copy = (await gateCookies(context, site.address)).map(({ name, value }) => `${name}=${value}`).join('; ');
    await elsewhere(path);
    await until('what the page is told', async () => (await told()).length > 0);
    assert.deepEqual(await told(), ['ended']);
    assert.equal(await status(), 401);
    const again = await site.browser().request(`${site.address}/json`, { headers: { accept: 'application/json', cookie: copy } });
    assert.equal(again.status, 401, 'ended, not forgotten');
  });

test("where the browser keeps the provider's cookies out of frames, nothing is known and nothing ends", async (t) => {
  const { provider, told, status, mark } = await openWatched(t, '127.0.0.1');
  await until('what the page is told', async () => (await told()).length > 0);
  assert.deepEqual(await told(), ['unknown']);
  assert.equal(await mark(), null);
  assert.equal(await status(), 200);
  assert.equal(provider.silent, 0);
});
