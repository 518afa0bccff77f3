// The portal: an editor writes, gets approval, schedules, corrects and withdraws; a draft is vetted and remarked on block
// by block; a citizen finds, reads in two languages, follows a document to its tasks, gives an opinion, and is told by
// mail of what was published until they leave.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { WIDTHS, launch, person, signIn, sound } from '../lib/browser.mjs';
import { startMailbox } from '../lib/mailbox.mjs';
import { startServer } from '../lib/server.mjs';

let mailbox;
let server;
let browser;
before(async () => {
  mailbox = await startMailbox();
  server = await startServer({ ...mailbox.variables, SAURO_PUSH_ENABLED: 'true' });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await mailbox?.stop();
});

/** Somebody asks for news at `address` and confirms by the letter. */
async function subscribe(page, address) {
  await page.goto('/tin');
  await page.getByRole('link', { name: 'Nhận tin' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Nhận tin' }).waitFor();
  await sound(page, 'the form of subscribers');
  await page.getByRole('button', { name: 'Nhận tin qua thư' }).click();
  await page.locator('#loi').waitFor();
  await sound(page, 'the form of subscribers with faults');
  await page.getByLabel('Mọi tin bài, sự kiện').check();
  await page.getByLabel('Ngay khi đăng').check();
  await page.locator('#thu').fill(address);
  await page.getByLabel('Đồng ý để cổng thông tin').check();
  await page.getByRole('button', { name: 'Nhận tin qua thư' }).click();
  await page.getByRole('heading', { level: 1, name: 'Mở hộp thư để xác nhận' }).waitFor();
  await sound(page, 'what comes next');
  const { head, plain } = await mailbox.letter(address, '/theo-doi-tin/xac-nhan/');
  assert.ok(!/List-Unsubscribe/i.test(head), 'nothing to leave yet');
  await page.goto(new URL(/\S+\/theo-doi-tin\/xac-nhan\/\S+/.exec(plain)[0]).pathname);
  await page.getByRole('button', { name: 'Xác nhận' }).click();
  await page.getByText('Đã xác nhận.').waitFor();
  await sound(page, 'the own subscription');
}

/** The letter about `title` comes; whoever got it leaves. */
async function toldAndLeave(page, address, title) {
  const { head, plain } = await mailbox.letter(address, title);
  assert.match(head, /List-Unsubscribe-Post: List-Unsubscribe=One-Click/);
  const own = new URL(/\S+\/theo-doi-tin\/\S+\/thoi/.exec(plain)[0]).pathname;
  await page.goto(own);
  await sound(page, 'leaving');
  await page.getByRole('button', { name: 'Thôi nhận tin' }).click();
  await page.getByRole('heading', { level: 1, name: 'Đã thôi nhận tin' }).waitFor();
}

for (const width of WIDTHS) {
  test(`a citizen reads, follows a document to its tasks and gives an opinion at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width);
    await page.goto('/', { waitUntil: 'networkidle' });
    const bytes = await page.evaluate(async () => {
      await document.fonts.ready;
      const all = ['navigation', 'resource'].flatMap((kind) => performance.getEntriesByType(kind));
      return all.reduce((sum, it) => sum + it.transferSize, 0);
    });
    assert.ok(bytes > 5_000 && bytes <= 80_000, `a first visit costs ${bytes} bytes`);
    await page.getByRole('link', { name: 'Bảo trì trạm phát sóng' }).first().waitFor();
    await page.getByText('nhiệm vụ có thời hạn').waitFor();
    await sound(page, 'the front');
    await page.getByRole('link', { name: 'Tất cả tin' }).click();
    await sound(page, 'the news');
    await page.getByRole('link', { name: 'Đoàn kiểm tra chéo đo sóng' }).click();
    await page.getByText('Đính chính lúc').waitFor();
    await sound(page, 'an article');
    await page.getByRole('link', { name: 'Kiểm tra, giám sát' }).click();
    await page.getByRole('heading', { level: 1, name: 'Kiểm tra, giám sát' }).waitFor();
    await sound(page, 'a topic');
    await page.goto('/tin/dua-song-di-dong-den-12-ap-ven-bien-ca-mau');
    await page.getByRole('navigation', { name: 'Ngôn ngữ' }).getByRole('link', { name: 'English' }).click();
    await page.getByRole('heading', { level: 1, name: 'Mobile signal reaches 12 coastal hamlets' }).waitFor();
    assert.equal(await page.locator('h1').getAttribute('lang'), 'en');
    await sound(page, 'an article in English');
    // From there the words lead back to what was written first.
    await page.locator('a[data-tongue]:visible').first().click();
    await page.waitForURL(/\/tin\/dua-song-di-dong/);
    assert.equal(new URL(page.url()).pathname, '/tin/dua-song-di-dong-den-12-ap-ven-bien-ca-mau');
    await page.goto('/van-ban');
    await page.getByLabel('Số, ký hiệu').fill('57-nq');
    await page.getByRole('button', { name: 'Lọc' }).click();
    await page.getByRole('link', { name: /Đột phá phát triển khoa học/ }).waitFor();
    await sound(page, 'the library');
    await page.goto('/van-ban');
    await page.locator('.item h3 a').first().waitFor();
    const papers = await page.locator('.item h3 a').evaluateAll((all) => all.map((it) => it.getAttribute('href')));
    let withTasks = '';
    for (const href of papers) {
      await page.goto(href);
      if (await page.getByRole('heading', { name: 'đã thành những nhiệm vụ nào' }).count()) withTasks = href;
    }
    assert.notEqual(withTasks, '', 'one document names its tasks');
    await page.goto(withTasks);
    await sound(page, 'a document');
    await page.locator('section[aria-labelledby=viec] h3 a').first().click();
    await page.waitForURL(/ket-qua\/nhiem-vu\//);
    await page.goto('/lay-y-kien');
    await page.getByRole('link', { name: /Dự thảo quy chế chia sẻ dữ liệu/ }).click();
    await sound(page, 'a consultation');
    const before = await page.locator('section[aria-labelledby=gop-y] li').first().innerText();
    await page.getByLabel('Tán thành', { exact: true }).check();
    await page.locator('#doi-tuong').selectOption('Người dân');
    await page.getByRole('button', { name: 'Gửi ý kiến' }).click();
    await page.getByText('Đã nhận ý kiến').waitFor();
    assert.notEqual(await page.locator('section[aria-labelledby=gop-y] li').first().innerText(), before);
    assert.equal(await page.locator('script:not([type="application/ld+json"])').count(), 0);
    assert.deepEqual(faults, []);
    await context.close();
  });

  test(`an editor writes, schedules, corrects and withdraws at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width);
    const title = `Mở điểm hỗ trợ ở ấp xa ${width}`;
    const address = `dan-${width}@example.vn`;
    await subscribe(page, address);
    await signIn(page, 'tinh-camau');
    await page.goto('/bien-tap/nguoi-nhan-tin');
    await page.getByRole('rowheader', { name: 'Mọi tin bài, sự kiện' }).waitFor();
    await sound(page, 'the counts of subscribers');
    await page.goto('/bien-tap');
    await sound(page, 'the desk');
    await page.locator('#tieu-de').fill(title);
    await page.getByRole('button', { name: 'Bắt đầu viết' }).click();
    await page.waitForURL(/bien-tap\/[0-9a-f-]{36}$/);
    const at = new URL(page.url()).pathname;
    await page.getByLabel('Tóm tắt').fill('Một câu tóm tắt.');
    await page.getByRole('button', { name: 'Đoạn văn', exact: true }).click();
    await page.locator('#t-1').waitFor();
    await page.locator('#t-1').fill('Xem [tại đây](/ket-qua).');
    await page.getByRole('button', { name: 'Tiêu đề', exact: true }).click();
    await page.locator('#t-2').waitFor();
    await page.locator('#t-2').fill('Phần một');
    await page.locator('#t-2').press('Alt+ArrowUp');
    await page.getByText('Đã lưu nháp lúc').waitFor({ timeout: 15000 });
    await page.reload();
    assert.equal(await page.locator('#t-1').inputValue(), 'Phần một', 'the draft was kept in its new order');
    await page.getByRole('button', { name: 'Ảnh', exact: true }).click();
    await page.getByRole('button', { name: 'Chọn ảnh cho khối 3' }).click();
    await page.getByRole('heading', { level: 1, name: 'Chọn ảnh cho khối 3' }).waitFor();
    await page.getByText('Tải ảnh mới lên').click();
    await sound(page, 'choosing a picture');
    await page.locator('#tep').setInputFiles({ name: 'anh.png', mimeType: 'image/png', buffer: await page.screenshot() });
    await page.locator('#mo-ta').fill('Ảnh chụp trang chọn ảnh');
    await page.getByRole('button', { name: 'Dùng ảnh đã chọn' }).click();
    await page.locator('#t-3').waitFor();
    assert.equal(await page.locator('#t-3').inputValue(), 'Ảnh chụp trang chọn ảnh', 'said once in the library');
    await page.getByRole('button', { name: 'Ghi phiên bản' }).click();
    await page.getByText('Đã ghi phiên bản mới').waitFor();
    await sound(page, 'the editor');
    await page.getByRole('button', { name: 'Chuyển cho biên tập' }).click();
    await page.getByText('Đã chuyển cho biên tập').waitFor();
    await page.getByRole('button', { name: 'Trình duyệt' }).click();
    await page.locator('#loi').waitFor();
    await sound(page, 'the editor with faults');
    await page.locator('#t-2').fill('Xem [kết quả thực hiện](/ket-qua).');
    await page.getByRole('button', { name: 'Ghi phiên bản' }).click();
    await page.getByRole('button', { name: 'Trình duyệt' }).click();
    await page.getByText('Đã trình lãnh đạo duyệt').waitFor();
    await page.getByRole('link', { name: 'Các phiên bản' }).click();
    await page.getByRole('button', { name: 'So sánh' }).click();
    await page.getByRole('columnheader', { name: /Phiên bản 3/ }).waitFor();
    await sound(page, 'two versions');

    await signIn(page, 'lanhdao-tinh');
    await page.goto(at);
    await page.getByRole('button', { name: 'Tạo đường dẫn xem trước' }).click();
    await page.locator('#lien-ket-xem').waitFor();
    await page.goto(new URL(await page.locator('#lien-ket-xem').getAttribute('href')).pathname);
    await page.getByText('Bản xem trước, chưa đăng').waitFor();
    await sound(page, 'a preview');
    await page.goto(at);
    const soon = new Date(Date.now() + 7 * 3600_000 + 90_000).toISOString().slice(0, 16);
    await page.locator('#gio-dang').fill(soon);
    await page.getByRole('button', { name: 'Duyệt đăng' }).click();
    await page.getByText('Đã hẹn giờ đăng').waitFor();
    await page.getByRole('button', { name: 'Duyệt đăng' }).click();
    await page.getByText('Đã duyệt.').waitFor();
    await page.getByRole('link', { name: 'Xem trang công khai' }).click();
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    const open = new URL(page.url()).pathname;
    const shot = page.locator('.prose picture img');
    await shot.scrollIntoViewIfNeeded();
    await page.waitForFunction(() => document.querySelector('.prose picture img').naturalWidth > 0);
    assert.match(await shot.evaluate((it) => it.currentSrc), /\/anh-cong\/.*\.(avif|webp)$/, 'a small form is taken');
    await page.goto('/bien-tap/kho-anh');
    await page.locator('.shelf picture img').first().waitFor();
    await sound(page, 'the library of pictures');
    await page.locator('.shelf a').first().click();
    await page.getByRole('heading', { name: 'Dùng ở đâu' }).waitFor();
    await page.locator('input.aim').click({ position: { x: 64, y: 20 } });
    await page.getByText('Đã chọn điểm phải thấy').waitFor();
    assert.equal(await page.locator('#ngang').inputValue(), '25');
    await sound(page, 'a picture');
    await toldAndLeave(page, address, title);

    await signIn(page, 'tinh-camau');
    await page.goto(at);
    await page.getByRole('button', { name: 'Đính chính', exact: true }).click();
    await page.locator('#t-1').fill('Phần đã sửa');
    await page.getByRole('button', { name: 'Ghi phiên bản' }).click();
    await page.locator('#ghi-chu').fill('Sửa tên phần một.');
    await page.getByRole('button', { name: 'Trình duyệt' }).click();
    await page.getByText('Đã trình lãnh đạo duyệt').waitFor();
    await signIn(page, 'lanhdao-tinh');
    await page.goto(at);
    await page.getByRole('button', { name: 'Duyệt đính chính' }).click();
    await page.goto(open);
    await page.getByText('Sửa tên phần một.').waitFor();
    await page.goto(at);
    await page.getByText('Gỡ bài').first().click();
    await page.locator('#ly-do').fill('Điểm hỗ trợ đã dời.');
    await page.getByRole('button', { name: 'Gỡ bài' }).click();
    await page.getByText('Đã gỡ bài.').waitFor();
    const gone = await page.goto(open);
    assert.equal(gone.status(), 410);
    await page.getByText('Điểm hỗ trợ đã dời.').waitFor();
    await page.goto('/bien-tap/chuyen-muc');
    await sound(page, 'the sections');
    assert.deepEqual(faults, []);
    await context.close();
  });

  test(`a draft is vetted, remarked on block by block, and its links are looked at, at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width);
    const title = `Quy chế dùng chung dữ liệu ${width}`;
    await signIn(page, 'lanhdao');
    await page.goto('/bien-tap/chuyen-muc');
    const section = page.locator('form').filter({ hasText: 'Chức danh duyệt đăng' }).first();
    await section.getByRole('group', { name: /pháp chế/ }).getByLabel('Cán bộ thẩm định').check();
    await section.getByRole('button', { name: 'Ghi' }).click();
    await page.getByText('Đã ghi chuyên mục').waitFor();

    await signIn(page, 'thuongtruc');
    await page.goto('/bien-tap');
    await page.locator('#tieu-de').fill(title);
    await page.getByRole('button', { name: 'Bắt đầu viết' }).click();
    await page.waitForURL(/bien-tap\/[0-9a-f-]{36}$/);
    const at = new URL(page.url()).pathname;
    await page.getByLabel('Tóm tắt').fill('Một câu tóm tắt.');
    await page.getByRole('button', { name: 'Đoạn văn', exact: true }).click();
    await page.locator('#t-1').fill('Theo [bài trước](/tin/khong-co-bai-nay).');
    await page.getByRole('button', { name: 'Ghi phiên bản' }).click();
    await page.getByRole('button', { name: 'Chuyển cho biên tập' }).click();
    await page.getByRole('button', { name: 'Trình duyệt' }).click();
    await page.getByText('Chờ ý kiến pháp chế').first().waitFor();

    await signIn(page, 'thamdinh');
    await page.goto('/bien-tap');
    await page.getByRole('link', { name: title }).click();
    await page.getByRole('link', { name: /Đọc và góp ý/ }).click();
    await page.getByRole('link', { name: 'Góp ý khối 1' }).click();
    await page.locator('#noi-dung').fill('Dẫn đúng văn bản.');
    await page.getByRole('button', { name: 'Gửi góp ý' }).click();
    await page.getByText('Dẫn đúng văn bản.').waitFor();
    await sound(page, 'a draft with a remark');
    await page.goto(at);
    await page.locator('#phap-che').fill('Dẫn bài báo thay cho văn bản.');
    await sound(page, 'the legal opinion');
    await page.getByRole('button', { name: 'Đề nghị sửa' }).click();
    await page.getByText('Đã ghi ý kiến pháp chế: đề nghị sửa').waitFor();

    await signIn(page, 'thuongtruc');
    await page.goto(at);
    await page.getByText('Dẫn bài báo thay cho văn bản.').first().waitFor();
    await page.getByRole('link', { name: /1 góp ý chưa xong/ }).click();
    await page.getByText('Trả lời', { exact: true }).first().click();
    await page.getByLabel('Trả lời').fill('Bản này để thử đường dẫn.');
    await page.getByRole('button', { name: 'Gửi trả lời' }).click();
    await page.getByText('Bản này để thử đường dẫn.').waitFor();
    await page.getByRole('button', { name: 'Đánh dấu xong' }).click();
    await page.getByRole('button', { name: 'Mở lại' }).waitFor();
    await page.goto(at);
    await page.getByRole('button', { name: 'Trình duyệt' }).click();
    await signIn(page, 'thamdinh');
    await page.goto(at);
    await page.getByRole('button', { name: 'Đồng ý' }).click();
    await page.getByText('Đã ghi ý kiến pháp chế: đồng ý').waitFor();
    await signIn(page, 'lanhdao');
    await page.goto(at);
    await page.getByRole('button', { name: 'Duyệt đăng' }).click();
    await page.getByText('Đã duyệt.').waitFor();
    await sound(page, 'the editor of something published');

    // The whole demonstration has no broken link but the one that was just made.
    await page.goto('/bien-tap/duong-dan');
    const row = page.getByRole('row').filter({ hasText: title });
    for (let n = 0; n < 40 && ((await row.count()) === 0 || (await page.getByText('Đang kiểm').count()) > 0); n += 1) {
      await page.waitForTimeout(1000);
      await page.reload();
    }
    await row.getByText('Không có trang này').waitFor();
    const titles = await page.locator('tbody td:first-child').allInnerTexts();
    assert.deepEqual(titles.filter((it) => !it.startsWith('Quy chế dùng chung dữ liệu')), []);
    await sound(page, 'broken links');
    await page.goto('/bien-tap/ban-dich');
    await sound(page, 'translations');
    await signIn(page, 'lanhdao-tinh');
    await page.goto('/bien-tap/duong-dan');
    await page.getByText('Không có đường dẫn hỏng').waitFor();
    assert.deepEqual(faults, []);
    await context.close();
  });
}
