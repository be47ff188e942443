// What is said where the server is out of reach.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { advice, contactHref } from '../../../web-widget/more/unreachable.js';

test('the operator is told the setting with the page, or that a page without an origin is never allowed', () => {
  assert.match(advice('wss://help.example/chat', 'https://www.example'), /allowed_origins: \["https:\/\/www\.example"\]/);
  assert.match(advice('wss://help.example/chat', 'https://www.example'), /connect-src needs wss:\/\/help\.example\./);
  const none = advice('wss://help.example/chat', 'null');
  assert.doesNotMatch(none, /allowed_origins/);
  assert.match(none, /no origin of its own/);
});

test('a contact is a link where it is an address, and text otherwise; no script comes of it', () => {
  const rows = [
    ['info@olmo.example', 'mailto:info@olmo.example'],
    ['+39 051 123 456', 'tel:+39051123456'],
    ['(051) 123-456', 'tel:051123456'],
    ['https://olmo.example/contatti', 'https://olmo.example/contatti'],
    ['mailto:info@olmo.example', 'mailto:info@olmo.example'],
    ['in via dei Tintori 12', ''],
    ['javascript:alert(1)', ''],
    ['data:text/html,x', ''],
    ['', ''],
  ];
  for (const [contact, href] of rows) assert.equal(contactHref(contact), href, contact);
});
