// The whole loop as people walk it: a text comes in, a task goes out, a commune reports, somebody
// else verifies, and the public page changes. Guided by the pages alone, at a phone's and a desk's width.

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

/** `days` from today, as a directive writes it. */
function day(days) {
  const at = new Date(Date.now() + days * 86_400_000);
  return `${String(at.getDate()).padStart(2, '0')}/${String(at.getMonth() + 1).padStart(2, '0')}/${at.getFullYear()}`;
}

function directive(width) {
  return `BAN CHỈ ĐẠO TRUNG ƯƠNG
*
Số ${width}-TB/BCĐTW
ĐẢNG CỘNG SẢN VIỆT NAM
Hà Nội, ngày 01 tháng 11 năm 2026

THÔNG BÁO
Kết luận buổi làm việc tại cơ sở, lượt ${width}

Ban Chỉ đạo kết luận:
1. Ủy ban nhân dân xã Năm Căn lập tổ hỗ trợ dịch vụ công lưu động số ${width}, hoàn thành trước ngày ${day(20)}.
2. Các cơ quan liên quan tiếp tục quan tâm, tạo điều kiện để người dân tiếp cận dịch vụ số.
`;
}

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/** Counts of the public page, as data. */
async function counts(page) {
  const answer = await page.request.get('/ket-qua.json');
  return JSON.stringify(await answer.json());
}

for (const width of WIDTHS) {
  test(`from a directive's text to a public result at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width);

    await signIn(page, 'thuongtruc');
    await sound(page, 'the day of the standing agency');
    await page.goto('/chi-dao/moi');
    await sound(page, 'bringing a text in');
    await page.getByLabel('Dán nội dung văn bản').fill(directive(width));
    await page.locator('select[name="chuong-trinh"]').selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Đọc văn bản' }).click();
    await page.waitForURL(/\/chi-dao\/[0-9a-f-]{36}/);
    const review = new URL(page.url()).pathname;
    await sound(page, 'review of the drafts');
    const words = await page.locator('main').innerText();
    assert.ok(words.includes('Chưa rõ sản phẩm') || words.includes('Chưa rõ thẩm quyền'), 'says what is missing');

    await page.getByRole('link', { name: 'Sửa dự thảo 1' }).click();
    await sound(page, 'mending a draft');
    await page.locator('textarea[name="san-pham"]').fill('01 tổ hỗ trợ hoạt động hằng tuần');
    await page.locator('input[name="trach-nhiem"]').fill('Chủ tịch Ủy ban nhân dân xã');
    await page.locator('input[name="tham-quyen"]').fill('TTBCĐ57');
    await page.locator('input[name="cong-khai"]').check();
    await page.getByRole('button', { name: 'Lưu dự thảo' }).click();
    await page.waitForURL((it) => it.pathname === review);
    await page.getByRole('button', { name: 'Trình duyệt 1 nhiệm vụ đã đủ' }).click();
    await page.waitForLoadState();

    await signIn(page, 'lanhdao');
    await sound(page, 'the day of a leader');
    await page.goto(review);
    await page.getByRole('button', { name: /Duyệt giao 1 nhiệm vụ/ }).click();
    await page.waitForLoadState();
    const before = await counts(page);

    await signIn(page, 'xa-namcan');
    await page.goto('/nhiem-vu');
    await sound(page, 'the list of tasks');
    await page.getByRole('link', { name: new RegExp(`lưu động số ${width}`) }).first().click();
    const code = new URL(page.url()).pathname.split('/').pop();
    assert.match(code, /^NV-\d{4}-\d{6}$/);
    await sound(page, 'the page of a task');
    await page.goto(`/nhiem-vu/${code}/bao-cao`);
    await sound(page, 'the form of a report');
    await page.locator('textarea[name="ket-qua"]').fill('Đã lập tổ, hoạt động sáng thứ Ba và thứ Năm hằng tuần.');
    await page.locator('input[name="tu-danh-gia"][value="done"]').check();
    await page.locator('input[name="sp-1"][value="done"]').check();
    await page.locator('input[name="tep-1"]').setInputFiles({ name: 'tổ hỗ trợ.png', mimeType: 'image/png', buffer: PIXEL });
    await page.getByRole('button', { name: 'Thêm minh chứng' }).click();
    await page.waitForLoadState();
    await page.getByText('tổ hỗ trợ.png').first().waitFor();
    await page.getByRole('button', { name: 'Trình lãnh đạo' }).click();
    await page.waitForLoadState();

    await signIn(page, 'lanhdao-xa');
    await sound(page, 'the day of a commune leader');
    await page.goto(`/nhiem-vu/${code}/bao-cao`);
    await page.getByRole('button', { name: 'Gửi báo cáo' }).click();
    await page.getByText(/BN-\d{8}-\d{6}/).first().waitFor();
    await sound(page, 'the receipt');
    assert.equal(await reportedState(page, code), 'Đã báo xong');

    await signIn(page, 'thamdinh');
    await page.goto(`/nhiem-vu/${code}/nghiem-thu`);
    await sound(page, 'verification');
    await page.locator('input[name="sp-1"][value="accepted"]').check();
    await page.locator('textarea[name="da-kiem-tra-1"]').fill('Đã gọi điện cho tổ và xem ảnh hoạt động.');
    await page.getByRole('button', { name: 'Ghi nhận kết quả' }).click();
    await page.waitForLoadState();

    await context.clearCookies();
    await page.goto(`/ket-qua/nhiem-vu/${code}`);
    await sound(page, 'the public page of a task');
    const shown = await page.locator('main').innerText();
    assert.ok(shown.includes('Hoàn thành đúng hạn'), 'the status follows from the verification');
    assert.ok(shown.includes('Đã gọi điện cho tổ'), 'it says what was checked');
    for (let n = 0; n < 50 && (await counts(page)) === before; n += 1) {
      await page.waitForTimeout(100);
    }
    assert.notEqual(await counts(page), before, 'the public figures changed');
    assert.deepEqual(faults, []);
    await context.close();
  });
}

/** Reported done is not done: what the public sees between report and verification. */
async function reportedState(page, code) {
  const html = await (await page.request.get(`/ket-qua/nhiem-vu/${code}`)).text();
  assert.ok(!html.includes('Hoàn thành đúng hạn'), 'reported done is not done');
  return html.includes('đã báo xong') ? 'Đã báo xong' : html;
}
