// Logging in: name and password, then, for who has switched it on, a one-time code. What is wrong is said beside the
// form; after too many attempts the button counts down.

import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useDesk, useNow } from './context.jsx';
import { Icon, Mark } from './icons.jsx';
import { LanguageChoice } from './settings.jsx';

/** @import {WordKey} from '../i18n.js' */

/** @type {Record<string, WordKey>} */
const REFUSALS = {
  wrong: 'login_wrong', wrong_code: 'login_wrong_code', forbidden: 'login_forbidden', unreachable: 'login_unreachable', failed: 'login_failed',
};

export function Login() {
  const { controller, state, say } = useDesk();
  const [error, setError] = useState(/** @type {WordKey|null} */ (null));
  const [until, setUntil] = useState(0);
  const [busy, setBusy] = useState(false);
  const name = useRef(/** @type {HTMLInputElement|null} */ (null));
  const password = useRef(/** @type {HTMLInputElement|null} */ (null));
  const code = useRef(/** @type {HTMLInputElement|null} */ (null));
  /** Name and password that were right, while the code is asked for. */
  const [proven, setProven] = useState(/** @type {[string, string]|null} */ (null));
  const left = Math.max(0, Math.ceil((until - useNow()) / 1000));

  // At once: a focus that comes later could take what is being typed into another field.
  useLayoutEffect(() => (proven ? code : name).current?.focus(), [proven]);

  /** @param {Event} event */
  async function submit(event) {
    event.preventDefault();
    if (busy || until > Date.now()) return;
    const [who, secret] = proven ?? [name.current?.value.trim() ?? '', password.current?.value ?? ''];
    const digits = proven ? code.current?.value.trim() : undefined;
    if (!who || !secret) {
      setError('login_empty');
      return (who ? password : name).current?.focus();
    }
    if (digits === '') {
      setError('login_code_empty');
      return code.current?.focus();
    }
    setBusy(true);
    const answer = await controller.login(who, secret, digits);
    setBusy(false);
    if (answer.ok) return;
    if (answer.why === 'code_needed') {
      setError(null);
      setProven([who, secret]);
      return;
    }
    // The password has been changed meanwhile, or the server forgets: from the beginning.
    if (proven && answer.why === 'wrong') setProven(null);
    setUntil(answer.why === 'slow_down' ? Date.now() + answer.seconds * 1000 : 0);
    setError(answer.why === 'slow_down' ? null : REFUSALS[answer.why]);
    const field = proven ? code : password;
    field.current?.focus();
    field.current?.select();
  }

  const told = left > 0 ? say('login_slow', { n: left }) : error && say(error);
  return (
    <main class="threshold">
      <form class="login" method="post" onSubmit={submit} noValidate aria-labelledby="login-title">
        <p class="threshold-name"><Mark /> Sportello</p>
        <h1 id="login-title">{say(proven ? 'login_code_title' : 'login_title')}</h1>
        <p class="muted">{say(proven ? 'login_code_lead' : state.expired ? 'login_expired' : 'login_lead')}</p>
        {proven ? <CodeField field={code} wrong={error === 'login_wrong_code'} /> : (<>
        <label for="login-name">{say('login_name')}</label>
        <input id="login-name" name="name" ref={name} autocomplete="username" autocapitalize="none" spellcheck={false}
          aria-describedby="login-told" />
        <label for="login-password">{say('login_password')}</label>
        <input id="login-password" name="password" type="password" ref={password} autocomplete="current-password"
          aria-describedby="login-told" aria-invalid={error === 'login_wrong'} />
        </>)}
        <p id="login-told" class="login-told" role={left > 0 ? undefined : 'alert'}>
          {told && <><Icon name="warn" /> <span>{told}</span></>}
        </p>
        <button class="button strong wide" type="submit" aria-disabled={busy || left > 0}>
          {say(busy ? 'login_doing' : 'login_do')}
        </button>
        {proven && (
          <button class="plain-link" type="button" onClick={() => { setProven(null); setError(null); }}>{say('login_back')}</button>
        )}
      </form>
      <LanguageChoice compact />
    </main>
  );
}

/** @param {{field: import('preact').RefObject<HTMLInputElement>, wrong: boolean}} props */
function CodeField({ field, wrong }) {
  const { say } = useDesk();
  return (
    <>
      <label for="login-code">{say('login_code')}</label>
      <input id="login-code" name="code" ref={field} autocomplete="one-time-code" autocapitalize="none" spellcheck={false}
        maxLength={32} aria-describedby="login-told" aria-invalid={wrong} />
    </>
  );
}
