// Pages look as they did: each is drawn at one instant of a made-up past and compared with the picture in
// `e2e/looks/`. What was meant to change is drawn anew by `npm --prefix e2e run looks`, and looked at before
// it is committed.

import assert from 'node:assert/strict';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

import { launch, person, signIn } from '../lib/browser.mjs';
import { startServerAt } from '../lib/server.mjs';

const FOLDER = join(import.meta.dirname, '..', 'looks');
const DIFFERS = join(tmpdir(), 'sauro-looks');
const DRAWS = process.env.SAURO_LOOKS === 'draw';

/** A Friday morning. */
const INSTANT = '2026-11-20 08:00:00';

/** Pixels that may differ: another release of the browser rounds edges of letters otherwise. */
const MOST = 0.002;

/** Who looks at what; nobody is a citizen. Each page is drawn at both widths, those marked also in the dark. */
const PAGES = [
  ['ket-qua', '', '/ket-qua', 'dark'],
  ['ket-qua-tinh', '', '/ket-qua/tinh/96'],
  ['ket-qua-danh-sach', '', '/ket-qua/danh-sach'],
  ['chi-so-cong-khai', '', '/ket-qua/chi-so'],
  ['xep-hang-cong-khai', '', '/ket-qua/xep-hang'],
  ['phan-anh', '', '/phan-anh'],
  ['gui-phan-anh', '', '/phan-anh/gui', 'dark'],
  ['tra-cuu', '', '/tra-cuu'],
  ['co-quan-tra-loi', '', '/phan-anh/co-quan'],
  ['sang-kien', '', '/sang-kien'],
  ['dat-hang', '', '/dat-hang'],
  ['tro-giup', '', '/tro-giup'],
  ['he-thong-giao-dien', '', '/he-thong-giao-dien', 'dark'],
  ['xem-thu', '', '/xem-thu'],
  ['dang-nhap', '', '/dang-nhap'],
  ['viec', 'xa-namcan', '/viec', 'dark'],
  ['lanh-dao', 'lanhdao-tinh', '/lanh-dao'],
  ['phan-anh-den', 'xa-namcan', '/phan-anh-den'],
  ['bang', 'thuongtruc', '/bang/ca-nuoc'],
  ['nhiem-vu', 'tinh-camau', '/nhiem-vu'],
  ['quan-tri', 'quantri', '/quan-tri/tai-khoan'],
];

let server;
let browser;
before(async () => {
  server = await startServerAt(INSTANT);
  browser = await launch();
  await mkdir(DRAWS ? FOLDER : DIFFERS, { recursive: true });
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** The first screens of the page at rest. */
async function drawn(page) {
  await page.addStyleTag({ content: '*,*::before,*::after{animation:none!important;transition:none!important;caret-color:transparent!important}' });
  await page.evaluate(() => document.fonts.ready);
  const { width } = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.min(height, width < 600 ? 1800 : 1400) });
  return page.screenshot({ animations: 'disabled' });
}

async function compare(name, bytes) {
  const file = join(FOLDER, `${name}.png`);
  if (DRAWS) return writeFile(file, bytes);
  const [then, now] = [PNG.sync.read(await readFile(file)), PNG.sync.read(bytes)];
  const { width, height } = then;
  const isSameSize = width === now.width && height === now.height;
  const diff = new PNG({ width, height });
  const n = isSameSize ? pixelmatch(then.data, now.data, diff.data, width, height, { threshold: 0.15 }) : width * height;
  if (n <= width * height * MOST) return null;
  await writeFile(join(DIFFERS, `${name}.png`), bytes);
  if (isSameSize) await writeFile(join(DIFFERS, `${name}.differs.png`), PNG.sync.write(diff));
  const size = isSameSize ? '' : `, ${now.width}×${now.height} instead of ${width}×${height}`;
  return `${name}: ${((n * 100) / (width * height)).toFixed(2)} % of the pixels differ${size}; see ${DIFFERS}`;
}

for (const width of [390, 1440]) {
  test(`pages look as they did at ${width} px`, async () => {
    const told = [];
    for (const login of new Set(PAGES.map(([, login]) => login))) {
      // Half the pixels of the wide page show the same faults.
      const deviceScaleFactor = width < 600 ? 1 : 0.5;
      const { context, page } = await person(browser, server.url, width, { deviceScaleFactor });
      if (login) await signIn(page, login);
      for (const [name, , path, dark] of PAGES.filter((it) => it[1] === login)) {
        for (const colorScheme of dark ? ['light', 'dark'] : ['light']) {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize({ width, height: 900 });
          await page.goto(path);
          told.push(await compare(`${name}-${width}${colorScheme === 'dark' ? '-dark' : ''}`, await drawn(page)));
        }
      }
      await context.close();
    }
    assert.deepEqual(told.filter(Boolean), []);
  });
}

test('every picture belongs to a page', async () => {
  const names = PAGES.flatMap(([name, , , dark]) =>
    [390, 1440].flatMap((width) => [`${name}-${width}.png`, ...(dark ? [`${name}-${width}-dark.png`] : [])]),
  );
  assert.deepEqual((await readdir(FOLDER)).sort(), names.sort());
});
