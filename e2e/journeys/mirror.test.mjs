// The public pages stay readable when the program and the database are off: nginx hands out the mirror.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, before, test } from 'node:test';

import { launch, person, sound } from '../lib/browser.mjs';
import { freePort, startServer } from '../lib/server.mjs';

/** Addresses that are compared, at most. */
const MOST = 1000;

let server;
let nginx;
let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sauro-mirror-'));
  server = await startServer({ SAURO_MIRROR: join(folder, 'site') });
});
after(async () => {
  nginx?.kill('SIGQUIT');
  await server?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** Waits until `ask` answers something. */
async function patiently(ask) {
  for (let n = 0; n < 400; n += 1) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((wait) => setTimeout(wait, 300));
  }
  throw new Error(`nothing came: ${ask}`);
}

/** Every address of the mirror with its file, in random order but for a few. */
async function mirrored() {
  const root = join(folder, 'site');
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((it) => it.isFile() && !it.parentPath.includes('/.sauro') && it.name !== '404.html')
    .map((it) => join(it.parentPath, it.name));
  const address = (file) => `/${relative(root, file)}`.replace(/\/?index\.html$/, '') || '/';
  // What is written in English is little, and always among those that are compared.
  const place = (file) => (address(file).startsWith('/en/') ? -1 : Math.random());
  return files.map((file) => [address(file), file, place(file)]).sort((a, b) => a[2] - b[2]);
}

const exactly = { headers: { 'accept-encoding': 'identity' } };

/** A page without what is another each time it is drawn: the minute and the seal of the log, the key of a form. */
function timeless(bytes) {
  const key = /name="khoa" value="[^"]*"/g;
  const minute = /\d\d:\d\d ng.{1,3}y \d\d\/\d\d\/\d{4}( t.{1,4} [\d.]+)?/g;
  return bytes.toString('latin1').replace(/<footer[^]*?<\/footer>/, '').replace(minute, '').replace(key, '');
}

/** Where two texts part, for whoever reads that they do. */
function apart(one, other) {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const words = (text) => Buffer.from(text.slice(Math.max(0, at - 60), at + 60), 'latin1').toString();
  return `${words(one)} | ${words(other)}`;
}

/** What of `pairs` is not served as it lies in the mirror: to the byte, or to the byte but for that. */
async function differing(origin, pairs, but = (it) => it.toString('latin1')) {
  const differ = [];
  for (const [address, file] of pairs) {
    const answer = await fetch(origin + address, exactly);
    const [then, now] = [await readFile(file), Buffer.from(await answer.arrayBuffer())];
    const [one, other] = [but(then), but(now)];
    if (!answer.ok || one !== other) differ.push([address, file, apart(one, other)]);
  }
  return differ;
}

test('a thousand addresses are in the mirror byte by byte, and nginx hands them out when the program is off', async () => {
  const isWhole = () => readFile(join(folder, 'site', '404.html')).catch(() => null);
  await patiently(isWhole);
  const all = await mirrored();
  assert.ok(all.length > 200, `only ${all.length} addresses were mirrored`);
  const some = all.slice(0, MOST);
  assert.ok(some.some(([address]) => address.startsWith('/en/tin/')), 'nothing in English was mirrored');
  // Lists may have moved on while they were compared: the mirror follows within a minute.
  let left = await differing(server.url, some, timeless);
  for (let n = 0; left.length > 0 && n < 6; n += 1) {
    await new Promise((wait) => setTimeout(wait, 11_000));
    left = await differing(server.url, left, timeless);
  }
  assert.deepEqual(left.map(([address, , where]) => `${address}: ${where}`), []);

  await server.halt();
  const port = await freePort();
  const conf = join(folder, 'nginx.conf');
  await writeFile(
    conf,
    `daemon off; pid ${folder}/pid; error_log stderr; events {}
     http { access_log off; client_body_temp_path ${folder}/t1; proxy_temp_path ${folder}/t2; fastcgi_temp_path ${folder}/t3; uwsgi_temp_path ${folder}/t4; scgi_temp_path ${folder}/t5;
       include /etc/nginx/mime.types; types { application/atom+xml atom; }
       server { listen 127.0.0.1:${port}; root ${folder}/site; error_page 404 /404.html;
         location ~ /\\. { return 404; }
         location / { try_files $uri $uri/index.html @viet; }
         location @viet { rewrite ^/en(?:/(.*))?$ /$1 break; try_files $uri $uri/index.html =404; } } }
     ${process.getuid() === 0 ? 'user root;' : ''}`,
  );
  nginx = spawn('nginx', ['-c', conf, '-p', folder], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` } });
  const origin = `http://127.0.0.1:${port}`;
  await patiently(() => fetch(origin).catch(() => null));
  assert.deepEqual((await differing(origin, some)).map(([address]) => address), []);
  for (const [path, status] of [['/khong-co', 404], ['/.sauro/place.json', 404]]) {
    const answer = await fetch(origin + path);
    assert.equal(answer.status, status, path);
    assert.ok((await answer.text()).includes('Sáu Rõ'), path);
  }

  const browser = await launch();
  try {
    const { context, page } = await person(browser, origin, 390);
    for (const path of ['/', '/en', '/en/tin', '/phan-anh', '/sang-kien', '/tro-giup/nguoi-dan']) {
      assert.equal((await page.goto(path)).status(), 200, path);
      await sound(page, path);
    }
    await context.close();
  } finally {
    await browser.close();
  }
});
