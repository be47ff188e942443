// The whole model, as a session puts it together: the welcome is known from the first, the rest is fetched.
import { received as course } from '../../../web-widget/talk/course.js';
import { welcome } from '../../../web-widget/talk/model.js';

export const received = (model, frame, now) => (frame.type === 'welcome' ? welcome(model, frame) : course(model, frame, now));
