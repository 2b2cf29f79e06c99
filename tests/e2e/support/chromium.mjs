// SPDX-License-Identifier: Apache-2.0
// The system's Chromium, and what a person does at the demo provider's pages.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chromium } from 'playwright-core';

const executablePath =
  process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/snap/bin/chromium'].find(existsSync);

const switches = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP gate.test 127.0.0.1',
];

// `args` are further switches.
export const launch = ({ args = [] } = {}) => chromium.launch({ executablePath, args: [...switches, ...args] });

// The browser of one person, who closes and opens it: { open(), close() }. open() gives { context, page }, with what the
// browser has kept since the last time.
export function ownBrowser(t) {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-profile-'));
  let context;
  const close = async () => {
    await context?.close();
    context = undefined;
  };
  t.after(async () => {
    await close();
    rmSync(folder, { recursive: true });
  });
  const open = async () => {
    context = await chromium.launchPersistentContext(folder, { executablePath, args: switches, locale: 'en-GB' });
    context.setDefaultTimeout(15_000);
    return { context, page: context.pages()[0] };
  };
  return { open, close };
}

// A fresh profile in `browser` whose page reports what goes wrong in it: { context, page, complaints }.
export async function openProfile(t, browser, options = {}) {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, ...options });
  context.setDefaultTimeout(15_000);
  t.after(() => context.close());
  const complaints = [];
  const page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  return { context, page, complaints };
}

// Chooses a person at the provider's page and waits until the browser is back at `address`.
export async function choose(page, name, address) {
  await page.waitForURL(/\/interaction\//);
  await Promise.all([
    page.waitForURL((url) => url.href.startsWith(address) && !url.pathname.startsWith('/oidc/callback')),
    page.getByRole('button', { name }).click(),
  ]);
}

// The cookies that the gate has put into a profile; the provider's, on another host, are not among them.
export async function gateCookies(context, address) {
  const { hostname } = new URL(address);
  return (await context.cookies()).filter((one) => one.domain.replace(/^\./, '') === hostname);
}

// Of these the session's own: without the count of sign-ins and the hint for signing out.
export const lastingCookies = async (context, address) =>
  (await gateCookies(context, address)).filter(({ name }) => !name.includes('sekisho_signin_'));
