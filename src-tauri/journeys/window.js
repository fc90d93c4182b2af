// Opens the real window on a home and gives a WebDriver session to it.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { remote } from 'webdriverio';

const root = resolve(import.meta.dirname, '../..');
export const target = join(root, 'target');
const pictures = join(target, 'journeys');
mkdirSync(pictures, { recursive: true });

export function newHome() {
  const folder = mkdtempSync(join(tmpdir(), 'keepsong-journey-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export async function openWindow(home) {
  const browser = await remote({
    hostname: '127.0.0.1',
    port: 4774,
    logLevel: 'error',
    connectionRetryCount: 1,
    capabilities: {
      'wdio:enforceWebDriverClassic': true,
      'tauri:options': { application: join(target, 'debug/keepsong-desktop'), args: ['--home', home.folder] },
    },
  });
  return {
    browser,
    picture: (name) => browser.saveScreenshot(join(pictures, `${name}.png`)),
    close: () => browser.deleteSession(),
  };
}
