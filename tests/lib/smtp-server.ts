// As much of an SMTP server as a test needs: one conversation after the other, what was said kept as it came.
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

export interface SmtpServer {
  readonly host: string;
  /** Every command it was given, in order. */
  readonly commands: string[];
  /** The mails it took, headers and body, dots unstuffed. */
  readonly taken: string[];
  close(): Promise<void>;
}

/** @param refuses answers of its own by the beginning of a command, such as `{ RCPT: '550 no such mailbox' }` */
export async function startSmtpServer(refuses: Readonly<Record<string, string>> = {}): Promise<SmtpServer> {
  const commands: string[] = [];
  const taken: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let pending = '';
    let mail: string[] | undefined;
    const say = (line: string) => socket.write(`${line}\r\n`);
    const hear = (line: string) => {
      if (mail === undefined) {
        commands.push(line);
        if (line === 'DATA') mail = [];
        if (line === 'QUIT') socket.end('221 bye\r\n');
        else say(answerTo(line, refuses));
      } else if (line === '.') {
        taken.push(mail.join('\r\n'));
        mail = undefined;
        say('250 taken');
      } else mail.push(line.replace(/^\./, ''));
    };
    socket.on('data', (chunk) => {
      const lines = (pending + chunk.toString()).split('\r\n');
      pending = lines.pop() ?? '';
      lines.forEach(hear);
    });
    say('220 test');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    commands,
    taken,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function answerTo(line: string, refuses: Readonly<Record<string, string>>): string {
  const own = Object.entries(refuses).find(([beginning]) => line.startsWith(beginning));
  if (own) return own[1];
  if (line.startsWith('EHLO')) return '250-test\r\n250 AUTH PLAIN LOGIN';
  if (line.startsWith('AUTH')) return '235 known';
  if (line === 'STARTTLS') return '502 not here';
  return line === 'DATA' ? '354 go on' : '250 well';
}
