// SPDX-License-Identifier: Apache-2.0
// What every page of ours is held to, as people see it. Pictures go to build/screenshots.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { screenshots } from './house.mjs';

export const languages = [
  { language: 'en', locale: 'en-GB' },
  { language: 'ja', locale: 'ja-JP' },
];
const schemes = ['light', 'dark'];
const sizes = [[390, 760], [1280, 800]];

// In the page: texts that do not stand out from what is behind them (WCAG 2, 1.4.3: 4.5 to 1), texts that are cut off, and
// things to press that cover one another or are too small (2.5.8).
function faultsOfSight() {
  const faults = [];
  const parse = (color) => color.match(/[\d.]+/g).map(Number);
  const luminance = ([r, g, b]) =>
    [r, g, b].reduce((sum, value, i) => {
      const c = value / 255;
      return sum + [0.2126, 0.7152, 0.0722][i] * (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    }, 0);
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor);
      if (color[3] !== 0) return color;
    }
    return dark ? [18, 18, 18] : [255, 255, 255];
  };
  const isSeen = (element) => element.checkVisibility() && element.getClientRects().length > 0;
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const text = words.currentNode.textContent.trim();
    const element = words.currentNode.parentElement;
    if (!text || !isSeen(element) || element.closest('script, style, noscript, :disabled')) continue;
    const [low, high] = [luminance(behind(element)), luminance(parse(getComputedStyle(element).color))].sort((a, b) => a - b);
    const contrast = (high + 0.05) / (low + 0.05);
    if (contrast < 4.5) faults.push(`contrast ${contrast.toFixed(2)} of "${text}"`);
    const { overflowX } = getComputedStyle(element);
    if (overflowX !== 'visible' && element.scrollWidth > element.clientWidth) faults.push(`cut off: "${text}"`);
  }
  const pressed = [...document.querySelectorAll('a, button, input, summary')].filter((one) => isSeen(one));
  const boxes = pressed.map((one) => one.getBoundingClientRect());
  boxes.forEach((a, i) => {
    const name = pressed[i].textContent.trim() || pressed[i].id;
    if (a.height < 20 || a.width < 20) faults.push(`"${name}" is ${a.width} by ${a.height}`);
    boxes.slice(i + 1).forEach((b) => {
      if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) faults.push(`"${name}" is covered`);
    });
  });
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) faults.push(`${wide} px too wide`);
  return faults;
}

// Holds the page that is open in `profile` (of openProfile) to it in light and dark, narrow and wide, and takes a picture
// of each: NAME-LANGUAGE-SCHEME-WIDTH.png. `answer` is the response that brought the page.
export async function lookAt({ page, complaints }, { name, language, answer, sizes: these = sizes }) {
  mkdirSync(screenshots, { recursive: true });
  assert.equal(await page.locator('html').getAttribute('lang'), language);
  assert.equal(await page.locator('h1').count(), 1);
  assert.ok((await page.title()).length > 0);
  for (const colorScheme of schemes)
    for (const [width, height] of these) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height });
      assert.deepEqual(await page.evaluate(faultsOfSight), [], `${name} in ${language}, ${colorScheme}, ${width} px`);
      const file = `${name}-${language}-${colorScheme}-${width}.png`;
      await page.screenshot({ path: join(screenshots, file), fullPage: true });
    }
  const outside = await page.evaluate(() => performance.getEntriesByType('resource').map((one) => one.name));
  assert.deepEqual(outside.filter((one) => !one.startsWith('data:') && !one.endsWith('/favicon.ico')), []);
  assert.deepEqual(complaints.filter((one) => !/Failed to load resource/.test(one)), []);
  const headers = answer.headers();
  assert.match(headers['content-security-policy'], /default-src 'none'/);
  assert.match(headers['cache-control'], /no-store/);
  assert.equal(headers['x-content-type-options'], 'nosniff');
}
