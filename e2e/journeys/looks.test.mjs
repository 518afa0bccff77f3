// Pages look as they did. What was meant to change is drawn anew by `npm --prefix e2e run looks`.

import assert from 'node:assert/strict';
import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { WIDTHS, launch } from '../lib/browser.mjs';
import { FOLDER, INSTANT, compared, comparer, drawAll, names } from '../lib/looks.mjs';
import { startStandingServer } from '../lib/server.mjs';

/** Pixels that may differ: another release of the browser rounds the edges of letters otherwise. */
const MOST = 0.003;

let server;
let browser;
before(async () => {
  server = await startStandingServer(INSTANT);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

for (const width of WIDTHS) {
  test(`pages look as they did at ${width} px`, async () => {
    const blank = await comparer(browser);
    const differ = [];
    let folder;
    await drawAll(browser, server.url, width, async (name, picture) => {
      const { share, why, drawing } = await compared(blank, name, picture);
      if (share <= MOST) return;
      folder ??= await mkdtemp(join(tmpdir(), 'sauro-looks-'));
      await writeFile(join(folder, `${name}.webp`), picture);
      if (drawing) await writeFile(join(folder, `${name}.differs.png`), drawing);
      differ.push(`${name}: ${why} (${(share * 100).toFixed(2)} % of the pixels); see ${folder}`);
    });
    assert.deepEqual(differ, []);
  });
}

test('every picture belongs to a page', async () => {
  assert.deepEqual((await readdir(FOLDER)).sort(), names().map((it) => `${it}.webp`).sort());
});
