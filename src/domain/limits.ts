// Every figure of the rule book with its reason, and no figure of it anywhere else. They bind people who write;
// imports have the caps of IMPORT_LENGTHS. Times are milliseconds, texts are counted in characters (code points).
import { DAY, HOUR, MINUTE, SECOND } from './times.ts';

/** How long texts may be. */
export const LENGTHS = {
  /** Two letters ("AI") are no headline; 150 characters are two lines of one on a phone. */
  title: { min: 3, max: 150 },
  /** 99 % of real posts stay under 1,500; 20,000 leave room for a long analysis and bound the cost of rendering. */
  body: 20_000,
  /** A weekly digest gathers many topics; only moderators write one. */
  digestBody: 100_000,
  /** What common servers and browsers carry without cutting. */
  address: 2_048,
  slug: 80,
  name: { min: 2, max: 25 },
  /** RFC 5321, 4.5.3.1.3: a path of 256 octets holds an address of 254. */
  email: 254,
  /** RFC 5321, 4.5.3.1.1. */
  emailLocalPart: 64,
  /** NIST SP 800-63B asks for length instead of composition; the upper end only bounds the cost of hashing. */
  password: { min: 10, max: 1_024 },
  /** What members say of themselves: a paragraph, and a line that fits beside it. */
  about: 500,
  affiliation: 80,
  pronouns: 30,
  /** Whom an invitation is for, in the words of who made it. */
  invitationNote: 80,
  tagsPerTopic: 5,
  /** The note with a flag and the reason of an action: enough for a paragraph, too short for a quarrel. */
  flagNote: 500,
  actionReason: 1_000,
  /** A line in a list of reasons. */
  cannedReason: 120,
  /** What a member calls a passkey: the name of a device, on one line of a phone. */
  passkeyLabel: 40,
  /** A tab in the masthead, and the line under a section's name. */
  sectionName: 60,
  sectionDescription: 200,
  /** The forum's own name and line, as the masthead has room for them. */
  siteName: 40,
  tagline: 120,
  /** A rules, about or privacy page. */
  sitePage: 20_000,
  /** The comments in a page's JSON-LD are for finding, not for reading: an extract does. */
  jsonLdComment: 500,
} as const;

/** What an import may bring in: wider than what people may write, since others' rules applied there. */
export const IMPORT_LENGTHS = { title: 300, body: 100_000 } as const;

/** Bounds of one Markdown text: each stops a shape by which a short text makes the renderer slow or the page huge. */
export const MARKDOWN = {
  nesting: 12,
  tableColumns: 20,
  /** Output may be this many times as long as the input. */
  outputFactor: 10,
} as const;

