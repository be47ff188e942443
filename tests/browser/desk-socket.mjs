// The server's half of WebSocket (RFC 6455), as little of it as a test needs: whole text frames, ping and close.

import { createHash } from 'node:crypto';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** One frame from the server. */
export function frameWrite(opcode, payload) {
  const body = Buffer.from(payload);
  const head = body.length < 126 ? Buffer.from([0x80 | opcode, body.length])
    : Buffer.from([0x80 | opcode, 126, body.length >> 8, body.length & 255]);
  if (body.length > 65535) throw new Error('longer than the protocol allows');
  return Buffer.concat([head, body]);
}

/** The first frame in `bytes`, unmasked, or null while it is not whole. */
export function frameRead(bytes) {
  if (bytes.length < 2) return null;
  let length = bytes[1] & 127;
  let at = 2;
  if (length === 126) {
    if (bytes.length < 4) return null;
    length = bytes.readUInt16BE(2);
    at = 4;
  }
  if (length === 127 || !(bytes[1] & 128)) throw new Error('too long or not masked');
  if (bytes.length < at + 4 + length) return null;
  const mask = bytes.subarray(at, at + 4);
  const payload = Buffer.from(bytes.subarray(at + 4, at + 4 + length));
  for (let i = 0; i < payload.length; i++) payload[i] ^= mask[i & 3];
  return { opcode: bytes[0] & 15, payload, size: at + 4 + length };
}

/** Accepts an upgrade; `heard` gets each text frame, `closed` is called once. */
export function socketAccept(request, stream, protocol, { heard, closed }) {
  const accept = createHash('sha1').update(request.headers['sec-websocket-key'] + GUID).digest('base64');
  stream.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n'
    + `Sec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: ${protocol}\r\n\r\n`);
  let bytes = Buffer.alloc(0);
  stream.on('data', (more) => {
    bytes = Buffer.concat([bytes, more]);
    for (let frame = frameRead(bytes); frame; frame = frameRead(bytes)) {
      bytes = bytes.subarray(frame.size);
      if (frame.opcode === 8) stream.end(frameWrite(8, ''));
      if (frame.opcode === 1) heard(frame.payload.toString());
    }
  });
  stream.on('error', () => {});
  stream.on('close', closed);
  return {
    say: (text) => stream.writable && stream.write(frameWrite(1, text)),
    cut: () => stream.destroy(),
  };
}
