// A modal window on the browser's own <dialog>: it keeps the focus inside and gives it back.

import { useEffect, useRef } from 'preact/hooks';

/**
 * @param {{name: string, title: string, lead?: string, onClose: () => void,
 *   children: import('preact').ComponentChildren}} props
 */
export function Dialog({ title, lead, onClose, children, name }) {
  const dialog = useRef(/** @type {HTMLDialogElement|null} */ (null));
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);

  /** A press on the backdrop closes; one inside does not. @param {MouseEvent} event */
  const pressed = (event) => {
    if (event.target === dialog.current) onClose();
  };
  return (
    <dialog ref={dialog} class={`dialog ${name}`} aria-labelledby={`${name}-title`} onClick={pressed}
      onCancel={(event) => { event.preventDefault(); onClose(); }}>
      <div class="dialog-body">
        <h2 id={`${name}-title`}>{title}</h2>
        {lead && <p class="muted">{lead}</p>}
        {children}
      </div>
    </dialog>
  );
}
