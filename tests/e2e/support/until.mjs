// SPDX-License-Identifier: Apache-2.0
// Waiting for something that comes, and no longer.
import { setTimeout as pause } from 'node:timers/promises';

// Looks every few milliseconds until `condition` gives something, which is given back.
export async function until(what, condition, limit = 20_000) {
  for (const end = Date.now() + limit; ; await pause(20)) {
    const seen = await condition();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`never came: ${what}`);
  }
}

// What a gate has written may come later than its answer: it is another stream.
export const logged = (gate, pattern) =>
  until(`${pattern} in the log`, () => pattern.test(gate.log)).catch((error) => {
    throw new Error(`${error.message}:\n${gate.log}`);
  });
