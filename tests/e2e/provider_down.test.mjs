// SPDX-License-Identifier: Apache-2.0
// A provider that is not there when sekisho starts.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { freePort } from '../../deploy/demo/gate.mjs';
import { openHouse } from './support/house.mjs';

// Asks until the answer is what is hoped for: the back-off of the gate decides when, the limit here only ends a failure.
async function until(ask, isHopedFor) {
  const limit = AbortSignal.timeout(60_000);
  for (;;) {
    const answer = await ask();
    if (isHopedFor(answer)) return answer;
    if (limit.aborted) assert.fail(`still ${answer.status} at ${answer.url}`);
  }
}

test('with the provider down sekisho starts, says so on a page, and recovers by itself', async (t) => {
  const house = await openHouse(t, { providerPort: await freePort() });
  const navigation = { headers: { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' } };

  const alive = await house.browser().request(`${house.admin}/healthz`);
  assert.equal(alive.status, 200);
  const ready = await house.browser().request(`${house.admin}/readyz`);
  assert.equal(ready.status, 503);
  const page = await house.browser().request(house.address, navigation);
  assert.equal(page.status, 503);
  assert.match(page.text, /oidc_metadata_fetch_failure/);

  await house.startProvider();
  await until(
    () => house.browser().request(house.address, navigation),
    (answer) => answer.headers.location?.startsWith(house.provider.issuer),
  );
  const reached = await house.browser().signIn(`${house.address}/json`, 'alice');
  assert.equal(JSON.parse(reached.text).headers['x-forwarded-user'], 'alice');
  const readyAgain = await house.browser().request(`${house.admin}/readyz`);
  assert.equal(readyAgain.status, 200);
});
