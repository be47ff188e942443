// The people of the desk, for admins: who there is, what they may do, and the log of who did what.

import { useCallback, useEffect, useId, useState } from 'preact/hooks';
import { apiGet, apiPost } from '../api.js';
import { dateTimeOf, languageOf } from '../format.js';
import { errorWords } from '../i18n.js';
import { useDesk } from '../view/context.jsx';
import { focusNow } from '../view/focus.js';
import { Portrait } from './account.jsx';

/** @import {WordKey} from '../i18n.js' */
/**
 * @typedef {object} Person
 * @property {number} id
 * @property {string} name
 * @property {'agent'|'editor'|'admin'} role
 * @property {string} departments ids with commas between, '' = all
 * @property {string} languages
 * @property {number} capacity 0 = the site's
 * @property {string} email
 * @property {number} picture
 * @property {boolean} totp
 * @property {boolean} disabled
 */
/**
 * @typedef {object} People
 * @property {Person[]} people
 * @property {{id: string, name: string}[]} departments
 * @property {string[]} languages
 * @property {number} capacity
 */
/** @typedef {{id: number, at: number, name?: string, act: string, detail?: string, address?: string}} Line */
/** @typedef {(fields: Record<string, string>) => Promise<boolean>} Act */

/** @type {Person} */
const NOBODY = {
  id: 0, name: '', role: 'agent', departments: '', languages: '', capacity: 0, email: '', picture: 0, totp: false,
  disabled: false,
};
/** @type {Person['role'][]} */
const ROLES = ['agent', 'editor', 'admin'];

export function PeoplePage() {
  const { say } = useDesk();
  const [all, setAll] = useState(/** @type {People|null} */ (null));
  const [editing, setEditing] = useState(/** @type {Person|null} */ (null));
  const [told, setTold] = useState('');
  const [given, setGiven] = useState(/** @type {{name: string, password: string}|null} */ (null));
  const [changes, setChanges] = useState(0);

  const failed = useCallback((/** @type {string} */ code) => (
    setTold(say('people_failed', { why: errorWords(say, code) }))), [say]);
  const read = useCallback(async () => {
    const answer = await apiGet('people');
    if (answer.ok) setAll(answer.data);
    else failed(answer.code);
  }, [failed]);
  useEffect(() => { void read(); }, [read]);

  /** @param {string} name whom it is about @returns {Act} */
  const actOn = (name) => async (fields) => {
    const answer = await apiPost('people', fields);
    if (!answer.ok) {
      failed(answer.code);
      return false;
    }
    setTold(say('people_saved'));
    setGiven(answer.data.password ? { name, password: answer.data.password } : null);
    setEditing(null);
    setChanges((n) => n + 1);
    void read();
    return true;
  };
  return (
    <div class="board">
      <header class="board-head">
        <h1>{say('page_people')}</h1>
        {all && !editing && (
          <button type="button" class="button strong" onClick={() => { setTold(''); setGiven(null); setEditing(NOBODY); }}>
            {say('people_new')}</button>
        )}
      </header>
      <p class="board-lead">{say('people_lead')}</p>
      <p class="board-told" role="status">{told}</p>
      {given && (
        <div class="board-item given" role="alert">
          <p>{say('people_given', { name: given.name })} <code>{given.password}</code></p>
          <p class="muted small">{say('people_given_help')}</p>
        </div>
      )}
      {editing && all && (
        <PersonForm key={editing.id} person={editing} all={all} act={actOn} onCancel={() => setEditing(null)} />
      )}
      {!all ? <p class="none">{say('people_loading')}</p> : (
        <ul class="board-list">
          {all.people.map((person) => (
            <Item key={person.id} person={person} all={all} act={actOn(person.name)}
              onEdit={() => { setTold(''); setGiven(null); setEditing(person); }} />
          ))}
        </ul>
      )}
      <Log changes={changes} />
    </div>
  );
}

/** What there is to do with somebody, each asked once more. @type {{act: string, word: 'people_disable'|'people_password'|'people_totp_off', when: (p: Person) => boolean}[]} */
const DEEDS = [
  { act: 'disable', word: 'people_disable', when: (person) => !person.disabled },
  { act: 'password', word: 'people_password', when: (person) => !person.disabled },
  { act: 'totp_off', word: 'people_totp_off', when: (person) => person.totp },
];

