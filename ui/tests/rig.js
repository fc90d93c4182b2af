// The rig of the screen tests: serves ui/dist on loopback under the window's content security policy and opens
// it in Chromium. Set CHROMIUM to use another one than /usr/bin/chromium.

import { createReadStream, existsSync, mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

const ROOT = fileURLToPath(new URL('../dist', import.meta.url));
export const SCREENS_DIR = fileURLToPath(new URL('../test-results/screens', import.meta.url));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };
const POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'";
const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Starts the server on a free port; resolves to its address and a way to stop it. */
function serve() {
  if (!existsSync(join(ROOT, 'index.html'))) throw new Error('ui/dist is missing: run "npm run build" first');
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = join(ROOT, path === '/' ? 'index.html' : path);
    if (!file.startsWith(ROOT) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'content-security-policy': POLICY });
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve({ address: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() }));
  });
}

/** A browser and a server for one test file. */
export async function openRig() {
  const server = await serve();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run', '--disable-sync', '--disable-dev-shm-usage'],
  });

  /**
   * Opens a fresh page on `hash`. `scene`, `pace`, `language` and `theme` reach the fake backend; everything the
   * page complains about is collected in `page.complaints`.
   */
  async function open(hash, { scene = 'some', pace = 0, language = 'en', theme = 'light', width = 1280, height = 800, calm = true } = {}) {
    const context = await browser.newContext({
      viewport: { width, height },
      reducedMotion: calm ? 'reduce' : 'no-preference',
      locale: 'en-GB',
      timezoneId: 'UTC',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.complaints = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') page.complaints.push(message.text());
    });
    page.on('pageerror', (error) => page.complaints.push(String(error)));
    page.on('requestfailed', (request) => page.complaints.push(`failed: ${request.url()}`));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(server.address) && !url.startsWith('data:')) page.complaints.push(`left the machine: ${url}`);
    });
    await page.goto(`${server.address}/?fake=${scene}&pace=${pace}&language=${language}&theme=${theme}${hash}`);
    await page.locator('main h1').first().waitFor({ state: 'attached' });
    await page.evaluate(() => document.fonts.ready);
    return page;
  }

  return {
    open,
    async close() {
      await browser.close();
      server.stop();
    },
  };
}

/** Every axe violation on the page, one line each. */
export async function violations(page) {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const result = await globalThis.axe.run(document, { resultTypes: ['violations'] });
    return result.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id} (${rule.impact}): ${node.target.join(' ')} – ${node.failureSummary}`));
  });
}

/** How many pixels the document or the screen is wider than what is shown. */
export function sideways(page) {
  return page.evaluate(() => {
    const main = document.querySelector('main');
    return Math.max(document.documentElement.scrollWidth - innerWidth, main ? main.scrollWidth - main.clientWidth : 0);
  });
}

/** Keeps a picture of the page. */
export async function keep(page, name) {
  mkdirSync(SCREENS_DIR, { recursive: true });
  await page.screenshot({ path: join(SCREENS_DIR, `${name}.png`) });
}
