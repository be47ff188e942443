// One's own account: picture, e-mail, password, one-time codes, and where one is logged in.

import { useCallback, useEffect, useId, useRef, useState } from 'preact/hooks';
import { apiGet, apiPost, apiSend } from '../api.js';
import { dateTimeOf } from '../format.js';
import { errorWords } from '../i18n.js';
import { useDesk } from '../view/context.jsx';
import { Icon } from '../view/icons.jsx';
import { portraitOf, portraitUrl } from './portrait.js';
import { Proof, TotpSetup } from './totp.jsx';

/** @import {WordKey} from '../i18n.js' */
/** @typedef {{made: number, seen: number, address: string, own?: boolean}} Session */
/**
 * @typedef {object} Account
 * @property {number} id
 * @property {string} name
 * @property {'agent'|'editor'|'admin'} role
 * @property {string} email
 * @property {number} picture
 * @property {boolean} totp
 * @property {number} codes
 * @property {string} required
 * @property {Session[]} sessions
 */
/** @typedef {(name: string, fields: Record<string, string>|Blob, done: WordKey) => Promise<boolean>} Post */

export function AccountPage() {
  const { say } = useDesk();
  const [account, setAccount] = useState(/** @type {Account|null} */ (null));
  const [told, setTold] = useState('');

  const failed = useCallback((/** @type {string} */ code) => (
    setTold(say('account_failed', { why: errorWords(say, code) }))), [say]);
  const read = useCallback(async () => {
    const [me, rest] = [await apiGet('me'), await apiGet('account')];
    if (me.ok && rest.ok) setAccount({ ...me.data, ...rest.data });
    else failed(me.ok ? (rest.ok ? '' : rest.code) : me.code);
  }, [failed]);
  useEffect(() => { void read(); }, [read]);

  /** @type {Post} */
  async function post(name, fields, done) {
    const answer = fields instanceof Blob ? await apiSend(name, fields) : await apiPost(name, fields);
    if (!answer.ok) failed(answer.code);
    else {
      setTold(say(done));
      void read();
    }
    return answer.ok;
  }
  return (
    <div class="board">
      <header class="board-head"><h1>{say('page_account')}</h1></header>
      <p class="board-told" role="status">{told}</p>
      {!account ? <p class="none">{say('account_loading')}</p> : (
        <div class="board-list">
          <Who account={account} post={post} tell={setTold} />
          <Password account={account} post={post} tell={setTold} />
          <Totp account={account} post={post} renew={read} />
          <Sessions account={account} post={post} />
        </div>
      )}
    </div>
  );
}

/** @param {{account: Account, post: Post, tell: (text: string) => void}} props */
function Who({ account, post, tell }) {
  const { say } = useDesk();
  const id = useId();
  const file = useRef(/** @type {HTMLInputElement|null} */ (null));
  async function chosen() {
    const picked = file.current?.files?.[0];
    if (!picked) return;
    const small = await portraitOf(picked);
    if (small) await post('account/picture', small, 'account_saved');
    else tell(say('account_picture_unreadable'));
    if (file.current) file.current.value = '';
  }
  return (
    <section class="board-item" aria-labelledby={`${id}h`}>
      <h2 id={`${id}h`}>{account.name}</h2>
      <p class="board-meta">{say(`account_role_${account.role}`)}</p>
      <div class="account-picture">
        <Portrait id={account.id} picture={account.picture} />
        <div>
          <p class="muted small" id={`${id}p`}>{say('account_picture_help')}</p>
          <p class="board-deeds">
            <label class="button file">
              <input type="file" accept="image/png,image/jpeg,image/webp,image/gif" class="hidden" ref={file}
                aria-describedby={`${id}p`} onChange={() => void chosen()} />
              {say('account_picture_choose')}
            </label>
            {account.picture > 0 && (
              <button type="button" class="button"
                onClick={() => void post('account/picture', new Blob([]), 'account_saved')}>
                {say('account_picture_remove')}</button>
            )}
          </p>
        </div>
      </div>
      <form class="board-form" onSubmit={(event) => {
        event.preventDefault();
        void post('account/email', { email: String(new FormData(event.currentTarget).get('email') ?? '').trim() }, 'account_saved');
      }}>
        <div>
          <label for={`${id}e`}>{say('account_email')}</label>
          <input id={`${id}e`} name="email" type="email" maxLength={200} autocomplete="email" defaultValue={account.email}
            aria-describedby={`${id}eh`} />
          <small id={`${id}eh`}>{say('account_email_help')}</small>
        </div>
        <p class="board-deeds"><button type="submit" class="button">{say('account_save')}</button></p>
      </form>
    </section>
  );
}

/** @param {{id: number, picture: number}} props */
export function Portrait({ id, picture }) {
  return (
    <span class="portrait">
      {picture > 0 ? <img src={portraitUrl(id, picture)} alt="" width="64" height="64" /> : <Icon name="person" />}
    </span>
  );
}

