// The people and things that forms are about. Each lane of tests has a world of its own, so that lanes can run at once.
import { isNotNull, notInArray } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { newsFeeds, queueMessages, revisions, sections, tags } from '../../src/db/schema/index.ts';
import type {
  ActionId,
  MemberId,
  NewsFeedId,
  PasskeyId,
  QueueItemId,
  WatchRuleId,
} from '../../src/domain/ids.ts';
import { DEFAULT_SECTIONS } from '../../src/domain/sections.ts';
import { listSources } from '../../src/features/links/index.ts';
import { markOf } from '../../src/features/tagging/changes.ts';
import { listPasskeys } from '../../src/features/members/passkey-queries.ts';
import { giveTwoStep } from '../features/members/factors.ts';
import { givePasskey } from '../features/members/passkeys.ts';
import { putInQueue } from '../support/moderation-rows.ts';
import { watch } from '../support/watch-rows.ts';
import type { TestClock } from '../support/clock.ts';
import type { Make, MemberRow, PostRow, TopicRow } from '../support/make.ts';
import { Person } from './fields-client.ts';

export const PASSWORD = 'seven red transformers';
/** Of the 20 topics that a member may post a day. */
const TOPICS_OF_ONE = 19;

export interface Fixtures {
  readonly app: FastifyInstance;
  readonly make: Make;
  readonly clock: TestClock;
}

interface Known {
  readonly person: Person;
  readonly row: MemberRow;
}

interface Inhabitants {
  /** Whose own posts are written and edited. */
  readonly writer: Known;
  readonly moderator: Known;
  readonly admin: Known;
  /** Somebody else's topic, and a reply in it. */
  readonly topic: TopicRow;
  readonly reply: PostRow;
  /** A piece of the moderators' work that nobody decides. */
  readonly queued: QueueItemId;
}

export class World {
  readonly #fixtures: Fixtures;
  readonly #inhabitants: Inhabitants;
  #writer: Known;
  #topics = 0;
  #words = 0;
  #source: Promise<string> | undefined;

  private constructor(fixtures: Fixtures, inhabitants: Inhabitants) {
    this.#fixtures = fixtures;
    this.#inhabitants = inhabitants;
    this.#writer = inhabitants.writer;
  }

