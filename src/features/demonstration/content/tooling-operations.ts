// Tooling & enterprise: cost, databases, documentation and what members ask each other at work.
import { discussion, text } from './manuscript.ts';
import type { DemoTopic } from './types.ts';

export const toolingOperations: readonly DemoTopic[] = [
  {
    key: 'kv-cache-offload',
    kind: 'text',
    title: 'Ask: has anyone measured KV-cache offload to host memory under real traffic?',
    section: 'tooling-enterprise',
    author: 'samir_b',
    hoursAgo: 40 / 60,
    body: text`
      Every serving stack can do it now. The benchmarks I find use one long conversation, where of course it
      wins. Our traffic is 400 small tenants, median prompt 1,900 tokens, a return visit after four minutes
      for a third of them.

      What I would like to know from somebody with similar traffic: hit rate, p95 of the time to first
      token, and whether PCIe was in the way of anything else.
    `,
    tags: ['ask', 'inference'],
    upvotes: 2,
    replies: [],
  },
  {
    key: 'cache-cost-attribution',
    kind: 'text',
    title: 'Ask: how do you attribute inference cost to a customer when requests share a cache?',
    section: 'tooling-enterprise',
    author: 'ops_lena',
    hoursAgo: 5,
    body: text`
      Forty teams share one cluster. They share prefixes too, because they all start from the same system
      prompt and many quote the same documents. The first request after an eviction pays for the prefix, the
      next three hundred do not.

      Finance wants a number per team that adds up to the bill. I have three candidates, each unfair in its
      own way:

      1. *As it fell*: whoever misses pays. It adds up, and it is a lottery.
      2. *As if uncached*, scaled down to the total. Stable, but teams that are kind to the cache get
         nothing for it.
      3. *Price list*: cached tokens at a tenth. Simple; does not add up.

      What do you do?
    `,
    tags: ['ask', 'inference'],
    upvotes: 26,
    replies: discussion`
      #1 tokencount +14m ^14
      Third, and put the remainder into a line called "platform". It's what the public price lists do, so
      nobody has to learn anything. fwiw our last month:

      | line | share of the bill |
      |---|---:|
      | fresh input tokens | 31% |
      | cached input, at a tenth | 9% |
      | output tokens | 54% |
      | platform (idle, evictions, retries) | 6% |

      The 6% is a number somebody can own, and it goes down when I complain about it.

      #2 ops_lena +15m ^5
      How did you get finance to accept a remainder?

      #3 tokencount +20m ^9
      I asked them how they charge out the lifts.

      #1 quietquant +25m ^11
      There is a textbook answer: the Shapley value, each team's average marginal cost over all orders of
      arrival. With a shared prefix it reduces to something simple: the cost of keeping the prefix is split
      equally among those who used it in the window, and each pays for its own suffix. No simulation needed.

      #2 ops_lena +30m ^8
      Equally per team or per request?

      #3 quietquant +10m ^10
      Per team, if you ask who *caused* the prefix to be kept. Per request, if you ask who *benefited*. The
      theory says causes. People say benefits.

      #4 samir_b +40m ^6
      Customers say whichever is less.

      #1 nadia_z +45m ^12
      Look at it once from my side: if cost or latency tells team A that the prefix was warm, A learns that
      somebody recently sent that prefix. With forty internal teams nobody minds. With paying customers it
      is an oracle. Salt the cache key by tenant, and the question of attribution goes away as well,
      together with your hit rate.

      #2 ops_lena +12m ^7
      We are internal, but legal and HR are two of the forty, so I do mind. Do you salt everything or only
      documents?

      #3 nadia_z +18m ^9
      System prompts shared, documents by tenant. You keep about two thirds of the benefit.

      #1 rackunit +70m ^3
      gpu-seconds of the batch / tokens. crude. nobody has complained in a year, i suspect because nobody
      can check it

      #1 priya_n +95m ^4
      As one who receives such a bill: I do not need it to be fair, I need it to be *predictable*. With the
      lottery I cannot tell my team whether their change helped.

      #2 ops_lena +35m ^8
      That is the sentence I will take into the meeting. Price list with a remainder, then, and a quarterly
      look at the remainder.
    `,
  },
  {
    key: 'vectors-back-into-postgresql',
    kind: 'text',
    title: 'We moved 40 million embeddings back into PostgreSQL',
    section: 'tooling-enterprise',
    author: 'sre_amir',
    hoursAgo: 5 * 24,
    body: text`
      Two years with a separate vector store, now out of it. Numbers, since I wished for some when we began.

      - 40 million rows of 768 dimensions. As \`vector\` 123 GB, as \`halfvec\` 61 GB. Recall fell by 0.2
        points.
      - Building the HNSW index: 5 h 10 min with \`maintenance_work_mem\` at 80 GB. With 8 GB we stopped it
        after a day and a half.
      - p95 of a query with two filters: 38 ms. Before: 21 ms for the vectors plus 30 to 90 ms to fetch and
        filter the rows elsewhere.

      ~~~sql
      CREATE INDEX CONCURRENTLY ON passages
        USING hnsw (embedding halfvec_cosine_ops) WITH (m = 16, ef_construction = 128);

      SET hnsw.iterative_scan = strict_order;  -- or filters leave you with three results
      ~~~

      Why: permissions. A row that somebody may no longer read is gone from the search in the same
      transaction. With two stores that took a queue, a worker and an apology.
    `,
    sources: [
      {
        url: 'https://www.postgresql.org/docs/current/indexes.html',
        role: 'primary',
        title: 'PostgreSQL documentation: Indexes',
        publisher: 'PostgreSQL',
      },
      {
        url: 'https://github.com/pgvector/pgvector',
        role: 'primary',
        title: 'pgvector',
        publisher: 'GitHub',
      },
    ],
    tags: ['databases'],
    upvotes: 35,
    replies: discussion`
      #1 nadia_z +40m ^16
      The last paragraph is the reason, and it should be the first. Half of the leaks I find in search
      products are the seconds, or weeks, between "access removed" and "removed from the index".

      #1 cudacore +2h ^6
      0.2 points from halving the precision is less than I expected. Recall at what?

      #2 sre_amir +30m ^8
      At 10, against exact search on 5,000 queries, \`ef_search\` 100: 97.1 before, 96.9 after. The interval
      is about ± 0.2, so possibly nothing at all.

      #1 ops_lena +5h ^11
      How do you vacuum it? Our deletes left the graph full of tombstones, and the p95 crept up by a
      millisecond a day until somebody noticed in week six.

      #2 sre_amir +50m ^7
      Partitioned by month. Old partitions hardly change. For the current one \`REINDEX CONCURRENTLY\` on
      Sundays, 20 minutes. And an alert on the creep, set in week seven. The query behind it, in case it
      saves somebody week six:

      ~~~sql
      SELECT relname, n_dead_tup, n_live_tup,
             round(100.0 * n_dead_tup / nullif(n_live_tup + n_dead_tup, 0), 1) AS dead_percent
      FROM pg_stat_user_tables
      WHERE relname LIKE 'passages%'
      ORDER BY dead_percent DESC NULLS LAST;
      ~~~

      #1 mattias_l +14h ^4
      We have 600,000 vectors. Is any of this needed at our size?

      #2 sre_amir +35m ^13
      No. At 600,000 the exact scan on four cores is perhaps 60 ms, and its recall is 100%. Add the index on
      the day you can measure that you miss it.

      #3 quietquant +60m ^7
      "Add it on the day you can measure that you miss it" would have saved most of the architectures I have
      audited.

      #1 kofi_t +27h ^6
      Same move here with 2 million rows on a machine with 32 GB. What I did not foresee: backups.
      Embeddings can be computed again, so they are now in a table that the dump skips. The nightly went
      from 50 minutes to six.
    `,
  },
  {
    key: 'documentation-second-reader',
    kind: 'text',
    title: 'Documentation has a second reader now',
    section: 'tooling-enterprise',
    author: 'marginalia',
    hoursAgo: 21 * 24,
    body: text`
      A third of the requests to our documentation come from tools that read on somebody's behalf. I have
      edited for them for half a year, and what they need turns out to be what I failed to talk engineers
      into for ten: say which version, one fact in one place, no "see above", examples that run.

      Where I refuse: leaving out the *why*. The second reader skips it. The first one, at three in the
      morning, does not.
    `,
    tags: ['documentation', 'agents'],
    upvotes: 24,
    replies: discussion`
      #1 sre_amir +75m ^9
      Is the third reader the one who writes the next version of the documentation? Half of our drafts now
      come from the tools that read it. It is getting smoother and saying less.

      #2 marginalia +40m ^11
      Yes. My test for a draft: delete every sentence that would also be true of a competitor's product.
      Last week a page of 900 words became 70.

      #1 samir_b +4h ^6
      Practical: serve the Markdown under the same address with \`.md\`. Cost us an hour, and the tools
      stopped inventing our parameters.

      #1 oldmodem +9h ^8
      man pages. you are describing man pages

      #2 marginalia +20m ^10
      I am describing *good* man pages, which narrows it down to about thirty.

      #1 clinic_it +29h ^4
      Our manuals for devices are controlled documents with a stamp on them. If a tool quotes last year's
      version to a nurse, that is an incident. I would pay for a header which says "do not quote after this
      date".
    `,
  },
];
