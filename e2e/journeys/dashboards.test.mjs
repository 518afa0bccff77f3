// Dashboards: a province's leader makes one with the keyboard alone, looks at it, publishes it, removes it.

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

/** Goes to `target` with the tab key alone and presses `key` there. */
async function press(page, target, key = 'Enter') {
  await target.waitFor();
  const there = () => target.evaluate((it) => it === document.activeElement);
  for (let n = 0; n < 250 && !(await there()); n += 1) await page.keyboard.press('Tab');
  assert.ok(await there(), 'the tab key leads there');
  await page.keyboard.press(key);
}

/** Adds a tile of `kind`; `fill` types what it needs. */
async function add(page, kind, fill = async () => {}) {
  await press(page, page.getByRole('link', { name: kind, exact: true }));
  await page.getByRole('heading', { name: `Thêm ô: ${kind}` }).waitFor();
  await fill();
  await press(page, page.getByRole('button', { name: 'Thêm ô' }));
  await page.getByText('Đã thêm ô vào cuối bảng.').waitFor();
}

/** The day `n` days ago in Viet Nam, as a date field takes it and as people read it. */
function daysAgo(n) {
  const day = new Date(Date.now() + 7 * 3_600_000 - n * 86_400_000).toISOString().slice(0, 10);
  return [day, day.split('-').reverse().join('/')];
}

const tile = (page, n) => page.locator(`form#o-${n}`);

