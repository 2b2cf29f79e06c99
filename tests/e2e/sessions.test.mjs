// SPDX-License-Identifier: Apache-2.0
// `sekisho session` against the running gate: who has a session, and ending it closes what is open.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { test } from 'node:test';

import { openEvents } from './support/events.mjs';
import { binary, openHouse } from './support/house.mjs';

const token = randomBytes(32).toString('base64url');

// Runs `sekisho session …` with nothing but `settings` in its environment: { status, out, err }.
function session(commandLine, settings) {
  return new Promise((resolve) => {
    const options = { env: { PATH: process.env.PATH, ...settings }, timeout: 30_000 };
    const run = execFile(binary, ['session', ...commandLine], options, (error, out, err) =>
      resolve({ status: error ? error.code : 0, out, err }),
    );
    run.stdin.end();
  });
}

async function openOffice(t) {
  const house = await openHouse(t, { settings: { ADMIN_TOKEN: token } });
  const place = { ADMIN_LISTEN: new URL(house.admin).host };
  return { house, place, with: (...commandLine) => session(commandLine, { ...place, ADMIN_TOKEN: token }) };
}

const statusOf = async (house, browser) =>
  (await browser.request(`${house.address}/json`, { headers: { accept: 'application/json' } })).status;

test('an administrator lists sessions, ends those of one person and then all, and what is open is cut off', async (t) => {
  const { house, with: administer } = await openOffice(t);
  const alice = house.browser();
  await alice.signIn(house.address, 'alice');
  const taro = house.browser();
  await taro.signIn(house.address, 'taro');

  const table = await administer('list');
  assert.equal(table.status, 0, table.err);
  assert.match(table.out, /^USER +PROVIDER +SINCE \(UTC\) +LAST USE +ADDRESS +ID\n/);
  assert.equal(table.out.trim().split('\n').length, 3);
  assert.match(table.out, /^alice .* default +\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ +\d+s ago +(127\.0\.0\.1|::1) +\S{43}$/m);
  const listed = await administer('list', '--user', 'taro', '--json');
  const { sessions } = JSON.parse(listed.out);
  assert.deepEqual(sessions.map((one) => one.user), ['taro']);
  assert.equal(sessions[0].issuer, house.provider.issuer);

  const hers = await openEvents(house.address, alice);
  const his = await openEvents(house.address, taro);
  const began = Date.now();
  const ended = await administer('end', '--user', 'alice');
  assert.deepEqual([ended.status, ended.out], [0, '1 session ended\n'], ended.err);
  assert.notEqual(await hers.closed, 'complete', 'nobody takes it for all there was');
  assert.ok(Date.now() - began < 2500, 'within two seconds, and the time of the command');
  assert.equal(await statusOf(house, alice), 401);
  assert.equal(await statusOf(house, taro), 200);
  const next = once(his.response, 'data');
  assert.equal((await taro.request(`${house.address}/events/next`)).status, 200);
  assert.equal((await next)[0].toString(), 'data: 1\n\n', 'somebody else goes on');

  const unsure = await administer('end', '--everybody');
  assert.equal(unsure.status, 1);
  assert.match(unsure.err, /--yes/);
  assert.equal(await statusOf(house, taro), 200);
  assert.equal((await administer('end', sessions[0].id)).out, '1 session ended\n');
  assert.notEqual(await his.closed, 'complete');
  assert.equal(await statusOf(house, taro), 401);

  const again = house.browser();
  await again.signIn(house.address, 'alice');
  assert.equal((await administer('end', '--everybody', '--yes')).out, '1 session ended\n');
  assert.equal(await statusOf(house, again), 401);
  assert.equal((await administer('list')).out, 'nobody has a session\n');
  await house.gate.stop();
  assert.equal(house.gate.log.match(/audit.*action=sessions\.end/g).length, 3);
  assert.ok(!house.gate.log.includes(token));
});

test('session says what is missing: a token, the right one, a gate', async (t) => {
  const { place, house } = await openOffice(t);
  const none = await session(['list'], place);
  assert.deepEqual([none.status, none.err], [1, none.err.match(/admin\.token is not set.*\n/)?.[0]]);
  const wrong = await session(['list'], { ...place, ADMIN_TOKEN: 'x'.repeat(32) });
  assert.equal(wrong.status, 1);
  assert.match(wrong.err, /does not take this admin\.token/);
  await house.gate.stop();
  const nobody = await session(['list'], { ...place, ADMIN_TOKEN: token });
  assert.equal(nobody.status, 1);
  assert.match(nobody.err, /no answer at admin\.listen 127\.0\.0\.1:\d+/);
  assert.equal((await session(['end'], place)).status, 2);
});
