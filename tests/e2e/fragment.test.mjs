// SPDX-License-Identifier: Apache-2.0
// session.keep_fragment in Chromium: what stands behind # in an address is there again after the sign-in, and was
// nowhere else meanwhile.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';

import { choose, launch, openProfile } from './support/chromium.mjs';
import { openHouse } from './support/house.mjs';
import { languages, lookAt } from './support/sights.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

// An application of one page; the gate keeps fragments before it.
async function openApplication(t, settings = {}) {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<!doctype html><title>Application</title><h1>Application</h1>');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const upstream = `http://127.0.0.1:${server.address().port}`;
  const house = await openHouse(t, {
    settings: { UPSTREAM_URL: upstream, SESSION_KEEP_FRAGMENT: 'true', ...settings },
  });
  return { house, asked };
}

// Only until the answer is there: a script of it goes on at once.
const open = (page, address) => page.goto(address, { waitUntil: 'commit' });

// What a page complains of beside the answer that is no page of the application's.
const real = (complaints) => complaints.filter((one) => !one.includes('status of 401'));

const fragments = [
  '#/deep/place?x=1',
  '#"><img src=x onerror=alert(1)>',
  "#javascript:alert(1)//';alert(1)</script>",
  '#%22%3E%0Aa%2Fb&access_token=t0ken',
  '#日本語',
];

for (const fragment of fragments)
  test(`an address with ${fragment} is the same after the sign-in`, async (t) => {
    const { house, asked } = await openApplication(t);
    const { page, context, complaints } = await openProfile(t, browser);
    const visited = [];
    page.on('request', (one) => visited.push(one.url()));
    page.on('dialog', () => complaints.push('a dialog opened'));
    const wanted = new URL(`${house.address}/app?a=1${fragment}`).href;
    await open(page, wanted);
    await page.waitForURL(/\/interaction\//);
    assert.equal(await page.evaluate(() => location.hash), '', 'nothing of it is at the provider');
    await choose(page, 'Alice', house.address);
    await page.waitForURL(wanted);
    assert.equal(await page.title(), 'Application');
    assert.deepEqual(real(complaints), []);
    assert.deepEqual(await page.evaluate(() => Object.keys(sessionStorage)), [], 'and nothing is left behind');
    assert.deepEqual(asked.filter((one) => one.startsWith('/app')), ['/app?a=1']);
    const elsewhere = visited.filter((one) => new URL(one).pathname !== '/app' && new URL(one).hash);
    assert.deepEqual(elsewhere, [], 'no other address has had a fragment');
    assert.ok(!house.gate.log.includes(new URL(wanted).hash.slice(1)), 'nor has the log');
    assert.equal((await context.cookies()).some(({ value }) => value.includes('t0ken')), false);
  });

test('a fragment of more than two kibibytes is dropped, and so is one of another address', async (t) => {
  const { house } = await openApplication(t);
  const { page } = await openProfile(t, browser);
  await open(page, `${house.address}/first#old`);
  await page.waitForURL(/\/interaction\//);
  await open(page, `${house.address}/second`); // the first sign-in is given up
  await page.waitForURL(/\/interaction\//);
  await choose(page, 'Alice', house.address);
  await page.waitForURL(`${house.address}/second`);
  assert.equal(await page.evaluate(() => location.hash), '');

  await page.context().clearCookies({ domain: new URL(house.address).hostname });
  await open(page, `${house.address}/first#${'x'.repeat(2048)}`);
  await page.waitForURL((url) => url.pathname === '/first' && !url.hash); // the provider knows Alice still
  assert.equal(await page.title(), 'Application');
});

test('without script the sign-in goes on by itself, and ends without the fragment', async (t) => {
  const { house } = await openApplication(t);
  const { page } = await openProfile(t, browser, { javaScriptEnabled: false, locale: 'ja-JP' });
  await open(page, `${house.address}/app#/deep`);
  const told = page.locator('noscript .note');
  await told.waitFor();
  assert.match(await told.textContent(), /引き継がれません/);
  await choose(page, 'Alice', house.address);
  await page.waitForURL((url) => url.pathname === '/app');
  await page.getByRole('heading', { name: 'Application' }).waitFor();
});

for (const { language, locale } of languages)
  test(`the page before the sign-in can be seen without script, in ${language}`, async (t) => {
    const { house } = await openApplication(t);
    const profile = await openProfile(t, browser, { javaScriptEnabled: false, locale });
    await profile.page.route('**/oidc/login?*', (one) => one.abort()); // so that it stays
    const answer = await open(profile.page, `${house.address}/app`);
    await profile.page.waitForLoadState();
    await lookAt(profile, { name: 'fragment', language, answer });
  });
