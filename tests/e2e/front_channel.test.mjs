// SPDX-License-Identifier: Apache-2.0
// A provider's page on another site ends a session by a frame (Front-Channel Logout 1.0), in Chromium that keeps
// third-party cookies out of frames.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';

import { choose, gateCookies, launch, openProfile } from './support/chromium.mjs';
import { fieldsByMeaning, openHouse } from './support/house.mjs';
import { logged } from './support/until.mjs';

// A page on another site than the gate's with a frame of `address`: its own address.
async function openFramingPage(house, address) {
  const server = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(`<title>Signed out</title><iframe src="${address.replaceAll('&', '&amp;')}"></iframe>`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  house.ends.push(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });
  return `http://127.0.0.1:${server.address().port}/`;
}

const adjust = (settings) => ({ ...settings, features: { ...settings.features, backchannelLogout: { enabled: true } } });
const registration = (address) => ({
  backchannel_logout_uri: `${address}/oidc/backchannel-logout`, // nobody calls it here; with it ID tokens have a sid
  backchannel_logout_session_required: true,
});

let chromium;
before(async () => (chromium = await launch({ args: ['--test-third-party-cookie-phaseout'] })));
after(() => chromium.close());

// Signs Alice in: { house, page, sid, call, cookie }. call(told) is the address for a frame, `cookie` a copy of hers.
async function openSignedIn(t, store) {
  const settings = { SESSION_STORE: store, SESSION_SAME_SITE: 'none', IDENTITY_ID_TOKEN_HEADER: 'X-Id-Token' };
  const house = await openHouse(t, { https: true, settings, registration, provider: { adjust } });
  const { page, context } = await openProfile(t, chromium);
  await page.goto(house.address);
  await choose(page, /Alice/, house.address);
  const [token] = fieldsByMeaning(house.seen.application.at(-1).rawHeaders)['x-id-token'];
  const { iss, sid } = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
  assert.ok(sid, 'the ID token names the session at the provider');
  const call = (told) => `${house.address}/oidc/frontchannel-logout?${new URLSearchParams({ iss, ...told })}`;
  const cookies = await gateCookies(context, house.address);
  assert.ok(cookies.some(({ sameSite }) => sameSite === 'None'), 'SameSite alone would let it go with a frame');
  return { house, page, sid, call, cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') };
}

// Shows `address` in a frame on another site and waits for its answer, which must have been asked for without a cookie.
async function openFrame(house, page, address) {
  const answered = page.waitForResponse(address);
  await page.goto(await openFramingPage(house, address));
  const answer = await answered;
  assert.equal(answer.status(), 200);
  assert.equal((await answer.request().allHeaders()).cookie, undefined);
}

const statusWith = async (house, cookie) =>
  (await house.browser().request(`${house.address}/page`, { headers: { accept: 'application/json', cookie } })).status;

for (const store of ['cookie', 'memory'])
  test(`store ${store}: a frame without our cookie ends the session by its sid, and no other`, async (t) => {
    const { house, page, sid, call, cookie } = await openSignedIn(t, store);
    await openFrame(house, page, call({ sid: 'somebody-elses' }));
    assert.equal(await statusWith(house, cookie), 200);
    await openFrame(house, page, call({ sid }));
    assert.equal(await statusWith(house, cookie), 401, house.gate.log);
    await logged(house.gate, /frontchannel_logout .*sessions=1/);
  });
