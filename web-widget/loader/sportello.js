// What a page loads: it registers <sportello-chat>. Everything else comes when a visitor shows interest.
import { SportelloChat } from './element.js';

// The script may be asked for by its stable address or by its hash (w/HASH/sportello.js): the server is above both.
SportelloChat.base = new URL('.', import.meta.url).href.replace(/w\/\w{16}\/$/, '');
if (!customElements.get('sportello-chat')) customElements.define('sportello-chat', SportelloChat);