for (const width of WIDTHS) {
  test(`a dashboard is made by keyboard, looked at and published at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width);
    await signIn(page, 'lanhdao-tinh');
    await page.goto('/bang');
    await sound(page, 'the list of dashboards');
    await press(page, page.getByRole('button', { name: 'Lập bảng' }));
    await page.getByText('Nhập tên bảng.').first().waitFor();
    await sound(page, 'a dashboard without a name');
    const name = page.getByLabel('Tên bảng');
    await press(page, name, 'B');
    await page.keyboard.type(`ảng ${width}`);
    await press(page, page.getByRole('button', { name: 'Lập bảng' }));
    await page.waitForURL(/\/sua$/);
    await sound(page, 'an empty dashboard');

    await add(page, 'Hoàn thành và thời hạn');
    await add(page, 'Việc quá hạn');
    await add(page, 'Một con số', async () => {
      await page.getByLabel('Chỉ số').selectOption('DTI-QG');
      await page.getByLabel('Nơi').selectOption('VN');
    });
    await add(page, 'Bản đồ 34 tỉnh, thành phố');
    await press(page, page.getByRole('button', { name: 'Đưa ô 4 lên trước' }));
    await page.getByText('Đã đưa ô lên trước.').waitFor();
    assert.match(await tile(page, 3).innerText(), /Bản đồ/);
    await press(page, page.getByRole('button', { name: 'Mở rộng ô 4' }));
    await page.getByText('Đã mở rộng ô.').waitFor();
    // The same button is under the finger again.
    await page.keyboard.press('Enter');
    await page.getByText('Rộng 3 trên 4 cột').waitFor();
    await press(page, page.getByRole('button', { name: 'Bỏ ô 2' }));
    await page.getByText('Đã bỏ ô.').waitFor();
    if (width > 600) {
      const words = (await tile(page, 2).innerText()).split('\n')[0].slice(3);
      await tile(page, 2).dragTo(tile(page, 3), { sourcePosition: { x: 8, y: 8 } });
      await page.getByText('Đã đặt ô vào chỗ mới.').waitFor();
      assert.ok((await tile(page, 3).innerText()).includes(words), 'the tile is where it was dropped');
    }
    await sound(page, 'a dashboard being changed');

    await press(page, page.getByRole('link', { name: 'Xem bảng' }));
    await page.getByRole('heading', { name: 'Tỷ lệ hoàn thành đúng hạn' }).waitFor();
    await press(page, page.locator('summary', { hasText: 'Bảng số và nguồn' }).first());
    await page.getByRole('cell', { name: 'Nhiệm vụ có thời hạn' }).waitFor();
    await sound(page, 'a dashboard with a table open');
    const at = page.url();
    await page.goto(`${at}?tuong=1`);
    await sound(page, 'the wall screen');

    await page.goto(`${at}/sua`);
    await page.getByLabel('Công khai cho mọi người').check();
    await press(page, page.getByRole('button', { name: 'Lưu người được xem' }));
    await page.getByText('Đã đổi người được xem.').waitFor();
    const stranger = await person(browser, server.url, width, { javaScriptEnabled: false });
    await stranger.page.goto('/ket-qua/bang');
    await stranger.page.getByRole('link', { name: `Bảng ${width}` }).click();
    await stranger.page.getByText('Chỉ nhiệm vụ công khai và số đã thẩm định').waitFor();
    await stranger.context.close();
    await page.goto(at.replace('/bang/', '/ket-qua/bang/'));
    await sound(page, 'the public dashboard');

    await page.goto(`${at}/sua`);
    await press(page, page.getByRole('link', { name: 'Xóa bảng' }));
    await press(page, page.getByRole('button', { name: 'Xóa bảng' }));
    await page.waitForURL(/\/bang$/);
    assert.equal(await page.getByRole('link', { name: `Bảng ${width}` }).count(), 0);
    assert.deepEqual(faults.filter((it) => !it.includes('422')), []);
    await context.close();
  });

  test(`built-in dashboards and that of the province are sound at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width);
    await signIn(page, 'tinh-camau');
    for (const path of ['/bang/ca-nuoc', '/bang/tinh.UBND-96', '/bang/nhom.BKHCN']) {
      await page.goto(path);
      await sound(page, path);
    }
    await page.goto('/bang');
    await page.getByRole('link', { name: 'Giao ban chuyển đổi số tỉnh Cà Mau' }).first().click();
    await page.getByText('Bảng dùng cho giao ban thứ Hai').waitFor();
    await sound(page, 'the dashboard of the demonstration');
    assert.deepEqual(faults, []);
    await context.close();
  });

  test(`a past day is shown and compared with today at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width);
    await signIn(page, 'lanhdao-tinh');
    await page.goto('/bang/tinh.UBND-96');
    const [day, words] = daysAgo(21);
    await press(page, page.locator('summary', { hasText: 'Xem ngày khác' }));
    await page.getByLabel('Xem như cuối ngày').fill(day);
    await press(page, page.getByRole('button', { name: 'Xem', exact: true }));
    await page.getByText(`Số liệu như cuối ngày ${words}`).waitFor();
    assert.match(await page.getByRole('link', { name: 'Tải bảng tính' }).getAttribute('href'), new RegExp(day));
    assert.equal(await page.getByRole('link', { name: 'Màn hình lớn' }).count(), 0);
    await sound(page, 'a dashboard of a past day');
    await page.getByLabel('So với ngày').fill(daysAgo(0)[0]);
    await press(page, page.getByRole('button', { name: 'Xem', exact: true }));
    await page.getByRole('columnheader', { name: `Cuối ngày ${words}` }).first().waitFor();
    await page.getByRole('rowheader', { name: 'Đã xác minh' }).first().waitFor();
    await sound(page, 'two days side by side');
    const early = await page.goto('/bang/tinh.UBND-96?ngay=2001-01-01');
    assert.equal(early.status(), 422);
    await page.getByText('Số liệu có từ ngày').first().waitFor();
    await sound(page, 'a day before the first figures');
    await page.goto(`/chi-so/S-5G-POP-2025?ngay=${day}`);
    await page.getByRole('link', { name: 'Về số liệu hôm nay' }).waitFor();
    await sound(page, 'an indicator on a past day');
    await page.getByRole('link', { name: 'Về số liệu hôm nay' }).click();
    await page.waitForURL(/S-5G-POP-2025$/);
    assert.deepEqual(faults, []);
    await context.close();
  });
}
