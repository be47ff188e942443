// The agent's choices, kept in this browser, and the list of keys.

import { useEffect, useState } from 'preact/hooks';
import { notifyAllow, notifyPossible } from '../alerts.js';
import { KEYS } from '../keys.js';
import { pushOff, pushOn, pushState } from '../push.js';
import { useDesk } from './context.jsx';
import { Dialog } from './dialog.jsx';

/** @import {WordKey} from '../i18n.js' */
/** @import {PushState} from '../push.js' */

/** @type {{value: 'it'|'en', name: string}[]} */
const LANGUAGES = [{ value: 'it', name: 'Italiano' }, { value: 'en', name: 'English' }];
/** @type {('auto'|'light'|'dark')[]} */
const THEMES = ['auto', 'light', 'dark'];

/** @param {{compact?: boolean}} props */
export function LanguageChoice({ compact }) {
  const { controller, say, lang } = useDesk();
  return (
    <fieldset class={compact ? 'choice compact' : 'choice'}>
      <legend class={compact ? 'hidden' : undefined}>{say('language')}</legend>
      {LANGUAGES.map(({ value, name }) => (
        <label key={value} lang={value}>
          <input type="radio" name="lang" checked={lang === value}
            onChange={() => controller.prefer({ lang: value })} />
          <span>{name}</span>
        </label>
      ))}
    </fieldset>
  );
}

/**
 * @param {{name: 'sound'|'notify'|'keys', label: WordKey, help: WordKey, disabled?: boolean,
 *   onChange: (on: boolean) => void}} props
 */
function Switch({ name, label, help, disabled, onChange }) {
  const { state, say } = useDesk();
  return (
    <label class="switch">
      <input type="checkbox" role="switch" checked={state.prefs[name] && !disabled} disabled={disabled}
        aria-describedby={`${name}-help`} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{say(label)}</span>
      <small id={`${name}-help`} class="muted">{say(help)}</small>
    </label>
  );
}

/** @type {Record<PushState, WordKey>} */
const PUSH_HELP = { on: 'push_help', off: 'push_help', denied: 'notify_denied', impossible: 'push_impossible' };

/** Notifications while no page of the desk is open. What the browser says counts, not what was chosen. */
function PushSwitch() {
  const { state, say, lang } = useDesk();
  const [now, setNow] = useState(/** @type {PushState|'asking'} */ ('asking'));
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let here = true;
    pushState().then((found) => here && setNow(found));
    return () => { here = false; };
  }, []);
  /** @param {boolean} on */
  async function change(on) {
    setNow('asking');
    const after = on ? await pushOn(state.model.user, lang) : await pushOff();
    setFailed(on && after === 'off');
    setNow(after);
  }
  return (
    <label class="switch">
      <input type="checkbox" role="switch" checked={now === 'on'} disabled={now === 'impossible' || now === 'asking'}
        aria-describedby="push-help" onChange={(event) => void change(event.currentTarget.checked)} />
      <span>{say('push')}</span>
      <small id="push-help" class="muted" role="status">
        {say(failed ? 'push_failed' : now === 'asking' ? 'push_help' : PUSH_HELP[now])}</small>
    </label>
  );
}

/** @param {{onClose: () => void}} props */
export function Settings({ onClose }) {
  const { controller, state, say } = useDesk();
  const [denied, setDenied] = useState(false);
  const possible = notifyPossible();

  /** @param {boolean} on */
  async function notify(on) {
    const allowed = on && (await notifyAllow());
    setDenied(on && !allowed);
    controller.prefer({ notify: allowed });
  }
  /** @param {boolean} on */
  function sound(on) {
    controller.prefer({ sound: on });
    if (on) controller.trySound();
  }
  return (
    <Dialog name="settings" title={say('settings')} onClose={onClose}>
      <LanguageChoice />
      <fieldset class="choice">
        <legend>{say('theme')}</legend>
        {THEMES.map((theme) => (
          <label key={theme}>
            <input type="radio" name="theme" checked={state.prefs.theme === theme}
              onChange={() => controller.prefer({ theme })} />
            <span>{say(`theme_${theme}`)}</span>
          </label>
        ))}
      </fieldset>
      <Switch name="sound" label="sound" help="sound_help" onChange={sound} />
      <Switch name="notify" label="notify" disabled={!possible} onChange={notify}
        help={possible ? (denied ? 'notify_denied' : 'notify_help') : 'notify_impossible'} />
      {state.model.role !== 'editor' && <PushSwitch />}
      <Switch name="keys" label="keys_single" help="keys_single_help"
        onChange={(keys) => controller.prefer({ keys })} />
      <div class="dialog-deeds">
        <button class="button" type="button" onClick={() => void controller.logout()}>{say('logout')}</button>
        <button class="button strong" type="button" onClick={onClose}>{say('done')}</button>
      </div>
    </Dialog>
  );
}

/** @type {{shown: string[], word: WordKey}[]} */
const ROWS = [
  ...KEYS.map(({ shown, deed }) => ({ shown, word: /** @type {WordKey} */ (`key_${deed}`) })),
  { shown: ['↵'], word: 'key_send' },
  { shown: ['⇧', '↵'], word: 'key_line' },
  { shown: ['/'], word: 'key_slash' },
  { shown: ['Alt', '1', '…', '3'], word: 'key_suggest' },
  { shown: ['Alt', 'M'], word: 'key_marks' },
  { shown: ['Ctrl', '↵'], word: 'key_mail' },
];

/** @param {{onClose: () => void}} props */
export function Keys({ onClose }) {
  const { say } = useDesk();
  return (
    <Dialog name="keys" title={say('keys')} lead={say('keys_lead')} onClose={onClose}>
      <dl class="keys-list">
        {ROWS.map(({ shown, word }) => (
          <div key={word}>
            <dt>{shown.map((key) => (key === '…' ? <span key={key}>–</span> : <kbd key={key}>{key}</kbd>))}</dt>
            <dd>{say(word)}</dd>
          </div>
        ))}
      </dl>
      <div class="dialog-deeds">
        <button class="button strong" type="button" onClick={onClose}>{say('done')}</button>
      </div>
    </Dialog>
  );
}