  /** So many worlds, each with people and things of its own. */
  static openMany(fixtures: Fixtures, count: number): Promise<World[]> {
    return Promise.all(Array.from({ length: count }, () => World.#open(fixtures)));
  }

  static async #open(fixtures: Fixtures): Promise<World> {
    const { make } = fixtures;
    const topic = await make.topic();
    return new World(fixtures, {
      writer: await enter(fixtures),
      moderator: await enter(fixtures, { role: 'moderator' }),
      admin: await enter(fixtures, { role: 'admin' }),
      topic,
      reply: await make.reply({ topic }),
      queued: await putInQueue(fixtures.app.db, { post: topic.openingPostId, kind: 'watched' }),
    });
  }

  get visitor(): Person {
    return new Person(this.#fixtures.app);
  }
  get queued(): QueueItemId {
    return this.#inhabitants.queued;
  }
  get writer(): Person {
    return this.#writer.person;
  }
  get writerName(): string {
    return this.#writer.row.name;
  }
  get writerId(): MemberId {
    return this.#writer.row.id;
  }
  get moderator(): Person {
    return this.#inhabitants.moderator.person;
  }
  get moderatorName(): string {
    return this.#inhabitants.moderator.row.name;
  }
  get admin(): Person {
    return this.#inhabitants.admin.person;
  }
  get topic(): TopicRow {
    return this.#inhabitants.topic;
  }
  get reply(): PostRow {
    return this.#inhabitants.reply;
  }

  get app(): FastifyInstance {
    return this.#fixtures.app;
  }

  /** Another word at each call, which no other world has. */
  word(): string {
    this.#words += 1;
    return `w${this.topic.id}n${this.#words}`;
  }

  /** Somebody who has signed up and confirmed nothing. */
  async newcomer(): Promise<Person> {
    const { person } = await enter(this.#fixtures, { confirmedAt: null });
    return person;
  }

  /** Somebody with two-step login. */
  async withTwoStep(): Promise<Person> {
    const { person, row } = await enter(this.#fixtures);
    await giveTwoStep(this.app, row);
    return person;
  }

  /** Somebody with a passkey, and its id. */
  async withPasskey(): Promise<{ readonly person: Person; readonly passkey: PasskeyId }> {
    const { person, row } = await enter(this.#fixtures);
    await givePasskey(this.app, row);
    const [passkey] = await listPasskeys(this.app.db, row.id);
    if (!passkey) throw new Error('no passkey was given');
    return { person, passkey: passkey.id };
  }

  /** Somebody who has given the password and not yet the code. */
  async betweenSteps(): Promise<Person> {
    const row = await this.#fixtures.make.member({ password: PASSWORD });
    await giveTwoStep(this.app, row);
    const person = new Person(this.app);
    await person.signIn(row.name, PASSWORD);
    return person;
  }

  /** Lets the pace of writers pass. */
  pause(seconds: number): void {
    this.#fixtures.clock.advance({ seconds });
  }

  /** Lets somebody who may post a topic be the writer. */
  async nextTopic(): Promise<void> {
    this.pause(31);
    this.#topics += 1;
    if (this.#topics % TOPICS_OF_ONE === 0) await this.newWriter();
  }

  async newWriter(): Promise<void> {
    this.#writer = await enter(this.#fixtures);
  }

  /** The writer's own link topic, posted just now. */
  ownTopic(): Promise<TopicRow> {
    const { make, clock } = this.#fixtures;
    const source = `https://own.example/${this.word()}`;
    return make.topic({ author: this.#writer.row, postedAt: clock.now(), source });
  }

  ownReply(): Promise<PostRow> {
    const { make, clock } = this.#fixtures;
    return make.reply({ topic: this.topic, author: this.#writer.row, postedAt: clock.now() });
  }

  async somebody(): Promise<MemberId> {
    return (await this.#fixtures.make.member()).id;
  }

  /** Name of somebody else. */
  async otherMember(): Promise<string> {
    return (await this.#fixtures.make.member()).name;
  }

  /** Takes away the sections that a test has added, so that there is room for more. */
  async dropNewSections(): Promise<void> {
    const kept = DEFAULT_SECTIONS.map(({ slug }) => slug);
    await this.app.db.delete(sections).where(notInArray(sections.slug, kept));
    await this.app.site.refresh();
  }

  /** Takes away the feeds that were added by the form, so that there is room for more. */
  async dropFeeds(): Promise<void> {
    await this.app.db.delete(newsFeeds).where(isNotNull(newsFeeds.addedById));
  }

  async feed(): Promise<NewsFeedId> {
    const host = `${this.word()}.example`;
    const now = this.#fixtures.clock.now();
    const url = `https://${host}/feed`;
    const [feed] = await this.app.db
      .insert(newsFeeds)
      .values({ url, urlKey: `${host}/feed`, title: host, addedAt: now, nextReadAt: now })
      .returning({ id: newsFeeds.id });
    if (!feed) throw new Error('The feed was not inserted.');
    return feed.id;
  }

  otherTopic(): Promise<TopicRow> {
    return this.#fixtures.make.topic();
  }

  /** An article of somebody else's topic, with an aggregator's address. */
  async otherSource(): Promise<{ readonly path: string }> {
    const topic = await this.#fixtures.make.topic({ source: `https://t.co/${this.word()}` });
    const [source] = await listSources(this.app.db, topic.id);
    if (!source) throw new Error('no source was made');
    return { path: `/t/${topic.id}/sources/${source.id}` };
  }

  /** The path of an article of somebody else's topic: always the same one. */
  standingSource(): Promise<string> {
    this.#source ??= this.otherSource().then(({ path }) => path);
    return this.#source;
  }

  otherReply(): Promise<PostRow> {
    return this.#fixtures.make.reply({ topic: this.topic });
  }

  async hiddenReply(): Promise<PostRow> {
    const reply = await this.otherReply();
    await this.#fixtures.make.hide({ post: reply.id });
    return reply;
  }

  /** A hide, to be undone. */
  async hideOfReply(): Promise<ActionId> {
    const { id } = await this.otherReply();
    return this.#fixtures.make.hide({ post: id });
  }

  /** An earlier text of a reply. */
  async earlierText() {
    const { id: postId } = await this.otherReply();
    const text = { postId, version: 1, bodyMd: 'An earlier text', replacedAt: this.#fixtures.clock.now() };
    const [row] = await this.app.db.insert(revisions).values(text).returning({ id: revisions.id });
    if (!row) throw new Error('nothing was inserted');
    return { postId, id: row.id };
  }

  async watchRule(): Promise<WatchRuleId> {
    return watch(this.#fixtures.app.db, `${this.word()}.example`, 'mark');
  }

  /** A described tag, and what stands for it in the form in which it is edited. */
  async tag() {
    const slug = this.word();
    const row = { slug, name: slug, description: 'A tag' };
    const [tag] = await this.app.db.insert(tags).values(row).returning();
    if (!tag) throw new Error('nothing was inserted');
    return { slug, mark: markOf(tag) };
  }

  /** A reply before the moderators. */
  async queueItem(): Promise<QueueItemId> {
    const { make, app } = this.#fixtures;
    const { id } = await this.otherReply();
    await make.flag({ post: id });
    return putInQueue(app.db, { post: id });
  }

  /** A piece of work about the writer, in which a moderator has written to them. */
  async talk(): Promise<QueueItemId> {
    const { make, app, clock } = this.#fixtures;
    const { id } = await make.reply({ topic: this.topic, author: this.#writer.row });
    const itemId = await putInQueue(app.db, { post: id });
    const { row } = this.#inhabitants.moderator;
    const said = { authorId: row.id, at: clock.now(), body: 'Hello', toMember: true };
    await app.db.insert(queueMessages).values({ queueItemId: itemId, ...said });
    return itemId;
  }

  /** A decision that concerns the writer. */
  async decision(): Promise<ActionId> {
    const { make } = this.#fixtures;
    const { id } = await make.reply({ topic: this.topic, author: this.#writer.row });
    return make.hide({ post: id });
  }
}

/** Makes a member and logs them in. */
async function enter({ app, make }: Fixtures, facts: Partial<MemberRow> = {}): Promise<Known> {
  const row = await make.member({ ...facts, password: PASSWORD });
  const person = new Person(app);
  await person.signIn(row.name, PASSWORD);
  return { person, row };
}
