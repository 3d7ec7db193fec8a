// The writes of the load: which form each sends, and what its answer, or the lack of one, says about the forum.
import type { PostId, TopicId } from '../../src/domain/ids.ts';
import type { LoadMember } from './fault-forum.ts';
import type { Journal, SentPost } from './journal.ts';
import type { Chance } from './rounds.ts';

export interface Write {
  readonly member: LoadMember;
  readonly path: string;
  readonly form: Readonly<Record<string, string>>;
  /** Told where the answer led to; undefined: there was none, so that the write may have happened or not. */
  settle(location: string | undefined): void;
}

/** Paces of domain/limits.ts, with some room: the server's clock and ours read different moments. */
const BETWEEN_TOPICS_MS = 31_000;
const BETWEEN_REPLIES_MS = 5_500;
/** With fewer, everybody would write in the same few topics. */
const TOPICS_FIRST = 8;

/** Chooses what a member does next. */
export class Choices {
  readonly #journal: Journal;
  readonly #chance: Chance;
  readonly #sentAt = new Map<string, number>();
  #serial = 0;

  constructor(journal: Journal, chance: Chance) {
    this.#journal = journal;
    this.#chance = chance;
  }

  next(member: LoadMember): Write {
    const answerable = this.#journal.answerable();
    if (answerable.length < TOPICS_FIRST) return this.#topic(member, true);
    const kind = this.#chance.next();
    if (kind < 0.05 && this.#paced('topic', member, BETWEEN_TOPICS_MS)) return this.#topic(member);
    if (kind < 0.45 && this.#paced('reply', member, BETWEEN_REPLIES_MS))
      return this.#reply(member, answerable);
    const own = this.#journal.ownOf(member);
    const editable = own.filter((post) => post.kind === 'reply' && !post.withdrawn);
    if (kind < 0.6 && editable.length > 0) return this.#edit(this.#chance.pick(editable));
    const withdrawable = own.filter(({ forOthers }) => !forOthers);
    if (kind < 0.7 && withdrawable.length > 0) return this.#withdraw(this.#chance.pick(withdrawable));
    const others = answerable.flatMap(({ author, id }) =>
      author === member || id === undefined ? [] : [id],
    );
    if (others.length === 0) return this.#reply(member, answerable);
    const postId = this.#chance.pick(others);
    return kind < 0.8 ? this.#flag(member, postId) : this.#vote(member, postId);
  }

  #paced(what: string, { id }: LoadMember, every: number): boolean {
    const last = this.#sentAt.get(`${what} ${id}`) ?? -Infinity;
    return performance.now() - last > every;
  }

  #topic(member: LoadMember, forOthers = this.#chance.next() < 0.5): Write {
    const post = this.#newPost(member, { kind: 'topic', forOthers, parentId: null });
    const form = { title: this.#chance.headline(), section: 'infrastructure', tags: '', url: post.url };
    return this.#send(post, '/submit', form);
  }

  #reply(member: LoadMember, answerable: readonly SentPost[]): Write {
    const { kind, id, topicId } = this.#chance.pick(answerable);
    const forOthers = this.#chance.next() < 0.5;
    const parentId = kind === 'topic' ? null : (id ?? null);
    const path = kind === 'topic' ? `/t/${topicId}/reply` : `/p/${id}/reply`;
    return this.#send(this.#newPost(member, { kind: 'reply', forOthers, parentId }), path, {});
  }

  #newPost(author: LoadMember, place: Pick<SentPost, 'kind' | 'forOthers' | 'parentId'>): SentPost {
    this.#serial += 1;
    this.#sentAt.set(`${place.kind} ${author.id}`, performance.now());
    const name = `${this.#serial}-${this.#chance.between(1e8, 1e9)}`;
    return {
      ...place,
      author,
      formId: `fault-load-${name}`,
      url: place.kind === 'topic' ? `https://news-${name}.example/story` : '',
      answered: false,
      id: undefined,
      topicId: undefined,
      texts: [`First words of ${name}.`],
      textInDoubt: undefined,
      withdrawn: false,
      withdrawalInDoubt: false,
    };
  }

  #send(post: SentPost, path: string, fields: Record<string, string>): Write {
    this.#journal.posts.push(post);
    const form = { ...fields, body: post.texts[0] ?? '', form_id: post.formId };
    const settle = (location: string | undefined): void => {
      if (location === undefined) return;
      post.answered = true;
      if (post.kind === 'reply') post.id = numberIn(location, /^\/p\/(\d+)$/) as PostId;
      else post.topicId = numberIn(location, /^\/t\/(\d+)\//) as TopicId;
    };
    return { member: post.author, path, form, settle };
  }

  #edit(post: SentPost): Write {
    const text = `${post.texts[0]} Edit ${post.texts.length}.`;
    post.textInDoubt = text;
    const settle = (location: string | undefined): void => {
      if (location === undefined) return;
      post.texts.push(text);
      post.textInDoubt = undefined;
    };
    const form = { body: text, version: String(post.texts.length) };
    return { member: post.author, path: `/p/${post.id}/edit`, form, settle };
  }

  #withdraw(post: SentPost): Write {
    post.withdrawalInDoubt = true;
    const settle = (location: string | undefined): void => {
      if (location === undefined) return;
      post.withdrawn = !post.withdrawn;
      post.withdrawalInDoubt = false;
    };
    const form: Record<string, string> = post.withdrawn ? { undo: '1' } : {};
    return { member: post.author, path: `/p/${post.id}/withdraw`, form, settle };
  }

  #vote(member: LoadMember, postId: PostId): Write {
    const vote = this.#journal.mark(this.#journal.votes, member, postId);
    const wanted = !vote.stands;
    vote.inDoubt = true;
    const settle = (location: string | undefined): void => {
      if (location === undefined) return;
      vote.stands = wanted;
      vote.inDoubt = false;
    };
    return { member, path: `/p/${postId}/vote`, form: { vote: wanted ? 'up' : 'undo' }, settle };
  }

  #flag(member: LoadMember, postId: PostId): Write {
    const flag = this.#journal.mark(this.#journal.flags, member, postId);
    const wanted = !flag.stands;
    flag.inDoubt = true;
    const settle = (location: string | undefined): void => {
      if (location === undefined) return;
      flag.stands = wanted;
      flag.inDoubt = false;
    };
    const form: Record<string, string> = wanted ? { reason: 'off-topic', note: '' } : { undo: '1' };
    return { member, path: `/p/${postId}/flag`, form, settle };
  }
}

function numberIn(location: string, address: RegExp): number {
  const [, id] = address.exec(location) ?? [];
  if (id === undefined) throw new Error(`A post was answered with ${location}`);
  return Number(id);
}
