// SPDX-License-Identifier: Apache-2.0
// A provider as a child process: started, known to answer, ended with everything it started.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setInterval } from 'node:timers/promises';

import { send } from '../../../deploy/demo/browser.mjs';

// Starts `command` and resolves when a GET of `url` gives 200 (`ca` is what it is trusted by): { log, stop }. Rejects
// with what it wrote when it ends or does not answer in time. `tidy` is called when it has ended, either way.
export async function startProcess(command, args, { url, ca, env = {}, cwd, seconds = 60, tidy = () => {} }) {
  const child = spawn(command, args, {
    cwd,
    detached: true, // a group of its own: what it starts ends with it
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LANG: 'C.UTF-8', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const started = { log: '', stop: () => stop(child, exited).finally(tidy) };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (started.log += bytes));
  const until = Date.now() + seconds * 1000;
  try {
    for await (const _ of setInterval(200)) {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`${command} ended`);
      const answer = await send(url, { ca }).catch(() => undefined);
      if (answer?.status === 200) return started;
      if (Date.now() > until) throw new Error(`${command} does not answer at ${url} after ${seconds} s (${answer?.status})`);
    }
  } catch (error) {
    await started.stop();
    throw new Error(`${error.message}:\n${started.log.slice(0, 4000)}`, { cause: error });
  }
}

async function stop(child, exited) {
  if (child.pid === undefined) return;
  const signal = (name) => {
    try {
      process.kill(-child.pid, name);
    } catch {
      // nobody of the group is left
    }
  };
  signal('SIGTERM');
  await Promise.race([exited, once(AbortSignal.timeout(10_000), 'abort')]);
  signal('SIGKILL'); // itself, or what it left behind
  await exited;
}
