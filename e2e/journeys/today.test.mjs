// The day's work: one thing to do next, alike things in one go, and all of it by keyboard.

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

/** The text of what has the focus. */
const focused = (page) => page.evaluate(() => document.activeElement?.textContent.trim() ?? '');

/** The line that holds the focus, or nothing. */
const lineInFocus = (page) =>
  page.evaluate(() => document.activeElement?.closest('[data-line]')?.dataset.line ?? '');

/** How many the heading of a section counts. */
async function count(page) {
  const [, n] = (await page.locator('h1').innerText()).match(/\((\d+)\)/);
  return Number(n);
}

for (const width of WIDTHS) {
  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? 'with' : 'without';
    test(`alike deliverables are decided in one go at ${width} px, ${how} script`, async () => {
      const { context, page, faults } = await person(browser, server.url, width, { javaScriptEnabled });
      await signIn(page, 'thamdinh');
      await page.getByRole('link', { name: 'Xử lý cùng lúc' }).first().click();
      await page.waitForURL(/\/viec\/nghiem-thu$/);
      const before = await count(page);
      assert.ok(before > 3, `${before} to verify`);
      if (javaScriptEnabled) await sound(page, 'the batch');
      const boxes = page.locator('input[name="chon"]');
      await boxes.nth(0).check();
      await boxes.nth(1).check();

      await page.getByRole('button', { name: 'Ghi nhận kết quả' }).click();
      await page.getByText('Chọn nghiệm thu hoặc trả lại').first().waitFor();
      assert.equal(await page.locator('input[name="chon"]:checked').count(), 2, 'what was ticked stays so');
      await page.getByLabel('Trả lại, nêu lý do').check();
      await page.locator('textarea[name="loi-chung"]').fill('Thiếu biên bản bàn giao có xác nhận của người dùng.');
      await page.getByRole('button', { name: 'Ghi nhận kết quả' }).click();
      await page.waitForURL(/vua=2$/);
      assert.match(await page.locator('#vua').innerText(), /Đã xong 2 việc/);
      assert.equal(await count(page), before - 2);
      if (javaScriptEnabled) {
        assert.match(await focused(page), /Đã xong 2 việc/, 'the focus is where the answer is');
        await sound(page, 'after the batch');
      }
      assert.deepEqual(faults, []);
      await context.close();
    });
  }
}

test('the lines of the day are walked, ticked and opened by keyboard', async () => {
  const { context, page, faults } = await person(browser, server.url, 1440);
  await signIn(page, 'thamdinh');
  await page.goto('/viec/nghiem-thu');
  const lines = await page.locator('[data-line]').evaluateAll((all) => all.map((it) => it.dataset.line));
  await page.keyboard.press('j');
  assert.equal(await lineInFocus(page), lines[0]);
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowDown');
  assert.equal(await lineInFocus(page), lines[2]);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('x');
  assert.ok((await page.locator('[data-line]').nth(1).locator('input:checked').count()) > 0, 'x ticks');
  assert.match(await page.locator('[data-n-ticked]').innerText(), /\(\d+\)/);
  await page.keyboard.press('x');
  assert.equal(await page.locator('input[name="chon"]:checked').count(), 0, 'x takes back');

  await page.locator('textarea[name="loi-chung"]').fill('');
  await page.locator('textarea[name="loi-chung"]').pressSequentially('xem kỹ jk?');
  assert.equal(await page.locator('textarea[name="loi-chung"]').inputValue(), 'xem kỹ jk?', 'a field takes letters');

  await page.locator('[data-line]').nth(1).locator('[data-go]').focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/nhiem-vu\/.*\/nghiem-thu$/);
  await page.goBack();
  await page.waitForURL(/\/viec\/nghiem-thu$/);
  assert.equal(await lineInFocus(page), lines[1], 'one comes back to the line one left');

  await page.goto('/viec');
  await page.keyboard.press('?');
  assert.equal(await page.locator('#phim-tat').evaluate((it) => it.open), true);
  await sound(page, 'the day with its keys shown');
  await page.getByLabel('Dùng phím chữ').uncheck();
  await page.reload();
  await page.keyboard.press('j');
  assert.equal(await lineInFocus(page), '', 'letters can be turned off');
  assert.deepEqual(faults, []);
  await context.close();
});

test('on a phone a leader says in two presses that the work goes on', async () => {
  const { context, page, faults } = await person(browser, server.url, 390);
  await signIn(page, 'lanhdao-xa');
  await page.goto('/viec');
  // What is late owes an account of itself, not one sentence.
  const inTime = page.locator('[data-line]').filter({ hasText: /Còn \d+ ngày làm việc/ });
  await inTime.locator('[data-go][href$="/bao-cao"]').first().click();
  await page.waitForURL(/\/bao-cao$/);
  await sound(page, 'the form of a report');
  const send = page.getByRole('button', { name: 'Gửi báo cáo' });
  assert.ok(await send.isVisible());
  const box = await send.boundingBox();
  assert.ok(box.y < 844 && box.y > 400, 'what sends the report lies under the thumb');
  await page.getByRole('button', { name: 'Gửi “Đang làm, đúng tiến độ”' }).click();
  await page.getByText(/BN-\d{8}-\d{6}/).first().waitFor();
  assert.deepEqual(faults, []);
  await context.close();
});

test('a double press sends a report once', async () => {
  const { context, page } = await person(browser, server.url, 390);
  await signIn(page, 'lanhdao-bo');
  await page.goto('/viec');
  await page.locator('[data-line] [data-go][href$="/bao-cao"]').first().click();
  await page.waitForURL(/\/bao-cao$/);
  await page.locator('textarea[name="ket-qua"]').fill('Đã xong một phần ba khối lượng.');
  const posts = [];
  page.on('request', (it) => it.method() === 'POST' && it.url().endsWith('/bao-cao') && posts.push(it.url()));
  await page.getByRole('button', { name: 'Gửi báo cáo' }).dblclick();
  await page.getByText(/BN-\d{8}-\d{6}/).first().waitFor();
  assert.equal(posts.length, 1);
  await context.close();
});
