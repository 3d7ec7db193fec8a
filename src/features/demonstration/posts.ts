// From posts as the content has them to posts as an import wants them: places, times, HTML, votes, earlier texts.
import { MINUTE } from '../../domain/times.ts';
import {
  type ImportedPost,
  type ImportedText,
  renderImported,
  type RenderingServices,
} from '../threads/index.ts';
import type { DemoReply, DemoTopic } from './content/index.ts';
import type { FindMember } from './people.ts';
import type { Poll } from './votes.ts';

/** Within the half hour in which an author may correct a title, and late enough to be marked. */
const TITLE_CORRECTED_AFTER = 11;
/** Soon enough for those who answer it to know. */
const WITHDRAWN_AFTER = 30;

/** What turns content into rows: one for a whole load. */
export interface Press {
  readonly services: RenderingServices;
  readonly find: FindMember;
  readonly poll: Poll;
}

/** A reply, when it was written, and the index of the one above it among all replies of the topic (null: the topic). */
export interface PlacedReply {
  readonly reply: DemoReply;
  readonly postedAt: Date;
  readonly parent: number | null;
}

/** The replies of a topic as a list in reading order: each behind the one it answers. */
export function placeReplies({ replies }: DemoTopic, topicPostedAt: Date): PlacedReply[] {
  const placed: PlacedReply[] = [];
  const place = (siblings: readonly DemoReply[], answered: Date, parent: number | null): void => {
    for (const reply of siblings) {
      const postedAt = after(answered, reply.minutesAfter);
      const index = placed.push({ reply, postedAt, parent }) - 1;
      place(reply.replies ?? [], postedAt, index);
    }
  };
  place(replies, topicPostedAt, null);
  return placed;
}

/** The post that opens a topic. */
export async function openingPost(press: Press, topic: DemoTopic, postedAt: Date): Promise<ImportedPost> {
  const { author, body, title, upvotes, heldForApproval, titleEditedFrom, editedBody } = topic;
  const earlierTexts: ImportedText[] = [];
  if (titleEditedFrom !== undefined) {
    const bodyMd = editedBody?.before ?? body;
    earlierTexts.push({ bodyMd, title: titleEditedFrom, replacedAt: after(postedAt, TITLE_CORRECTED_AFTER) });
  }
  if (editedBody) {
    earlierTexts.push({ bodyMd: editedBody.before, replacedAt: after(postedAt, editedBody.minutesAfter) });
  }
  return {
    ...(await written(press, { author, body, title, upvotes, postedAt })),
    earlierTexts,
    ...(heldForApproval && { heldAt: postedAt }),
  };
}

export async function replyPost(press: Press, { reply, postedAt }: PlacedReply): Promise<ImportedPost> {
  const { author, body, upvotes = 0, edited, held, withdrawn, purpose } = reply;
  return {
    ...(await written(press, { author, body, upvotes, postedAt })),
    ...(edited && {
      earlierTexts: [{ bodyMd: edited.before, replacedAt: after(postedAt, edited.minutesAfter) }],
    }),
    ...(held && { heldAt: postedAt }),
    ...(withdrawn && { withdrawnAt: after(postedAt, WITHDRAWN_AFTER) }),
    ...(purpose && { purpose }),
  };
}

interface Written {
  readonly author: string;
  readonly postedAt: Date;
  readonly body: string;
  /** Of the topic that it opens. */
  readonly title?: string;
  readonly upvotes: number;
}

async function written({ services, find, poll }: Press, post: Written): Promise<ImportedPost> {
  const { author, postedAt, body, title } = post;
  const [imported] = await renderImported(services, [
    { markdown: body, ...(title !== undefined && { title }) },
  ]);
  const { fellBack, ...rendered } = imported!;
  if (fellBack) throw new Error(`A text by ${author} cannot be rendered: ${body.slice(0, 60)}`);
  return { authorId: find(author).id, postedAt, body: rendered, votes: poll(post) };
}

function after(moment: Date, minutes: number): Date {
  return new Date(moment.getTime() + minutes * MINUTE);
}
