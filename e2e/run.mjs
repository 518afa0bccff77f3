// Runs the journeys. The demonstration is loaded once; each file begins with a copy of it.

import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { loadDemonstration } from './lib/server.mjs';

const demo = await loadDemonstration();
try {
  const some = process.argv.slice(2);
  const files = some.length > 0 ? some : ['journeys/'];
  const options = ['--test', '--test-concurrency=2', '--test-reporter=spec'];
  const run = spawnSync(process.execPath, [...options, ...files], {
    stdio: 'inherit',
    env: { ...process.env, SAURO_DEMO_DATA: demo },
  });
  process.exitCode = run.status ?? 1;
} finally {
  await rm(demo, { recursive: true, force: true });
}
