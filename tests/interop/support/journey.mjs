// SPDX-License-Identifier: Apache-2.0
// What is the same at every provider: what the application is told, and that a signed-out person is nobody again.
import assert from 'node:assert/strict';

import { until } from '../../e2e/support/until.mjs';

// Who the application was told is there, from its answer to /json.
export function toldIdentity(answer, { gate }) {
  const refusals = gate.log.split('\n').filter((line) => / refused code=/.test(line));
  assert.equal(answer.status, 200, `the application is not reached: ${answer.status} at ${answer.url}\n${refusals.join('\n')}`);
  const { headers } = JSON.parse(answer.text);
  return {
    user: headers['x-forwarded-user'],
    username: headers['x-forwarded-preferred-username'],
    email: headers['x-forwarded-email'],
    groups: headers['x-forwarded-groups']?.split(/, ?/).sort() ?? [],
  };
}

// Asks the gate to sign out: the page where the browser is then, which is the provider's when it asks something.
export const askToSignOut = (browser, { address }) =>
  browser.visit(`${address}/logout`, { headers: { 'sec-fetch-site': 'same-origin' } });

// `end` is the last page of a sign-out: ours, with nothing left in the browser and no way in without the provider.
export async function assertSignedOut(browser, { address }, end) {
  assert.equal(end.url.href.replace(/\?.*/, ''), `${address}/logout`, `signing out ends with ${end.status} at ${end.url}`);
  assert.match(end.text, /signed out/i);
  assert.equal(browser.jar.header(`${address}/`), '', 'no cookie of ours is left');
  const program = await browser.request(`${address}/json`, { headers: { accept: 'application/json' } });
  assert.equal(program.status, 401);
}

// A sign-in that must not succeed: `answer` is our page with `code`, and the application has heard nothing.
export function assertRefused(answer, site, code, status) {
  assert.match(answer.text, new RegExp(code), `${answer.status} at ${answer.url}: ${site.gate.log}`);
  assert.equal(answer.status, status);
  assert.equal(answer.url.origin, site.address, 'the refusal is our page');
  assert.equal(site.seen.application.length, 0);
}

// Settings with which tokens are renewed while somebody watches.
export const renewing = { SESSION_REFRESH_INTERVAL: '2s', IDENTITY_ACCESS_TOKEN_HEADER: 'X-Access-Token' };

// Comes again until the tokens of a signed-in browser were renewed twice: other access tokens, the same person.
export async function assertRenewed(browser, site) {
  const seen = new Set();
  let user;
  const hasThree = async () => {
    const answer = await browser.request(`${site.address}/json`, { headers: { accept: 'application/json' } });
    assert.equal(answer.status, 200, `signed out meanwhile: ${site.gate.log}`);
    const { headers } = JSON.parse(answer.text);
    user ??= headers['x-forwarded-user'];
    assert.equal(headers['x-forwarded-user'], user);
    seen.add(headers['x-access-token']);
    return seen.size >= 3;
  };
  await until('a third access token', hasThree, 30_000).catch((error) => {
    throw new Error(`${error.message}; ${seen.size - 1} renewals: ${site.gate.log}`);
  });
}
