// Who comes when the last one has left is not told that PostgreSQL serves: it is being stopped.
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openAudience } from '../../../src/db/embedded/audience.ts';
import { type Notice, receive } from '../../../src/db/embedded/control.ts';

async function connect(control: string): Promise<{ socket: net.Socket; notices: Notice[] }> {
  const socket = net.connect(control);
  const notices: Notice[] = [];
  receive(socket, (notice) => notices.push(notice));
  await once(socket, 'connect');
  return { socket, notices };
}

test('a client that comes while the database is being stopped is sent away, to start it anew', async () => {
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'audience-'));
  const control = path.join(folder, 'control');
  const audience = await openAudience(control);
  audience.ready(true);
  const first = await connect(control);
  await expect.poll(() => first.notices, { timeout: 20_000 }).toEqual([{ kind: 'ready', fresh: true }]);
  first.socket.destroy();
  if (!audience.gone.aborted) await once(audience.gone, 'abort');

  const late = await connect(control);
  const closed = once(late.socket, 'close');
  await audience.close();
  await closed;
  expect(late.notices).toEqual([]);
  fs.rmSync(folder, { recursive: true });
});
