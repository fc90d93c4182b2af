// Opens the real window on a home, and finds things in it by what a person reads: labels, names and text.

import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { remote } from 'webdriverio';
import { target } from './home.js';
import { SOON, until } from './until.js';

export const application = join(target, 'debug/keepsong-desktop');
const pictures = join(target, 'journeys');
mkdirSync(pictures, { recursive: true });

/** The process id of the window on this home, or `undefined` when there is none. */
function processOf(home) {
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
    connectionRetryTimeout: 30_000,
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

/** Keeps the page drawing for a moment: the driver takes its picture at the next drawing, and a page at rest has none. */
function stir() {
  const speck = document.body.appendChild(document.createElement('i'));
  Object.assign(speck.style, { position: 'fixed', right: '0', bottom: '0', width: '1px', height: '1px' });
  const end = performance.now() + 2000;
  let drawn = 0;
  const draw = () => {
    speck.style.background = `rgb(0 0 0 / ${(drawn++ % 2) / 100})`;
    if (performance.now() < end) requestAnimationFrame(draw);
    else speck.remove();
  };
  draw();
}

class Window {
  #open = true;

  constructor(browser, home) {
    this.browser = browser;
    this.home = home;
  }

  /** Saves what the window shows to `target/journeys`. */
  async picture(name) {
    await until('the dialog at rest', () => this.inside(() => !document.querySelector('dialog')?.getAnimations().some((one) => one.playState === 'running')));
    await this.inside(stir);
    await this.browser.saveScreenshot(join(pictures, `${name}.png`));
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

  /** Types into the input with this label; each line after the first is begun with the Enter key. */
  async fill(label, ...lines) {
    const field = await this.field(label);
    await field.setValue(lines[0]);
    for (const line of lines.slice(1)) {
      await this.browser.keys('Enter');
      await field.addValue(line);
    }
  }

  /** Chooses one of a group of chips. */
  async choose(word) {
    const chip = await this.at(`//label[normalize-space(.)=${quoted(word)}]`);
    await chip.scrollIntoView({ block: 'center' });
    await chip.click();
  }

  /** Goes to a screen by its name in the rail; a number of running jobs may stand beside the name. */
  async go(screen) {
    const place = `//nav//a[.//span[normalize-space(.)=${quoted(screen)}]]`;
    await (await this.at(place)).click();
    await this.at(`${place}[@aria-current="page"]`);
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
    process.kill(processOf(this.home), 'SIGKILL');
    await this.close();
  }

  /** Closes the window and waits until its process has let go of the home. */
  async close() {
    if (!this.#open) return;
    this.#open = false;
    await this.browser.deleteSession().catch(() => {}); // A killed window has no session to end.
    await until('the window to let go of its home', () => !this.home.held());
  }
}
