// Signing in with a certified OpenID Connect provider: a citizen sends, finds the own case and leaves; an official
// links themself, signs in without a password and unlinks.

import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { WIDTHS, launch, person, signIn, sound } from '../lib/browser.mjs';
import { NAME, agree, setup, startProvider } from '../lib/provider.mjs';
import { freePort, startServer } from '../lib/server.mjs';

const SECRET = 'mot-bi-mat-chi-de-thu-trong-trinh-duyet';
const secretFile = join(tmpdir(), `sauro-e2e-secret-${process.pid}`);
let server;
let provider;
let browser;
before(async () => {
  await writeFile(secretFile, `${SECRET}\n`, { mode: 0o600 });
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  process.env.SAURO_OIDC_PROVIDERS = setup(issuer, secretFile);
  server = await startServer();
  provider = await startProvider({ issuer, port, url: server.url, secret: SECRET });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await provider?.stop();
  await rm(secretFile, { force: true });
});

for (const width of WIDTHS) {
  test(`a citizen signs in, sends, finds the case again and leaves at ${width} px`, async () => {
    const who = String(width).padStart(4, '0').slice(-3);
    const { context, page, faults } = await person(browser, server.url, width);
    await page.goto('/cua-toi');
    await page.getByRole('heading', { name: 'Đăng nhập của người dân' }).waitFor();
    await sound(page, 'the door of citizens');
    const button = page.getByRole('link', { name: `Đăng nhập bằng ${NAME}` });
    await button.click();
    await page.getByRole('button', { name: 'Thôi' }).click();
    await page.getByRole('heading', { name: 'Đã dừng đăng nhập' }).waitFor();
    await sound(page, 'somebody who turned back');
    await page.goto('/cua-toi');
    await button.click();
    await agree(page, who);
    await page.getByRole('heading', { name: 'Phản ánh của tôi' }).waitFor();
    await sound(page, 'an empty list');

    await page.getByRole('link', { name: 'Gửi phản ánh, kiến nghị' }).last().click();
    await page.getByText(`Đã đăng nhập: Người thử ${who}`).waitFor();
    await sound(page, 'the form of somebody who signed in');
    assert.equal(await page.getByLabel('Họ và tên').inputValue(), `Người thử ${who}`);
    assert.equal(await page.getByLabel('Số điện thoại hoặc thư điện tử').inputValue(), `0900000${who}`);
    await page.getByLabel('Tóm tắt trong một câu').fill(`Biển báo ở ngã tư số ${width} bị che khuất`);
    await page.getByLabel('Kể cụ thể').fill(`Cành cây che biển báo ở ngã tư số ${width}, tối không thấy gì.`);
    await page.getByLabel('Xảy ra ở xã, phường nào?').fill('xã Năm Căn, Cà Mau');
    await page.getByLabel('Tôi đồng ý cho cơ quan').check();
    await page.getByRole('button', { name: 'Gửi và nhận mã tra cứu' }).click();
    await page.waitForURL(/\/tra-cuu\/PA-/);
    await page.goto('/cua-toi');
    await sound(page, 'a list with a case');
    await page.getByRole('link', { name: `ngã tư số ${width}` }).click();
    await page.waitForURL(/\/tra-cuu\/PA-/);
    const number = /PA-\d{4}-\d{6}/.exec(await page.locator('main').innerText())[0];

    const desk = await person(browser, server.url, width);
    await signIn(desk.page, 'xa-namcan');
    await desk.page.goto('/phan-anh-den');
    await desk.page.locator('li', { hasText: number }).locator('a[href^="/phan-anh-den/"]').first().click();
    await desk.page.getByText(`Đã định danh: Người thử ${who}`).waitFor();
    await desk.page.getByText(`${NAME}, Mức độ 2`).waitFor();
    await sound(desk.page, 'the desk of a case whose sender is proved');
    assert.deepEqual(desk.faults, []);
    await desk.context.close();

    await page.goto('/cua-toi/tai-khoan');
    await sound(page, 'what is kept of a citizen');
    await page.getByRole('button', { name: 'Đăng xuất', exact: true }).click();
    await page.getByRole('heading', { name: 'Đã đăng xuất' }).waitFor();
    await sound(page, 'the way out');
    await page.getByRole('link', { name: `Đăng xuất khỏi ${NAME}` }).click();
    await page.locator('button[name="logout"], button[autofocus]').first().click();
    await page.waitForURL(/\/dang-nhap\/nguoi-dan\/da-ra/);
    await page.goto('/cua-toi');
    await page.getByRole('heading', { name: 'Đăng nhập của người dân' }).waitFor();
    assert.deepEqual(faults, []);
    await context.close();
  });

  test(`an official links themself and signs in without a password at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width);
    await signIn(page, 'lanhdao-xa');
    await page.goto('/tai-khoan');
    await page.getByLabel('Mật khẩu, để liên kết').fill('sau-ro-57-mau');
    await page.getByRole('button', { name: `Liên kết ${NAME}` }).click();
    await page.getByRole('heading', { name: `Liên kết ${NAME}` }).waitFor();
    await sound(page, 'on the way to a link');
    await page.getByRole('link', { name: `Sang ${NAME}` }).click();
    await agree(page, `9${width}`);
    await page.getByText('Đã liên kết.').waitFor();
    await sound(page, 'an account that is linked');

    const home = await person(browser, server.url, width);
    await home.page.goto('/dang-nhap?tiep=/tai-khoan');
    await sound(home.page, 'the door of officials');
    const button = home.page.getByRole('link', { name: `Đăng nhập bằng ${NAME}` });
    await button.click();
    await agree(home.page, '000');
    await home.page.getByText('TK-0411').waitFor();
    await sound(home.page, 'somebody who is no official');
    await home.context.clearCookies();
    await home.page.goto('/dang-nhap?tiep=/tai-khoan');
    await button.click();
    await agree(home.page, `9${width}`, '1');
    await home.page.getByText('TK-0412').waitFor();
    await home.context.clearCookies();
    await home.page.goto('/dang-nhap?tiep=/tai-khoan');
    await button.click();
    await agree(home.page, `9${width}`);
    await home.page.waitForURL(/\/tai-khoan/);
    await home.page.getByRole('button', { name: `Gỡ liên kết ${NAME}` }).click();
    await home.page.getByText('Đã gỡ liên kết.').waitFor();
    assert.deepEqual([...faults, ...home.faults], []);
    await home.context.close();
    await context.close();
  });
}