/** @param {{person: Person, all: People, act: Act, onEdit: () => void}} props */
function Item({ person, all, act, onEdit }) {
  const { say, lang } = useDesk();
  const [asking, setAsking] = useState(/** @type {typeof DEEDS[number]|null} */ (null));
  const id = String(person.id);
  const named = (/** @type {string} */ list, /** @type {(item: string) => string} */ name) => (
    list ? list.split(',').map(name).join(', ') : say('people_all'));
  return (
    <li class={`board-item person${person.disabled ? ' over' : ''}`}>
      <Portrait id={person.id} picture={person.picture} />
      <div class="person-words">
        <h2>{person.name} <span class="tag">{say(`account_role_${person.role}`)}</span></h2>
        <p class="board-meta">
          <span>{say('people_line', {
            departments: named(person.departments, (item) => all.departments.find((d) => d.id === item)?.name ?? item),
            languages: named(person.languages, (item) => languageOf(lang, item)),
            capacity: person.capacity || all.capacity })}</span>
          {person.email && <span>{person.email}</span>}
          {person.totp && <span>{say('people_totp')}</span>}
          {person.disabled && <strong>{say('people_disabled')}</strong>}
        </p>
        <p class="board-deeds">
          {asking ? (
            <>
              <button type="button" class="button strong" ref={focusNow}
                onClick={() => void act({ act: asking.act, id }).then(() => setAsking(null))}>{say(`${asking.word}_sure`)}</button>
              <button type="button" class="button" onClick={() => setAsking(null)}>{say('people_cancel')}</button>
            </>
          ) : (
            <>
              <button type="button" class="button" aria-label={say('people_change_of', { name: person.name })} onClick={onEdit}>
                {say('people_change')}</button>
              {DEEDS.filter(({ when }) => when(person)).map((deed) => (
                <button key={deed.act} type="button" class="button" aria-label={say(`${deed.word}_of`, { name: person.name })}
                  onClick={() => setAsking(deed)}>{say(deed.word)}</button>
              ))}
              {person.disabled && (
                <button type="button" class="button" aria-label={say('people_enable_of', { name: person.name })}
                  onClick={() => void act({ act: 'enable', id })}>{say('people_enable')}</button>
              )}
            </>
          )}
        </p>
      </div>
    </li>
  );
}

/** @param {{person: Person, all: People, act: (name: string) => Act, onCancel: () => void}} props */
function PersonForm({ person, all, act, onCancel }) {
  const { say, lang } = useDesk();
  const id = useId();

  /** @param {import('preact').JSX.TargetedSubmitEvent<HTMLFormElement>} event */
  function submit(event) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (/** @type {string} */ name) => String(form.get(name) ?? '').trim();
    const fields = {
      role: text('role'), departments: form.getAll('department').join(','), languages: form.getAll('language').join(','),
      capacity: text('capacity') || '0', email: text('email'),
    };
    const name = person.id ? person.name : text('name');
    void act(name)(person.id ? { act: 'change', id: String(person.id), ...fields } : { act: 'add', name, ...fields });
  }
  return (
    <form class="board-form board-item" onSubmit={submit}
      aria-label={person.id ? say('people_edit', { name: person.name }) : say('people_new')}>
      {person.id ? <h2 tabIndex={-1} ref={focusNow}>{say('people_edit', { name: person.name })}</h2> : (
        <div>
          <label for={`${id}n`}>{say('people_name')}</label>
          <input id={`${id}n`} name="name" maxLength={60} required autocomplete="off" ref={focusNow}
            aria-describedby={`${id}nh`} />
          <small id={`${id}nh`}>{say('people_name_help')}</small>
        </div>
      )}
      <div class="board-row">
        <div>
          <label for={`${id}r`}>{say('people_role')}</label>
          <select id={`${id}r`} name="role" defaultValue={person.role} aria-describedby={`${id}rh`}>
            {ROLES.map((role) => <option key={role} value={role} selected={role === person.role}>{say(`account_role_${role}`)}</option>)}
          </select>
        </div>
        <div>
          <label for={`${id}c`}>{say('people_capacity')}</label>
          <input id={`${id}c`} name="capacity" type="number" min={0} max={20} defaultValue={String(person.capacity)}
            aria-describedby={`${id}ch`} />
          <small id={`${id}ch`}>{say('people_capacity_help', { n: all.capacity })}</small>
        </div>
        <div>
          <label for={`${id}e`}>{say('people_email')}</label>
          <input id={`${id}e`} name="email" type="email" maxLength={200} autocomplete="off" defaultValue={person.email} />
        </div>
      </div>
      <small id={`${id}rh`}>{say('people_role_help')}</small>
      <Ticks legend={say('people_departments')} help={say('people_departments_help')} name="department" chosen={person.departments}
        items={all.departments} />
      <Ticks legend={say('people_languages')} help={say('people_departments_help')} name="language" chosen={person.languages}
        items={all.languages.map((item) => ({ id: item, name: languageOf(lang, item) }))} />
      <p class="board-deeds">
        <button type="submit" class="button strong">{say('people_save')}</button>
        <button type="button" class="button" onClick={onCancel}>{say('people_cancel')}</button>
      </p>
    </form>
  );
}

