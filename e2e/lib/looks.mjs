// What pages look like: each drawn at one instant of a demonstration whose clock stands, and compared with the
// picture of it in `e2e/looks/`.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { person, signIn } from './browser.mjs';

export const FOLDER = join(import.meta.dirname, '..', 'looks');

/** A Friday morning; a demonstration that stands there always holds the same. */
export const INSTANT = '2026-11-20T08:00:00+07:00';

/** How a page is asked for its first link that matches, when its address is made up anew each time. */
const first = (place, link) => async (page) => {
  await page.goto(place);
  const address = await page.locator(link).first().getAttribute('href');
  await page.goto(address);
};

/** Name of the picture, who looks (nobody is a citizen), at what, and whether also in the dark. */
export const PAGES = [
  ['trang-chu', '', '/', 'dark'],
  ['tin', '', '/tin'],
  ['bai', '', first('/tin/tat-ca', 'main a[href^="/tin/"]:not([href="/tin/tat-ca"])'), 'dark'],
  ['van-ban', '', '/van-ban'],
  ['mot-van-ban', '', first('/van-ban', 'main a[href^="/van-ban/"]')],
  ['lay-y-kien', '', first('/lay-y-kien', 'main a[href^="/lay-y-kien/"]')],
  ['tim-kiem', '', '/tim-kiem?q=chuyen+doi+so'],
  ['tim-khong-thay', '', '/tim-kiem?q=khongcogicothenaynhuvay'],
  ['ket-qua', '', '/ket-qua', 'dark'],
  ['ket-qua-tinh', '', '/ket-qua/tinh/96'],
  ['ket-qua-danh-sach', '', '/ket-qua/danh-sach'],
  ['ket-qua-chi-so', '', '/ket-qua/chi-so'],
  ['ket-qua-xep-hang', '', first('/ket-qua/xep-hang', 'main a[href^="/ket-qua/xep-hang/"]')],
  ['phan-anh', '', '/phan-anh'],
  ['gui-phan-anh', '', '/phan-anh/gui', 'dark'],
  ['tra-cuu', '', '/tra-cuu'],
  ['ban-do-phan-anh', '', '/phan-anh/ban-do'],
  ['co-quan-tra-loi', '', '/phan-anh/co-quan'],
  ['sang-kien', '', '/sang-kien'],
  ['gui-sang-kien', '', '/sang-kien/gui'],
  ['dat-hang', '', '/dat-hang'],
  ['tro-giup', '', '/tro-giup'],
  ['huong-dan', '', '/tro-giup/nguoi-dan'],
  ['he-thong-giao-dien', '', '/he-thong-giao-dien', 'dark'],
  ['xem-thu', '', '/xem-thu'],
  ['dang-nhap', '', '/dang-nhap', 'dark'],
  ['khong-co-trang', '', '/khong-co-trang-nay'],
  ['viec', 'xa-namcan', '/viec', 'dark'],
  ['phan-anh-den', 'xa-namcan', '/phan-anh-den', 'dark'],
  ['lanh-dao', 'lanhdao-tinh', '/lanh-dao', 'dark'],
  ['nhiem-vu', 'tinh-camau', '/nhiem-vu'],
  ['mot-nhiem-vu', 'tinh-camau', first('/nhiem-vu', 'main a[href^="/nhiem-vu/NV-"]')],
  ['tien-do', 'thuongtruc', '/nhiem-vu/tien-do'],
  ['bang', 'thuongtruc', '/bang/ca-nuoc', 'dark'],
  ['chi-so', 'thuongtruc', '/chi-so'],
  ['bieu-mau', 'thuongtruc', '/bieu-mau'],
  ['xep-hang', 'thuongtruc', '/xep-hang'],
  ['chi-dao', 'thuongtruc', '/chi-dao'],
  ['bien-tap', 'thuongtruc', '/bien-tap'],
  ['soan-bai', 'thuongtruc', first('/bien-tap', 'main .list a[href^="/bien-tap/"]'), 'dark'],
  ['nghiem-thu', 'thamdinh', '/viec/nghiem-thu'],
  ['quan-tri', 'quantri', '/quan-tri/tai-khoan'],
  ['anh-trang-chu', '', '/en'],
  ['anh-ket-qua', '', '/en/ket-qua'],
  ['anh-viec', 'xa-namcan', '/en/viec'],
  ['anh-mot-nhiem-vu', 'tinh-camau', first('/en/nhiem-vu', 'main a[href^="/en/nhiem-vu/NV-"]')],
];

