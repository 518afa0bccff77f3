// Scores: everybody reads a ranking and one unit's sum, a province scores its communes by two persons, a
// commune contests and is answered.

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

for (const width of WIDTHS) {
  test(`rankings are read, explained and kept without script at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width, {
      javaScriptEnabled: false,
    });
    await page.goto('/ket-qua/xep-hang');
    await page.getByRole('heading', { name: 'Xếp hạng', level: 1 }).waitFor();
    const plain = await person(browser, server.url, width);
    await plain.page.goto('/ket-qua/xep-hang');
    await sound(plain.page, 'the public list');
    await plain.page.getByRole('link', { name: /Xếp hạng xã, phường tỉnh Cà Mau/ }).first().click();
    await sound(plain.page, 'a public ranking');
    const [file] = await Promise.all([
      plain.page.waitForEvent('download'),
      plain.page.getByRole('link', { name: 'CSV' }).click(),
    ]);
    assert.match(file.suggestedFilename(), /^xep-hang-.*\.csv$/);
    await plain.page.getByRole('link', { name: 'Xã Năm Căn' }).click();
    await plain.page.getByRole('heading', { name: 'Cách tính' }).waitFor();
    await sound(plain.page, 'one unit in public');
    assert.deepEqual([...faults, ...plain.faults], []);
    await context.close();
    await plain.context.close();
  });

  test(`a method is simulated before it takes effect at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width);
    await signIn(page, 'lanhdao-tinh');
    await page.goto('/xep-hang');
    await sound(page, 'the list of rankings');
    await page.getByLabel('Tên cách chấm').fill(`Chấm thử ${width}`);
    await page.getByLabel('Chấm những đơn vị nào').selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Lập cách chấm' }).click();
    await page.waitForURL(/cach-cham/);
    await sound(page, 'a draft');
    await page.getByLabel('Trọng số: Hoàn thành đúng hạn').fill('31');
    await page.getByRole('button', { name: 'Lưu dự thảo' }).click();
    await page.getByText('Tổng trọng số là 101, phải đúng 100.').first().waitFor();
    await sound(page, 'a draft whose weights are wrong');
    await page.getByLabel('Trọng số: Hoàn thành đúng hạn').fill('30');
    await page.getByRole('button', { name: 'Lưu dự thảo' }).click();
    await page.getByText('Đã lưu bản dự thảo.').waitFor();
    await page.getByRole('button', { name: 'Mô phỏng bản này' }).click();
    await page.getByRole('heading', { name: 'Nếu áp dụng bản 1' }).waitFor();
    await sound(page, 'a simulation');
    await page.getByRole('link', { name: 'Về cách chấm' }).click();
    await page.getByRole('button', { name: 'Đề nghị ban hành' }).click();
    await page.getByText('một người khác của cơ quan ban hành').first().waitFor();
    assert.equal(await page.getByRole('button', { name: 'Ban hành', exact: true }).count(), 0);
    assert.deepEqual(faults.filter((it) => !it.includes('422')), []);
    await context.close();
  });

  test(`an appeal is answered and stays beside the score at ${width} px`, async () => {
    const unit = await person(browser, server.url, width);
    await signIn(unit.page, 'lanhdao-xa');
    await unit.page.goto('/xep-hang');
    const running = unit.page.getByRole('listitem').filter({ hasText: 'Đang mở' });
    await running.filter({ hasText: 'Cà Mau' }).getByRole('link').first().click();
    await sound(unit.page, 'an open ranking');
    await unit.page.getByRole('main').getByRole('link', { name: 'Xã Năm Căn' }).click();
    await sound(unit.page, 'the own unit');
    await unit.page.getByRole('button', { name: 'Gửi phản hồi' }).click();
    await unit.page.getByText('Nhập lý do.').first().waitFor();
    await sound(unit.page, 'an appeal without a reason');
    await unit.page.getByLabel('Xem lại nội dung nào').selectOption('not_overdue');
    const words = `Một việc đã được lùi hạn, lần ${width}.`;
    await unit.page.getByLabel('Lý do, số đúng theo đơn vị').fill(words);
    await unit.page.getByRole('button', { name: 'Gửi phản hồi' }).click();
    await unit.page.getByText('Đã gửi phản hồi.').waitFor();

    const owner = await person(browser, server.url, width);
    await signIn(owner.page, 'lanhdao-tinh');
    await owner.page.goto('/xep-hang/phan-hoi');
    await sound(owner.page, 'the appeals');
    const line = owner.page.getByRole('listitem').filter({ hasText: words });
    await line.getByRole('link').first().click();
    await sound(owner.page, 'an appeal');
    await owner.page.getByLabel('Giữ nguyên').check();
    await owner.page.getByLabel('Nội dung trả lời').fill(`Hạn mới áp dụng từ kỳ sau, lần ${width}.`);
    await owner.page.getByRole('button', { name: 'Trả lời đơn vị' }).click();
    await owner.page.getByText('Đã trả lời.').waitFor();
    await unit.page.reload();
    await unit.page.getByText(`Hạn mới áp dụng từ kỳ sau, lần ${width}.`).waitFor();
    await sound(unit.page, 'an answered appeal');
    assert.deepEqual(unit.faults.filter((it) => !it.includes('422')), []);
    await unit.context.close();
    await owner.context.close();
  });
}
