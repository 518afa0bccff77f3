// Petitions at the desks: written down for somebody, received, passed on, drafted, returned once, approved; several
// at once, by keyboard; one about an officer; and one that two agencies refuse until the province binds a lead.

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

/** Writes a case down for somebody; answers the address of its page. */
async function writeDown(page, title) {
  await page.goto('/phan-anh-den');
  await page.getByRole('link', { name: 'Ghi hộ người gửi' }).click();
  await page.getByLabel('Điện thoại', { exact: true }).check();
  await page.getByLabel('Phản ánh', { exact: true }).check();
  await page.getByLabel('Tóm tắt trong một câu').fill(title);
  await page.getByLabel('Kể cụ thể').fill('Người gọi cho biết ván cầu gãy ở giữa nhịp, buổi tối không có đèn.');
  await page.getByLabel('Họ và tên').fill('Người gửi mẫu 20');
  await page.getByRole('button', { name: 'Ghi và lấy phiếu' }).click();
  await page.getByRole('heading', { name: 'Phiếu nhận phản ánh, kiến nghị' }).waitFor();
  await page.getByText(/PA-[0-9A-Z]{5}-[0-9A-Z]{5}/).waitFor();
  await sound(page, 'a receipt');
  await page.getByRole('link', { name: 'Về hàng việc' }).click();
  await page.getByRole('link', { name: title, exact: true }).click();
  await page.getByRole('heading', { name: title }).waitFor();
  return new URL(page.url()).pathname;
}

async function press(page, name, then) {
  await page.getByRole('button', { name, exact: true }).click();
  await page.getByText(then).first().waitFor();
}

/** Attaches a picture to the answer, covers a part of it with the pointer, and prepares it for everybody. */
async function coverPicture(page, at) {
  const buffer = await page.screenshot();
  await page.getByLabel('Ảnh, tệp đính kèm').setInputFiles({ name: 'cau.png', mimeType: 'image/png', buffer });
  await press(page, 'Xem bản công khai', 'Đã đính kèm tệp.');
  await page.goto(at);
  await page.getByRole('link', { name: 'Che và công bố ảnh cau.png' }).click();
  const picture = page.getByRole('img', { name: /cau\.png/ });
  await picture.scrollIntoViewIfNeeded();
  const box = await picture.boundingBox();
  await page.mouse.move(box.x + box.width * 0.1, box.y + box.height * 0.1);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.4, { steps: 4 });
  await page.mouse.up();
  const drawn = Number(await page.getByLabel('Rộng, %').first().inputValue());
  assert.ok(Math.abs(drawn - 40) < 2, `${drawn} per cent wide`);
  await page.getByLabel('Cách trái, %').nth(1).fill('200');
  await press(page, 'Xem thử', 'Chỗ che thứ 2');
  await sound(page, 'a cover that is wrong');
  await page.getByLabel('Cách trái, %').nth(1).fill('');
  await page.getByRole('button', { name: 'Xem thử' }).click();
  await page.waitForLoadState();
  await sound(page, 'a picture being covered');
  await press(page, 'Chuẩn bị công bố', 'Đã che và chuẩn bị ảnh.');
  await page.getByText('Công khai khi duyệt câu trả lời').waitFor();
}

