// The mail that tells of one post at once. It is written when it is sent: not for what is gone, muted or read by then, nor
// for whoever wants no such mails any more.
import { channelsOf } from '../../domain/notices.ts';
import type { MailWriter } from '../mails/index.ts';
import { noticeMail } from './pages/mail.ts';
import { findChoices } from './queries.ts';
import { loadNotifications } from './rows.ts';

export const writeNotice: MailWriter<'notice'> = async (db, { to, notificationId }, facts, views) => {
  const [row] = await loadNotifications(db, to, [notificationId]);
  if (row?.readAt !== null) return undefined;
  const choices = await findChoices(db, to);
  if (channelsOf(row.kind, choices.get(row.kind)).mail === null) return undefined;
  const mail = noticeMail(facts, to, row);
  return mail && { ...views.renderMail('notice', mail.model), headers: mail.headers };
};
