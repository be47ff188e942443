// Notices: what holds for everybody just now. An agent or editor writes one; it is live at once and ends by itself.

import { useCallback, useEffect, useId, useState } from 'preact/hooks';
import { apiGet, apiPost } from '../api.js';
import { dateTimeOf, languageOf } from '../format.js';
import { errorWords } from '../i18n.js';
import { useDesk } from '../view/context.jsx';
import { focusNow } from '../view/focus.js';
import { Icon } from '../view/icons.jsx';
import { fieldsOf, formOf, momentOf, stageOf } from './notices.js';

/** @import {Board, Form, Notice} from './notices.js' */
/** @import {WordKey} from '../i18n.js' */

export function NoticesPage() {
  const { say, lang } = useDesk();
  const [board, setBoard] = useState(/** @type {Board|null} */ (null));
  const [form, setForm] = useState(/** @type {Form|null} */ (null));
  const [told, setTold] = useState('');

  const read = useCallback(async () => {
    const answer = await apiGet('notices');
    if (answer.ok) setBoard(answer.data);
    else setTold(say('notices_failed', { why: errorWords(say, answer.code) }));
  }, [say]);
  useEffect(() => { void read(); }, [read]);

  /** @param {Record<string, string|number>} fields @param {WordKey} done */
  async function post(fields, done) {
    setTold(say('notices_saving'));
    const answer = await apiPost('notices', fields);
    setTold(answer.ok ? say(done) : say('notices_failed', { why: errorWords(say, answer.code) }));
    if (answer.ok) {
      setForm(null);
      void read();
    }
  }
  /** @param {Form} filled */
  function save(filled) {
    const wrong = wrongOf(filled);
    if (wrong) setTold(say(wrong));
    else void post(fieldsOf(filled), momentOf(filled.from) > Date.now() ? 'notices_saved_later' : 'notices_saved');
  }
  return (
    <div class="board">
      <header class="board-head">
        <h1>{say('page_notices')}</h1>
        {board && !form && (
          <button type="button" class="button strong" onClick={() => { setTold(''); setForm(formOf(null, board)); }}>
            {say('notices_new')}</button>
        )}
      </header>
      <p class="board-lead">{say('notices_lead')}</p>
      <p class="board-told" role="status">{told}</p>
      {form && board && (
        <NoticeForm form={form} board={board} onChange={setForm} onSave={save} onCancel={() => setForm(null)} />
      )}
      {!board ? <p class="none">{say('notices_loading')}</p> : board.notices.length === 0
        ? <p class="none">{say('notices_none')}</p> : (
          <ul class="board-list">
            {board.notices.map((notice) => (
              <Item key={notice.id} notice={notice} board={board} lang={lang}
                onEdit={(again) => { setTold(''); setForm(formOf(notice, board, again)); }}
                onRemove={() => post({ id: notice.id, remove: 1 }, 'notices_removed')} />
            ))}
          </ul>
        )}
    </div>
  );
}

/** @type {Record<'holds'|'comes'|'ended', WordKey>} */
const STAGES = { holds: 'notices_holds', comes: 'notices_comes', ended: 'notices_ended' };

/** What is wrong with it, null = nothing. @param {Form} form @returns {WordKey|null} */
function wrongOf(form) {
  const until = momentOf(form.until);
  if (!form.texts.some((text) => text.line.trim())) return 'notices_need_line';
  if (!(until > Date.now()) || until <= momentOf(form.from) || until > Date.now() + 366 * 86_400_000) {
    return 'notices_need_until';
  }
  return null;
}

