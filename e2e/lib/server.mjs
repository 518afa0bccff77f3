// Starts the program with demonstration data in a folder of its own, and stops it afterwards.

import { spawn } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A port that nobody uses now. */
export async function freePort() {
  const probe = createServer();
  await new Promise((ready) => probe.listen(0, '127.0.0.1', ready));
  const { port } = probe.address();
  await new Promise((closed) => probe.close(closed));
  return port;
}

/** A folder of the demonstration, loaded and at rest. Loading takes a minute, a copy a moment. */
export async function loadDemonstration() {
  const server = await serve(await mkdtemp(join(tmpdir(), 'sauro-demo-')));
  await server.halt();
  return server.data;
}

/** Serves the demonstration until `stop()`, with more variables if some are given; `url` is where. */
export async function startServer(variables = {}) {
  const data = await mkdtemp(join(tmpdir(), 'sauro-e2e-'));
  if (process.env.SAURO_DEMO_DATA) await cp(process.env.SAURO_DEMO_DATA, data, { recursive: true });
  return serve(data, variables);
}

/** Serves a demonstration of its own whose clock stands at `instant`, so that pages look the same each time. */
export async function startStandingServer(instant) {
  return serve(await mkdtemp(join(tmpdir(), 'sauro-standing-')), {}, ['--standing-at', instant]);
}

/** Serves what lies in `data`; an empty folder becomes the demonstration. */
async function serve(data, variables = {}, words = []) {
  const binary = process.env.SAURO_BIN;
  if (!binary) throw new Error('SAURO_BIN names no program; run ./test');
  const listen = `127.0.0.1:${await freePort()}`;
  const url = `http://${listen}`;
  const child = spawn(binary, ['serve', '--demo', '--data', data, '--listen', listen, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...variables },
  });
  let said = '';
  child.stdout.on('data', (piece) => (said += piece));
  child.stderr.on('data', (piece) => (said += piece));
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const halt = async () => {
    child.kill('SIGTERM');
    await Promise.race([ended, new Promise((late) => setTimeout(late, 5000))]);
    child.kill('SIGKILL');
    await ended;
  };
  const stop = async () => {
    await halt();
    await rm(data, { recursive: true, force: true });
  };
  for (let n = 0; n < 1500; n += 1) {
    if (child.exitCode !== null) throw new Error(`the program ended: ${said}`);
    const answer = await fetch(`${url}/suc-khoe`).catch(() => null);
    if (answer?.ok) return { url, data, halt, stop, words: () => said };
    await new Promise((wait) => setTimeout(wait, 200));
  }
  await stop();
  throw new Error(`no page within five minutes: ${said}`);
}
