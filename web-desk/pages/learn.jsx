// What waits to be learnt: questions that were not answered well, what visitors picked and what agents propose. An
// editor refuses here; accepting writes the site's files, where the server has no right to, so the page says the command.

import { useCallback, useEffect, useId, useState } from 'preact/hooks';
import { apiGet, apiPost } from '../api.js';
import { dateTimeOf, percentOf } from '../format.js';
import { errorWords } from '../i18n.js';
import { useDesk } from '../view/context.jsx';
import { focusNow } from '../view/focus.js';

/** @typedef {{entry: string, title?: string, confidence?: number}} Entry */
/**
 * @typedef {{number: number, lang: string, times: number, last: number, wordings: {number: number, text: string}[],
 *   taught_by: {number: number, by: string, at: number, entry: string, answer: string}[], proposal: Entry|null,
 *   candidates: Entry[]}} Group as `sportello learn list --json` says it
 */

export function LearnPage() {
  const { say } = useDesk();
  const [groups, setGroups] = useState(/** @type {Group[]|null} */ (null));
  const [told, setTold] = useState('');

  const read = useCallback(async () => {
    const answer = await apiGet('proposals');
    if (answer.ok) setGroups(answer.data.groups);
    else setTold(say('learn_failed', { why: errorWords(say, answer.code) }));
  }, [say]);
  useEffect(() => { void read(); }, [read]);

  /** @param {number} number @param {string} why */
  async function refuse(number, why) {
    const answer = await apiPost('proposals', { number, why });
    if (answer.ok) setTold(say('learn_refused'));
    else setTold(answer.code === 'conflict' ? say('learn_conflict') : errorWords(say, answer.code));
    void read();
  }
  return (
    <div class="board">
      <header class="board-head"><h1>{say('page_learn')}</h1></header>
      <p class="board-lead">{say('learn_lead')}</p>
      <p class="board-told" role="status">{told}</p>
      {!groups ? !told && <p class="none">{say('learn_loading')}</p> : groups.length === 0
        ? <p class="none">{say('learn_none')}</p> : (
          <ul class="board-list">
            {groups.map((group) => <Item key={group.number} group={group} onRefuse={refuse} />)}
          </ul>
        )}
    </div>
  );
}

/** @param {{group: Group, onRefuse: (number: number, why: string) => void}} props */
function Item({ group, onRefuse }) {
  const { say, lang } = useDesk();
  const { number, taught_by: taught, proposal, candidates } = group;
  /** @param {string} entry */
  const titleOf = (entry) => [proposal, ...candidates].find((c) => c?.entry === entry)?.title ?? entry;
  const draft = taught.find((one) => one.entry === '');
  const words = [`sportello learn accept ${draft && !proposal ? draft.number : number}`,
    proposal || draft ? '' : '--entry ID'].filter(Boolean).join(' ');
  return (
    <li class="board-item">
      <p class="board-meta">
        <span class="lang">{group.lang}</span>
        <span>{say('learn_asked', { n: group.times })}</span>
        <span>{say('learn_last', { time: dateTimeOf(lang, group.last) })}</span>
      </p>
      {group.wordings.slice(0, 8).map((wording) => <h2 key={wording.number} lang={group.lang}>{wording.text}</h2>)}
      {proposal && <p>{say('learn_picked', { title: proposal.title ?? proposal.entry })}</p>}
      {taught.map((one) => {
        const values = { name: one.by, time: dateTimeOf(lang, one.at), title: titleOf(one.entry) };
        return (
          <div key={`${one.number}${one.by}${one.entry}`}>
            <p class="muted">{say(one.entry ? 'learn_wording_by' : 'learn_draft_by', values)}</p>
            {one.answer && <blockquote lang={group.lang}>{one.answer}</blockquote>}
          </div>
        );
      })}
      {candidates.length > 0 && (
        <>
          <p class="muted small">{say('learn_nearest')}</p>
          <ol class="board-near small">
            {candidates.map((c) => (
              <li key={c.entry}><span lang={group.lang}>{c.title}</span> <span class="muted">{percentOf(c.confidence ?? 0)}</span></li>
            ))}
          </ol>
        </>
      )}
      <p class="small board-deeds"><span class="muted">{say('learn_accept')}</span> <code>{words}</code></p>
      <Refusing name={group.wordings[0]?.text ?? ''} onRefuse={(why) => onRefuse(number, why)} />
    </li>
  );
}

/** @param {{name: string, onRefuse: (why: string) => void}} props */
function Refusing({ name, onRefuse }) {
  const { say } = useDesk();
  const id = useId();
  const [why, setWhy] = useState(/** @type {string|null} */ (null));
  if (why === null) {
    return (
      <p class="board-deeds">
        <button type="button" class="button" aria-label={`${say('learn_refuse')}: ${name}`} onClick={() => setWhy('')}>
          {say('learn_refuse')}</button>
      </p>
    );
  }
  return (
    <form class="board-form" onSubmit={(event) => { event.preventDefault(); onRefuse(why); }}>
      <div>
        <label for={id}>{say('learn_why')}</label>
        <input id={id} type="text" maxLength={300} value={why} ref={focusNow}
          onInput={(event) => setWhy(event.currentTarget.value)} />
      </div>
      <p class="board-deeds">
        <button type="submit" class="button strong">{say('learn_refuse_sure')}</button>
        <button type="button" class="button" onClick={() => setWhy(null)}>{say('learn_cancel')}</button>
      </p>
    </form>
  );
}
