// What anyone sees, without script and without signing in.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { WIDTHS, launch, person, sound } from '../lib/browser.mjs';
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

for (const width of WIDTHS) {
  for (const colorScheme of ['light', 'dark']) {
    test(`results are readable without script at ${width} px, ${colorScheme}`, async () => {
      const { context, page, faults } = await person(browser, server.url, width, {
        javaScriptEnabled: true,
        colorScheme,
      });
      for (const path of [
        '/',
        '/ket-qua',
        '/ket-qua/tinh/96',
        '/ket-qua/co-quan/BKHCN',
        '/ket-qua/chuong-trinh/nq57',
        '/ket-qua/danh-sach',
        '/ket-qua/cach-tinh',
        '/tro-giup',
        '/tro-giup/nguoi-dan',
        '/tro-giup/bat-dau',
        '/tro-giup/ma-loi',
        '/he-thong-giao-dien',
        '/xem-thu',
        '/tim-kiem',
        '/tim-kiem?q=chuyen%20doi%20so',
        '/tim-kiem?q=khong%20co%20gi%20nhu%20the',
        '/dang-nhap',
      ]) {
        const answer = await page.goto(path);
        assert.equal(answer.status(), 200, path);
        await sound(page, path);
      }
      assert.equal(await page.locator('script').count(), 0, 'public pages carry no script');
      assert.deepEqual(faults, []);
      await context.close();
    });
  }
}

test('a headline never shows completion without on time, verified and in use', async () => {
  const { context, page } = await person(browser, server.url, 1440, { javaScriptEnabled: false });
  await page.goto('/ket-qua');
  const words = await page.locator('main').innerText();
  for (const part of ['báo hoàn thành', 'đúng hạn', 'xác minh', 'sử dụng']) {
    assert.ok(words.toLowerCase().includes(part), part);
  }
  const json = await (await context.request.get('/ket-qua.json')).json();
  assert.ok(JSON.stringify(json).includes('verified'));
  const csv = await (await context.request.get('/ket-qua.csv')).text();
  assert.ok(csv.split('\n').length > 34);
  await context.close();
});

test('a public task says how it was verified', async () => {
  const { context, page } = await person(browser, server.url, 390, { javaScriptEnabled: false });
  await page.goto('/ket-qua/danh-sach');
  const link = page.locator('main a[href^="/ket-qua/nhiem-vu/"]').first();
  await link.click();
  assert.match(page.url(), /\/ket-qua\/nhiem-vu\/NV-\d{4}-\d{6}$/);
  assert.ok((await page.locator('main').innerText()).includes('6/6 rõ'));
  await context.close();
});

for (const width of WIDTHS) {
  test(`a citizen finds by words, with the keyboard alone and without script, at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width);
    await page.goto('/tim-kiem');
    await page.keyboard.press('/');
    const field = page.getByRole('combobox', { name: /^Tìm chữ/ });
    assert.ok(await field.evaluate((it) => it === document.activeElement));
    await page.keyboard.type('so thon lom');
    await page.getByRole('option', { name: /Số thôn lõm sóng/ }).waitFor();
    await sound(page, 'what is offered');
    await page.keyboard.press('ArrowDown');
    assert.equal(await field.getAttribute('aria-activedescendant'), 'goi-y-0');
    await page.keyboard.press('Escape');
    assert.equal(await field.getAttribute('aria-expanded'), 'false');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=so(\+|%20)thon(\+|%20)lom/);
    await page.locator('mark').first().waitFor();
    await page.keyboard.press('/');
    await field.fill('so thon lom son');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/ket-qua\/chi-so\/S-LOMSONG$/);
    assert.deepEqual(faults, []);
    await context.close();

    const plain = await person(browser, server.url, width, { javaScriptEnabled: false });
    await plain.page.goto('/tim-kiem');
    await plain.page.getByLabel(/^Tìm chữ/).fill('Bạc Liêu');
    await plain.page.getByRole('button', { name: 'Tìm', exact: true }).click();
    await plain.page.getByRole('link', { name: 'Ủy ban nhân dân tỉnh Cà Mau' }).first().waitFor();
    await plain.context.close();
  });
}