/**
 * What somebody has that the site has no more stays in the list, so that saving does not take it away unseen.
 * @param {{legend: string, help: string, name: string, chosen: string, items: {id: string, name: string}[]}} props
 */
function Ticks({ legend, help, name, chosen, items }) {
  const has = chosen ? chosen.split(',') : [];
  const gone = has.filter((item) => !items.some((known) => known.id === item)).map((item) => ({ id: item, name: item }));
  return (
    <fieldset class="ticks">
      <legend>{legend}</legend>
      {[...items, ...gone].map((item) => (
        <label key={item.id}>
          <input type="checkbox" name={name} value={item.id} defaultChecked={has.includes(item.id)} /> <span>{item.name}</span>
        </label>
      ))}
      <small>{help}</small>
    </fieldset>
  );
}

/** The log, newest first. @param {{changes: number}} props read anew with each */
function Log({ changes }) {
  const { say, lang } = useDesk();
  const [lines, setLines] = useState(/** @type {Line[]|null} */ (null));
  const [more, setMore] = useState(false);
  const [told, setTold] = useState('');

  const read = useCallback(async (/** @type {Line[]} */ before) => {
    const answer = await apiGet('audit', { before: before.at(-1)?.id });
    if (answer.ok) {
      setLines([...before, ...answer.data.lines]);
      setMore(answer.data.more);
    }
    setTold(answer.ok ? '' : say('people_failed', { why: errorWords(say, answer.code) }));
  }, [say]);
  useEffect(() => { void read([]); }, [read, changes]);
  const whose = (/** @type {Line} */ line) => line.name ?? say(line.address ? 'audit_nobody' : 'audit_command');
  return (
    <section class="audit">
      <h2 id="audit-title">{say('audit')}</h2>
      <p class="board-told" role="status">{told}</p>
      {lines?.length === 0 && <p class="none">{say('audit_none')}</p>}
      {lines && lines.length > 0 && (
        <div class="audit-scroll" role="region" aria-labelledby="audit-title" tabIndex={0}>
          <table>
            <thead>
              <tr>{/** @type {WordKey[]} */ (['audit_when', 'audit_who', 'audit_what', 'audit_from']).map((word) => (
                <th key={word} scope="col">{say(word)}</th>))}</tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <tr key={line.id}>
                  <td><time dateTime={new Date(line.at).toISOString()}>{dateTimeOf(lang, line.at)}</time></td>
                  <td>{whose(line)}</td>
                  <td>{say(/** @type {WordKey} */ (`act_${line.act.replaceAll(' ', '_')}`))}{line.detail && <span class="muted"> · {line.detail}</span>}</td>
                  <td>{line.address ?? ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {more && <p class="board-deeds"><button type="button" class="button" onClick={() => void read(lines ?? [])}>
        {say('audit_older')}</button></p>}
    </section>
  );
}
