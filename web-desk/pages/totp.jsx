// Setting up one-time codes: the password, the QR code and the first code, then the recovery codes, shown once.

import { useId, useState } from 'preact/hooks';
import { apiPost } from '../api.js';
import { errorWords } from '../i18n.js';
import { useDesk } from '../view/context.jsx';
import { focusNow } from '../view/focus.js';

/** @typedef {{secret: string, uri: string, size: number, path: string}} Begun */

/** Light modules round the code that a reader wants. */
const QUIET = 4;

/** @param {{begun: Begun}} props */
function Qr({ begun }) {
  const { say } = useDesk();
  const side = begun.size + 2 * QUIET;
  return (
    <svg class="qr" viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`} role="img" aria-label={say('totp_qr')}
      shape-rendering="crispEdges">
      <rect x={-QUIET} y={-QUIET} width={side} height={side} fill="#fff" />
      <path d={begun.path} fill="#000" />
    </svg>
  );
}

/**
 * Asks once more for the password, and the code where one is in use.
 * @param {{code: boolean, action: string, onProve: (password: string, code: string) => void, onCancel?: () => void}} props
 */
export function Proof({ code, action, onProve, onCancel }) {
  const { say } = useDesk();
  const id = useId();
  /** @param {import('preact').JSX.TargetedSubmitEvent<HTMLFormElement>} event */
  function submit(event) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    onProve(String(form.get('password') ?? ''), String(form.get('code') ?? ''));
  }
  return (
    <form class="board-form" onSubmit={submit}>
      <p>{say('totp_password_lead')}</p>
      <div>
        <label for={`${id}p`}>{say('account_password_old')}</label>
        <input id={`${id}p`} name="password" type="password" autocomplete="current-password" required ref={focusNow} />
      </div>
      {code && (
        <div>
          <label for={`${id}c`}>{say('account_code')}</label>
          <input id={`${id}c`} name="code" autocomplete="one-time-code" maxLength={32} required
            aria-describedby={`${id}ch`} />
          <small id={`${id}ch`}>{say('account_code_help')}</small>
        </div>
      )}
      <p class="board-deeds">
        <button type="submit" class="button strong">{action}</button>
        {onCancel && <button type="button" class="button" onClick={onCancel}>{say('totp_cancel')}</button>}
      </p>
    </form>
  );
}

/** @param {{codes: string[], onDone: () => void}} props */
function Codes({ codes, onDone }) {
  const { say } = useDesk();
  const [told, setTold] = useState('');
  const copy = () => navigator.clipboard?.writeText(codes.join('\n')).then(() => setTold(say('totp_codes_copied')), () => {});
  return (
    <div>
      <h3 tabIndex={-1} ref={focusNow}>{say('totp_codes')}</h3>
      <p>{say('totp_codes_lead')}</p>
      <ol class="recovery">{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ol>
      <p role="status">{told}</p>
      <p class="board-deeds">
        <button type="button" class="button strong" onClick={onDone}>{say('totp_codes_done')}</button>
        {navigator.clipboard && (
          <button type="button" class="button" onClick={copy}>{say('totp_codes_copy')}</button>
        )}
      </p>
    </div>
  );
}

/** @param {{begun: Begun, onConfirm: (code: string) => void, onCancel?: () => void}} props */
function Confirm({ begun, onConfirm, onCancel }) {
  const { say } = useDesk();
  const id = useId();
  return (
    <form class="board-form" onSubmit={(event) => {
      event.preventDefault();
      onConfirm(String(new FormData(event.currentTarget).get('code') ?? ''));
    }}>
      <p>{say('totp_scan')}</p>
      <Qr begun={begun} />
      <p>{say('totp_key')}: <code class="key">{begun.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code></p>
      <div>
        <label for={`${id}c`}>{say('account_code')}</label>
        <input id={`${id}c`} name="code" inputMode="numeric" autocomplete="one-time-code" maxLength={8} required
          ref={focusNow} />
      </div>
      <p class="board-deeds">
        <button type="submit" class="button strong">{say('totp_confirm')}</button>
        {onCancel && <button type="button" class="button" onClick={onCancel}>{say('totp_cancel')}</button>}
      </p>
    </form>
  );
}

/**
 * The whole way. `code`: one is in use already.
 * @param {{code: boolean, onDone: () => void, onCancel?: () => void}} props
 */
export function TotpSetup({ code, onDone, onCancel }) {
  const { say } = useDesk();
  const [begun, setBegun] = useState(/** @type {Begun|null} */ (null));
  const [codes, setCodes] = useState(/** @type {string[]|null} */ (null));
  const [told, setTold] = useState('');

  /** @param {string} name @param {Record<string, string>} fields @param {(data: any) => void} take */
  async function ask(name, fields, take) {
    setTold('');
    const answer = await apiPost(name, fields);
    if (answer.ok) take(answer.data);
    else setTold(say('account_failed', { why: errorWords(say, answer.code) }));
  }
  return (
    <div>
      <p class="board-told" role="alert">{told}</p>
      {codes ? <Codes codes={codes} onDone={onDone} />
        : begun ? (
          <Confirm begun={begun} onCancel={onCancel}
            onConfirm={(typed) => ask('account/totp/confirm', { code: typed }, (data) => setCodes(data.codes))} />
        ) : (
          <Proof code={code} action={say('totp_continue')} onCancel={onCancel}
            onProve={(password, typed) => ask('account/totp/begin', { password, code: typed }, setBegun)} />
        )}
    </div>
  );
}
