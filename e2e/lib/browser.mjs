// Debian's Chromium, as a person's browser at two widths.

import { AxeBuilder } from '@axe-core/playwright';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A phone and a desk. */
export const WIDTHS = [390, 1440];

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ARGUMENTS,
  });
}

/** A fresh person at `width`; every policy violation and script error fails the journey. */
export async function person(browser, url, width, options = {}) {
  const context = await browser.newContext({
    baseURL: url,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    viewport: { width, height: width < 600 ? 844 : 900 },
    ...options,
  });
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (err) => faults.push(`script: ${err.message}`));
  page.on('console', (line) => {
    if (line.type() === 'error' && /Content.Security.Policy|Refused/i.test(line.text())) {
      faults.push(line.text());
    }
  });
  return { context, page, faults };
}

/** Signs `page` in with the sample account `login`. */
export async function signIn(page, login) {
  await page.context().clearCookies();
  await page.goto('/dang-nhap');
  await page.locator('input[name="dang-nhap"]').fill(login);
  await page.locator('input[name="mat-khau"]').fill('sau-ro-57-mau');
  await page.locator('main form button:not([name])').first().click();
  await page.waitForURL((it) => !it.pathname.startsWith('/dang-nhap'));
}

/** What a page in the dark has of its own: its colours. The rest is the page by day, which `sound` looks at. */
export async function legible(page, what) {
  told(await new AxeBuilder({ page }).withRules(['color-contrast', 'link-in-text-block']).analyze(), what);
}

/** No violation that axe can find, and nothing that makes the page scroll sideways. */
export async function sound(page, what) {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  told(await new AxeBuilder({ page }).withTags(tags).analyze(), what);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.ok(overflow <= 0, `${what}: the page is ${overflow} px too wide`);
}

function told({ violations }, what) {
  const words = violations.map(
    (it) => `${it.id}: ${it.help}\n    ${it.nodes.slice(0, 3).map((n) => n.html.slice(0, 200)).join('\n    ')}`,
  );
  assert.deepEqual(words, [], `${what}: ${words.join('\n')}`);
}
