// The demo page: chooses the language, and lets its buttons speak with the assistant.
// Both languages stand in the page; the style sheet shows the one of <html lang>.

const chat = /** @type {import('../loader/element.js').SportelloChat | null} */ (document.querySelector('sportello-chat'));
const wished = new URLSearchParams(location.search).get('lang');
const language =
  wished === 'it' || wished === 'en'
    ? wished
    : navigator.language.startsWith('it') || !navigator.language
      ? 'it'
      : 'en';

/** @param {string} chosen */
function speak(chosen) {
  document.documentElement.lang = chosen;
  chat?.setAttribute('lang', chosen);
  for (const link of document.querySelectorAll('[data-switch]')) {
    if (link.getAttribute('data-switch') === chosen) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
  const snippet = document.getElementById('snippet');
  if (!snippet) return;
  const script = new URL('sportello.js', location.href).href;
  snippet.textContent = [
    `<script type="module" src="${script}"></script>`,
    `<sportello-chat lang="${chosen}" accent="#1f5a45"></sportello-chat>`,
  ].join('\n');
}

/** The words of a button in the language that is shown. @param {Element} button */
const shownWords = (button) =>
  button.querySelector(`[lang="${document.documentElement.lang}"]`)?.textContent?.trim() ?? '';

speak(language);
await customElements.whenDefined('sportello-chat');
for (const button of document.querySelectorAll('[data-open]')) {
  button.addEventListener('click', () => void chat?.open());
}
for (const button of document.querySelectorAll('[data-say]')) {
  button.addEventListener('click', () => void chat?.say(shownWords(button)));
}

export {};
