// Prints what a first visit to the address given costs over the wire, header lines included.
//   node benches/first_visit.mjs http://127.0.0.1:5757/ket-qua
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';

const { chromium } = createRequire(new URL('../e2e/package.json', import.meta.url))('playwright-core');
const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const browser = await chromium.launch({
    executablePath: places.find(place => place && existsSync(place)),
    args: ['--no-sandbox'],
});
try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'vi' });
    const wire = await page.context().newCDPSession(page);
    const requests = new Map();
    await wire.send('Network.enable');
    await wire.send('Network.setCacheDisabled', { cacheDisabled: false });
    wire.on('Network.responseReceived', it => requests.set(it.requestId, {
        path: new URL(it.response.url).pathname,
        type: it.type,
        status: it.response.status,
        encoding: it.response.headers['content-encoding'] ?? it.response.headers['Content-Encoding'] ?? null,
        bytes: 0,
    }));
    wire.on('Network.loadingFinished', it => {
        const request = requests.get(it.requestId);
        if (request) request.bytes = it.encodedDataLength;
    });
    await page.goto(process.argv[2], { waitUntil: 'networkidle' });
    await page.evaluate(() => document.fonts.ready);
    // Everything below the fold may ask for more.
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    await page.waitForTimeout(500);
    const all = [...requests.values()].filter(it => !it.path.startsWith('data:'));
    const fonts = await page.evaluate(() =>
        [...document.fonts].filter(it => it.status === 'loaded').map(it => `${it.family} ${it.weight}`));
    console.log(JSON.stringify({
        bytes: all.reduce((sum, it) => sum + it.bytes, 0),
        requests: all.sort((a, b) => b.bytes - a.bytes),
        fonts,
    }));
} finally {
    await browser.close();
}
