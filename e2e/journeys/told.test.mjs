// Whoever sends a case by the page is told of it by mail, has a lost code sent again, and corrects what they wrote of
// themselves.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { WIDTHS, launch, person, sound } from '../lib/browser.mjs';
import { startMailbox } from '../lib/mailbox.mjs';
import { startServer } from '../lib/server.mjs';

let mailbox;
let server;
let browser;
before(async () => {
  mailbox = await startMailbox();
  server = await startServer(mailbox.variables);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await mailbox?.stop();
});

/** Sends a case whose answer goes to `address`; answers its number and its code. */
async function send(page, address) {
  await page.goto('/phan-anh/gui');
  await page.getByText('Ghi thư điện tử thì có tin sẽ báo đến đó').waitFor();
  await page.getByLabel('Tóm tắt trong một câu').fill('Đèn ở bến phà không sáng');
  await page.getByLabel('Kể cụ thể').fill(`Bến phà tối từ đầu tuần, người về muộn phải dò đường (${address}).`);
  await page.getByLabel('Xảy ra ở xã, phường nào?').fill('xã Năm Căn, Cà Mau');
  await page.getByLabel('Họ và tên').fill('Người gửi thử');
  await page.getByLabel('Số điện thoại hoặc thư điện tử').fill(address);
  await page.getByLabel('Tôi đồng ý cho cơ quan').check();
  await page.getByRole('button', { name: 'Gửi và nhận mã tra cứu' }).click();
  await page.waitForURL(/\/tra-cuu\/PA-/);
  const code = await page.locator('#ma-tra-cuu').innerText();
  return { code, number: /PA-\d{4}-\d{6}/.exec(await page.locator('main').innerText())[0] };
}

/** Asks for the code of `number` at `contact`. */
async function askAgain(page, number, contact) {
  await page.goto('/tra-cuu');
  await page.getByRole('link', { name: 'Quên mã tra cứu' }).click();
  await page.getByRole('heading', { level: 1, name: 'Quên mã tra cứu' }).waitFor();
  await sound(page, 'the form for a lost code');
  await page.getByLabel('Số vụ việc').fill(number);
  await page.getByLabel('Số điện thoại hoặc thư điện tử đã ghi khi gửi').fill(contact);
  await page.getByLabel('Họ và tên').fill('nguoi gui thu');
  await page.getByRole('button', { name: 'Gửi lại mã' }).click();
}

for (const width of WIDTHS) {
  test(`a sender is told by mail, finds a lost code and corrects an address at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width);
    const address = `gui-${width}@example.vn`;
    const { code, number } = await send(page, address);
    await page.getByText('Có tin thì báo đến').waitFor();
    await sound(page, 'the receipt with where news goes');
    const receipt = await mailbox.letter(address, number);
    assert.ok(!receipt.plain.includes(code), 'an address that was typed gets no code unasked');
    assert.match(receipt.plain, /trả lời chậm nhất ngày \d\d\/\d\d\/\d{4}/);

    await askAgain(page, number, 'số nhà 5');
    await page.locator('#loi').waitFor();
    await sound(page, 'the form for a lost code with faults');
    // Somebody else's address is answered like the right one, and nothing comes there.
    await askAgain(page, number, `nguoi-khac-${width}@example.vn`);
    await page.getByText('Đã ghi nhận.').waitFor();
    await sound(page, 'the code was asked for');
    await askAgain(page, number.toLowerCase(), address.toUpperCase());
    await page.getByText('Đã ghi nhận.').waitFor();
    const letter = await mailbox.letter(address, code);
    assert.match(letter.plain, /Giữ kín mã này/);
    await assert.rejects(mailbox.letter(`nguoi-khac-${width}@example.vn`, number, 2), /no letter/);

    await page.getByRole('link', { name: 'Nhập mã để tra cứu' }).click();
    await page.getByLabel('Mã tra cứu').fill(code);
    await page.getByRole('button', { name: 'Tra cứu' }).click();
    await page.waitForURL(/\/tra-cuu\/PA-/);
    await page.getByText('Quyền của ông bà với thông tin đã gửi').click();
    const contact = page.getByLabel('Số điện thoại hoặc thư điện tử');
    assert.equal(await contact.inputValue(), address);
    await contact.fill('12');
    await page.getByRole('button', { name: 'Lưu thông tin' }).click();
    await page.locator('#loi').waitFor();
    await sound(page, 'a correction with faults');
    await contact.fill('0912 345 678');
    await page.getByLabel('Họ và tên').fill('Người gửi thử đã sửa');
    await page.getByRole('button', { name: 'Lưu thông tin' }).click();
    await page.getByText('Đã sửa thông tin của ông bà.').waitFor();
    await page.getByText('Quyền của ông bà với thông tin đã gửi').click();
    assert.equal(await contact.inputValue(), '0912345678');
    await sound(page, 'the corrected case');
    assert.deepEqual(faults, []);
    await context.close();
  });
}
