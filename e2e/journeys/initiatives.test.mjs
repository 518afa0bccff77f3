// Initiatives: anybody sends one without script, officials check, review and score it, three agencies apply
// it, and everybody can count the points again and check the receipt without the server.

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

/** Fills a sound dossier to the province. */
async function fill(page, title) {
  await page.goto('/sang-kien/gui');
  await page.getByLabel('Giải pháp kỹ thuật').check();
  await page.locator('#linh-vuc').selectOption('y-te');
  await page.locator('#ten').fill(title);
  for (const id of ['thuc-trang', 'noi-dung', 'diem-moi', 'kha-nang', 'loi-ich']) {
    await page.locator(`#${id}`).fill('Một đoạn của hồ sơ thử.');
  }
  await page.locator('#tac-gia-1').fill('Người gửi thử');
  await page.locator('#dien-thoai').fill('0901 234 567');
  await page.getByLabel('Chưa đăng ký quyền').check();
  await page.getByLabel(/Tôi cam đoan/).check();
  await page.locator('#noi-nhan').fill('UBND-96');
  await page.getByLabel(/Tôi đồng ý cho cơ quan/).check();
  await page.getByLabel(/Cho phép công khai nội dung/).check();
}

for (const width of WIDTHS) {
  test(`a dossier is sent without script and found by its code at ${width} px`, async () => {
    const { context, page } = await person(browser, server.url, width, { javaScriptEnabled: false });
    await page.goto('/sang-kien/gui');
    await page.getByRole('button', { name: 'Gửi và nhận mã tra cứu' }).click();
    await page.getByText('Nhập tên sáng kiến.').first().waitFor();
    await fill(page, `Gửi thử ${width}`);
    await page.getByRole('button', { name: 'Gửi và nhận mã tra cứu' }).click();
    await page.waitForURL(/sang-kien\/SK-/);
    const code = (await page.locator('.eyebrow').textContent()).trim();
    assert.match(code, /^SK-[2-9A-Z]{4}-[2-9A-Z]{4}$/);
    await page.goto('/sang-kien');
    assert.equal(await page.getByText(`Gửi thử ${width}`).count(), 0, 'nobody has checked it');
    await page.getByLabel('Mã tra cứu').fill(code.toLowerCase());
    await page.getByRole('button', { name: 'Tra cứu' }).click();
    await page.getByRole('heading', { name: `Gửi thử ${width}` }).waitFor();
    await context.close();
  });

  test(`what everybody reads of initiatives is sound at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width);
    await page.goto('/sang-kien/gui');
    await sound(page, 'the form');
    await page.getByRole('button', { name: 'Gửi và nhận mã tra cứu' }).click();
    await page.locator('#loi').waitFor();
    await sound(page, 'the form with faults');
    await page.goto('/sang-kien?tim=do+man');
    await sound(page, 'the list');
    await page.getByRole('link', { name: /Đo độ mặn tự động/ }).click();
    await page.getByRole('heading', { name: 'Bảng điểm của hội đồng' }).waitFor();
    await page.getByText('4 cơ quan ở').waitFor();
    await page.locator('#ung-ho').getByRole('link', { name: 'Đăng nhập' }).waitFor();
    await sound(page, 'a replicated initiative');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Tải biên nhận' }).click(),
    ]);
    assert.match(file.suggestedFilename(), /^bien-nhan-SK-.*\.json$/);
    await page.getByRole('link', { name: /biết tin độ mặn tăng quá muộn/ }).click();
    await page.getByRole('heading', { name: 'Đã giải bằng' }).waitFor();
    await sound(page, 'a solved problem');
    await page.goto('/dat-hang');
    assert.match(await page.locator('h3').first().textContent(), /chờ lâu ở bộ phận một cửa/, 'open ones first');
    await sound(page, 'the problems');
    await page.getByRole('link', { name: /chờ lâu ở bộ phận một cửa/ }).click();
    await page.getByRole('link', { name: /Gộp ba tờ khai hộ tịch/ }).waitFor();
    await sound(page, 'an open problem');
    await page.getByRole('link', { name: 'Gửi giải pháp cho bài toán này' }).click();
    assert.match(await page.locator('#bai-toan').inputValue(), /^DH-\d{4}-\d{6}$/);
    assert.deepEqual(faults, []);
    await context.close();
  });
}

test('a dossier goes from its sender to replicated adoption', async () => {
  const { context, page, faults } = await person(browser, server.url, 1440);
  const title = 'Nhắc lịch tiêm chủng bằng tin nhắn';
  await fill(page, title);
  await page.getByRole('button', { name: 'Gửi và nhận mã tra cứu' }).click();
  await page.waitForURL(/sang-kien\/SK-/);
  const at = new URL(page.url()).pathname;

  await signIn(page, 'tinh-camau');
  await page.goto('/ho-so-sang-kien');
  await sound(page, 'the queue');
  await page.getByRole('link', { name: title }).first().click();
  await page.getByText('Người gửi thử').waitFor();
  await sound(page, 'a dossier to check');
  await page.getByRole('radio', { name: /Hồ sơ hợp lệ/ }).check();
  await page.getByLabel(/Cơ quan thẩm định/).fill('BKHCN');
  await page.getByRole('button', { name: 'Ghi kết luận' }).click();
  await page.getByText('Đã nhận hồ sơ').waitFor();

  await signIn(page, 'lanhdao-bo');
  await page.goto('/ho-so-sang-kien');
  await page.getByRole('link', { name: title }).first().click();
  assert.equal(await page.getByText('Người gửi thử').count(), 0, 'a reviewer learns no names');
  await page.getByLabel(/Ý kiến của cơ quan/).fill('Dùng được ở mọi trạm y tế.');
  await page.getByRole('button', { name: 'Gửi ý kiến' }).click();
  await page.getByText('Đã gửi ý kiến').waitFor();

  await signIn(page, 'lanhdao-tinh');
  await page.goto('/hoi-dong-sang-kien');
  await page.getByLabel('Tên hội đồng').fill('Hội đồng thử');
  await page.getByLabel(new RegExp(title)).check();
  await page.getByLabel('Số thành viên phải chấm').fill('2');
  await page.locator('#thanh-vien-1').fill('TTBCĐ57');
  await page.locator('#vai-1').selectOption('verifier');
  await page.locator('#thanh-vien-2').fill('BKHCN');
  await sound(page, 'a council to open');
  await page.getByRole('button', { name: 'Lập hội đồng' }).click();
  await page.waitForURL(/hoi-dong-sang-kien\/./);
  const council = new URL(page.url()).pathname;
  await page.getByRole('button', { name: 'Đóng và công bố điểm' }).click();
  await page.getByText('mới có 0 phiếu chấm, cần 2').first().waitFor();
  for (const [login, points] of [['thamdinh', '90'], ['lanhdao-bo', '80,5']]) {
    await signIn(page, login);
    await page.goto(council);
    await page.getByLabel('Tính mới, trọng số 30').waitFor();
    for (const field of await page.locator('input[name^="diem-"]').all()) {
      assert.equal(await field.inputValue(), '', 'blind');
      await field.fill(points);
    }
    await sound(page, 'a ballot');
    await page.getByRole('button', { name: 'Ghi điểm' }).click();
    await page.getByText('Đã ghi điểm').waitFor();
  }
  await signIn(page, 'lanhdao-tinh');
  await page.goto(council);
  await page.getByRole('button', { name: 'Đóng và công bố điểm' }).click();
  await page.getByText('Đã đóng hội đồng').waitFor();
  await page.getByText('85,25').first().waitFor();

  for (const login of ['lanhdao-tinh', 'lanhdao-xa', 'lanhdao-bo']) {
    await signIn(page, login);
    await page.goto(at);
    await page.getByRole('link', { name: 'Mở trong khu làm việc' }).click();
    await page.getByText(/^Khai áp dụng ở/).click();
    await page.getByLabel('Áp dụng từ ngày').fill('2026-01-05');
    await page.getByLabel('Lợi ích đo được').fill('12.000.000');
    await page.locator('#do-don-vi').selectOption('dong-nam');
    await page.getByLabel(/Con số đứng ở/).fill('Báo cáo số 9/BC');
    await sound(page, 'an application');
    await page.getByRole('button', { name: 'Khai áp dụng', exact: true }).click();
    await page.getByRole('button', { name: 'Xác nhận cơ quan đang áp dụng' }).click();
    await page.getByText('Đã xác nhận cơ quan đang áp dụng').waitFor();
  }
  await signIn(page, 'lanhdao-tinh');
  await page.goto(at);
  await page.getByRole('link', { name: 'Mở trong khu làm việc' }).click();
  await page.getByRole('button', { name: 'Cấp giấy chứng nhận' }).click();
  await page.getByText('Đã cấp giấy chứng nhận').waitFor();
  await sound(page, 'a certified dossier');
  const [paper] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Tải giấy để in (PDF)' }).click(),
  ]);
  assert.match(paper.suggestedFilename(), /^chung-nhan-SK-.*\.pdf$/);
  const proof = await (await page.request.get(`${new URL(page.url()).pathname}/chung-nhan.json`)).json();
  const checkAt = `${at}/chung-nhan/${JSON.parse(proof.words).check}`;
  await context.clearCookies();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(checkAt);
    await page.getByText('Giấy chứng nhận còn hiệu lực').waitFor();
    assert.equal(await page.getByText('Người gửi thử').count(), 0, 'nobody agreed to be named');
    await page.getByLabel('Họ và tên trên giấy').fill('nguoi gui thu');
    await page.getByRole('button', { name: 'So tên' }).click();
    await page.getByText('Tên này có trong giấy chứng nhận').waitFor();
    await sound(page, 'a certificate that holds');
  }
  await signIn(page, 'lanhdao-tinh');
  await page.goto(at);
  await page.getByRole('link', { name: 'Mở trong khu làm việc' }).click();
  await page.getByText('Thu hồi giấy chứng nhận').click();
  await page.getByLabel('Lý do thu hồi').fill('Ghi sai tên tác giả.');
  await page.getByRole('button', { name: 'Thu hồi', exact: true }).click();
  await page.goto(checkAt);
  await page.getByText('Giấy chứng nhận không còn hiệu lực').waitFor();
  await page.getByText('Ghi sai tên tác giả.').waitFor();
  await sound(page, 'a certificate that was withdrawn');
  await page.goto(at);
  await page.getByText('Đã nhân rộng').first().waitFor();
  await page.getByText('3 cơ quan ở 1 trên 34').waitFor();
  assert.deepEqual(faults, []);
  await context.close();
});

for (const width of WIDTHS) {
  test(`an agency publishes a problem, is told what is wrong, and withdraws it at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width);
    await signIn(page, 'lanhdao-xa');
    await page.goto('/bai-toan');
    await sound(page, 'no problems yet');
    await page.getByRole('link', { name: 'Đặt hàng bài toán mới' }).click();
    await page.locator('#ten').fill(`Rác ở chợ ${width}`);
    await page.locator('#linh-vuc').selectOption('nong-nghiep');
    await page.locator('#vuong').fill('Rác nhiều quá.');
    await page.locator('#ket-qua').fill('Còn một nửa.');
    await page.locator('#den-ngay').fill('2090-01-31');
    await page.getByRole('button', { name: 'Đăng bài toán' }).click();
    await page.getByText('Ghi ít nhất một con số').first().waitFor();
    await sound(page, 'a problem with faults');
    await page.locator('#vuong').fill('Mỗi đêm 3 tấn rác.');
    await page.getByRole('button', { name: 'Đăng bài toán' }).click();
    await page.getByText('Đã đăng bài toán').waitFor();
    await sound(page, 'a problem of the agency');
    await page.locator('#ly-do').fill('Đã có kinh phí thu gom.');
    await page.getByRole('button', { name: 'Rút bài toán' }).click();
    await page.getByText('Đã rút bài toán').waitFor();
    await page.getByRole('link', { name: 'Xem trang công khai' }).click();
    await page.getByText('Đã có kinh phí thu gom.').waitFor();
    assert.deepEqual(faults, []);
    await context.close();
  });
}

for (const width of WIDTHS) {
  test(`somebody signed in supports an initiative once and takes it back at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width);
    await signIn(page, 'kiemtra');
    await page.goto('/sang-kien?tim=tram+y+te');
    await page.getByRole('link', { name: /Phiếu hẹn khám/ }).click();
    const count = async () => Number(await page.locator('#ung-ho b').textContent());
    const before = await count();
    await page.getByRole('button', { name: 'Ủng hộ', exact: true }).click();
    await page.getByRole('button', { name: 'Thôi ủng hộ' }).waitFor();
    assert.equal(await count(), before + 1);
    await sound(page, 'an initiative that one supports');
    await page.getByRole('button', { name: 'Thôi ủng hộ' }).click();
    await page.getByRole('button', { name: 'Ủng hộ', exact: true }).waitFor();
    assert.equal(await count(), before);
    assert.deepEqual(faults, []);
    await context.close();
  });
}
