// Lists, saved views, the timeline and the leader's two minutes, at a desk and on a phone.

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

const codes = (page) =>
  page.locator('main tbody a[href^="/nhiem-vu/NV-"]').evaluateAll((all) => all.map((it) => it.getAttribute('href')));

for (const width of WIDTHS) {
  test(`a list is narrowed, ordered, walked to and fro, and kept under a name at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width);
    await signIn(page, 'thuongtruc');
    await page.goto('/nhiem-vu?tt=tat-ca&xep=ma');
    await sound(page, 'a list by code');
    const first = await codes(page);
    assert.deepEqual(first, [...first].sort(), 'by code');
    const next = page.getByRole('link', { name: 'Tiếp theo' });
    if (await next.count()) {
      await next.click();
      await page.waitForURL(/sau=/);
      const second = await codes(page);
      assert.ok(!second.some((it) => first.includes(it)), 'no task twice');
      await page.getByRole('link', { name: 'Trước', exact: true }).click();
      await page.waitForLoadState();
      assert.deepEqual(await codes(page), first, 'back where one was');
    }

    await page.getByText('Lọc kỹ hơn').click();
    await page.getByLabel('Quá hạn hơn (ngày)').fill('nhiều');
    await page.getByRole('button', { name: 'Lọc', exact: true }).click();
    await page.getByRole('heading', { name: /chỗ cần sửa/ }).waitFor();
    await sound(page, 'a filter that is not understood');
    await page.getByLabel('Quá hạn hơn (ngày)').fill('2');
    await page.getByRole('button', { name: 'Lọc', exact: true }).click();
    await page.waitForURL(/qua=2/);
    await sound(page, 'a narrow list');
    assert.ok((await codes(page)).length > 0, 'the demonstration has late tasks');

    const name = `Chậm hơn hai ngày ${width}`;
    await page.getByText('Lưu cách xem này').click();
    await page.getByLabel('Tên cách xem').fill(name);
    await page.getByRole('button', { name: 'Lưu', exact: true }).click();
    await page.waitForLoadState();
    const views = page.getByRole('navigation', { name: 'Cách xem' });
    assert.equal(await views.getByRole('link', { name }).getAttribute('aria-current'), 'page');
    await page.goto('/nhiem-vu');
    await views.getByRole('link', { name }).click();
    await page.waitForURL(/qua=2/);
    await views.getByRole('link', { name: 'Sửa cách xem' }).click();
    await sound(page, 'the saved views');
    const card = page.getByRole('form', { name });
    await card.getByLabel('Tên').fill(`${name}, đổi tên`);
    await card.getByRole('button', { name: 'Lưu thay đổi' }).click();
    await page.getByRole('button', { name: `Bỏ cách xem ${name}, đổi tên` }).click();
    await page.waitForLoadState();
    assert.equal(await page.getByText(`${name}, đổi tên`).count(), 0);
    assert.deepEqual(faults.filter((it) => !it.includes('422')), []);
    await context.close();
  });

  test(`the timeline says with words what its bars show at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width);
    await signIn(page, 'thuongtruc');
    await page.goto('/nhiem-vu?tt=over');
    await page.getByRole('link', { name: 'Tiến độ' }).click();
    await page.waitForURL(/tien-do\?tt=over/);
    await sound(page, 'the timeline of what is late');
    const rows = page.locator('.gantt tbody tr:not(.grp)');
    assert.ok((await rows.count()) > 0);
    const said = await rows.first().locator('.said').textContent();
    assert.match(said, /^Giao \d\d\/\d\d\/\d{4}, hạn \d\d\/\d\d\/\d{4}/);
    const bar = await rows.first().locator('.track').boundingBox();
    assert.ok(bar.width > 200, 'the bars have room');
    await page.getByRole('link', { name: 'Kỳ sau' }).click();
    await page.waitForURL(/tu=\d{4}/);
    await sound(page, 'the next period');
    await page.goto('/nhiem-vu/tien-do?tt=tat-ca');
    await page.getByText('Số nhiệm vụ đến hạn theo tháng').click();
    await sound(page, 'the months of the timeline');
    assert.deepEqual(faults, []);
    await context.close();
  });

  test(`a leader decides and presses in two minutes at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width);
    await signIn(page, 'lanhdao-tinh');
    assert.equal(new URL(page.url()).pathname, '/lanh-dao', 'leaders land on what they decide');
    await sound(page, 'the two minutes of a leader');
    const title = await page.getByRole('heading', { level: 1 }).innerText();
    assert.match(title, /việc/);
    assert.ok((await page.locator('main .btn:not(.quiet):not(.bare)').count()) <= 1, 'one way forward');
    const urge = page.getByRole('button', { name: /^Đôn đốc: / });
    if (await urge.count()) {
      const task = await urge.first().getAttribute('aria-label');
      await urge.first().click();
      await page.waitForURL(/lanh-dao\?vua=don-doc/);
      await page.getByText('Đã gửi đôn đốc.').waitFor();
      assert.equal(await page.getByRole('button', { name: task }).count(), 0, 'once a day');
      await sound(page, 'after urging');
    }
    await signIn(page, 'xa-namcan');
    assert.equal((await page.goto('/lanh-dao')).status(), 403);
    assert.deepEqual(faults.filter((it) => !it.includes('403')), []);
    await context.close();
  });
}
