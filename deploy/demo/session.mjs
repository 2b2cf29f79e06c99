// SPDX-License-Identifier: Apache-2.0
// A provider and a signed-in session for whoever measures or scripts: starts the provider, then for each line
// "sign-in ADDRESS" on standard input signs alice in at the gate there and prints the Cookie header as a line.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

import { Browser } from './browser.mjs';
import { clientsFor, startProvider } from './provider.mjs';

const { values: options } = parseArgs({ options: { gate: { type: 'string', multiple: true }, ca: { type: 'string' } } });
const clients = options.gate.flatMap((address, index) =>
  clientsFor(address).map((client) => ({ ...client, client_id: `${client.client_id}${index ? `-${index + 1}` : ''}` })),
);
const provider = await startProvider({ clients });
console.log(provider.issuer);

for await (const line of createInterface({ input: process.stdin })) {
  const address = line.replace(/^sign-in /, '');
  const browser = new Browser({ ca: options.ca && readFileSync(options.ca) });
  await browser.signIn(address, 'alice');
  console.log(browser.jar.header(address));
}
await provider.stop();
