// SPDX-License-Identifier: Apache-2.0
// Holds safe_return_address() against the URL parser that browsers have (WHATWG URL): no answer leaves our host, decoded
// once or not, and an answer other than "/" means what the browser would have made of the candidate.
// usage: node open_redirects_whatwg.mjs <open_redirects_print> <open_redirects.txt>
import { execFileSync } from 'node:child_process';

const [program, corpus] = process.argv.slice(2);
const origin = 'https://gate.example';
const rows = execFileSync(program, [corpus, origin], { encoding: 'utf8' })
  .split('\n').filter(Boolean).map((line) => JSON.parse(line));

const problems = [];
const expectOurs = (address, candidate, how) => {
  let url;
  try {
    url = new URL(address, origin + '/some/page');
  } catch (error) {
    problems.push(`${JSON.stringify(candidate)} ${how}: ${error.message}`);
    return undefined;
  }
  if (url.origin !== origin || url.username || url.password)
    problems.push(`${JSON.stringify(candidate)} ${how}: ${address} leads to ${url.href}`);
  return url;
};
const decodedPath = (address) => {
  const end = address.search(/[?#]/);
  const path = end < 0 ? address : address.slice(0, end);
  return unescape(path) + (end < 0 ? '' : address.slice(end));
};

let kept = 0;
for (const { candidate, address } of rows) {
  const url = expectOurs(address, candidate, 'as given');
  expectOurs(decodedPath(address), candidate, 'decoded once');
  if (address === '/' || !url) continue;
  kept += 1;
  const browser = new URL(candidate, origin + '/');
  if (browser.href !== url.href)
    problems.push(`${JSON.stringify(candidate)}: a browser reads ${browser.href}, we gave ${address}`);
}

// The test itself must be able to fail: an address that is known to be evil is noticed.
const before = problems.length;
expectOurs('/\\evil.example', 'self-check', 'as given');
if (problems.length !== before + 1) throw new Error('the self-check did not notice an evil address');
problems.pop();

if (rows.length < 200) problems.push(`only ${rows.length} payloads`);
if (kept === 0) problems.push('every payload was refused, so nothing was compared');
for (const problem of problems) console.error(problem);
console.log(`${rows.length} payloads, ${kept} kept on our host, ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
