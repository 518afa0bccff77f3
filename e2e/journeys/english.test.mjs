// Somebody who reads no Vietnamese: finds what is late, sends a petition, is told what to mend, and an officer works.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch, person, signIn, sound } from '../lib/browser.mjs';
import { startServer } from '../lib/server.mjs';

let server;
let browser;
before(async () => {
  server = await startServer();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

for (const width of [390, 1440]) {
  test(`a visitor reads the product in English at ${width}`, async () => {
    const { context, page } = await person(browser, server.url, width);
    await page.goto('/');
    if (width === 390) await page.getByText('Mục lục', { exact: true }).click();
    await page.locator('a[data-tongue]:visible').first().click();
    await page.getByRole('heading', { name: 'Latest news' }).waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    await sound(page, 'home in English');
    await page.goto('/en/phan-anh/gui');
    await page.getByRole('button', { name: /^(Send|Review|Continue|Check)/ }).first().click();
    await page.locator('#loi, :invalid').first().waitFor();
    await sound(page, 'the form of a petition in English');
    await page.goto('/en/ket-qua');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await sound(page, 'results in English');
    if (width === 390) await page.getByText('Menu', { exact: true }).click();
    await page.locator('a[data-tongue]:visible').first().click();
    await page.waitForURL(/\/ket-qua$/);
    assert.equal(await page.locator('html').getAttribute('lang'), 'vi');
    await context.close();
  });
}

test('an officer works in English, and what colleagues wrote says that it is Vietnamese', async () => {
  const { context, page } = await person(browser, server.url, 1440);
  await signIn(page, 'xa-namcan');
  await page.goto('/en/viec');
  await page.getByRole('heading', { name: 'Today’s work' }).waitFor();
  assert.ok((await page.locator('main [lang="vi"]').count()) > 0);
  await sound(page, 'work of today in English');
  await page.locator('main a[href$="/bao-cao"]').first().click();
  await page.waitForURL(/\/en\/nhiem-vu\/.*\/bao-cao$/);
  await sound(page, 'a report in English');
  const strays = await page.locator('a[href^="/"]:not([data-tongue])').evaluateAll((all) =>
    all.map((it) => it.getAttribute('href')).filter((it) => it !== '/en' && !it.startsWith('/en/')));
  assert.deepEqual(strays, []);
  await context.close();
});
