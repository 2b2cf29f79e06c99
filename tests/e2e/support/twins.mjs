// SPDX-License-Identifier: Apache-2.0
// Two gates that share one Redis, before one application and one provider.
import { freePort, startGate } from '../../../deploy/demo/gate.mjs';
import { binary, fieldsByMeaning, openHouse } from './house.mjs';
import { startRedis } from './redis.mjs';

export const secret = 'a secret that both replicas have, of more than 32 bytes';

// A house with two gates before one application: { house, redis, first, second, gates }, the third and fourth
// addresses.
export async function openTwins(t, { store = 'redis', settings = {}, provider = {}, registration } = {}) {
  const redis = await startRedis(t);
  const shared = {
    SESSION_SECRET: secret,
    SESSION_STORE: store,
    REDIS_URL: redis.url,
    REDIS_TIMEOUT: '500ms',
    ...settings,
  };
  const house = await openHouse(t, { settings: shared, provider, registration });
  const port = await freePort();
  const adminPort = await freePort();
  const second = await startGate(binary, {
    SERVER_LISTEN: `127.0.0.1:${port}`,
    SERVER_PUBLIC_URL: house.address,
    SERVER_WORKERS: '2',
    UPSTREAM_URL: house.application.address,
    ADMIN_LISTEN: `127.0.0.1:${adminPort}`,
    LOG_FORMAT: 'text',
    OIDC_ISSUER: house.provider.issuer,
    OIDC_CLIENT_ID: 'demo-public',
    ...shared,
  });
  house.ends.push(second.stop);
  return { house, redis, first: house.address, second: `http://localhost:${port}`, gates: [house.gate, second] };
}

export const statusAt = async (browser, address, path = '/some/page') =>
  (await browser.request(`${address}${path}`, { headers: { accept: 'application/json' } })).status;

export const lastSeen = (house) => fieldsByMeaning(house.seen.application.at(-1).rawHeaders);

// What tokens that renew every two seconds need; each refresh token is good for one use.
export const renewing = {
  settings: {
    OIDC_SCOPES: 'openid profile email offline_access',
    OIDC_PROMPT: 'consent',
    SESSION_REFRESH_INTERVAL: '2s',
    SESSION_REFRESH_BEFORE: '1s',
    IDENTITY_ACCESS_TOKEN_HEADER: 'X-Access-Token',
  },
  registration: () => ({ grant_types: ['authorization_code', 'refresh_token'] }),
  provider: {
    adjust: (settings) => ({
      ...settings,
      rotateRefreshToken: true,
      issueRefreshToken: async (ctx, client) => client.grantTypeAllowed('refresh_token'),
    }),
  },
};
