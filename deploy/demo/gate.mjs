// SPDX-License-Identifier: Apache-2.0
// Starts sekisho as a child process, knows when it answers, and ends it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

// Below the ports that outgoing connections take (32768 and up on Linux): one of those might have it by the time it is wanted.
const [lowest, highest] = [20_000, 32_000];
// One after the other, so that nobody gets a port which somebody else here was given and does not use yet.
let latest = lowest + Math.floor(Math.random() * (highest - lowest));
const anyPort = () => (latest = latest + 1 < highest ? latest + 1 : lowest);

// A port that was free a moment ago; `wanted` if it is one of those.
export async function freePort(wanted = anyPort(), host = '127.0.0.1') {
  const server = createServer();
  try {
    server.listen(wanted, host);
    await once(server, 'listening');
  } catch (error) {
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
    return freePort(anyPort(), host);
  }
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => (socket.destroy(), resolve(true)));
    socket.once('error', () => resolve(false));
  });
}

// Runs `binary` with `settings` as its environment (nothing else but PATH). Resolves when it listens. `onOutput` is told
// what it writes.
export async function startGate(binary, settings, onOutput = () => {}) {
  const child = spawn(binary, ['serve'], {
    env: { PATH: process.env.PATH, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const gate = { pid: child.pid, log: '', exited: once(child, 'exit'), stop: (signal = 'SIGTERM') => stop(child, gate, signal) };
  const port = Number(settings.SERVER_LISTEN.split(':').at(-1));
  let looks;
  const ready = new Promise((resolve, reject) => {
    const heard = (bytes) => {
      gate.log += bytes;
      onOutput(bytes);
    };
    // Not by what it writes: at LOG_LEVEL=warning it has nothing to say.
    looks = setInterval(() => answers(port).then((yes) => yes && resolve()), 20);
    child.stdout.on('data', heard);
    child.stderr.on('data', heard);
    child.once('error', reject);
    child.once('exit', (status, signal) => reject(new Error(`sekisho ended (${status ?? signal}):\n${gate.log}`)));
    AbortSignal.timeout(20_000).addEventListener('abort', () => reject(new Error(`sekisho does not answer:\n${gate.log}`)));
  });
  try {
    await ready;
  } catch (error) {
    await gate.stop('SIGKILL');
    throw error;
  } finally {
    clearInterval(looks);
  }
  return gate;
}

// Asks, and ends it by force when it does not go: longer than its own time for requests in flight would take.
async function stop(child, gate, signal) {
  if (child.pid === undefined) return;
  const force = AbortSignal.timeout(40_000);
  force.addEventListener('abort', () => child.kill('SIGKILL'));
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  await gate.exited;
}
