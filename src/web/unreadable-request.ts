// What cannot be read as HTTP, or does not come to an end, never becomes a request: no hook sees it and no page answers
// it. It gets two lines of text, under the headers that every answer has.
import type { Socket } from 'node:net';
import { safetyHeaders } from './plugins/security-headers.ts';

interface Refusal {
  /** As the status line says it. */
  readonly status: string;
  readonly help: string;
}

const REFUSALS: Readonly<Record<string, Refusal>> = {
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: '408 Request Timeout',
    help: 'It took too long to arrive. Go back and send it again.',
  },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    status: '413 Payload Too Large',
    help: 'There is more around the text than fits.',
  },
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    help: 'The address is too long. Go back and shorten what you typed.',
  },
};
const UNREADABLE: Refusal = {
  status: '400 Bad Request',
  help: 'This is no request that can be read. Go back and try again.',
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
    const { status, help } = REFUSALS[error.code ?? ''] ?? UNREADABLE;
    const text = `${status}\n${help}\n`;
    socket.end(`HTTP/1.1 ${status}\r\n${lines.join('')}content-length: ${text.length}\r\n\r\n${text}`, () =>
      socket.destroy(),
    );
  };
}
