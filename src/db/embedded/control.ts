// What the keeper says to its clients over the control socket: one JSON object a line. Clients say nothing: that the
// connection stands is their message, and the operating system closes it for them however they die.
import type { Socket } from 'node:net';

export type Notice =
  /** PostgreSQL accepts connections. `fresh` for one client only: the first to hear of a cluster just made. */
  | { readonly kind: 'ready'; readonly fresh: boolean }
  /** Something went wrong and is being mended. */
  | { readonly kind: 'trouble'; readonly message: string }
  /** It cannot be mended; the keeper ends. */
  | { readonly kind: 'failed'; readonly message: string };

export function send(socket: Socket, notice: Notice): void {
  if (socket.writable) socket.write(`${JSON.stringify(notice)}\n`);
}

/** Calls back for each notice that arrives. */
export function receive(socket: Socket, onNotice: (notice: Notice) => void): void {
  let rest = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onNotice(JSON.parse(line) as Notice);
  });
}
