// Every kind of page is valid HTML, as the Nu validator of the W3C reads it, and every feed is what its standard says.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import vnu from 'vnu-jar';

import { launch, person, signIn } from '../lib/browser.mjs';
import { faultsOfAtom, faultsOfJson } from '../lib/feeds.mjs';
import { startServer } from '../lib/server.mjs';

/** Pages of one person looked at, at most. */
const MOST = 120;

/** Who looks, and where each begins. */
const PEOPLE = [
  ['', '/', '/ket-qua', '/phan-anh', '/phan-anh/gui', '/tra-cuu', '/sang-kien', '/sang-kien/gui', '/tro-giup', '/he-thong-giao-dien'],
  ['lanhdao-tinh', '/viec', '/lanh-dao', '/bang', '/phan-anh-den', '/bao-cao-ky'],
  ['thuongtruc', '/viec', '/chi-dao', '/chi-so', '/chuong-trinh', '/xep-hang', '/bieu-mau'],
  ['quantri', '/quan-tri/tai-khoan', '/quan-tri/lich', '/co-quan'],
  ['', '/en', '/en/ket-qua', '/en/phan-anh/gui', '/en/tin'],
];

/** Whether `path` is English. Links to the other language lead to pages that somebody else looks at. */
const isEnglish = (path) => /^\/en(\/|$)/.test(path);

/** Kept on purpose. Tables that become cards say their roles: a browser forgets them with another `display`. */
const KEPT = [
  'element which has a “table” ancestor with no “role” attribute',
  // Of SVG 2, and drawn by every browser.
  'Attribute “pathLength” not allowed',
  // What htmx reads. Without it the page works as well.
  'Attribute “hx-',
];

let server;
let browser;
let folder;
before(async () => {
  server = await startServer();
  browser = await launch();
  folder = await mkdtemp(join(tmpdir(), 'sauro-valid-'));
});
after(async () => {
  await browser?.close();
  await server?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** Addresses of one kind differ in what stands for a thing only. */
function kind(path) {
  return path
    .split('?')[0]
    .split('/')
    .map((part) => (/\d|%|[A-Z]/.test(part) ? '…' : part))
    .join('/');
}

/** Fetches one page of each kind that links lead to; answers file names with their addresses. */
async function gather(request, begin, mark) {
  const seen = new Set();
  const queue = [...begin];
  const files = new Map();
  while (queue.length > 0 && files.size < MOST) {
    const path = queue.shift();
    // Files are none of the pages, and may be large.
    if (seen.has(kind(path)) || /\.\w+(\?|$)|\/tep\/|\/tep-cong\/|dang-xuat/.test(path)) continue;
    seen.add(kind(path));
    const answer = await request.get(path);
    if (!(answer.headers()['content-type'] ?? '').startsWith('text/html')) continue;
    assert.ok(answer.status() < 500, `${path} was answered ${answer.status()}`);
    const html = await answer.text();
    const name = `${mark}-${files.size}.html`;
    await writeFile(join(folder, name), html);
    files.set(name, path);
    for (const [, link] of html.matchAll(/<a\b[^>]*\bhref="(\/[^"#]*)/g)) {
      if (isEnglish(link) === isEnglish(begin[0])) queue.push(link.replaceAll('&amp;', '&'));
    }
  }
  return files;
}

test('every kind of page is valid HTML', async () => {
  const files = new Map();
  for (const [n, [login, ...begin]] of PEOPLE.entries()) {
    const { context, page } = await person(browser, server.url, 1440);
    if (login) await signIn(page, login);
    for (const [name, path] of await gather(context.request, begin, `${n}-${login}`)) files.set(name, `${login} ${path}`);
    await context.close();
  }
  assert.ok(files.size > 60, `only ${files.size} kinds of page were found`);
  const words = await new Promise((answer) => {
    const options = ['-jar', String(vnu), '--format', 'json', '--skip-non-html', folder];
    execFile('java', options, { maxBuffer: 64 << 20 }, (_, out, err) => answer(err || out));
  });
  const { messages } = JSON.parse(words);
  // One example of each fault says enough.
  const said = new Map();
  for (const it of messages) {
    if (it.type !== 'error' || KEPT.some((words) => it.message.includes(words))) continue;
    const where = files.get(it.url.split('/').pop());
    if (!said.has(it.message)) said.set(it.message, `${it.message} (${where})\n    ${it.extract ?? ''}`);
  }
  assert.deepEqual([...said.values()], []);
});

test('every feed is what its standard says', async () => {
  const get = async (path) => {
    const answer = await fetch(server.url + path);
    assert.equal(answer.status, 200, path);
    return answer.text();
  };
  const atom = ['/tin.atom', '/tin.atom?chu-de=ha-tang-so', '/phan-anh.atom'];
  for (const path of atom) assert.deepEqual(await faultsOfAtom(await get(path), folder), [], path);
  for (const path of ['/tin.feed.json', '/phan-anh.feed.json']) {
    assert.deepEqual(await faultsOfJson(await get(path)), [], path);
  }
  // The check itself finds what it is for.
  const broken = (await get('/tin.atom')).replace(/<updated>[^<]*<\/updated>/, '').replace(/<author>.*?<\/author>/s, '');
  assert.ok((await faultsOfAtom(broken, folder)).length >= 2);
  assert.notDeepEqual(await faultsOfJson('{"version":"https://jsonfeed.org/version/1.1","title":"x","items":[{"id":1}]}'), []);
});
