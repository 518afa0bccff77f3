// Every page of the workspace, at two widths, light and dark, with nothing that axe can find.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { WIDTHS, launch, legible, person, signIn, sound } from '../lib/browser.mjs';
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

/** Who looks at what. */
const ROUNDS = [
  ['thuongtruc', ['/chi-dao', '/chi-dao/du-thao', '/nhiem-vu/moi', '/nhiem-vu/nhap', '/chuong-trinh', '/chuong-trinh/moi', '/bao-cao-thang', '/co-quan', '/tai-khoan']],
  ['quantri', ['/quan-tri/tai-khoan', '/quan-tri/tai-khoan/moi', '/quan-tri/lich', '/tai-khoan/ma']],
  ['kiemtra', ['/viec', '/nhiem-vu', '/nhiem-vu/tien-do', '/nhiem-vu/tien-do?nhom=chuong-trinh&muc=nam&tt=tat-ca', '/nhiem-vu?tt=tat-ca&cot=chuong-trinh,han-dau,bao-cao', '/nhiem-vu/cach-xem', '/ket-qua?pham-vi=noi-bo']],
  ['thamdinh', ['/viec', '/viec/nghiem-thu', '/viec/nghiem-thu?vua=2']],
  ['lanhdao-tinh', ['/lanh-dao']],
  ['lanhdao', ['/lanh-dao']],
  ['lanhdao-bo', ['/lanh-dao', '/viec', '/viec/ky-gui', '/viec/duyet-giao', '/viec/qua-han', '/viec/thoi-gian-toi', '/viec/cho-nghiem-thu']],
];

for (const width of WIDTHS) {
  for (const colorScheme of ['light', 'dark']) {
    test(`the workspace is sound at ${width} px, ${colorScheme}`, async () => {
      const { context, page, faults } = await person(browser, server.url, width, { colorScheme });
      for (const [login, paths] of ROUNDS) {
        await signIn(page, login);
        for (const path of paths) {
          const answer = await page.goto(path);
          assert.equal(answer.status(), 200, `${login} ${path}`);
          await (colorScheme === 'dark' ? legible : sound)(page, `${login} ${path}`);
        }
      }
      assert.deepEqual(faults, []);
      await context.close();
    });
  }
}

test('a form with faults takes the focus to what must be mended', async () => {
  const { context, page } = await person(browser, server.url, 390);
  await signIn(page, 'thuongtruc');
  await page.goto('/chi-dao/moi');
  const [answer] = await Promise.all([
    page.waitForResponse((it) => it.request().method() === 'POST'),
    page.getByRole('button', { name: 'Đọc văn bản' }).click(),
  ]);
  assert.equal(answer.status(), 422);
  assert.match(await page.title(), /^Lỗi: /);
  await page.locator('#loi').waitFor();
  await sound(page, 'the form with faults');
  await context.close();
});

test('one works by keyboard alone from sign-in to the form of a report', async () => {
  const { context, page } = await person(browser, server.url, 1440);
  await page.goto('/dang-nhap');
  await page.locator('input[name="dang-nhap"]').focus();
  await page.keyboard.type('xa-namcan');
  await page.keyboard.press('Tab');
  await page.keyboard.type('sau-ro-57-mau');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/viec$/);
  await page.keyboard.press('Tab');
  assert.match(await page.evaluate(() => document.activeElement.textContent), /nội dung chính/i);
  const report = page.locator('main').getByRole('link', { name: 'Báo cáo' }).first();
  for (let n = 0; n < 60 && !(await report.evaluate((it) => it === document.activeElement)); n += 1) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/bao-cao$/);
  await context.close();
});

test('two people who edit one report see both texts', async () => {
  const first = await person(browser, server.url, 1440);
  const second = await person(browser, server.url, 390);
  await signIn(first.page, 'xa-namcan');
  await signIn(second.page, 'xa-namcan');
  await first.page.goto('/viec');
  await first.page.locator('main a[href$="/bao-cao"]').first().click();
  await first.page.waitForURL(/\/bao-cao$/);
  const path = new URL(first.page.url()).pathname;
  await second.page.goto(path);
  for (const [who, words] of [[first, 'Lời của người thứ nhất'], [second, 'Lời của người thứ hai']]) {
    await who.page.locator('textarea[name="ket-qua"]').fill(words);
    await who.page.locator('button.btn.quiet[name="viec"][value="luu"]').last().click();
    await who.page.waitForLoadState();
  }
  const both = await second.page.locator('main').innerHTML();
  assert.ok(both.includes('Lời của người thứ nhất') && both.includes('Lời của người thứ hai'));
  await sound(second.page, 'both texts');
  await first.context.close();
  await second.context.close();
});