/** How long something stays possible, or stays what it is. */
export const WINDOWS = {
  /** A slip that is put right at once is not worth a mark. */
  silentEdit: 5 * MINUTE,
  /** Replies answer the text as it was; a day is enough to put it right, and trusted members keep long posts alive. */
  edit: DAY,
  editByTrusted: 30 * DAY,
  /** Lists and feeds have carried the title by then; later changes go by suggestion or by a moderator. */
  editTitle: 30 * MINUTE,
  undoWithdraw: 10 * MINUTE,
  /** A withdrawn text stays recoverable for disputes this long, then it is erased with its revisions. */
  eraseWithdrawn: 30 * DAY,
  /** Old topics attract spam rather than news; a follow-up topic continues them. */
  reply: 90 * DAY,
  /** Votes on what has left every list change nothing but the temptation to manipulate. */
  vote: 30 * DAY,
  /** The same address again is the same discussion within a month, and perhaps worth a second one within half a year. */
  sameAddressRefused: 30 * DAY,
  sameAddressWarned: 180 * DAY,
  /** Two headlines about one story appear within a week of each other. */
  similarTitle: 7 * DAY,
  /** A reload must not erase the marks of what is new. */
  previousVisit: 30 * MINUTE,
  /** A moderator who claims an item and leaves must not block it. */
  claim: 10 * MINUTE,
  /** Nobody's flag waits longer than this for a moderator, whatever it weighs. */
  unansweredFlag: DAY,
  session: 30 * DAY,
  /** Others know members by their name: one that changes often hides who wrote what. */
  rename: 365 * DAY,
  /** A weekend: the mail may be read at home. */
  confirmLink: 48 * HOUR,
  /** Whoever asks for it is sitting there; a mailbox that is read by somebody later should not open an account. */
  resetLink: 2 * HOUR,
  /** Between two mails that somebody asks for: long enough for the first to arrive, and no way to fill a mailbox. */
  betweenMails: 5 * MINUTE,
  /** Between a right password and the code of the second step: time to find the phone, not to leave and come back. */
  signInCode: 10 * MINUTE,
  /** At another site that says who somebody is: time to log in there, with whatever it asks for. */
  atProvider: 10 * MINUTE,
  /** With who they are there in hand: time to find the password of the account here, or a name for a new one. */
  waitingIdentity: 15 * MINUTE,
  /** The key that is shown to be put into an app: whoever does not finish within it begins with another. */
  twoStepSetUp: HOUR,
  /** An invitation is read within days; one that lies in an old mail should not open the forum years later. */
  invitation: 14 * DAY,
  /** From being asked for a passkey to showing it: time to find the key ring, or to open the phone. */
  passkeyChallenge: 5 * MINUTE,
  /** Between two copies of a member's data: each reads all that they ever wrote. */
  betweenExports: DAY,
  /** A copy waits for its member this long: a holiday, and no archive of everybody beside the forum. */
  exportKept: 7 * DAY,
  /** Between asking for deletion and it: time for second thoughts, and for a member whose account somebody else was in. */
  deletionGrace: 7 * DAY,
  /** Notes of network addresses, and jobs that were given up with an e-mail address in them. */
  addressesKept: 30 * DAY,
  /** Who has just logged in is believed to be there; somebody who finds the screen open later is asked once more. */
  proof: 15 * MINUTE,
} as const;

/** The second step of logging in. */
export const TWO_STEP = {
  /** Slips of an honest person: the password is asked again after these, and guessing has to begin anew. */
  wrongCodes: 5,
  /** A sheet of paper; whoever uses them often makes new ones. */
  recoveryCodes: 10,
} as const;

/** How many invitations of one member may wait to be used: enough for friends, too few to trade with. */
export const OPEN_INVITATIONS = { member: 5, trusted: 15, moderator: 100 } as const;
/** More than anybody has devices and keys; each is one more that can be lost. */
export const MOST_PASSKEYS = 20;

/** How fast members write: no honest person notices these, a script does. */
export const PACE = {
  topicsPerDay: 20,
  betweenTopics: 30 * SECOND,
  betweenReplies: 5 * SECOND,
  flagsPerDay: 50,
  invitationsPerDay: 20,
} as const;

/** What members can do while they are new: enough to take part, too little to advertise. */
export const NEW_MEMBER = {
  topicsPerDay: 3,
  repliesPerDay: 10,
  linksPerPost: 2,
  mentionsPerPost: 2,
  /** Holding the first posts with a link is the one measure that reliably stops advertising. */
  heldPostsWithLink: 2,
  /** Below this a forum knows its members by name and these limits would only be in the way. */
  inForceFromMembers: 50,
} as const;

/** When a member stops being new, and when trusted: measured by reading, time and sound flags, never by votes. */
export const TRUST = {
  newUntil: { age: 10 * DAY, topicsRead: 20, repliesNotHidden: 1 },
  trustedFrom: { age: 50 * DAY, flagAccuracy: 0.7, withoutSanction: 100 * DAY },
} as const;

/** The shape of a discussion. A top-level reply has depth 0. */
export const NESTING = {
  /** Deeper than any real conversation (28 seen); bounds recursion in pages and queries. */
  deepest: 60,
  /** Levels that are indented: more leaves too narrow a column. */
  indentedWide: 5,
  indentedNarrow: 2,
} as const;

/** How much one page shows. */
export const PAGES = { list: 30, replies: 200 } as const;

/** Places to post in: more than a reader can survey at once, and the masthead scrolls long before. */
export const MOST_SECTIONS = 50;

/**
 * How alike two titles are that ask "is this the same story?": trigrams in common, 0 to 1 (pg_trgm). Pairs of real
 * headlines on one story lie at 0.5 to 0.9, on two stories of one company at 0.3.
 */
export const SIMILAR_TITLE = 0.5;

/** Replies that link to an address somebody is about to post: enough to see that it is under discussion. */
export const CITATIONS = {
  shown: 3,
  /** As long as the same address is warned of. */
  within: WINDOWS.sameAddressWarned,
} as const;

