// SPDX-License-Identifier: Apache-2.0
// A provider that is not where its name says: behind an HTTP proxy that wants a password, and at another address inside
// than outside.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { Browser } from '../../deploy/demo/browser.mjs';
import { freePort } from '../../deploy/demo/gate.mjs';
import { clientsFor, startProvider } from '../../deploy/demo/provider.mjs';
import { makeCertificate } from './support/certificate.mjs';
import { openHouse, openSite } from './support/house.mjs';

const name = 'id.acme.example'; // that no resolver here knows

// A proxy that opens tunnels to `port` for whoever has the password: { port, asked, stop }.
async function startProxy(port) {
  const asked = [];
  const sockets = new Set();
  const wanted = `Basic ${Buffer.from('gate:pass word').toString('base64')}`;
  const server = http.createServer((request, response) => response.writeHead(400).end());
  server.on('connect', (request, socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    const isKnown = request.headers['proxy-authorization'] === wanted;
    asked.push({ target: request.url, isKnown });
    if (!isKnown) return socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    sockets.add(onward);
    onward.on('error', () => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  };
  return { port: server.address().port, asked, stop };
}

// Somewhere that hands every request on to `target` under the provider's public name: { address, asked, stop }.
async function startInside(target, ca) {
  const asked = [];
  const server = http.createServer((request, response) => {
    asked.push(new URL(request.url, target).pathname);
    const { host, port } = new URL(target);
    const onward = https.request(
      { host: '127.0.0.1', port, servername: name, ca, method: request.method, path: request.url, headers: { ...request.headers, host } },
      (answer) => answer.pipe(response.writeHead(answer.statusCode, answer.headers)),
    );
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { address: `http://127.0.0.1:${server.address().port}`, asked, stop };
}

// A site whose provider says that it is https://id.acme.example, which only our browsers find.
async function openFarAway(t) {
  const site = await openSite(t);
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-reach-'));
  site.ends.push(() => rmSync(folder, { recursive: true }));
  const { certificate, pem, keyPem } = makeCertificate(folder, { subject: name, names: `DNS:${name}` });
  const port = await freePort();
  const provider = await startProvider({
    port,
    publicUrl: `https://${name}:${port}`,
    clients: clientsFor(site.address),
    tls: { cert: pem, key: keyPem },
  });
  site.ends.push(provider.stop);
  const settings = { OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: 'demo-public', OIDC_USERINFO: 'always' };
  const browser = new Browser({ resolve: { [name]: '127.0.0.1' }, ca: [pem] });
  return { site, provider, port, settings, browser, certificate, pem };
}

for (const [setting, value] of [
  ['HTTPS_PROXY', (port) => `http://gate:pass%20word@127.0.0.1:${port}`],
  ['OIDC_PROXY', (port) => `gate:pass%20word@127.0.0.1:${port}`],
])
  test(`a sign-in whose calls go through the proxy of ${setting}, with its password`, async (t) => {
    const { site, port, settings, browser, certificate } = await openFarAway(t);
    const proxy = await startProxy(port);
    site.ends.push(proxy.stop);
    await site.startGate({ ...settings, OIDC_CA_FILE: certificate, [setting]: value(proxy.port) });
    const answer = await browser.signIn(`${site.address}/json`, 'alice');
    assert.equal(JSON.parse(answer.text).headers['x-forwarded-user'], 'alice');
    assert.ok(proxy.asked.length > 0);
    for (const one of proxy.asked) assert.deepEqual(one, { target: `${name}:${port}`, isKnown: true });
    assert.doesNotMatch(site.gate.log, /pass.word/);
  });

test('a proxy that refuses is named, its password is not, and the person is told that the provider is out of reach', async (t) => {
  const { site, port, settings, browser, certificate } = await openFarAway(t);
  const proxy = await startProxy(port);
  site.ends.push(proxy.stop);
  await site.startGate({ ...settings, OIDC_CA_FILE: certificate, HTTPS_PROXY: `http://gate:wrong@127.0.0.1:${proxy.port}` });
  const answer = await browser.visit(`${site.address}/json`);
  assert.equal(answer.status, 503);
  assert.match(answer.text, /oidc_metadata_fetch_failure/);
  assert.ok(proxy.asked.length > 0 && proxy.asked.every(({ isKnown }) => !isKnown));
  assert.match(site.gate.log, new RegExp(`127.0.0.1:${proxy.port}.*407`));
  assert.doesNotMatch(site.gate.log, /wrong/);
});

test('what NO_PROXY names is called without the proxy', async (t) => {
  const house = await openHouse(t, { settings: { HTTP_PROXY: 'http://127.0.0.1:9', NO_PROXY: '127.0.0.1' } });
  const answer = await house.browser().signIn(`${house.address}/json`, 'alice');
  assert.equal(JSON.parse(answer.text).headers['x-forwarded-user'], 'alice');
});

test('a provider that has another address inside is called there, and people go to the one outside', async (t) => {
  const { site, provider, settings, browser, pem } = await openFarAway(t);
  const inside = await startInside(provider.issuer, pem);
  site.ends.push(inside.stop);
  await site.startGate({ ...settings, OIDC_BACK_CHANNEL_URL: inside.address });
  const answer = await browser.signIn(`${site.address}/json`, 'alice');
  assert.equal(JSON.parse(answer.text).headers['x-forwarded-user'], 'alice');
  assert.deepEqual([...new Set(inside.asked)].sort(), ['/.well-known/openid-configuration', '/jwks', '/me', '/token']);
  assert.ok(browser.visited.some(({ url }) => url.startsWith(`${provider.issuer}/auth?`)));
});
