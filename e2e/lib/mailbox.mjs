// A mail server that keeps what it takes in a folder, as the tests of the program use it, and reads it.

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { freePort } from './server.mjs';

const SCRIPT = fileURLToPath(new URL('../../scripts/mailbox.py', import.meta.url));

/** Starts a mail server; `variables` make the program send by it. */
export async function startMailbox() {
  const folder = await mkdtemp(join(tmpdir(), 'sauro-mail-'));
  const port = await freePort();
  const child = spawn('/usr/bin/python3', [SCRIPT, String(port), folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((ready, broken) => {
    child.stdout.once('data', ready);
    child.once('exit', () => broken(new Error('the mail server did not start: install python3-aiosmtpd, as ./test does')));
  });
  return {
    variables: {
      SAURO_MAIL_ENABLED: 'true',
      SAURO_MAIL_URL: `smtp://127.0.0.1:${port}`,
      SAURO_MAIL_FROM: 'Sáu Rõ <sauro@donvi.example.vn>',
    },
    letter: (to, words, seconds = 60) => letter(folder, to, words, seconds),
    stop: async () => {
      child.removeAllListeners('exit');
      child.kill('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Waits some seconds for a letter to `to` that says `words`; answers its head and its plain words. */
async function letter(folder, to, words, seconds) {
  for (let n = 0; n < seconds * 2; n += 1) {
    for (const name of (await readdir(folder)).filter((it) => it.endsWith('.eml')).sort().reverse()) {
      const { head, plain } = read(await readFile(join(folder, name), 'latin1'));
      if (head.includes(`X-Reader: ${to}`) && plain.includes(words)) return { head, plain };
    }
    await new Promise((wait) => setTimeout(wait, 500));
  }
  throw new Error(`no letter to ${to} says ${words}`);
}

/** Head and words of a mail: its first part, or all of it when it has no parts. */
function read(raw) {
  const text = raw.replaceAll('\r\n', '\n');
  const [head] = text.split('\n\n', 1);
  const boundary = /boundary="([^"]+)"/.exec(head)?.[1];
  if (!boundary) return { head: head.replaceAll('\n ', ' '), plain: decoded(head, text.slice(head.length + 2)) };
  const part = text.split(`--${boundary}\n`)[1];
  const [partHead] = part.split('\n\n', 1);
  const body = part.slice(partHead.length + 2);
  return { head: head.replaceAll('\n ', ' '), plain: decoded(partHead, body) };
}

function decoded(head, body) {
  const coding = /Content-Transfer-Encoding: (\S+)/i.exec(head)?.[1];
  if (coding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (coding !== 'quoted-printable') return Buffer.from(body, 'latin1').toString('utf8');
  const bytes = body.replaceAll('=\n', '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
