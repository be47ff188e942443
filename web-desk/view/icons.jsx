// Small drawings, all on a grid of 20 with one stroke. They never stand alone: words say the same.

/** @type {Record<string, string>} */
const PATHS = {
  back: 'M12 4 6 10l6 6',
  chart: 'M3 17h14M5.5 14V9M10 14V4M14.5 14v-3.5',
  check: 'M4 10.5 8 14.5 16 6',
  close: 'M5 5l10 10M15 5 5 15',
  down: 'M10 4v12M5 11l5 5 5-5',
  info: 'M10 9v5M10 6v.01M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15',
  keyboard: 'M2.5 5.5h15v9h-15zM5.5 8.5h.01M8.5 8.5h.01M11.5 8.5h.01M14.5 8.5h.01M6.5 11.5h7',
  mail: 'M2.5 5h15v10h-15zM2.5 5.5l7.5 6 7.5-6',
  phone: 'M4 3h3l1.5 4-2 1.5a10 10 0 0 0 5 5l1.5-2 4 1.5v3c0 1-.8 1.5-1.5 1.5C9 17 3 11 2.5 4.5 2.5 3.7 3 3 4 3z',
  retry: 'M16 10a6 6 0 1 1-2-4.5M14.5 2v4h-4',
  robot: 'M4.5 7.5h11v8h-11zM10 7.5V4M10 3.2v.01M7.5 11v.5M12.5 11v.5',
  search: 'M8.5 3a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M12.5 12.5 17 17',
  send: 'M3 10 17 3.5l-4.5 13-3-5.5zM9.5 11 17 3.5',
  sliders: 'M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4',
  warn: 'M10 3 18 17H2zM10 8v4M10 14.5v.01',
};

/** @param {{name: keyof typeof PATHS & string}} props */
export function Icon({ name }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The sign of the house: a numbered slip. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" />
      <path d="M8 9h16v5a2 2 0 0 0 0 4v5H8v-5a2 2 0 0 0 0-4z" />
    </svg>
  );
}

/** A ticket's number as the slip the visitor holds. @param {{n: number, say: import('../i18n.js').Say}} props */
export function Slip({ n, say }) {
  return (
    <span class="slip">
      <span class="hidden">{say('ticket_number', { n })}</span>
      <span aria-hidden="true">{n}</span>
    </span>
  );
}
