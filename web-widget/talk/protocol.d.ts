/** Frames of subprotocol sportello.v1 as the widget sees them: docs/protocol.md. */

export interface Block {
  type: string;
  text?: string;
  /** Of a gesture. */
  name?: string;
  level?: number;
  href?: string;
  src?: string;
  alt?: string;
  ordered?: boolean;
  title?: string;
  children?: Block[];
  /** A file: its address below the server's, and what it is. */
  id?: string;
  name?: string;
  media?: string;
  size?: number;
  width?: number;
  height?: number;
}

export interface Option {
  id: string;
  title: string;
  href?: string;
  /** In which of the message's cards it stands, in their order: 1 = the first. */
  card?: number;
}

export interface Starter {
  id: string;
  title: string;
}

export interface Site {
  name?: string;
  assistant?: string;
  lang?: string;
  greeting?: string | Block[];
  privacy?: string;
  starters?: Starter[];
  consent?: { version: string; text: string };
  satisfaction?: boolean;
  /** The server speaks. */
  voice?: boolean;
  /** The avatars among which visitors may choose, and the one that the site shows. */
  avatars?: string[];
  avatar?: string;
  files?: { types: string[]; bytes: number };
}

/** A control that fits the answer to a question; the answer is said like any other. */
export interface Input {
  /** text, number, date, time, moment, email, tel or choice */
  type: string;
  min?: string;
  max?: string;
  step?: string;
  /** The sign that a number has. */
  decimal?: string;
  autocomplete?: string;
  choices?: string[];
}

export interface Ack {
  cid: string;
  seq: number;
}

export type Who = 'bot' | 'waiting' | 'agent' | 'closed';
export type From = 'visitor' | 'bot' | 'agent' | 'system';

export interface Notice {
  id: number;
  text: string;
  until: number;
}

export interface NoticeFrame {
  type: 'notice';
  notices: Notice[];
}

export interface WelcomeFrame {
  type: 'welcome';
  token?: string | null;
  seq: number;
  state?: { who?: Who; ticket?: number; name?: string; picture?: string };
  site?: Site;
  notices?: Notice[];
  more?: boolean;
  /** All that was said before was erased. */
  erased?: boolean;
}

export interface MessageFrame {
  type: 'message';
  seq: number;
  at: number;
  from: From;
  blocks?: Block[];
  options?: Option[];
  mood?: string;
  /** Two characters a viseme: web-widget/speech/track.js. */
  track?: string;
  /** The id by which it is heard. */
  voice?: string;
  entry?: { id: string; title: string };
  fallback?: boolean;
  name?: string;
  cid?: string;
  ack?: Ack;
  picked?: string;
  form?: string;
  input?: Input;
}

export interface StateFrame {
  type: 'state';
  seq: number;
  at?: number;
  who: Who;
  ticket?: number;
  name?: string;
  picture?: string;
  ack?: Ack;
}

export interface AckFrame extends Ack {
  type: 'ack';
}

export interface PositionFrame {
  type: 'position';
  ticket?: number;
  position?: number;
  wait_low?: number;
  wait_high?: number;
  open?: boolean;
  beyond?: boolean;
  online?: number | boolean;
}

export interface TypingFrame {
  type: 'typing';
  from?: From;
}

export interface ErrorFrame {
  type: 'error';
  code: string;
  message?: string;
  cid?: string;
  retry_ms?: number;
}

/** Everything of this visitor is gone: every page of the browser is told. */
export interface ErasedFrame {
  type: 'erased';
  cid?: string;
}

export type ServerFrame =
  WelcomeFrame | MessageFrame | StateFrame | AckFrame | PositionFrame
  | NoticeFrame | TypingFrame | ErrorFrame | ErasedFrame;

/** What the visitor sends with a client id: kept until it is acknowledged. */
export interface Deed {
  type: 'say' | 'pick' | 'human' | 'message' | 'callback' | 'rate' | 'satisfied' | 'bye' | 'erase';
  cid: string;
  text?: string;
  option?: string;
  title?: string;
  contact?: string;
  name?: string;
  seq?: number;
  /** A thumb: 1 or -1. A verdict: 1 to 5. */
  value?: number;
  consent?: string;
  /** Ids of files that go with it, and the blocks that show them, which are the page's own. */
  files?: string[];
  shows?: Block[];
}
