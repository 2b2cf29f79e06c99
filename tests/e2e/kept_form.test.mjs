// SPDX-License-Identifier: Apache-2.0
// A form that meets no session, in Chromium: kept over the sign-in and sent again; sign-ins that go round in circles; and
// secrets that change while people are signed in. Pictures go to build/screenshots.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as ask } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { choose, launch, openProfile } from './support/chromium.mjs';
import { openHouse } from './support/house.mjs';
import { languages, lookAt } from './support/sights.mjs';
import { logged } from './support/until.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const text = 'first line\nsecond "line" & <more> 日本語';

// An application with one form; `received` are the bodies that reached it.
async function openForms(t, encoding = 'application/x-www-form-urlencoded') {
  const received = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request.setEncoding('utf8')) body += piece;
    if (request.method === 'POST') received.push({ url: request.url, type: request.headers['content-type'], body });
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(
      request.method === 'POST'
        ? '<title>Received</title><h1>Received</h1>'
        : `<title>Form</title><form method="post" action="/orders?a=1" enctype="${encoding}"><textarea name="text"></textarea>
           <input name="submit" value="x"><input type="file" name="photo"><button id="go">Send</button></form>`,
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return { received, address: `http://127.0.0.1:${server.address().port}` };
}

async function fillAfterTheSessionEnded(t, house, options) {
  const profile = await openProfile(t, browser, options);
  const { page, context } = profile;
  await page.goto(`${house.address}/write`);
  await choose(page, 'Alice', house.address);
  await page.locator('textarea').fill(text);
  await context.clearCookies({ domain: new URL(house.address).hostname });
  return profile;
}

// The answer that brought what `page` shows by then, however it was led there.
function latestAnswer(page) {
  let latest;
  page.on('response', (one) => one.request().isNavigationRequest() && (latest = one));
  return () => latest;
}

for (const [encoding, { language, locale }] of [
  ['application/x-www-form-urlencoded', languages[0]],
  ['multipart/form-data', languages[1]],
])
  test(`a form of ${encoding} arrives as it was after a sign-in, without and with script`, async (t) => {
    const forms = await openForms(t, encoding);
    const house = await openHouse(t, { https: true, settings: { UPSTREAM_URL: forms.address } });
    for (const javaScriptEnabled of [true, false]) {
      const profile = await fillAfterTheSessionEnded(t, house, { locale, javaScriptEnabled });
      const { page } = profile;
      const latest = latestAnswer(page);
      await page.locator('#go').click();
      await page.waitForURL((url) => url.pathname.startsWith('/interaction/') || url.pathname === '/orders' || url.pathname === '/oidc/resume');
      if (page.url().includes('/interaction/')) await page.getByRole('button', { name: 'Alice' }).click();
      if (!javaScriptEnabled) {
        await page.waitForURL(/\/oidc\/resume/);
        await lookAt(profile, { name: 'kept-form', language, answer: latest() });
        await page.locator('#kept button').click();
      }
      await page.waitForURL(`${house.address}/orders?a=1`);
      assert.equal(await page.locator('h1').innerText(), 'Received');
    }
    assert.equal(forms.received.length, 2);
    const [first, second] = forms.received;
    assert.ok(first.type.startsWith(encoding));
    if (encoding.startsWith('multipart')) {
      assert.ok(first.body.includes(`name="text"\r\n\r\n${text.replace('\n', '\r\n')}\r\n`), first.body);
      assert.match(first.body, /name="photo"; filename=""/);
    } else {
      assert.equal(new URLSearchParams(first.body).get('text'), text.replace('\n', '\r\n'));
      assert.equal(first.body, second.body);
      assert.equal(new URLSearchParams(first.body).get('submit'), 'x');
    }
  });

test('a form that is too large is told to be lost, in both languages', async (t) => {
  const forms = await openForms(t);
  const house = await openHouse(t, { https: true, settings: { UPSTREAM_URL: forms.address, SESSION_KEEP_FORM: '10B' } });
  for (const { language, locale } of languages) {
    const profile = await fillAfterTheSessionEnded(t, house, { locale });
    const { page } = profile;
    const [answer] = await Promise.all([
      page.waitForResponse((one) => one.request().method() === 'POST'),
      page.locator('#go').click(),
    ]);
    await page.getByText('form_not_sent').waitFor();
    await lookAt(profile, { name: 'form-not-sent', language, answer });
  }
  assert.equal(forms.received.length, 0);
});

// A proxy in front that drops the session's cookie and no other.
async function openFront(t) {
  const front = { to: 0 };
  const server = createServer((request, response) => {
    const onward = { port: front.to, host: '127.0.0.1', method: request.method, path: request.url, headers: request.headers };
    const call = ask(onward, (answer) => {
      const headers = { ...answer.headers };
      headers['set-cookie'] = headers['set-cookie']?.filter((one) => !/^sekisho(_session)?=/.test(one)) ?? [];
      response.writeHead(answer.statusCode, headers);
      answer.pipe(response);
    });
    call.on('error', () => response.destroy());
    request.pipe(call);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  front.address = `http://localhost:${server.address().port}`;
  return front;
}

test('sign-ins whose session is not kept stop at a page that names the cause', async (t) => {
  const front = await openFront(t);
  const house = await openHouse(t, {
    registration: { redirect_uris: [`${front.address}/oidc/callback`] },
    settings: { SERVER_PUBLIC_URL: front.address },
  });
  front.to = new URL(house.address).port;
  for (const { language, locale } of languages) {
    const profile = await openProfile(t, browser, { locale });
    const { page } = profile;
    await page.goto(`${front.address}/reports`);
    const latest = latestAnswer(page);
    await page.getByRole('button', { name: 'Alice' }).click();
    await page.getByText('sign_in_loop').waitFor(); // round and round by itself, and then no more
    assert.equal(new URL(page.url()).pathname, '/reports');
    await lookAt(profile, { name: 'sign-in-loop', language, answer: latest() });
  }
  await logged(house.gate, /sign_in_loop.*a proxy in front drops/);
});

test('the secret of sessions changes by its files, and nobody is signed out', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-secret-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const [old, fresh] = [randomBytes(32), randomBytes(32)].map((one) => one.toString('base64url'));
  const replace = (name, value) => {
    writeFileSync(join(folder, `${name}.new`), value);
    renameSync(join(folder, `${name}.new`), join(folder, name));
  };
  replace('secret', old);
  replace('previous', old);
  const house = await openHouse(t, {
    settings: {
      SESSION_SECRET: undefined,
      SESSION_SECRET_FILE: join(folder, 'secret'),
      SESSION_SECRET_PREVIOUS_FILE: join(folder, 'previous'),
    },
  });
  const visitor = house.browser();
  await visitor.signIn(`${house.address}/json`, 'alice');
  replace('secret', fresh);
  await logged(house.gate, /settings\.reloaded/);
  assert.match(house.gate.log, /settings\.files_changed.*secret/);
  assert.equal((await visitor.request(`${house.address}/oidc/session`)).status, 200);
  assert.ok(!house.gate.log.includes(fresh) && !house.gate.log.includes(old));
  // One that is of no use is told, and the one before stays.
  replace('secret', 'short');
  await logged(house.gate, /settings\.kept/);
  assert.equal((await visitor.request(`${house.address}/oidc/session`)).status, 200);
});
