// More time, urging and explanation: from the commune that asks to the province that decides, and back.

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

const iso = (words) => words.split('/').reverse().join('-');

/** The first task of this seat that may still be given more time. */
async function taskInTime(page) {
  await page.goto('/nhiem-vu');
  const links = await page
    .locator('a[href^="/nhiem-vu/NV-"]')
    .evaluateAll((all) => [...new Set(all.map((it) => it.getAttribute('href')))]);
  for (const link of links) {
    await page.goto(link);
    if (await page.getByRole('link', { name: 'Đề nghị gia hạn' }).count()) return link;
  }
  throw new Error('no task of the demonstration is still in time');
}

/** Asks for two weeks more; takes the working day that the page offers when it falls on a day off. */
async function askForMore(page, task) {
  await page.goto(`${task}/gia-han`);
  const [, due] = (await page.locator('main form').first().innerText()).match(/ngày (\d\d\/\d\d\/\d{4})/);
  const to = new Date(`${iso(due)}T00:00:00Z`);
  to.setUTCDate(to.getUTCDate() + 14);
  await page.getByRole('button', { name: 'Gửi đề nghị gia hạn' }).click();
  await sound(page, 'an extension with faults');
  await page.getByLabel('Hạn mới').fill(to.toISOString().slice(0, 10));
  await page.getByLabel('Lý do').fill('Thiết bị về chậm do đường ngập, cần lắp đặt và tập huấn.');
  await page.getByRole('button', { name: 'Gửi đề nghị gia hạn' }).click();
  const offered = page.getByText(/Ngày làm việc gần nhất sau đó là/).first();
  if (await offered.count()) {
    const [, next] = (await offered.innerText()).match(/sau đó là (\d\d\/\d\d\/\d{4})/);
    await page.getByLabel('Hạn mới').fill(iso(next));
    await page.getByRole('button', { name: 'Gửi đề nghị gia hạn' }).click();
  }
  await page.waitForURL(/vua=xin-gia-han/);
  return due;
}

for (const width of WIDTHS) {
  test(`more time is asked for and granted, and the first deadline stays, at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width);
    await signIn(page, 'lanhdao-xa');
    const task = await taskInTime(page);
    const due = await askForMore(page, task);
    await sound(page, 'a task with a request for more time');

    await signIn(page, 'lanhdao-tinh');
    await page.goto('/viec/gia-han');
    await sound(page, 'requests for more time');
    await page.goto(`${task}/gia-han`);
    await sound(page, 'a request for more time');
    await page.getByRole('button', { name: /^Đồng ý, hạn mới/ }).click();
    await page.waitForURL(/vua=gia-han/);
    const facts = await page.locator('#sau-ro').innerText();
    assert.match(facts, /hạn ban đầu \d\d\/\d\d\/\d{4}/);
    assert.doesNotMatch(facts, new RegExp(`Trước 17:00 ngày ${due}`));
    assert.match(await page.locator('#dien-bien').innerText(), /Đồng ý gia hạn từ/);
    assert.deepEqual(faults.filter((it) => !it.includes('422')), []);
    await context.close();
  });

  test(`an explanation is asked for, given and taken note of at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width);
    await signIn(page, 'lanhdao-xa');
    const task = await taskInTime(page);
    await signIn(page, 'lanhdao-tinh');
    await page.goto(`${task}/dieu-hanh`);
    await sound(page, 'steering a task');
    await page.getByRole('link', { name: 'Yêu cầu giải trình' }).click();
    await page.getByLabel('Cần giải trình điều gì').fill('Vì sao chưa có sản phẩm, bao giờ xong?');
    await page.getByRole('button', { name: 'Gửi yêu cầu giải trình' }).click();
    await page.waitForURL(/vua=yeu-cau-giai-trinh/);

    await signIn(page, 'lanhdao-xa');
    await page.goto('/viec');
    await page.getByRole('link', { name: 'Giải trình', exact: true }).first().click();
    await sound(page, 'an explanation to give');
    await page.getByLabel('Nội dung giải trình').fill('Thiết bị về chậm; xong trong tháng này.');
    await page.getByRole('button', { name: 'Gửi giải trình' }).click();
    await page.waitForURL(/vua=giai-trinh/);

    await signIn(page, 'lanhdao-tinh');
    await page.goto('/viec/doc-giai-trinh');
    await sound(page, 'explanations to read');
    await page.goto(`${task}/giai-trinh`);
    await page.getByRole('button', { name: 'Đã xem, tiếp nhận giải trình' }).click();
    await page.waitForURL(/vua=tiep-nhan/);
    assert.deepEqual(faults, []);
    await context.close();
  });
}

test('a task is urged once a day', async () => {
  const { context, page } = await person(browser, server.url, 390);
  await signIn(page, 'lanhdao-xa');
  const task = await taskInTime(page);
  await signIn(page, 'lanhdao-tinh');
  for (const expected of [/Đã gửi đôn đốc/, /Hôm nay cơ quan đã đôn đốc nhiệm vụ này/]) {
    await page.goto(`${task}/dieu-hanh`);
    await page.getByLabel('Lời đôn đốc').fill('Gửi báo cáo trước thứ Sáu.');
    await page.getByRole('button', { name: 'Gửi đôn đốc' }).click();
    await page.getByText(expected).first().waitFor();
  }
  await context.close();
});