/** @param {{notice: Notice, board: Board, lang: string, onEdit: (again: boolean) => void, onRemove: () => void}} props */
function Item({ notice, board, lang, onEdit, onRemove }) {
  const { say } = useDesk();
  const [asking, setAsking] = useState(false);
  const stage = stageOf(notice, Date.now());
  const department = board.departments.find((d) => d.id === notice.department)?.name ?? notice.department;
  return (
    <li class={`board-item${stage === 'ended' ? ' over' : ''}`}>
      <p class="board-meta">
        <strong class={stage === 'holds' ? 'tag' : ''}>{say(STAGES[stage])}</strong>
        <span>{say('notices_span', { from: dateTimeOf(lang, notice.from), until: dateTimeOf(lang, notice.until) })}</span>
        <span>{department || say('notices_everywhere')}</span>
        {notice.by && <span>{say('notices_by', { name: notice.by })}</span>}
      </p>
      {notice.texts.map((text) => (
        <div key={text.lang} lang={text.lang}>
          <h2><span class="lang">{text.lang}</span> {text.line}</h2>
          {text.text && <p class="board-words">{text.text}</p>}
        </div>
      ))}
      {notice.mine && (
        <p class="board-deeds">
          <button type="button" class="button" onClick={() => onEdit(stage === 'ended')}>
            {say(stage === 'ended' ? 'notices_again' : 'notices_change')}</button>
          {stage !== 'ended' && !asking && (
            <button type="button" class="button" onClick={() => setAsking(true)}>{say('notices_remove')}</button>
          )}
          {asking && (
            <>
              <button type="button" class="button strong" ref={focusNow} onClick={onRemove}>{say('notices_remove_sure')}</button>
              <button type="button" class="button" onClick={() => setAsking(false)}>{say('notices_cancel')}</button>
            </>
          )}
        </p>
      )}
    </li>
  );
}

/**
 * @param {{form: Form, board: Board, onChange: (form: Form) => void, onSave: (form: Form) => void,
 *   onCancel: () => void}} props
 */
function NoticeForm({ form, board, onChange, onSave, onCancel }) {
  const { say, lang } = useDesk();
  const id = useId();
  /** @param {number} at @param {'line'|'text'|'wordings'} part @param {string} value */
  const write = (at, part, value) => onChange({
    ...form, texts: form.texts.map((text, i) => (i === at ? { ...text, [part]: value } : text)),
  });
  return (
    <form class="board-form board-item" onSubmit={(event) => { event.preventDefault(); onSave(form); }}
      aria-label={form.id ? say('notices_edit', { n: form.id }) : say('notices_new')}>
      {form.texts.map((text, i) => (
        <fieldset key={text.lang}>
          <legend>{languageOf(lang, text.lang)}</legend>
          <div>
            <label for={`${id}l${i}`}>{say('notices_line')}</label>
            <input id={`${id}l${i}`} type="text" maxLength={160} value={text.line} lang={text.lang} ref={i === 0 ? focusNow : null}
              aria-describedby={`${id}lh${i}`} onInput={(event) => write(i, 'line', event.currentTarget.value)} />
            <small id={`${id}lh${i}`}>{say('notices_line_help')}</small>
          </div>
          <div>
            <label for={`${id}w${i}`}>{say('notices_wordings')}</label>
            <textarea id={`${id}w${i}`} maxLength={3000} value={text.wordings} lang={text.lang}
              aria-describedby={`${id}wh${i}`} onInput={(event) => write(i, 'wordings', event.currentTarget.value)} />
            <small id={`${id}wh${i}`}>{say('notices_wordings_help')}</small>
          </div>
          <div>
            <label for={`${id}t${i}`}>{say('notices_text')}</label>
            <textarea id={`${id}t${i}`} maxLength={1500} value={text.text} lang={text.lang}
              aria-describedby={`${id}th${i}`} onInput={(event) => write(i, 'text', event.currentTarget.value)} />
            <small id={`${id}th${i}`}>{say('notices_text_help')}</small>
          </div>
        </fieldset>
      ))}
      <div class="board-row">
        <div>
          <label for={`${id}from`}>{say('notices_from')}</label>
          <input id={`${id}from`} type="datetime-local" value={form.from} required
            onInput={(event) => onChange({ ...form, from: event.currentTarget.value })} />
        </div>
        <div>
          <label for={`${id}until`}>{say('notices_until')}</label>
          <input id={`${id}until`} type="datetime-local" value={form.until} required
            onInput={(event) => onChange({ ...form, until: event.currentTarget.value })} />
        </div>
        <div>
          <label for={`${id}department`}>{say('notices_department')}</label>
          <select id={`${id}department`} value={form.department}
            onChange={(event) => onChange({ ...form, department: event.currentTarget.value })}>
            <option value="">{say('notices_everywhere')}</option>
            {board.departments.map((d) => <option key={d.id} value={d.id}>{d.name}</option>)}
          </select>
        </div>
      </div>
      <p class="board-deeds">
        <button type="submit" class="button strong"><Icon name="send" /> {say('notices_save')}</button>
        <button type="button" class="button" onClick={onCancel}>{say('notices_cancel')}</button>
      </p>
    </form>
  );
}
