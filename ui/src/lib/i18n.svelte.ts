// The language of the screens.

import { en, type Messages } from './messages/en';
import { zh } from './messages/zh';

export type LanguageChoice = 'auto' | 'en' | 'zh';

function resolve(choice: string): Messages {
  const language = choice === 'auto' ? navigator.language : choice;
  return language.toLowerCase().startsWith('zh') ? zh : en;
}

class I18n {
  /** The words in the language now shown. */
  t: Messages = $state.raw(resolve('auto'));

  /** Switches every screen and the document's language. */
  choose(choice: string): void {
    this.t = resolve(choice);
    document.documentElement.lang = this.t.locale;
  }

  /** The word for a stable name, or the name itself when it has none yet. */
  word(words: Record<string, string>, name: string): string {
    return words[name] ?? name;
  }
}

export const i18n = new I18n();
