// The page on which a post is reported as illegal without an account, and the one that says that it has come in.
import type { PostId } from '../../../domain/ids.ts';
import { LENGTHS } from '../../../domain/limits.ts';
import { REPORTS } from '../../../domain/moderation-limits.ts';
import { spellDuration } from '../../../domain/times.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import type { Form } from '../../../web/forms.ts';
import { paths } from '../../../web/paths.ts';
import type { Head } from '../../../web/views.ts';
import type { PostShown } from '../../threads/index.ts';
import type { ReportField } from '../forms.ts';
import { quoteView, type QuoteView } from './quote.ts';

export interface ReportPage {
  readonly head: Head;
  readonly back: { readonly href: string; readonly title: string };
  readonly quote: QuoteView;
  readonly action: string;
  readonly form: Form<ReportField>;
  readonly refusal: string;
  /** The flag, which is quicker; visitors are asked to log in. */
  readonly flagHref: string;
  readonly isMember: boolean;
  readonly rulesHref: string;
  readonly privacyHref: string;
  /** Address of those who run the forum; '' when none is given. */
  readonly contact: string;
  /** "183 days" */
  readonly kept: string;
  readonly lengths: {
    readonly why: string;
    readonly law: number;
    readonly name: number;
    readonly email: number;
  };
}

export interface ReportedPage {
  readonly head: Head;
  readonly postHref: string;
  readonly logHref: string;
  readonly kept: string;
}

declare module '../../../web/views.ts' {
  interface Views {
    'flags/report': ReportPage;
    'flags/reported': ReportedPage;
  }
}

export interface ReportFacts {
  readonly viewer: Viewer;
  readonly post: PostShown;
  readonly form: Form<ReportField>;
  readonly contact: string;
  /** Why what was sent was not taken. */
  readonly refusal?: string;
}

export function reportPage({ viewer, post, form, contact, refusal = '' }: ReportFacts): ReportPage {
  return {
    head: { title: 'Report illegal content', noindex: true },
    back: { href: paths.post(post.id), title: post.topic.title },
    quote: quoteView(post),
    action: paths.postReport(post.id),
    form,
    refusal,
    flagHref: paths.postFlag(post.id),
    isMember: viewer.kind === 'member',
    rulesHref: paths.rules(),
    privacyHref: paths.privacy(),
    contact,
    kept: spellDuration(REPORTS.reporterKept),
    lengths: {
      why: REPORTS.explanation.toLocaleString('en-GB'),
      law: REPORTS.law,
      name: REPORTS.name,
      email: LENGTHS.email,
    },
  };
}

export function reportedPage(postId: PostId): ReportedPage {
  return {
    head: { title: 'Your report has come in', noindex: true },
    postHref: paths.post(postId),
    logHref: paths.moderationLog(),
    kept: spellDuration(REPORTS.reporterKept),
  };
}
