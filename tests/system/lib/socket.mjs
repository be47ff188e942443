// A WebSocket client by hand over node:net: text frames out, text frames in, pings answered. By hand, so that a
// test decides when a connection breaks and what goes over it.

import { createHash, randomBytes } from 'node:crypto';
import { connect } from 'node:net';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const TEXT = 1, CLOSE = 8, PING = 9, PONG = 10;
const ANSWER_BYTES = 16_384;

/** One masked frame of a client. */
export function frame(opcode, payload) {
  const length = payload.length;
  const head = length < 126 ? Buffer.alloc(6) : length < 65_536 ? Buffer.alloc(8) : Buffer.alloc(14);
  head[0] = 0x80 | opcode;
  if (length < 126) head[1] = 0x80 | length;
  else if (length < 65_536) {
    head[1] = 0x80 | 126;
    head.writeUInt16BE(length, 2);
  } else {
    head[1] = 0x80 | 127;
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  // A mask of zeros is a mask: the bytes stay as they are, which is quick.
  return Buffer.concat([head, payload]);
}

export class Socket {
  /** Opens and upgrades. Throws an error with `.status` when the server answers otherwise.
   * onText(string) gets each text frame, onClose(code) comes once. */
  static open({ port, host = '127.0.0.1', path, protocol, origin = `http://127.0.0.1:${port}`, headers = {}, localAddress,
    onText = () => {}, onClose = () => {}, patience = 30_000 }) {
    return new Promise((done, failed) => {
      const key = randomBytes(16).toString('base64');
      const socket = connect({ port, host, localAddress, noDelay: true });
      const self = new Socket();
      Object.assign(self, { socket, onText, onClose, rest: Buffer.alloc(0), opened: false, closed: false, pieces: [] });
      const late = setTimeout(() => self.fail(failed, new Error('no answer to the upgrade')), patience);
      socket.on('connect', () => {
        const all = { Host: `127.0.0.1:${port}`, Upgrade: 'websocket', Connection: 'Upgrade', 'Sec-WebSocket-Key': key,
          'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Protocol': protocol, Origin: origin, ...headers };
        const lines = Object.entries(all).filter(([, value]) => value !== undefined).map(([name, value]) => `${name}: ${value}`);
        socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
      });
      socket.on('error', (error) => {
        clearTimeout(late);
        if (!self.opened) failed(error);
      });
      socket.on('close', () => {
        clearTimeout(late);
        if (!self.opened) failed(new Error('closed before the upgrade'));
        self.#gone();
      });
      socket.on('data', (piece) => {
        self.rest = self.rest.length > 0 ? Buffer.concat([self.rest, piece]) : piece;
        if (self.opened) {
          self.#read();
          return;
        }
        const end = self.rest.indexOf('\r\n\r\n');
        if (end < 0) {
          if (self.rest.length > ANSWER_BYTES) self.fail(failed, new Error('the answer has no end'));
          return;
        }
        clearTimeout(late);
        const head = self.rest.subarray(0, end).toString('latin1');
        const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]);
        const accept = createHash('sha1').update(key + GUID).digest('base64');
        const good = status === 101 && /^sec-websocket-accept: *(\S+)/im.exec(head)?.[1] === accept;
        if (!good) {
          self.fail(failed, Object.assign(new Error(`the server answered ${head.split('\r\n')[0]}`), { status, head }));
          return;
        }
        self.opened = true;
        self.head = head;
        self.rest = self.rest.subarray(end + 4);
        done(self);
        // After the caller had its turn, so that it misses nothing.
        setImmediate(() => self.#read());
      });
    });
  }

  fail(failed, error) {
    this.socket.destroy();
    failed(error);
  }

  text(string) {
    this.raw(Buffer.from(string));
  }

  /** One text frame's bytes, whatever they are. */
  raw(bytes) {
    this.rawAll([bytes]);
  }

  /** Several in one write. */
  rawAll(frames) {
    if (!this.closed) this.socket.write(Buffer.concat(frames.map((bytes) => frame(TEXT, bytes))));
  }

  send(object) {
    this.text(JSON.stringify(object));
  }

  /** Several frames in one write. */
  sendAll(objects) {
    this.rawAll(objects.map((o) => Buffer.from(JSON.stringify(o))));
  }

  /** The polite end. */
  close() {
    if (!this.closed) this.socket.end(frame(CLOSE, Buffer.from([3, 232])));
  }

  /** The abrupt one: as when the network is gone. */
  destroy() {
    this.socket.destroy();
  }

  #gone(code = 1006) {
    if (this.closed) return;
    this.closed = true;
    this.onClose(this.code ?? code);
  }

  #read() {
    let at = 0;
    const bytes = this.rest;
    while (bytes.length - at >= 2) {
      const opcode = bytes[at] & 15, fin = bytes[at] & 0x80;
      let length = bytes[at + 1] & 0x7f, head = 2;
      if (length === 126) {
        if (bytes.length - at < 4) break;
        length = bytes.readUInt16BE(at + 2);
        head = 4;
      } else if (length === 127) {
        if (bytes.length - at < 10) break;
        length = Number(bytes.readBigUInt64BE(at + 2));
        head = 10;
      }
      if (bytes.length - at < head + length) break;
      const payload = bytes.subarray(at + head, at + head + length);
      at += head + length;
      this.#take(opcode, fin, payload);
    }
    this.rest = at === bytes.length ? Buffer.alloc(0) : Buffer.from(bytes.subarray(at));
  }

  #take(opcode, fin, payload) {
    if (opcode === PING) this.socket.write(frame(PONG, payload));
    else if (opcode === CLOSE) {
      this.code = payload.length >= 2 ? payload.readUInt16BE(0) : 1005;
      this.socket.end(frame(CLOSE, payload.subarray(0, 2)));
    } else if (opcode === TEXT || opcode === 0) {
      if (fin && this.pieces.length === 0) this.onText(payload.toString());
      else {
        this.pieces.push(Buffer.from(payload));
        if (!fin) return;
        const whole = Buffer.concat(this.pieces).toString();
        this.pieces = [];
        this.onText(whole);
      }
    }
  }
}
