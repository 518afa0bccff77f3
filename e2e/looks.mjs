// Draws the pictures of e2e/looks anew, all or those named, after a change that was meant; what comes out is looked
// at before it is committed: SAURO_BIN=… npm --prefix e2e run looks -- ket-qua

import { launch } from './lib/browser.mjs';
import { INSTANT, drawAll, keep } from './lib/looks.mjs';
import { startStandingServer } from './lib/server.mjs';

const server = await startStandingServer(INSTANT);
const browser = await launch();
const take = async (name, picture) => {
  await keep(name, picture);
  console.log(`e2e/looks/${name}.webp`);
};
try {
  for (const width of [390, 1440]) await drawAll(browser, server.url, width, take, process.argv.slice(2));
} finally {
  await browser.close();
  await server.stop();
}
