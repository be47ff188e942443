// An agent's own canned replies.

import { useCallback, useEffect, useId, useState } from 'preact/hooks';
import { apiGet, apiPost } from '../api.js';
import { errorWords } from '../i18n.js';
import { VARIABLES } from '../snippets.js';
import { useDesk } from '../view/context.jsx';
import { focusNow } from '../view/focus.js';

/** @import {Snippet} from '../snippets.js' */
/** @import {WordKey} from '../i18n.js' */

const NEW = { id: 0, name: '', text: '' };

export function SnippetsPage() {
  const { say } = useDesk();
  const [mine, setMine] = useState(/** @type {{most: number, snippets: Snippet[]}|null} */ (null));
  const [form, setForm] = useState(/** @type {Snippet|null} */ (null));
  const [told, setTold] = useState('');

  const why = useCallback((/** @type {string} */ code) => (
    code === 'conflict' ? say('snippets_taken') : say('snippets_failed', { why: errorWords(say, code) })), [say]);
  const read = useCallback(async () => {
    const answer = await apiGet('snippets');
    if (answer.ok) setMine(answer.data);
    else setTold(why(answer.code));
  }, [why]);
  useEffect(() => { void read(); }, [read]);

  /** @param {Record<string, string|number>} fields @param {WordKey} done */
  async function post(fields, done) {
    const answer = await apiPost('snippets', fields);
    setTold(answer.ok ? say(done) : why(answer.code));
    if (!answer.ok) return;
    setForm(null);
    void read();
  }
  /** @param {Snippet} filled */
  function save({ id, name, text }) {
    if (!name.trim() || !text.trim()) setTold(say('snippets_empty'));
    else void post({ ...(id && { id }), name, text }, 'snippets_saved');
  }
  return (
    <div class="board">
      <header class="board-head">
        <h1>{say('page_snippets')}</h1>
        {mine && <span class="muted">{say('snippets_count', { n: mine.snippets.length, max: mine.most })}</span>}
        {mine && !form && (
          <button type="button" class="button strong" onClick={() => { setTold(''); setForm(NEW); }}>
            {say('snippets_new')}</button>
        )}
      </header>
      <p class="board-lead">{say('snippets_lead')}</p>
      <p class="board-told" role="status">{told}</p>
      {form && <SnippetForm form={form} onChange={setForm} onSave={save} onCancel={() => setForm(null)} />}
      {mine && mine.snippets.length === 0 && !form && <p class="none">{say('snippets_none')}</p>}
      <ul class="board-list">
        {mine?.snippets.map((snippet) => (
          <Item key={snippet.id} snippet={snippet} onEdit={() => { setTold(''); setForm(snippet); }}
            onRemove={() => post({ id: snippet.id, remove: 1 }, 'snippets_removed')} />
        ))}
      </ul>
    </div>
  );
}

/** @param {{snippet: Snippet, onEdit: () => void, onRemove: () => void}} props */
function Item({ snippet, onEdit, onRemove }) {
  const { say } = useDesk();
  const [asking, setAsking] = useState(false);
  return (
    <li class="board-item">
      <h2>{snippet.name}</h2>
      <p class="board-words">{snippet.text}</p>
      <p class="board-deeds">
        <button type="button" class="button" onClick={onEdit} aria-label={`${say('snippets_change')}: ${snippet.name}`}>
          {say('snippets_change')}</button>
        {asking ? (
          <>
            <button type="button" class="button strong" ref={focusNow} onClick={onRemove}>{say('snippets_remove_sure')}</button>
            <button type="button" class="button" onClick={() => setAsking(false)}>{say('snippets_cancel')}</button>
          </>
        ) : (
          <button type="button" class="button" onClick={() => setAsking(true)}
            aria-label={`${say('snippets_remove')}: ${snippet.name}`}>{say('snippets_remove')}</button>
        )}
      </p>
    </li>
  );
}

/**
 * @param {{form: Snippet, onChange: (form: Snippet) => void, onSave: (form: Snippet) => void, onCancel: () => void}} props
 */
function SnippetForm({ form, onChange, onSave, onCancel }) {
  const { say } = useDesk();
  const id = useId();
  return (
    <form class="board-form board-item" onSubmit={(event) => { event.preventDefault(); onSave(form); }}
      aria-label={form.id ? say('snippets_edit', { name: form.name }) : say('snippets_new')}>
      <div>
        <label for={`${id}n`}>{say('snippets_name')}</label>
        <input id={`${id}n`} type="text" maxLength={60} value={form.name} ref={focusNow}
          onInput={(event) => onChange({ ...form, name: event.currentTarget.value })} />
      </div>
      <div>
        <label for={`${id}t`}>{say('snippets_text')}</label>
        <textarea id={`${id}t`} maxLength={3500} value={form.text} aria-describedby={`${id}h`}
          onInput={(event) => onChange({ ...form, text: event.currentTarget.value })} />
        <small id={`${id}h`}>
          {say('snippets_variables', { list: VARIABLES.map((name) => `{${name}}`).join(' ') })}</small>
      </div>
      <p class="board-deeds">
        <button type="submit" class="button strong">{say('snippets_save')}</button>
        <button type="button" class="button" onClick={onCancel}>{say('snippets_cancel')}</button>
      </p>
    </form>
  );
}