for (const width of WIDTHS) {
  test(`a case goes from the telephone to an approved answer at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width);
    await signIn(page, 'xa-namcan');
    const at = await writeDown(page, `Ván cầu gãy ở kênh số ${width}`);
    await sound(page, 'a case that was sent');
    await press(page, 'Tiếp nhận', 'Đã tiếp nhận.');
    await sound(page, 'a case to pass on');
    await page.getByRole('radio', { name: /Ủy ban nhân dân xã Năm Căn/ }).check();
    await press(page, 'Chuyển giải quyết', 'Đã chuyển giải quyết.');
    await press(page, 'Nhận giải quyết', 'Đã nhận giải quyết.');
    // Who prepares tasks for the agency makes one of the case.
    await signIn(page, 'lanhdao-xa');
    await page.goto(at);
    await sound(page, 'a case to make a task of');
    await press(page, 'Lập nhiệm vụ từ vụ việc', 'Kết quả giải quyết vụ việc');
    await signIn(page, 'xa-namcan');
    await page.goto(at);
    await page.getByRole('heading', { name: 'Nhiệm vụ lập từ vụ việc' }).waitFor();
    await sound(page, 'a case with a task');
    await page.getByRole('link', { name: 'Soạn câu trả lời' }).click();
    await page.getByLabel('Đã giải quyết').check();
    await page
      .getByLabel('Câu trả lời gửi người gửi')
      .fill('Kính gửi Người gửi mẫu 20. Xã đã thay ván cầu và lắp đèn, cầu đi lại được từ hôm nay.');
    await press(page, 'Trình lãnh đạo duyệt', 'thì ghi số văn bản');
    await sound(page, 'an answer without proof');
    await page.getByLabel('Số văn bản cho thấy việc đã làm').fill('Biên bản nghiệm thu cầu');
    await press(page, 'Xem bản công khai', '[người gửi]');
    await sound(page, 'an answer being drafted');
    await press(page, 'Trình lãnh đạo duyệt', 'Đã trình lãnh đạo duyệt.');
    await signIn(page, 'lanhdao-xa');
    await page.goto('/phan-anh-den');
    await page.getByRole('heading', { name: /Chờ duyệt trả lời/ }).waitFor();
    await sound(page, 'the queue of a leader');
    await page.goto(at);
    await page.getByText('Trả lại để sửa').click();
    await page.getByLabel('Cần sửa gì').fill('Ghi rõ ai nghiệm thu.');
    await sound(page, 'an answer to decide on');
    await press(page, 'Trả lại', 'Đã trả lại để sửa.');
    await signIn(page, 'xa-namcan');
    await page.goto(`${at}/tra-loi`);
    await page.getByText('Ghi rõ ai nghiệm thu.').waitFor();
    await coverPicture(page, at);
    await page.goto(`${at}/tra-loi`);
    await press(page, 'Trình lãnh đạo duyệt', 'Đã trình lãnh đạo duyệt.');
    await signIn(page, 'lanhdao-xa');
    await page.goto(at);
    await page.getByRole('heading', { name: 'Ảnh sẽ công khai cùng câu trả lời' }).waitFor();
    await sound(page, 'pictures to let out');
    await press(page, 'Duyệt và trả lời', 'Đã duyệt.');
    await page.getByRole('heading', { name: 'Đã trả lời người gửi' }).waitFor();
    await sound(page, 'a case that was answered');
    await page.goto('/phan-anh-den/noi-dau');
    await page.getByRole('heading', { name: 'Theo lĩnh vực' }).waitFor();
    await sound(page, 'where it hurts');
    assert.deepEqual(faults, []);
    await context.close();
  });
}

for (const width of WIDTHS) {
  test(`several cases are received and merged at once, and one is about an officer, at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width);
    await signIn(page, 'xa-namcan');
    const titles = ['đầu', 'giữa', 'cuối'].map((it) => `Ván cầu gãy ở ${it} kênh số ${width}`);
    const ways = [];
    for (const title of titles) ways.push(await writeDown(page, title));
    await page.goto('/phan-anh-den');
    await sound(page, 'the queue to choose from');
    // By keyboard alone: down one line, choose, help; and letters turned off do nothing.
    await page.locator('body').press('j');
    const title = await page.evaluate(() => document.activeElement.textContent);
    await page.keyboard.press('x');
    assert.ok(await page.getByLabel(`Chọn ${title}`, { exact: true }).isChecked());
    await page.keyboard.press('x');
    await page.keyboard.press('?');
    await page.getByText('Dùng phím chữ').waitFor();
    await sound(page, 'the keys');
    await page.getByLabel('Dùng phím chữ').uncheck();
    await page.locator('[data-line] [data-go]').first().focus();
    await page.keyboard.press('x');
    assert.equal(await page.locator('input[name=chon]:checked').count(), 0, 'a letter that was turned off');
    await page.getByLabel('Dùng phím chữ').check();
    for (const title of titles) await page.getByLabel(`Chọn ${title}`, { exact: true }).check();
    await page.getByText('(3)', { exact: true }).waitFor();
    await press(page, 'Tiếp nhận các vụ việc đã chọn', 'Đã xong 3 vụ việc');
    await sound(page, 'what came of each');
    const numbers = (await page.locator('#vua li').allInnerTexts()).map((it) => /PA-\d{4}-\d{6}/.exec(it)[0]);
    for (const title of titles) await page.getByLabel(`Chọn ${title}`, { exact: true }).check();
    await page.getByText('Gộp vào một vụ việc chính').click();
    await page.getByLabel('Số của vụ việc chính').fill(numbers[0]);
    await page.getByLabel('Vì sao là cùng một việc').fill('Cùng một cây cầu.');
    await press(page, 'Gộp các vụ việc đã chọn', 'Đã xong 2 vụ việc');
    await page.getByText('1 vụ việc chưa làm được').waitFor();
    await sound(page, 'what could not be done');
    // Somebody the case is about no longer finds it.
    await page.goto(ways[0]);
    await page.locator('summary', { hasText: 'Việc khác' }).click();
    await page.getByText('Vụ việc phản ánh một cán bộ').click();
    const leader = page.getByLabel('Người bị phản ánh').locator('option', { hasText: 'Lãnh đạo' });
    await page.getByLabel('Người bị phản ánh').selectOption(await leader.first().getAttribute('value'));
    await sound(page, 'whom a case is about');
    await press(page, 'Ghi người bị phản ánh', 'Người bị phản ánh không thấy');
    await signIn(page, 'lanhdao-xa');
    assert.equal((await page.goto(ways[0])).status(), 404);
    assert.deepEqual(faults, []);
    await context.close();
  });
}

