// SPDX-License-Identifier: Apache-2.0
// oidc-provider in a process of its own, for load: refresh tokens good for one use, ID tokens signed by Ed25519,
// everything in memory. Started by fork() with the gate's address; says { issuer }, and on any message what it has seen so far.
import { generateKeyPairSync } from 'node:crypto';

import { clientsFor, startProvider } from '../../../deploy/demo/provider.mjs';

// What the demo provider's own memory would forget above a thousand entries.
const kept = new Map();
class KeepsEverything {
  constructor(name) {
    this.name = name;
  }
  #key = (id) => `${this.name}:${id}`;
  upsert = async (id, payload) => void kept.set(this.#key(id), payload);
  find = async (id) => kept.get(this.#key(id));
  findByUid = async (uid) => [...kept].find(([key, { uid: its }]) => key.startsWith('Session:') && its === uid)?.[1];
  consume = async (id) => void (kept.get(this.#key(id)).consumed = Math.floor(Date.now() / 1000));
  destroy = async (id) => void kept.delete(this.#key(id));
  revokeByGrantId = async (grant) => {
    for (const [key, { grantId }] of kept) if (grantId === grant) kept.delete(key);
  };
}

const alg = 'EdDSA'; // of what can sign, the one that costs least here: RSA takes a quarter of a millisecond more
const { privateKey } = generateKeyPairSync('ed25519');
const told = { tokenRequests: 0, renewals: 0, refused: [] };

const { issuer, provider } = await startProvider({
  clients: clientsFor(process.argv[2]).map((one) => ({
    ...one,
    ...(one.client_id === 'demo-public' && { grant_types: ['authorization_code', 'refresh_token'] }),
    id_token_signed_response_alg: alg,
  })),
  adjust: (settings) => ({
    ...settings,
    adapter: KeepsEverything,
    enabledJWA: { idTokenSigningAlgValues: [alg] },
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'load', use: 'sig', alg }] },
    rotateRefreshToken: true,
    ttl: { ...settings.ttl, RefreshToken: 3600 },
    issueRefreshToken: async (ctx, client) => client.grantTypeAllowed('refresh_token'),
  }),
  seen: ({ method, url }) => (told.tokenRequests += method === 'POST' && url === '/token'),
});
provider.on('grant.success', (ctx) => (told.renewals += ctx.oidc.params.grant_type === 'refresh_token'));
provider.on('grant.error', (ctx, error) => told.refused.push(error.error_description ?? error.message));

process.on('message', () => process.send({ ...told, cpu: process.cpuUsage() }));
process.on('disconnect', () => process.exit(0));
process.send({ issuer });
