// What cannot be read as HTTP, or does not come to an end, never becomes a request: no hook sees it and no page answers
// it. It gets a line of text, under the headers that every answer has.
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { safetyHeaders } from './plugins/security-headers.ts';

const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
};

/** For Fastify's `clientErrorHandler`. Not logged: everybody who scans the net would write into the log. */
export function unreadableRequest(siteUrl: string) {
  const headers = {
    ...safetyHeaders(siteUrl),
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);

  return (error: Error & { readonly code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const status = STATUS_OF_CODE[error.code ?? ''] ?? 400;
    const text = `${status} ${STATUS_CODES[status]}\n`;
    socket.end(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}content-length: ${text.length}\r\n\r\n${text}`,
      () => socket.destroy(),
    );
  };
}