/** @param {{account: Account, post: Post, tell: (text: string) => void}} props */
function Password({ account, post, tell }) {
  const { say } = useDesk();
  const id = useId();
  /** @param {import('preact').JSX.TargetedSubmitEvent<HTMLFormElement>} event */
  async function submit(event) {
    event.preventDefault();
    const form = event.currentTarget;
    const [old, password, again, code] = ['old', 'password', 'again', 'code'].map((name) => String(new FormData(form).get(name) ?? ''));
    if (password !== again) return tell(say('account_password_differ'));
    if (await post('account/password', { old, password, code }, 'account_password_done')) form.reset();
  }
  return (
    <section class="board-item" aria-labelledby={`${id}h`}>
      <h2 id={`${id}h`}>{say('account_password')}</h2>
      <form class="board-form" onSubmit={(event) => void submit(event)}>
        <input class="hidden" type="text" name="username" autocomplete="username" value={account.name} readOnly
          tabIndex={-1} aria-hidden="true" />
        <div>
          <label for={`${id}o`}>{say('account_password_old')}</label>
          <input id={`${id}o`} name="old" type="password" autocomplete="current-password" required />
        </div>
        <div class="board-row">
          <div>
            <label for={`${id}n`}>{say('account_password_new')}</label>
            <input id={`${id}n`} name="password" type="password" autocomplete="new-password" required
              aria-describedby={`${id}nh`} />
            <small id={`${id}nh`}>{say('account_password_help')}</small>
          </div>
          <div>
            <label for={`${id}a`}>{say('account_password_again')}</label>
            <input id={`${id}a`} name="again" type="password" autocomplete="new-password" required />
          </div>
        </div>
        {account.totp && (
          <div>
            <label for={`${id}c`}>{say('account_code')}</label>
            <input id={`${id}c`} name="code" autocomplete="one-time-code" maxLength={32} required aria-describedby={`${id}ch`} />
            <small id={`${id}ch`}>{say('account_code_help')}</small>
          </div>
        )}
        <p class="board-deeds"><button type="submit" class="button">{say('account_password_do')}</button></p>
      </form>
    </section>
  );
}

/** @param {{account: Account, post: Post, renew: () => Promise<void>}} props */
function Totp({ account, post, renew }) {
  const { say } = useDesk();
  const id = useId();
  const [doing, setDoing] = useState(/** @type {'set'|'off'|null} */ (null));
  const required = account.required === 'required' || (account.required === 'required_for_admins' && account.role === 'admin');
  const rest = () => setDoing(null);
  return (
    <section class="board-item" aria-labelledby={`${id}h`}>
      <h2 id={`${id}h`}>{say('totp')}</h2>
      {doing !== 'set' && <p>{account.totp ? say('totp_on_lead', { n: account.codes }) : say('totp_off_lead')}</p>}
      {doing === 'set' && <TotpSetup code={account.totp} onCancel={rest} onDone={() => { rest(); void renew(); }} />}
      {doing === 'off' && (
        <Proof code action={say('totp_off')} onCancel={rest} onProve={async (password, code) => {
          if (await post('account/totp/off', { password, code }, 'totp_off_done')) rest();
        }} />
      )}
      {doing === null && (
        <p class="board-deeds">
          <button type="button" class={account.totp ? 'button' : 'button strong'} onClick={() => setDoing('set')}>
            {say(account.totp ? 'totp_again' : 'totp_begin')}</button>
          {account.totp && !required && (
            <button type="button" class="button" onClick={() => setDoing('off')}>{say('totp_off')}</button>
          )}
        </p>
      )}
      {account.totp && required && <p class="muted small">{say('totp_required')}</p>}
    </section>
  );
}

/** @param {{account: Account, post: Post}} props */
function Sessions({ account, post }) {
  const { controller, say, lang } = useDesk();
  const id = useId();
  return (
    <section class="board-item" aria-labelledby={`${id}h`}>
      <h2 id={`${id}h`}>{say('account_sessions')}</h2>
      <ul class="sessions">
        {account.sessions.map((session, i) => (
          <li key={i}>
            {session.own && <strong class="tag">{say('account_sessions_here')}</strong>}{' '}
            {say('account_sessions_line', { address: session.address || '–', made: dateTimeOf(lang, session.made),
              seen: dateTimeOf(lang, session.seen) })}
          </li>
        ))}
      </ul>
      <p class="board-deeds">
        {account.sessions.length > 1 && (
          <button type="button" class="button" onClick={() => void post('account/sessions/end', {}, 'account_sessions_ended')}>
            {say('account_sessions_end')}</button>
        )}
        <button type="button" class="button" onClick={() => void controller.logout()}>{say('account_logout')}</button>
      </p>
    </section>
  );
}
