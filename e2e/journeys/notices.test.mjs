// Notices: a province urges, the commune's leader finds it at the bell, reads it, and chooses e-mail.

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

/** The tasks of the commune that have not ended. */
async function tasksOf(page) {
  await page.goto('/nhiem-vu');
  return page
    .locator('a[href^="/nhiem-vu/NV-"]')
    .evaluateAll((all) => [...new Set(all.map((it) => it.getAttribute('href')))]);
}

/** What the province writes; the commune finds it by these words, whatever else its desk is told meanwhile. */
const WORDS = { urge: 'Gửi báo cáo trước thứ Sáu.', ask: 'Nói rõ vì sao chậm, trước thứ Hai.' };

/** The province urges the first of `tasks` that still owes something and was not urged today. */
async function urgeOne(page, tasks) {
  for (const task of tasks) {
    await page.goto(`${task}/dieu-hanh`);
    const words = page.getByLabel('Lời đôn đốc');
    if (!(await words.count())) continue;
    await words.fill(WORDS.urge);
    await page.getByRole('button', { name: 'Gửi đôn đốc' }).click();
    const answer = page.getByText(/Đã gửi đôn đốc|Hôm nay cơ quan đã đôn đốc|không còn nợ|không cần đôn đốc/).first();
    await answer.waitFor();
    if (/Đã gửi/.test(await answer.innerText())) return task;
  }
  throw new Error('no task of the demonstration can be urged');
}

/** Reads the page again until a notice with `words` stands among the unread and the bell counts it. */
async function unread(page, words) {
  const notice = page.locator('#chua-doc ~ ul li', { hasText: words });
  for (let n = 0; n < 40; n += 1) {
    await page.goto('/thong-bao');
    if ((await notice.count()) > 0 && (await bell(page)) > 0) return notice;
    await page.waitForTimeout(500);
  }
  throw new Error(`nobody was told: ${words}`);
}

/** How many notices the bell says are unread. */
async function bell(page) {
  const words = (await page.locator('a.bell').getAttribute('aria-label')) ?? '';
  return Number(/(\d+) chưa đọc/.exec(words)?.[1] ?? 0);
}

/** The province asks the first of `tasks` to be explained. */
async function askOne(page, [task]) {
  await page.goto(`${task}/giai-trinh`);
  await page.getByLabel('Cần giải trình điều gì').fill(WORDS.ask);
  await page.getByRole('button', { name: 'Gửi yêu cầu giải trình' }).click();
  await page.waitForURL(/vua=yeu-cau-giai-trinh/);
  return task;
}

/** An agency urges a task once a day, so the second person does something else. */
const ACTS = [
  [urgeOne, WORDS.urge],
  [askOne, WORDS.ask],
];

for (const [n, width] of WIDTHS.entries()) {
  const [act, words] = ACTS[n];
  test(`what the province does arrives at the bell, is read and goes to its task at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width);
    await signIn(page, 'lanhdao-xa');
    const tasks = await tasksOf(page);
    // What the demonstration has told already is put aside.
    await page.goto('/thong-bao');
    await sound(page, 'notices of a commune');
    const all = page.getByRole('button', { name: 'Đánh dấu đã đọc hết' });
    if (await all.count()) await all.click();
    await page.goto('/thong-bao');

    await signIn(page, 'lanhdao-tinh');
    const task = await act(page, tasks);

    await signIn(page, 'lanhdao-xa');
    const notice = await unread(page, words);
    await sound(page, 'a new notice');
    const id = await notice.getAttribute('id');
    await notice.getByRole('button', { name: /^Xem/ }).click();
    await page.waitForURL((it) => it.pathname === task);
    await page.goto('/thong-bao');
    await page.locator(`#da-doc ~ ul #${id}`).waitFor();
    assert.deepEqual(faults, []);
    await context.close();
  });

  test(`e-mail is chosen with an address that is one at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width);
    await signIn(page, 'thamdinh');
    await page.goto('/thong-bao');
    await sound(page, 'notices of a verifier');
    await page.getByRole('link', { name: 'Nhận qua thư' }).click();
    await sound(page, 'e-mail settings');
    await page.getByLabel('Gửi thông báo qua thư điện tử').check();
    await page.getByLabel('Địa chỉ thư điện tử').fill('tham.dinh@donvi');
    await page.getByRole('button', { name: 'Lưu' }).click();
    await page.getByText('Địa chỉ thư điện tử chưa đúng').first().waitFor();
    await sound(page, 'e-mail settings with a fault');
    await page.getByLabel('Địa chỉ thư điện tử').fill('tham.dinh@donvi.example.vn');
    await page.getByLabel('Một lần lúc 08:00 mỗi ngày làm việc').check();
    await page.getByRole('button', { name: 'Lưu' }).click();
    await page.getByText('Thông báo mới sẽ gửi đến tham.dinh@donvi.example.vn').waitFor();
    assert.deepEqual(faults.filter((it) => !it.includes('422')), []);
    await context.close();
  });
}

test('without script notices are read all the same', async () => {
  const { context, page } = await person(browser, server.url, 390, { javaScriptEnabled: false });
  await signIn(page, 'lanhdao-bo');
  await page.goto('/thong-bao');
  const all = page.getByRole('button', { name: 'Đánh dấu đã đọc hết' });
  if (await all.count()) await all.click();
  await page.goto('/thong-bao');
  assert.equal(await page.getByText('Chưa đọc', { exact: true }).count(), 0);
  await context.close();
});
