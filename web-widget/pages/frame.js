// The page that other sites show in a frame: what they wish of the element stands in the address, and is believed only
// where it makes sense. It opens by itself only with `open=1`, for a page that visitors reach because they want to chat.

const MOST = 500;

/** What the address may say: each an attribute of the element, with what it must look like.
 * @type {Record<string, (value: string) => boolean>} */
export const parameters = {
  lang: (value) => /^[a-z]{2}(-[a-z0-9]{2,8})?$/i.test(value),
  avatar: (value) => /^[a-z]{2,16}$/.test(value),
  'avatar-parts': (value) => /^[a-z ]{0,64}$/.test(value),
  accent: (value) => value.length <= 64 && CSS.supports('color', value),
  theme: (value) => /^(light|dark|contrast)$/.test(value),
  contact: (value) => /^[^\p{Cc}]+$/u.test(value),
};

/** @type {Record<string, {title: string, what: string}>} */
const words = {
  it: { title: 'Assistente automatico', what: 'Fai una domanda: risponde subito, e se serve passa la parola a una persona.' },
  en: { title: 'Automatic assistant', what: 'Ask a question: it answers at once, and passes you to a person if need be.' },
};

/** The attributes that an address asks for. @param {string} search @returns {[name: string, value: string][]} */
export function wishesOf(search) {
  const asked = new URLSearchParams(search);
  return Object.entries(parameters).flatMap(([name, good]) => {
    const value = asked.get(name);
    return value && value.length <= MOST && good(value) ? [/** @type {[string, string]} */ ([name, value])] : [];
  });
}

/** @param {Document} page */
export function dress(page) {
  const { search } = page.location;
  const chat = /** @type {import('../loader/element.js').SportelloChat} */ (page.querySelector('sportello-chat'));
  const wishes = wishesOf(search);
  for (const [name, value] of wishes) chat.setAttribute(name, value);
  const { lang = navigator.language, theme } = Object.fromEntries(wishes);
  const language = lang.toLowerCase().startsWith('it') ? 'it' : 'en';
  page.documentElement.lang = language;
  if (theme) page.documentElement.dataset.theme = theme;
  const { title, what } = words[language];
  page.title = title;
  /** @param {string} name @param {string} text */
  const put = (name, text) => {
    const node = page.querySelector(name);
    if (node) node.textContent = text;
  };
  put('h1', title);
  put('p', what);
  if (new URLSearchParams(search).get('open') === '1') void customElements.whenDefined('sportello-chat').then(() => chat.open());
}

if (typeof document === 'object') dress(document);
