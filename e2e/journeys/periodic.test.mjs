// A month of periodic reports: a commune writes, its province receives and merges, the centre publishes.

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

/** The address of the newest round in which the signed-in person has a part. */
async function newestRound(page) {
  await page.goto('/bao-cao-ky');
  const href = await page.locator('main a[href^="/bao-cao-ky/"]').first().getAttribute('href');
  return href.split('/').slice(0, 3).join('/');
}

test('a month goes from the commune to the published report', async () => {
  const { context, page, faults } = await person(browser, server.url, 1440);
  await signIn(page, 'xa-namcan');
  const round = await newestRound(page);
  const commune = `${round}/UBND-32191`;
  await page.goto(`${commune}/soan`);
  await page.getByLabel('Kết quả nổi bật').fill('Đã tập huấn 9 cán bộ, công chức về xử lý hồ sơ trên môi trường điện tử.');
  await page.getByLabel('Khó khăn, vướng mắc').fill('Thiếu máy quét tại bộ phận một cửa.');
  await page.getByLabel('Đề xuất, kiến nghị').fill('Không');
  await page.getByLabel('Nhiệm vụ kỳ tới').fill('Mở lớp buổi tối.');
  await page.getByRole('textbox', { name: /sử dụng dịch vụ công trực tuyến/ }).fill('61,5');
  await page.getByRole('textbox', { name: /Số thôn lõm sóng/ }).fill('một');
  await page.getByRole('textbox', { name: /chưa có điện/ }).fill('0');
  await page.getByRole('button', { name: 'Lưu và trình lãnh đạo' }).click();
  await page.getByText('Đã trình lãnh đạo').first().waitFor();

  // The leader's signature reports the figures: a wrong one is named, and nothing is sent.
  await signIn(page, 'lanhdao-xa');
  await page.goto(commune);
  await page.getByRole('button', { name: 'Ký gửi báo cáo' }).click();
  await page.getByText('S-LOMSONG: “một” không phải số').first().waitFor();
  await page.goto(`${commune}/soan`);
  await page.getByRole('textbox', { name: /Số thôn lõm sóng/ }).fill('1');
  await page.getByRole('button', { name: 'Lưu và ký gửi' }).click();
  await page.getByText('Đã ký gửi báo cáo').first().waitFor();

  await signIn(page, 'tinh-camau');
  await page.goto(round);
  await page.getByRole('button', { name: /Tiếp nhận cả \d+ báo cáo/ }).click();
  await page.getByText(/Đã tiếp nhận \d+ báo cáo/).first().waitFor();
  await page.getByRole('link', { name: /Tổng hợp báo cáo/ }).click();
  await page.getByRole('checkbox', { name: 'Thiếu máy quét tại bộ phận một cửa.' }).check();
  await page.locator('section', { hasText: 'Kết quả nổi bật' }).getByRole('checkbox').first().check();
  await page.getByRole('button', { name: 'Đưa câu đã chọn vào báo cáo' }).click();
  await page.waitForURL(/soan$/);
  const merged = await page.getByLabel('Khó khăn, vướng mắc').inputValue();
  assert.match(merged, /Thiếu máy quét tại bộ phận một cửa \(xã Năm Căn\)/);
  for (const label of ['Đề xuất, kiến nghị', 'Nhiệm vụ kỳ tới']) {
    await page.getByLabel(label).fill('Tỉnh tiếp tục theo dõi.');
  }
  await page.getByRole('button', { name: 'Lưu bản nháp' }).click();
  await page.getByText('Đã lưu báo cáo').first().waitFor();
  assert.ok(await page.getByText(/Từ xã Năm Căn/).first().isVisible(), 'sentences lead back');

  await signIn(page, 'lanhdao-tinh');
  await page.goto(`${round}/UBND-96/soan`);
  await page.getByRole('button', { name: 'Lưu và ký gửi' }).click();
  const confirm = page.getByRole('checkbox', { name: 'Số này đúng, tôi đã kiểm tra' });
  if ((await confirm.count()) > 0) {
    for (const box of await confirm.all()) await box.check();
    for (const box of await page.getByLabel('Lý do').all()) await box.fill('Cộng từ báo cáo của các xã.');
    await page.getByRole('button', { name: 'Lưu và ký gửi' }).click();
  }
  await page.getByText('Đã ký gửi báo cáo').first().waitFor();
  for (const layout of ['Word, thể thức Nhà nước', 'Word, thể thức Đảng']) {
    const waiting = page.waitForEvent('download');
    await page.getByRole('link', { name: layout }).click();
    assert.match((await waiting).suggestedFilename(), /^bao-cao-\d{4}-\d\d\.docx$/);
  }

  await signIn(page, 'thuongtruc');
  await page.goto(round);
  await page.getByRole('button', { name: /Tiếp nhận cả \d+ báo cáo/ }).click();
  await page.getByText(/Đã tiếp nhận \d+ báo cáo/).first().waitFor();
  await page.goto(`${round}/VN/soan`);
  for (const label of ['Kết quả nổi bật', 'Khó khăn, vướng mắc', 'Đề xuất, kiến nghị', 'Nhiệm vụ kỳ tới']) {
    await page.getByLabel(label).fill('Các địa phương đã báo cáo đủ, số liệu được cộng từ cấp xã.');
  }
  await page.getByRole('button', { name: 'Lưu và ký gửi' }).click();
  await page.getByText('Đã ký gửi báo cáo').first().waitFor();
  await page.getByRole('button', { name: 'Công bố báo cáo' }).click();
  await page.getByText('Đã công bố báo cáo').first().waitFor();
  const published = await page.getByRole('link', { name: 'Trang công bố' }).getAttribute('href');
  await context.clearCookies();
  await page.goto(published);
  assert.ok(await page.getByText('số liệu được cộng từ cấp xã').first().isVisible());
  assert.ok(await page.getByText(/Gộp từ \d+ đơn vị/).first().isVisible());
  assert.deepEqual(faults, []);
  await context.close();
});

for (const width of WIDTHS) {
  test(`the pages of periodic reports are sound, at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width);
    await signIn(page, 'lanhdao-tinh');
    const round = await newestRound(page);
    await sound(page, 'what is owed and awaited');
    for (const [path, what] of [
      [round, 'a round'],
      [`${round}?tt=thieu`, 'who is silent'],
      [`${round}/UBND-96`, 'a report'],
      [`${round}/UBND-96/soan`, 'a report being written'],
      [`${round}/UBND-96/tong-hop`, 'reports being merged'],
      ['/bieu-mau', 'the forms'],
      ['/bieu-mau/moi?them=BC-NQ57-THANG', 'adding to a form'],
    ]) {
      await page.goto(path);
      await sound(page, what);
    }
    await signIn(page, 'thuongtruc');
    await page.goto('/bieu-mau/moi');
    await page.getByRole('button', { name: 'Thêm một phần' }).click();
    await page.getByRole('button', { name: 'Lập biểu mẫu' }).click();
    await page.getByText('Nhập tên biểu mẫu').first().waitFor();
    await sound(page, 'a form with faults');
    await page.goto(round);
    await sound(page, 'a round seen from the centre');
    await page.goto(`${round}?tinh=96`);
    await sound(page, 'the communes of a province');
    await page.goto('/ket-qua/bao-cao');
    await sound(page, 'published reports');
    await page.locator('main a[href^="/ket-qua/bao-cao/"]').first().click();
    await sound(page, 'a published report');
    assert.deepEqual(faults, []);
    await context.close();
  });
}
