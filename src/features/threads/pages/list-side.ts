// The column beside the front page.
import { LISTS } from '../../../domain/lists.ts';
import { counted, momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { Side } from '../queries/side.ts';

export interface SideView {
  readonly digest: {
    readonly title: string;
    readonly href: string;
    readonly replies: string;
    readonly posted: MomentView;
  } | null;
  readonly weekHref: string;
  /** `fresh` is '' where nothing is new. */
  readonly sections: readonly { readonly name: string; readonly href: string; readonly fresh: string }[];
}

export function sideView({ digest, week, sections }: Side): SideView {
  return {
    digest: digest && {
      title: digest.title,
      href: paths.topic(digest),
      replies: counted(digest.replyCount, 'reply', 'replies'),
      posted: momentView(digest.postedAt),
    },
    weekHref: week === null ? '' : paths.week(week),
    sections: sections.map(({ slug, name, fresh }) => ({
      name,
      href: paths.section(slug),
      fresh: fresh === 0 ? '' : `${countedUpTo(fresh)} new`,
    })),
  };
}

/** "5", or "99+" where nobody counted on. */
export function countedUpTo(n: number): string {
  return n > LISTS.newTopicsCounted ? `${LISTS.newTopicsCounted}+` : String(n);
}
