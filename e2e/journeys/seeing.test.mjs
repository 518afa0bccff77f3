// Seeing what came of it: on a map, as of a past day, and live while the page is open.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { WIDTHS, launch, person, signIn, sound } from '../lib/browser.mjs';
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

/** Yesterday in Viet Nam, as addresses write it. */
function daysAgo(n) {
  const then = new Date(Date.now() + 7 * 3600e3 - n * 86400e3);
  return then.toISOString().slice(0, 10);
}

for (const width of WIDTHS) {
  test(`the map is walked by keyboard and leads to a province at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width, { javaScriptEnabled: true });
    await page.goto('/ket-qua');
    const map = page.locator(width < 768 ? 'svg.tiles' : 'svg.geo');
    const other = page.locator(width < 768 ? 'svg.geo' : 'svg.tiles');
    assert.ok(await map.isVisible(), 'the map of this width');
    assert.ok(!(await other.isVisible()), 'and not the other one');
    const links = map.locator('a');
    assert.equal(await links.count(), 36);
    for (const name of ['Quần đảo Hoàng Sa (Đà Nẵng)', 'Quần đảo Trường Sa (Khánh Hòa)']) {
      assert.equal(await map.locator(`a[aria-label^="${name}"]`).count(), 1, name);
    }
    await links.first().focus();
    const names = new Set();
    for (let n = 0; n < 36; n += 1) {
      names.add(await page.evaluate(() => document.activeElement.getAttribute('aria-label')));
      if (n < 35) await page.keyboard.press('Tab');
    }
    assert.equal(names.size, 36, 'every place is reached and has a name');
    await map.locator('a[aria-label^="Cà Mau"]').focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/ket-qua/tinh/96');
    const commune = page.locator('main table a[href^="/ket-qua/co-quan/UBND-"]').last();
    if (await commune.count()) {
      await commune.click();
      await sound(page, 'a commune');
      await page.getByRole('navigation', { name: 'Đường dẫn' }).getByRole('link', { name: 'Cà Mau' }).waitFor();
    }
    assert.deepEqual(faults, []);
    await context.close();
  });

  test(`a past day is asked for without script at ${width} px`, async () => {
    const { context, page } = await person(browser, server.url, width, { javaScriptEnabled: true });
    const day = daysAgo(30);
    await page.goto('/ket-qua');
    const now = await page.locator('main').innerText();
    await page.getByLabel('Xem tại ngày').fill(day);
    await page.getByRole('button', { name: 'Xem', exact: true }).click();
    await page.waitForURL(`**/ket-qua?ngay=${day}`);
    await page.getByText('Số liệu tại 24:00').waitFor();
    assert.notEqual(await page.locator('main').innerText(), now);
    await sound(page, 'a past day');
    // The day stays on the way down.
    await page.locator('main table a[href^="/ket-qua/tinh/"]').first().click();
    assert.ok(page.url().includes(`ngay=${day}`));
    await page.goto(`/ket-qua/danh-sach?ngay=${day}`);
    await sound(page, 'a list of a past day');
    await page.goto(`/ket-qua?ngay=${day}`);
    await page.getByRole('link', { name: 'Xem hiện tại' }).first().click();
    await page.waitForURL('**/ket-qua');
    const answer = await page.goto(`/ket-qua?ngay=${daysAgo(-3)}`);
    assert.equal(answer.status(), 422);
    assert.match(await page.title(), /^Lỗi: /);
    await page.getByText('Ngày này chưa đến').first().waitFor();
    await sound(page, 'a day ahead');
    await context.close();
  });

  test(`open figures and lists hear of a change at ${width} px`, async () => {
    const figures = await person(browser, server.url, width);
    const list = await person(browser, server.url, width);
    const doer = await person(browser, server.url, width);
    await signIn(figures.page, 'lanhdao');
    await signIn(list.page, 'thamdinh');
    await signIn(doer.page, 'thamdinh');
    const open = (it, path) =>
      Promise.all([it.page.waitForResponse((answer) => answer.url().includes('/song')), it.page.goto(path)]);
    await open(figures, '/ket-qua?pham-vi=noi-bo');
    await open(list, '/viec');
    const stamp = await figures.page.locator('#so-lieu').getAttribute('data-live-at');
    const heading = await list.page.locator('h1').innerText();
    assert.ok(!(await list.page.getByText('Có thay đổi mới').isVisible()));

    await doer.page.goto('/viec/nghiem-thu');
    await doer.page.locator('input[name="chon"]').first().check();
    await doer.page.getByLabel('Trả lại, nêu lý do').check();
    await doer.page.locator('textarea[name="loi-chung"]').fill('Thiếu biên bản bàn giao có xác nhận của người dùng.');
    await doer.page.getByRole('button', { name: 'Ghi nhận kết quả' }).click();
    await doer.page.waitForURL(/vua=1$/);

    await figures.page.waitForFunction(
      (before) => document.querySelector('#so-lieu').dataset.liveAt !== before,
      stamp,
    );
    assert.match(figures.page.url(), /pham-vi=noi-bo$/, 'in place, without going anywhere');
    await list.page.getByText('Có thay đổi mới').waitFor();
    assert.equal(await list.page.locator('h1').innerText(), heading, 'nothing has moved');
    await sound(list.page, 'the list that has news');
    await sound(figures.page, 'the figures brought up to date');
    for (const it of [figures, list, doer]) {
      assert.deepEqual(it.faults, []);
      await it.context.close();
    }
  });
}
