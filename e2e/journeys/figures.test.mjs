// Figures by spreadsheet: the form goes out, comes back with a wrong cell, is given back marked, and
// comes in whole. At a phone's and a desk's width.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

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

const SHEET = 'xl/worksheets/sheet1.xml';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The parts of a workbook that was downloaded. */
async function opened(download) {
  return unzipSync(new Uint8Array(await readFile(await download.path())));
}

/** The workbook with one cell after the other filled, as a person would in a spreadsheet. */
function filled(parts, cells) {
  let xml = strFromU8(parts[SHEET]);
  for (const [address, value] of Object.entries(cells)) {
    const cell = new RegExp(`<c r="${address}"[^>]*?(/>|>.*?</c>)`);
    assert.match(xml, cell, `the form has ${address}`);
    const written =
      typeof value === 'number'
        ? `<c r="${address}"><v>${value}</v></c>`
        : `<c r="${address}" t="inlineStr"><is><t>${value}</t></is></c>`;
    xml = xml.replace(cell, written);
  }
  return Buffer.from(zipSync({ ...parts, [SHEET]: strToU8(xml) }));
}

async function send(page, name, buffer) {
  await page.getByLabel('Tệp số liệu').setInputFiles({ name, mimeType: XLSX, buffer });
  await page.getByRole('button', { name: 'Nạp số liệu' }).click();
  await page.waitForLoadState();
}

/** The open cells of the column of figures. */
function openCells(parts) {
  const xml = strFromU8(parts[SHEET]);
  return [...xml.matchAll(/<dataValidation type="decimal"[^>]*sqref="(I\d+)"/g)].map((it) => it[1]);
}

for (const [turn, width] of WIDTHS.entries()) {
  test(`a form of figures is filled, mended and taken in at ${width} px`, async () => {
    const { context, page, faults } = await person(browser, server.url, width);
    await signIn(page, 'lanhdao-xa');
    await page.goto('/chi-so');
    await page.getByRole('link', { name: 'Nạp số liệu từ tệp' }).click();
    await page.getByRole('heading', { name: '1. Tải mẫu của đơn vị mình' }).waitFor();
    await sound(page, 'the intake');

    // Another month at each width: what is taken in is there.
    await page.getByLabel('Kỳ báo cáo').selectOption({ index: turn + 1 });
    const [form] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Tải mẫu' }).click(),
    ]);
    assert.match(form.suggestedFilename(), /^so-lieu-\d{4}-\d{2}\.xlsx$/);
    const blank = await opened(form);
    assert.match(strFromU8(blank[SHEET]), /<sheetProtection/, 'all else is locked');
    const [first, second] = openCells(blank);
    assert.ok(first && second, 'a commune has figures to fill');

    await send(page, form.suggestedFilename(), filled(blank, { [first]: 'chưa rõ', [second]: 0 }));
    assert.match(await page.title(), /^Lỗi: /);
    await page.getByRole('rowheader', { name: `Trang Số liệu, ô ${first}` }).waitFor();
    await page.getByRole('cell', { name: '“chưa rõ” không phải số' }).waitFor();
    await sound(page, 'the cells to mend');

    const [copy] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Tải tệp có đánh dấu ô sai' }).click(),
    ]);
    const marked = await opened(copy);
    const note = strFromU8(marked['xl/comments1.xml']);
    assert.match(note, new RegExp(`ref="${first}"`));
    assert.match(note, /không phải số/);

    await send(page, copy.suggestedFilename(), filled(marked, { [first]: 12 }));
    await page.waitForURL(/vua=2/);
    await page.getByText('Đã nạp 2 số liệu mới').waitFor();
    await sound(page, 'what came in');
    assert.deepEqual(faults, []);
    await context.close();
  });
}

for (const width of WIDTHS) {
  for (const colorScheme of ['light', 'dark']) {
    test(`the pages of figures are sound at ${width} px, ${colorScheme}`, async () => {
      const { context, page, faults } = await person(browser, server.url, width, { colorScheme });
      await signIn(page, 'lanhdao-xa');
      for (const path of ['/chi-so', '/chi-so/nap-tep', '/chi-so/nap-tep?vua=12&trung=3&trong=40', '/chi-so/xuat', '/chi-so/quy-tac', '/chi-so/S-5G-POP-2025', '/ket-qua/chi-so', '/ket-qua/chi-so/S-5G-POP-2025']) {
        const answer = await page.goto(path);
        assert.equal(answer.status(), 200, path);
        await sound(page, path);
      }
      assert.deepEqual(faults, []);
      await context.close();
    });
  }
}
