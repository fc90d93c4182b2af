// Opens the real window on a home, and finds things in it by what a person reads: labels, names and text.

import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { remote } from 'webdriverio';
import { target } from './home.js';

export const application = join(target, 'debug/keepsong-desktop');
const pictures = join(target, 'journeys');
mkdirSync(pictures, { recursive: true });

/** How long anything but the making of a song may take to show, in milliseconds. */
const SOON = 20_000;

/** Waits until `probe` gives something truthy, and gives that. */
export async function until(what, probe, timeout = SOON) {
  const end = Date.now() + timeout;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (Date.now() > end) throw new Error(`not seen within ${timeout / 1000} s: ${what}`);
    await sleep(100);
  }
}

/** The process id of the window on this home, or `undefined` when there is none. */
export function processOf(home) {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return ids.map(Number).find((id) => {
    try {
      const [program, flag, folder] = readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0');
      return program === application && flag === '--home' && folder === home.folder;
    } catch {
      return false; // It ended while we looked.
    }
  });
}

/** An XPath string with any quotes in it. */
function quoted(text) {
  return text.includes('"') ? `'${text}'` : `"${text}"`;
}

/** Opens the window on a home; it is closed before the home is removed. */
export async function openWindow(home) {
  const browser = await remote({
    hostname: '127.0.0.1',
    port: Number(process.env.KEEPSONG_DRIVER_PORT ?? 4774),
    logLevel: 'error',
    connectionRetryCount: 1,
    connectionRetryTimeout: 60_000,
    capabilities: {
      'wdio:enforceWebDriverClassic': true,
      'tauri:options': { application, args: ['--home', home.folder] },
    },
  });
  const window = new Window(browser, home);
  home.atEnd(() => window.close());
  await window.heading(/./);
  return window;
}

class Window {
  #open = true;

  constructor(browser, home) {
    this.browser = browser;
    this.home = home;
  }

  /** Saves what the window shows to `target/journeys`. */
  picture(name) {
    return this.browser.saveScreenshot(join(pictures, `${name}.png`));
  }

  /** Runs a function inside the window. */
  inside(script, ...args) {
    return this.browser.execute(script, ...args);
  }

  /** The element at an XPath, once it is there. */
  async at(xpath, timeout = SOON) {
    const element = await this.browser.$(xpath);
    await element.waitForExist({ timeout, timeoutMsg: `not seen within ${timeout / 1000} s: ${xpath}` });
    return element;
  }

  /** True when something is at the XPath now. */
  async has(xpath) {
    return (await this.browser.$$(xpath).length) > 0;
  }

  /** Waits until a text is shown, inside an element if one is named; gives all of its text. */
  text(pattern, within = 'main', timeout = SOON) {
    return until(`${pattern} in ${within}`, async () => {
      const text = await this.inside((selector) => document.querySelector(selector)?.innerText ?? '', within);
      return pattern.test(text) ? text : null;
    }, timeout);
  }

  /** Waits for the screen's heading. */
  heading(pattern, timeout = SOON) {
    return this.text(pattern, 'main h1', timeout);
  }

  /** Presses a button or follows a link by its name, inside an XPath if one is given, as soon as it can be pressed. */
  async press(name, within = '') {
    const is = `[normalize-space(.)=${quoted(name)} or @aria-label=${quoted(name)}]`;
    const element = await this.at(`${within}//button${is} | ${within}//a${is}`);
    await element.waitForEnabled({ timeout: SOON, timeoutMsg: `cannot be pressed: ${name}` });
    await element.scrollIntoView({ block: 'center' });
    await element.click();
  }

  /** The input with this label. */
  async field(label) {
    const id = await (await this.at(`//label[normalize-space(.)=${quoted(label)}]`)).getAttribute('for');
    return this.at(`//*[@id=${quoted(id)}]`);
  }

  async fill(label, value) {
    await (await this.field(label)).setValue(value);
  }

  /** Chooses one of a group of chips. */
  async choose(word) {
    const chip = await this.at(`//label[normalize-space(.)=${quoted(word)}]`);
    await chip.scrollIntoView({ block: 'center' });
    await chip.click();
  }

  /** Goes to a screen by its name in the rail. */
  async go(screen) {
    await this.press(screen, '//nav');
    await until(`${screen} marked as the current screen`, () => this.has(`//nav//a[@aria-current="page" and contains(., ${quoted(screen)})]`));
  }

  /** Changes the language under Settings; `settings` and `language` are the words that the window shows for both now. */
  async speak(settings, language, next) {
    await this.go(settings);
    await this.choose(language);
    await this.heading(next);
  }

  /** Where the player is, in whole seconds. */
  position() {
    return this.inside(() => Number(document.querySelector('section.bar [role=slider]')?.getAttribute('aria-valuenow') ?? -1));
  }

  /** Ends the process of this window at once, as a power cut would. */
  async kill() {
    const id = processOf(this.home);
    process.kill(id, 'SIGKILL');
    await until('the killed window to be gone', () => processOf(this.home) === undefined);
    await this.close();
  }

  /** Closes the window and waits until its process has let go of the home. */
  async close() {
    if (!this.#open) return;
    this.#open = false;
    await this.browser.deleteSession().catch(() => {}); // A killed window has no session to end.
    await until('the window to be gone', () => processOf(this.home) === undefined);
  }
}
