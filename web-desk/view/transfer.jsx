// Giving a chat away: to a colleague, who accepts or declines, or to another department's queue; and asking a
// colleague to look at it.

import { useRef, useState } from 'preact/hooks';
import { departmentsFor } from '../lists.js';
import { useDesk } from './context.jsx';
import { Dialog } from './dialog.jsx';

/** @import {Agent, Ticket} from '../protocol.js' */

/** A note is a line or two. */
const NOTE_MOST = 500;

/** Colleagues who can be asked: those with a number, who are not this agent. */
function useColleagues() {
  const { user, agents } = useDesk().state.model;
  return agents.filter((a) => a.name !== user && a.id !== undefined);
}

/** Whether a chat may be offered to them now. @param {Agent} agent */
const hasRoom = ({ presence, chats, capacity }) => presence === 'online' && (capacity === 0 || chats < capacity);

/** @param {{agent: Agent}} props */
function Colleague({ agent }) {
  const { say } = useDesk();
  const { name, presence, chats, capacity, picture } = agent;
  return (
    <>
      <span class="cause-name">
        {picture ? <img class="face" src={picture} alt="" width="24" height="24" />
          : <span class={`dot ${presence}`} aria-hidden="true" />}{name}
      </span>
      <small class="muted">{say(`presence_${presence}`)} · {say('agent_load', { chats, capacity })}</small>
    </>
  );
}

/** @param {{ticket: Ticket, onClose: () => void}} props */
export function TransferDialog({ ticket, onClose }) {
  const { controller, state, say } = useDesk();
  const colleagues = useColleagues();
  const departments = departmentsFor(state.model, ticket);
  const firstFree = colleagues.find(hasRoom);
  const [to, setTo] = useState(firstFree ? `u${firstFree.id}` : departments[0] ? `d${departments[0].id}` : '');
  const note = useRef(/** @type {HTMLTextAreaElement|null} */ (null));
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    if (!to) return;
    const target = to.startsWith('u') ? { user: Number(to.slice(1)) } : { department: to.slice(1) };
    controller.transfer(ticket.ticket, target, note.current?.value.trim() ?? '');
    onClose();
  };
  /** @param {string} value @param {boolean} [disabled] */
  const radio = (value, disabled) => (
    <input type="radio" name="to" value={value} checked={to === value} disabled={disabled} autofocus={to === value}
      onChange={() => setTo(value)} />
  );
  return (
    <Dialog name="transfer" title={say('transfer_title', { n: ticket.ticket })} lead={say('transfer_lead')}
      onClose={onClose}>
      <form onSubmit={submit}>
        <fieldset class="causes">
          <legend class="muted">{say('transfer_colleague')}</legend>
          {colleagues.map((agent) => (
            <label key={agent.id} class="cause" data-off={hasRoom(agent) ? undefined : true}>
              {radio(`u${agent.id}`, !hasRoom(agent))}<Colleague agent={agent} />
            </label>
          ))}
          {colleagues.length === 0 && <p class="none">{say('colleagues_none')}</p>}
        </fieldset>
        {departments.length > 0 && (
          <fieldset class="causes">
            <legend class="muted">{say('transfer_department')}</legend>
            {departments.map(({ id, name }) => (
              <label key={id} class="cause">{radio(`d${id}`)}<span class="cause-name">{name}</span></label>
            ))}
          </fieldset>
        )}
        <label for="transfer-note">{say('transfer_note')}</label>
        <textarea id="transfer-note" ref={note} rows={2} maxLength={NOTE_MOST} />
        <div class="dialog-deeds">
          <button class="button" type="button" onClick={onClose}>{say('cancel')}</button>
          <button class="button strong" type="submit" aria-disabled={!to}>
            {say(to.startsWith('d') ? 'transfer_do_department' : 'transfer_do')}</button>
        </div>
      </form>
    </Dialog>
  );
}

/** @param {{ticket: Ticket, onClose: () => void}} props */
export function InviteDialog({ ticket, onClose }) {
  const { controller, say } = useDesk();
  const colleagues = useColleagues();
  const [to, setTo] = useState(colleagues[0]?.id ?? 0);
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    if (!to) return;
    controller.invite(ticket.ticket, to);
    onClose();
  };
  return (
    <Dialog name="invite" title={say('invite_title', { n: ticket.ticket })} lead={say('invite_lead')} onClose={onClose}>
      <form onSubmit={submit}>
        <fieldset class="causes">
          <legend class="hidden">{say('colleagues')}</legend>
          {colleagues.map((agent) => (
            <label key={agent.id} class="cause">
              <input type="radio" name="invited" checked={to === agent.id} autofocus={to === agent.id}
                onChange={() => setTo(agent.id ?? 0)} />
              <Colleague agent={agent} />
            </label>
          ))}
          {colleagues.length === 0 && <p class="none">{say('colleagues_none')}</p>}
        </fieldset>
        <div class="dialog-deeds">
          <button class="button" type="button" onClick={onClose}>{say('cancel')}</button>
          <button class="button strong" type="submit" aria-disabled={!to}>{say('invite_do')}</button>
        </div>
      </form>
    </Dialog>
  );
}
