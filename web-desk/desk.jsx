// The agents' page: begins here.

import { render } from 'preact';
import { controllerNew } from './controller.js';
import { App } from './view/app.jsx';

const end = new AbortController();
const root = document.getElementById('desk');
if (root) render(<App controller={controllerNew(end.signal)} />, root);
