// What a page loads: it registers <sportello-chat>. Everything else comes when a visitor shows interest.
import { SportelloChat } from './element.js';

if (!customElements.get('sportello-chat')) customElements.define('sportello-chat', SportelloChat);
