// SPDX-License-Identifier: Apache-2.0
// A real Redis for one test: nothing in it is lost when it is killed.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort } from '../../../deploy/demo/gate.mjs';
import { until } from './until.mjs';

function ping(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', (bytes) => (socket.destroy(), resolve(bytes.toString().startsWith('+PONG'))));
    socket.once('error', () => resolve(false));
  });
}

// Starts redis-server on a free loopback port: { url, cli(), kill(), start(), forget() }. Ends with the test.
export async function startRedis(t) {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-redis-'));
  const redis = { url: `redis://127.0.0.1:${port}/0` };
  let child;
  const startAt = async (where) => {
    child = spawn(
      'redis-server',
      ['--port', String(where), '--bind', '127.0.0.1', '--dir', folder, '--save', '']
        .concat(['--appendonly', 'yes', '--appendfsync', 'always']),
      { stdio: 'ignore' },
    );
    await until('an answer of redis-server', () => ping(where), 10_000);
  };
  redis.start = () => startAt(port);
  const ask = (where, words) =>
    execFileSync('redis-cli', ['-p', String(where), '--raw', ...words], { encoding: 'utf8' }).trim();
  // The answer to a command, as redis-cli prints it.
  redis.cli = (...words) => ask(port, words);
  // While it is killed: what has a name like this is gone when it starts again, as if its life had ended. How many
  // they were.
  redis.forget = async (pattern) => {
    const elsewhere = await freePort();
    await startAt(elsewhere);
    const names = ask(elsewhere, ['keys', pattern]).split('\n').filter(Boolean);
    for (const name of names) ask(elsewhere, ['del', name]);
    await redis.kill();
    return names.length;
  };
  // As a machine that loses its power.
  redis.kill = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  t.after(async () => {
    await redis.kill();
    rmSync(folder, { recursive: true });
  });
  await redis.start();
  return redis;
}
