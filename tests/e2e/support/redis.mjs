// SPDX-License-Identifier: Apache-2.0
// A real Redis for one test: nothing in it is lost when it is killed.
import { spawn } from 'node:child_process';
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

// Starts redis-server on a free loopback port: { url, kill(), start() }. Ends with the test.
export async function startRedis(t) {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-redis-'));
  const redis = { url: `redis://127.0.0.1:${port}/0` };
  let child;
  redis.start = async () => {
    child = spawn(
      'redis-server',
      ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '']
        .concat(['--appendonly', 'yes', '--appendfsync', 'always']),
      { stdio: 'ignore' },
    );
    await until('an answer of redis-server', () => ping(port), 10_000);
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