/** Every picture there should be. */
export function names() {
  return PAGES.flatMap(([name, , , dark]) =>
    [390, 1440].flatMap((width) => [`${name}-${width}`, ...(dark ? [`${name}-${width}-dark`] : [])]),
  );
}

/** Draws every page at `width`, or only those named, and hands each to `take`. */
export async function drawAll(browser, url, width, take, only = []) {
  const wanted = PAGES.filter(([name]) => only.length === 0 || only.includes(name));
  for (const login of new Set(wanted.map(([, it]) => it))) {
    // Half the pixels of the wide page show the same faults.
    const deviceScaleFactor = width < 600 ? 1 : 0.5;
    const { context, page } = await person(browser, url, width, { deviceScaleFactor });
    if (login) await signIn(page, login);
    for (const [name, , place, dark] of wanted.filter((it) => it[1] === login)) {
      for (const colorScheme of dark ? ['light', 'dark'] : ['light']) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.setViewportSize({ width, height: 900 });
        if (typeof place === 'string') await page.goto(place);
        else await place(page);
        await take(`${name}-${width}${colorScheme === 'dark' ? '-dark' : ''}`, await drawn(page));
      }
    }
    await context.close();
  }
}

/** Nothing moves while it is drawn. */
const STILL = `*, *::before, *::after { animation: none !important; transition: none !important; caret-color: transparent !important; }`;

/** The first screens of the page at rest, as WebP. */
async function drawn(page) {
  await page.waitForLoadState('networkidle');
  await page.evaluate((rules) => {
    // The policy of the pages allows no style of ours in the document; a constructed one is none.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }, STILL);
  await page.evaluate(() => document.fonts.ready);
  const { width } = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.min(height, width < 600 ? 1800 : 1600) });
  await page.evaluate(() => window.scrollTo(0, 0));
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 75 });
  await session.detach();
  return Buffer.from(data, 'base64');
}

export async function keep(name, picture) {
  await writeFile(join(FOLDER, `${name}.webp`), picture);
}

/** The share of pixels in which `now` differs from the kept picture `name`, and a picture that shows where. */
export async function compared(blank, name, now) {
  const then = await readFile(join(FOLDER, `${name}.webp`)).catch(() => null);
  if (!then) return { share: 1, why: 'there is no picture of it' };
  const outcome = await blank.evaluate(
    async ([before, after]) => {
      const pixels = async (base64) => {
        const bytes = Uint8Array.from(atob(base64), (it) => it.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/webp' }));
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
        const context = canvas.getContext('2d', { willReadFrequently: true });
        context.drawImage(bitmap, 0, 0);
        return context.getImageData(0, 0, bitmap.width, bitmap.height);
      };
      const [a, b] = await Promise.all([pixels(before), pixels(after)]);
      if (a.width !== b.width || a.height !== b.height) {
        return { share: 1, why: `${b.width}×${b.height} instead of ${a.width}×${a.height}` };
      }
      const differs = new ImageData(a.width, a.height);
      const n = globalThis.pixelmatch(a.data, b.data, differs.data, a.width, a.height, { threshold: 0.15 });
      const canvas = new OffscreenCanvas(a.width, a.height);
      canvas.getContext('2d').putImageData(differs, 0, 0);
      const drawing = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
      let text = '';
      for (const byte of drawing) text += String.fromCharCode(byte);
      return { share: n / (a.width * a.height), why: 'it looks otherwise', drawing: btoa(text) };
    },
    [then.toString('base64'), now.toString('base64')],
  );
  return { ...outcome, drawing: outcome.drawing && Buffer.from(outcome.drawing, 'base64') };
}

/** A page that nobody sees, which knows how to compare pixels. */
export async function comparer(browser) {
  const page = await browser.newPage();
  const source = await readFile(join(import.meta.dirname, '..', 'node_modules', 'pixelmatch', 'index.js'), 'utf8');
  await page.addScriptTag({ type: 'module', content: `${source}\nglobalThis.pixelmatch = pixelmatch;` });
  await page.waitForFunction(() => typeof globalThis.pixelmatch === 'function');
  return page;
}
