// Draws the pictures of the documents anew, all or those named: SAURO_BIN=… npm --prefix e2e run shots -- viec-390

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { launch, person, signIn } from './lib/browser.mjs';
import { startServer } from './lib/server.mjs';

const FOLDER = join(import.meta.dirname, '..', 'docs', 'images');

/** Name of the picture, who looks, at what, how wide and how high. Nobody is a citizen. */
const SHOTS = [
  ['trang-chu-1440', '', '/', 1440, 1150],
  ['bai-390', '', async (page) => { await page.goto('/tin/tat-ca'); await page.locator('main a[href^="/tin/"]:not([href="/tin/tat-ca"])').nth(2).click(); }, 390, 844],
  ['bien-tap-1440', 'thuongtruc', async (page) => { await page.goto('/bien-tap'); await page.locator('main').getByRole('link', { name: 'Báo cáo một lần, dùng được mọi nơi' }).click(); }, 1440, 1150],
  ['ket-qua-1440', '', '/ket-qua', 1440, 1150],
  ['viec-390', 'xa-namcan', '/viec', 390, 844],
  ['viec-1440', 'thuongtruc', '/viec', 1440, 900],
  ['cung-luc-1440', 'thamdinh', '/viec/nghiem-thu', 1440, 900],
  ['bao-cao-390', 'lanhdao-xa', async (page) => { await page.goto('/viec'); await page.locator('[data-go][href$="/bao-cao"]').first().click(); }, 390, 844],
  ['lanh-dao-390', 'lanhdao-tinh', '/lanh-dao', 390, 844],
  ['chi-so-1440', 'thuongtruc', '/chi-so/N57-05a', 1440, 1000],
  ['tong-hop-1440', 'tinh-camau', async (page) => { await page.goto('/bao-cao-ky'); await page.locator('main a[href^="/bao-cao-ky/"]:not([href*="/UBND-"])').first().click(); await page.getByRole('link', { name: /^Tổng hợp/ }).click(); }, 1440, 1000],
  ['bang-1440', 'thuongtruc', '/bang/ca-nuoc', 1440, 1150],
  ['xep-hang-1440', '', async (page) => { await page.goto('/ket-qua/xep-hang'); await page.locator('main a[href^="/ket-qua/xep-hang/"]').first().click(); }, 1440, 1000],
  ['phan-anh-1440', 'xa-namcan', '/phan-anh-den', 1440, 1100],
  ['vu-viec-1440', 'xa-namcan', async (page) => { await page.goto('/phan-anh-den'); await page.getByRole('link', { name: 'Ấp cuối xã mất sóng di động vào buổi chiều', exact: true }).click(); }, 1440, 1250],
  ['gui-phan-anh-390', '', '/phan-anh/gui', 390, 844],
  ['sang-kien-1440', '', '/sang-kien', 1440, 1000],
  ['tien-do-1440', 'thuongtruc', '/nhiem-vu/tien-do', 1440, 1000],
];

/** Chromium draws WebP by itself: small, and without another program. */
async function draw(page, name) {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 82 });
  await writeFile(join(FOLDER, `${name}.webp`), Buffer.from(data, 'base64'));
}

const names = process.argv.slice(2);
const wanted = SHOTS.filter(([name]) => names.length === 0 || names.includes(name));

const server = await startServer();
const browser = await launch();
try {
  for (const [name, login, place, width, height] of wanted) {
    const deviceScaleFactor = width < 600 ? 2 : 1;
    const { context, page } = await person(browser, server.url, width, { viewport: { width, height }, deviceScaleFactor });
    if (login) await signIn(page, login);
    if (typeof place === 'string') await page.goto(place);
    else await place(page);
    await page.waitForLoadState('networkidle');
    await draw(page, name);
    console.log(`docs/images/${name}.webp`);
    await context.close();
  }
} finally {
  await browser.close();
  await server.stop();
}
