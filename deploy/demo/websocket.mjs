// SPDX-License-Identifier: Apache-2.0
// As much of RFC 6455 as an echo needs: the handshake, and every whole frame sent back.
import { createHash } from 'node:crypto';

const magic = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const close = 0x8, ping = 0x9, pong = 0xa;

// One frame from the front of `bytes`, unmasked, or undefined while it is incomplete.
function readFrame(bytes) {
  if (bytes.length < 2) return undefined;
  let length = bytes[1] & 0x7f;
  let offset = 2;
  if (length === 126) {
    if (bytes.length < 4) return undefined;
    length = bytes.readUInt16BE(2);
    offset = 4;
  } else if (length === 127) {
    if (bytes.length < 10) return undefined;
    length = Number(bytes.readBigUInt64BE(2));
    offset = 10;
  }
  if (bytes.length < offset + 4 + length) return undefined;
  const mask = bytes.subarray(offset, offset + 4);
  const payload = Buffer.from(bytes.subarray(offset + 4, offset + 4 + length));
  for (let i = 0; i < length; ++i) payload[i] ^= mask[i & 3];
  return { first: bytes[0], payload, size: offset + 4 + length };
}

export function writeFrame(first, payload) {
  const { length } = payload;
  const head = length < 126 ? Buffer.from([first, length]) : Buffer.alloc(length < 65536 ? 4 : 10);
  if (head.length === 4) {
    head.writeUInt8(first, 0);
    head.writeUInt8(126, 1);
    head.writeUInt16BE(length, 2);
  } else if (head.length === 10) {
    head.writeUInt8(first, 0);
    head.writeUInt8(127, 1);
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([head, payload]);
}

export function echoWebSocket(request, socket, greeting) {
  const accept = createHash('sha1').update(request.headers['sec-websocket-key'] + magic).digest('base64');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  socket.write(writeFrame(0x81, Buffer.from(greeting)));
  let pending = Buffer.alloc(0);
  socket.on('error', () => socket.destroy());
  socket.on('data', (bytes) => {
    pending = Buffer.concat([pending, bytes]);
    for (let frame = readFrame(pending); frame; frame = readFrame(pending)) {
      pending = pending.subarray(frame.size);
      const opcode = frame.first & 0xf;
      socket.write(writeFrame(opcode === ping ? 0x80 | pong : frame.first, frame.payload));
      if (opcode === close) socket.end();
    }
  });
}