test('an administrator makes a key for a program, sees it once and ends it', async () => {
  const { context, page, faults } = await person(browser, server.url, 390);
  await signIn(page, 'quantri');
  await page.goto('/phan-anh-den/khoa');
  await sound(page, 'keys');
  await page.getByLabel('Tên hệ thống dùng khóa').fill('Tổng đài mẫu');
  await press(page, 'Cấp khóa', 'Đã cấp khóa cho Tổng đài mẫu');
  await sound(page, 'a key that was made');
  const secret = await page.locator('#khoa-chep').innerText();
  await page.goto('/phan-anh-den/khoa');
  assert.ok(!(await page.content()).includes(secret), 'a key is shown twice');
  await press(page, 'Thu hồi khóa của Tổng đài mẫu', 'Đã thu hồi.');
  assert.deepEqual(faults, []);
  await context.close();
});

test('a case that two agencies refuse is bound by the province', async () => {
  const { context, page, faults } = await person(browser, server.url, 1440);
  await signIn(page, 'xa-namcan');
  const at = await writeDown(page, 'Ván cầu gãy ở ranh hai xã');
  await press(page, 'Tiếp nhận', 'Đã tiếp nhận.');
  for (const [login, name] of [
    ['tinh-camau', 'uy ban nhan dan tinh ca mau'],
    ['bo-khcn', 'BKHCN'],
  ]) {
    await signIn(page, 'xa-namcan');
    await page.goto(at);
    await page.getByLabel('Hoặc cơ quan khác').fill(name);
    await page.getByRole('button', { name: 'Chuyển giải quyết' }).click();
    await page.waitForURL(/vua=chuyen/);
    await signIn(page, login);
    await page.goto(at);
    await page.locator('summary', { hasText: 'Việc khác' }).click();
    await page.getByText('Không thuộc thẩm quyền, trả lại').click();
    await page.getByLabel(/Quy định nào giao việc này/).fill('Cầu ấp do cấp xã quản lý.');
    await page.getByRole('button', { name: 'Trả lại', exact: true }).click();
    await page.waitForURL(/vua=tu-choi/);
  }
  await signIn(page, 'tinh-camau');
  await page.goto(at);
  await page.getByText('hiệu lực bắt buộc').waitFor();
  await sound(page, 'a case to bind');
  await page.getByLabel('Hoặc cơ quan khác').fill('UBND-32191');
  await page.getByRole('button', { name: 'Chuyển giải quyết' }).click();
  await page.waitForURL(/vua=chuyen/);
  await signIn(page, 'xa-namcan');
  await page.goto(at);
  await page.getByText('Chỉ định bắt buộc').first().waitFor();
  assert.equal(await page.getByText('Không thuộc thẩm quyền, trả lại').count(), 0);
  assert.deepEqual(faults, []);
  await context.close();
});
