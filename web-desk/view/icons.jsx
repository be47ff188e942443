// Small drawings, all on a grid of 20 with one stroke. They never stand alone: words say the same.

/** @type {Record<string, string>} */
const PATHS = {
  apart: 'M8 4H4v12h12v-4M11 3.5h5.5V9M16 4l-7 7',
  back: 'M12 4 6 10l6 6',
  chart: 'M3 17h14M5.5 14V9M10 14V4M14.5 14v-3.5',
  check: 'M4 10.5 8 14.5 16 6',
  close: 'M5 5l10 10M15 5 5 15',
  down: 'M10 4v12M5 11l5 5 5-5',
  clock: 'M10 5.5V10l3 2M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15',
  eye: 'M2 10c2-3.7 4.7-5.5 8-5.5s6 1.8 8 5.5c-2 3.7-4.7 5.5-8 5.5S4 13.7 2 10zM10 7.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4',
  give: 'M3 7h12M11.5 3.5 15 7l-3.5 3.5M17 13H5M8.5 9.5 5 13l3.5 3.5',
  info: 'M10 9v5M10 6v.01M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15',
  invite: 'M8 3.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M2.5 16.5c.4-3 2.4-4.7 5.5-4.7 1.4 0 2.6.3 3.5 1M15 10v6M12 13h6',
  inbox: 'M2.5 11 5 4h10l2.5 7v5h-15zM2.5 11H7c0 2 1.2 3 3 3s3-1 3-3h4.5',
  keyboard: 'M2.5 5.5h15v9h-15zM5.5 8.5h.01M8.5 8.5h.01M11.5 8.5h.01M14.5 8.5h.01M6.5 11.5h7',
  learn: 'M10 4 2 7.5l8 3.5 8-3.5zM5.5 9.5V13c2.5 2.2 6.5 2.2 9 0V9.5M18 7.5V12',
  mail: 'M2.5 5h15v10h-15zM2.5 5.5l7.5 6 7.5-6',
  note: 'M4 3h12v9l-4.5 5H4zM16 12h-4.5v5M7 7h6M7 10h4',
  person: 'M10 3.5a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4M3.8 17c.5-3.2 2.8-5 6.2-5s5.7 1.8 6.2 5',
  phone: 'M4 3h3l1.5 4-2 1.5a10 10 0 0 0 5 5l1.5-2 4 1.5v3c0 1-.8 1.5-1.5 1.5C9 17 3 11 2.5 4.5 2.5 3.7 3 3 4 3z',
  reply: 'M3 4h14v9.5H9.5L5.5 17v-3.5H3zM6.5 7.5h7M6.5 10h4.5',
  retry: 'M16 10a6 6 0 1 1-2-4.5M14.5 2v4h-4',
  robot: 'M4.5 7.5h11v8h-11zM10 7.5V4M10 3.2v.01M7.5 11v.5M12.5 11v.5',
  search: 'M8.5 3a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M12.5 12.5 17 17',
  clip: 'M16.500 9.500l-6.700 6.700a4 4 0 0 1-5.700-5.700l7-7a2.700 2.700 0 0 1 3.800 3.800l-6.900 6.900a1.300 1.300 0 0 1-1.900-1.900l6.300-6.300',
  send: 'M3 10 17 3.5l-4.5 13-3-5.5zM9.5 11 17 3.5',
  sliders: 'M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4',
  tag: 'M3 3h7l7 7-7 7-7-7zM6.5 6.5v.01',
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
