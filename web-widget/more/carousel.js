// Two or more cards in a row, shown as one: they are scrolled by finger, wheel, arrow keys or two buttons, and the place
// in the row is told. Without this file they stand one below the other.
import { el, iconButton, setText } from '../panel/dom.js';
import { wordsOf } from '../words/words.js';
import controls from './controls.css';
import css from './carousel.css';
import { tables } from './carousel.words.js';

const BACK = 'M15 5l-7 7 7 7';
const ON = 'M9 5l7 7-7 7';

/** @param {import('../panel/panel.js').Context} context @param {Element} bubble of a message */
export function dressCards(context, bubble) {
  context.dress(controls);
  context.dress(css);
  for (const cards of runs(bubble)) dress(context, cards);
}

/** Cards that stand next to each other, two at least. @param {Element} bubble */
function runs(bubble) {
  const found = [];
  for (const first of bubble.querySelectorAll(':not(.card) + .card, .card:first-child')) {
    const run = [first];
    for (let next = first.nextElementSibling; next?.classList.contains('card'); next = next.nextElementSibling) run.push(next);
    if (run.length > 1) found.push(run);
  }
  return found;
}

/** @param {import('../panel/panel.js').Context} context @param {Element[]} cards */
function dress({ language, signal }, cards) {
  const words = wordsOf(tables[language]);
  const slides = el('div', { class: 'slides', tabindex: 0, role: 'group', 'aria-label': words('cards', { count: cards.length }) });
  const place = el('span', { class: 'place', role: 'status' });
  let shown = 0;
  const back = iconButton('turn', words('cardBefore'), BACK, () => show(shown - 1), signal);
  const on = iconButton('turn', words('cardNext'), ON, () => show(shown + 1), signal);
  const node = el('div', { class: 'carousel', role: 'group', 'aria-roledescription': words('carousel') });
  cards[0].before(node);
  slides.append(...cards);
  node.append(slides, el('div', { class: 'turns' }, back, place, on));
  for (const [i, card] of cards.entries()) {
    card.setAttribute('role', 'group');
    card.setAttribute('aria-label', words('card', { place: i + 1, count: cards.length }));
  }

  /** @param {number} index */
  function show(index) {
    const wanted = Math.min(Math.max(index, 0), cards.length - 1);
    const smooth = !matchMedia('(prefers-reduced-motion: reduce)').matches;
    // Along the line only: the conversation itself stays where it is.
    const from = slides.getBoundingClientRect();
    const to = cards[wanted].getBoundingClientRect();
    const end = getComputedStyle(slides).direction === 'rtl';
    slides.scrollBy({ left: end ? to.right - from.right : to.left - from.left, behavior: smooth ? 'smooth' : 'auto' });
    tell(wanted);
  }
  /** @param {number} index */
  function tell(index) {
    shown = index;
    setText(place, words('card', { place: index + 1, count: cards.length }));
    // A button that has the focus keeps it at the ends.
    back.setAttribute('aria-disabled', String(index === 0));
    on.setAttribute('aria-disabled', String(index === cards.length - 1));
  }
  slides.addEventListener('keydown', (event) => {
    const forward = getComputedStyle(slides).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const step = { [forward]: 1, [forward === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft']: -1 }[event.key];
    if (event.target !== slides || !step) return;
    event.preventDefault();
    show(shown + step);
  }, { signal });
  slides.addEventListener('scrollend', () => {
    const { left, right } = slides.getBoundingClientRect();
    const middle = (left + right) / 2;
    const far = cards.map((card) => {
      const box = card.getBoundingClientRect();
      return Math.abs((box.left + box.right) / 2 - middle);
    });
    // The last of them cannot come to the middle.
    const most = slides.scrollWidth - slides.clientWidth;
    const at = Math.abs(slides.scrollLeft) >= most - 2 ? cards.length - 1 : Math.abs(slides.scrollLeft) < 2 ? 0 : far.indexOf(Math.min(...far));
    if (at !== shown) tell(at);
  }, { signal });
  tell(0);
}