/** The sources of a topic. */
export const SOURCES = {
  /** More than anybody reads about one story; a list of links is a text. */
  perTopic: 20,
  /** As many as somebody who follows the news finds in a day. */
  addedPerDay: 20,
  /** Saying where there is a paywall is one press; so many presses a day are a quarrel. */
  editedPerDay: 50,
} as const;

/** What members suggest instead of changing it themselves. */
export const SUGGESTIONS = {
  /** One may err or have an interest; two who say the same without knowing of each other rarely do. */
  agreeing: 2,
  perDay: 30,
} as const;

/** How the forum behaves as a guest of the sites that members link to. */
export const GUEST = {
  /** Between two visits to a host, by all processes together: a person clicking about would be faster. */
  betweenVisits: 3 * SECOND,
  /** A crawl-delay is kept up to this; who asks for more means crawlers that read everything. */
  longestCrawlDelay: 30 * SECOND,
  /** RFC 9309, 2.4: robots.txt is not to be used for longer than a day. */
  robotsKept: DAY,
  /** RFC 9309, 2.5: at least 500 kibibytes are to be read. */
  robotsBytes: 512_000,
} as const;

/** What is read of the pages that topics are about, and how often. */
export const READINGS = {
  /** A form asks for the title, and its topic is posted some minutes later: that is one reading. */
  fresh: HOUR,
  /** What failed may have been mended by whoever asks again. */
  failedFresh: 10 * MINUTE,
  /** Corrections come within the hour, second headlines within the day, and what dies early within the week. */
  again: [HOUR, DAY, 7 * DAY],
  /** Pages come back: only two failures with this between them are a death. */
  betweenFailures: 30 * MINUTE,
  /** The form's card shows its picture this long before there is a topic with it. */
  pictureOfForm: DAY,
  kept: 30 * DAY,
} as const;

/** Fetched titles: a member presses a button, or leaves the address field, and the forum asks somebody else's server. */
export const FETCHING = {
  /** Nobody posts twenty topics an hour; the rest is for addresses put right, and bounds what one member makes us ask for. */
  pagesAnHour: 60,
  /** Most pages answer within it, and whoever waits longer begins to doubt the button. */
  formWaits: 3 * SECOND,
  /** Short enough not to be felt, long enough not to ask the database without end. */
  betweenLooks: 150,
  /** What was read so lately was read "just now". */
  justNow: MINUTE,
} as const;

/** What a member follows and mutes. */
export const FOLLOWING = {
  /** Far more than anybody keeps in mind, and few enough for one page and for every list they read. */
  most: 1_000,
  /** Each is looked for in the title of every topic that they are shown. */
  mostWords: 200,
  /** "AI" is one; what is longer than a tag is a title. */
  word: { min: 2, max: 50 },
} as const;

/** A note on what is saved: why it was, not a text of its own. */
export const LONGEST_NOTE = 500;

/** A site's share of dead links is shown from so many links on: below that it says more about chance than about the site. */
export const SITE_SHARES_FROM = 10;

/** Incoming news: what feeds may bring, and how often they are asked. */
export const NEWS = {
  /** After two weeks news is none; who wants to discuss it then finds it without a feed. */
  kept: 14 * DAY,
  /** A list that admins still look through; each is asked twice an hour. */
  mostFeeds: 200,
  /** The newest of one reading: the busiest feeds bring as many in a day. */
  mostItems: 200,
  /** Feeds with whole articles in them stay below; reading as much takes a sixth of a second. */
  mostBytes: 2_000_000,
  /** As articles have them, cut for a list: longer than members may write, since it is not members who wrote them. */
  title: 300,
  summary: 500,
  author: 100,
  feedTitle: 80,
  /** Between two readings where the feed asks for nothing else, and the bounds of what it may ask for. */
  readEvery: 30 * MINUTE,
  readAtMostEvery: 15 * MINUTE,
  readAtLeastEvery: DAY,
  /** A reading that began and was never ended, by a crash, is tried again after this. */
  readingLost: 10 * MINUTE,
  /** An item dated further ahead was dated wrongly, or by another clock. */
  ahead: DAY,
  /** "Items of the last days" beside each feed. */
  recent: 7 * DAY,
} as const;
