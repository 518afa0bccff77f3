// Whoever enlarges the page, sees in high contrast, or has no mouse: the walk that docs/accessibility.md writes down.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch, person, signIn, sound } from '../lib/browser.mjs';
import { startServer } from '../lib/server.mjs';

const PUBLIC = ['/', '/tin', '/van-ban', '/lay-y-kien', '/phan-anh', '/phan-anh/gui', '/ket-qua', '/tim-kiem?q=song', '/tra-cuu'];
const OWN = ['/viec', '/nhiem-vu', '/phan-anh-den', '/bien-tap', '/bang', '/thong-bao'];

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

/** What has the focus, as somebody hears it. */
const heard = (page) =>
  page.evaluate(() => {
    const it = document.activeElement;
    return it?.getAttribute('aria-label') ?? it?.labels?.[0]?.innerText ?? it?.textContent?.trim() ?? '';
  });

/** Presses Tab until `words` are heard; each step must be seen where it stands. */
async function walkTo(page, words, most = 60) {
  for (let n = 0; n < most; n += 1) {
    await page.keyboard.press('Tab');
    const isSeen = await page.evaluate(() => {
      const it = document.activeElement;
      const { width, height } = it.getBoundingClientRect();
      const style = getComputedStyle(it);
      const ring = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
      return it === document.body || (width > 0 && height > 0 && ring);
    });
    const now = await heard(page);
    assert.ok(isSeen, `the focus on “${now.slice(0, 60)}” cannot be seen`);
    if (words.test(now)) return;
  }
  assert.fail(`${words} was not reached with Tab`);
}

// WCAG 1.4.4 and 1.4.10: 200 % of a desk of 1280 pixels, and 400 % of it.
for (const [zoom, width] of [['200 %', 640], ['400 %', 320]]) {
  test(`every kind of page holds at ${zoom}`, async () => {
    const { context, page } = await person(browser, server.url, width);
    for (const path of PUBLIC) {
      await page.goto(path);
      await sound(page, `${path} at ${zoom}`);
    }
    await signIn(page, 'xa-namcan');
    for (const path of OWN) {
      await page.goto(path);
      await sound(page, `${path} at ${zoom}`);
    }
    await context.close();
  });
}

test('no page is wider than a small phone, a tablet or a large screen', async () => {
  const { context, page } = await person(browser, server.url, 360);
  const wide = [];
  const look = async (paths) => {
    for (const path of paths) {
      await page.goto(path);
      for (const width of [360, 768, 1920]) {
        await page.setViewportSize({ width, height: 900 });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (over > 0) wide.push(`${path} at ${width}: ${over} px`);
      }
    }
  };
  await look([...PUBLIC, ...PUBLIC.map((it) => `/en${it}`)]);
  await signIn(page, 'xa-namcan');
  await look([...OWN, ...OWN.map((it) => `/en${it}`)]);
  assert.deepEqual(wide, []);
  await context.close();
});

test('in high contrast a state is told by its shape, and a button by its edge', async () => {
  const { context, page } = await person(browser, server.url, 1440, { forcedColors: 'active' });
  await page.goto('/ket-qua');
  const edges = await page.locator('.btn').first().evaluate((it) => getComputedStyle(it).borderTopStyle);
  assert.notEqual(edges, 'none');
  await signIn(page, 'xa-namcan');
  const shapes = page.locator('main svg').filter({ visible: true });
  assert.ok((await shapes.count()) > 2);
  const ink = await shapes.first().evaluate((it) => getComputedStyle(it).color);
  const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.notEqual(ink, paper);
  await context.close();
});

test('a visitor without a mouse finds an article, and sends a petition', async () => {
  const { context, page } = await person(browser, server.url, 1440);
  await page.goto('/');
  await page.keyboard.press('Tab');
  assert.equal(await heard(page), 'Đến nội dung chính');
  await page.keyboard.press('Enter');
  await walkTo(page, /^Tìm/);
  await page.keyboard.type('song di dong');
  await page.keyboard.press('Enter');
  await page.waitForURL(/tim-kiem\?q=/);
  await walkTo(page, /sóng di động/i, 90);
  await page.keyboard.press('Enter');
  await page.waitForURL((it) => !it.pathname.startsWith('/tim-kiem'));

  await page.goto('/phan-anh/gui');
  await walkTo(page, /Tóm tắt/);
  await page.keyboard.type('Đèn đường trước chợ không sáng');
  await walkTo(page, /^Kể cụ thể/);
  await page.keyboard.type('Ba đêm nay đèn trước chợ không sáng, trẻ em đi học về tối.');
  await walkTo(page, /^Xảy ra ở/);
  await page.keyboard.type('xã Năm Căn, tỉnh Cà Mau');
  await walkTo(page, /^Họ và tên/);
  await page.keyboard.type('Người gửi thử');
  await walkTo(page, /^Số điện thoại/);
  await page.keyboard.type('0900000000');
  await walkTo(page, /đồng ý/i);
  await page.keyboard.press('Space');
  await walkTo(page, /Gửi và nhận mã/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/tra-cuu\/PA-/);
  await context.close();
});

test('an officer without a mouse signs in, opens the most urgent task and comes back', async () => {
  const { context, page } = await person(browser, server.url, 1440);
  await page.goto('/dang-nhap');
  await walkTo(page, /Tên đăng nhập/);
  await page.keyboard.type('xa-namcan');
  await walkTo(page, /Mật khẩu/);
  await page.keyboard.type('sau-ro-57-mau');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/viec$/);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await walkTo(page, /^Báo cáo|^Mở nhiệm vụ/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/nhiem-vu\//);
  assert.equal(await page.locator('h1').count(), 1);
  await page.goBack();
  await page.waitForURL(/\/viec(#|$)/);
  await context.close();
});
