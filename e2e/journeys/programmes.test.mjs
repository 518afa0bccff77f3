// A province's own way: its programme, a table brought in, a task handed down by a table, periods of recurring work.

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

/** The links of tasks on the list at `address`. */
async function tasksAt(page, address) {
  await page.goto(address);
  const links = await page
    .locator('a[href^="/nhiem-vu/NV-"]')
    .evaluateAll((all) => all.map((it) => it.getAttribute('href')));
  return [...new Set(links)];
}

for (const width of WIDTHS) {
  test(`a province opens a programme and sets its ways, at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width);
    await signIn(page, 'lanhdao-tinh');
    await page.goto('/chuong-trinh');
    await sound(page, 'the programmes');
    await page.getByRole('link', { name: 'Mở chương trình' }).click();
    await page.getByRole('textbox', { name: 'Mã' }).fill(`thu-${width}`);
    await page.getByLabel('Tên chương trình').fill('Trăm ngày số hóa thủ tục cấp xã');
    await page.getByRole('button', { name: 'Mở chương trình' }).click();
    await page.waitForURL(/cach-lam/);
    await sound(page, 'the ways of a programme');
    await page.getByLabel(/bao nhiêu ngày làm việc/).fill('năm');
    await page.getByRole('button', { name: 'Lưu cách làm' }).click();
    await sound(page, 'ways with a fault');
    assert.ok(await page.getByText('Nhập số ngày làm việc bằng chữ số').first().isVisible());
    await page.getByLabel(/bao nhiêu ngày làm việc/).fill('5');
    await page.getByLabel('Chức danh chịu trách nhiệm').fill('Chủ tịch UBND cấp xã');
    await page.getByRole('button', { name: 'Lưu cách làm' }).click();
    await page.waitForURL(new RegExp(`/chuong-trinh/thu-${width}`));
    assert.ok(await page.getByText('trước hạn của nhiệm vụ gốc 5 ngày làm việc').isVisible());
    await sound(page, 'a programme without tasks');
    await page.goto('/chuong-trinh/ca-mau');
    await sound(page, 'a programme with its headline and tasks');
    assert.ok(await page.getByRole('heading', { name: 'Cách làm của chương trình' }).isVisible());
    assert.deepEqual(faults, []);
    await context.close();
  });

  test(`a table is looked at before it is brought in, at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width);
    await signIn(page, 'thuongtruc');
    await page.goto('/nhiem-vu/nhap');
    await sound(page, 'the import');
    await page.getByLabel('Chương trình').selectOption({ index: 1 });
    await page
      .getByLabel(/dán các ô/)
      .fill(
        [
          '| TT | Nhiệm vụ | Cơ quan chủ trì | Thu được gì | Thời hạn | Cấp có thẩm quyền |',
          '|---|---|---|---|---|---|',
          '| 1 | Ban hành quy chế dùng chung dữ liệu đất đai | Bộ Công an | 01 thông tư | 30/06/2031 | Thủ tướng Chính phủ |',
          '| 2 | Thống nhất mã định danh thửa đất | Bộ Tư pháp | 01 bộ mã | thời gian tới | Thủ tướng Chính phủ |',
        ].join('\n'),
      );
    await page.getByRole('button', { name: 'Đọc bảng' }).click();
    await page.getByRole('heading', { name: 'Đọc được 2 nhiệm vụ' }).waitFor();
    await sound(page, 'what was understood');
    await page.getByLabel('Cột D: Thu được gì').selectOption('Sản phẩm');
    await page.getByRole('button', { name: 'Đọc lại theo các cột đã chọn' }).click();
    await page.getByText('1 dòng đủ 6 rõ', { exact: true }).waitFor();
    await sound(page, 'what was understood after a correction');
    await page.getByRole('button', { name: 'Nhập 2 dự thảo' }).click();
    await page.waitForURL(/vua=nhap&n=2/);
    assert.deepEqual(faults, []);
    await context.close();
  });

  test(`a province hands down with a table and a rule, at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width);
    await signIn(page, 'tinh-camau');
    const links = await tasksAt(page, '/nhiem-vu?phia=chu-tri');
    let form = '';
    for (const link of links) {
      await page.goto(`${link}/giao-xuong`);
      if ((await page.getByRole('heading', { name: 'Giao xuống cấp dưới' }).count()) === 0) continue;
      await page.goto(link);
      if ((await page.locator('#giao-xuong').count()) === 0) {
        form = `${link}/giao-xuong`;
        break;
      }
    }
    assert.ok(form, 'a task of the province is not handed down yet');
    await page.goto(form);
    await sound(page, 'handing down');
    await page.getByLabel('Chỉ các đơn vị có trong bảng dưới đây').check();
    await page.getByText('Sản phẩm, chỉ tiêu riêng cho từng đơn vị').click();
    await page.getByLabel(/Dán bảng/).fill('don vi\tsan pham\tchi tieu\nnam can\t01 biên bản\t3 điểm\nXã Không Có\t01 biên bản\t1');
    await page.getByText('Quy tắc cộng gộp').first().click();
    await page.getByLabel('Đạt tỷ lệ ghi dưới đây').check();
    await page.getByLabel('Tỷ lệ đã nghiệm thu').fill('90');
    await page.getByRole('button', { name: 'Giao xuống' }).click();
    assert.ok(await page.getByText('“Xã Không Có”').first().isVisible());
    await sound(page, 'handing down with a fault');
    await page.getByLabel(/Dán bảng/).fill('don vi\tsan pham\tchi tieu\nnam can\t01 biên bản\t3 điểm');
    await page.getByRole('button', { name: 'Giao xuống' }).click();
    await page.waitForURL(/vua=giao-xuong&n=1/);
    assert.ok(await page.getByText(/0\/1 đã nghiệm thu \(0,0%\), quy tắc: ≥ 90,0%/).isVisible());
    await sound(page, 'a task that was handed down');
    assert.deepEqual(faults, []);
    await context.close();
  });

  test(`recurring work is reported in its open period, at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width);
    await signIn(page, 'xa-namcan');
    const links = await tasksAt(page, '/nhiem-vu?tt=tat-ca&q=hồ+sơ+người+dân+làm+trực+tuyến');
    let parent = '';
    for (const link of links) {
      await page.goto(link);
      if (await page.getByRole('heading', { name: 'Các kỳ' }).count()) parent = link;
    }
    assert.ok(parent, 'the recurring task of the province is there');
    await page.goto(parent);
    await sound(page, 'a recurring task');
    await page.goto(`${parent}/ky`);
    await sound(page, 'its periods');
    await page.goto(parent);
    await page.getByRole('link', { name: 'Báo cáo kỳ này' }).click();
    await page.waitForURL(/\/nhiem-vu\/NV-.*\/bao-cao/);
    assert.ok(!page.url().includes(parent), 'the report is that of a period');
    assert.deepEqual(faults, []);
    await context.close();
  });
}
