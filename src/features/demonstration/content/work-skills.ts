// Work & skills: juniors, headcount, teaching, and somebody new who asks where to begin.
import { discussion, text } from './manuscript.ts';
import type { DemoTopic } from './types.ts';

export const workSkills: readonly DemoTopic[] = [
  {
    key: 'who-trains-the-juniors',
    kind: 'link',
    title: 'Who trains the juniors? Hiring plans of 600 engineering managers',
    section: 'work-skills',
    author: 'j_okafor',
    hoursAgo: 19,
    body: text`
      41% of 600 managers plan to hire fewer juniors than last year, and 68% of the same people expect a
      shortage of seniors in five years. Same people! Where do they think seniors come from?
    `,
    sources: [
      {
        url: 'https://workpanel.example/hiring-plans-600',
        role: 'primary',
        title: 'Hiring plans of 600 engineering managers',
        publisher: 'Work Panel',
        publishedHoursAgo: 27,
        description: 'Questions, answers by size of company, and the sampling frame.',
      },
    ],
    tags: ['hiring', 'training-people'],
    upvotes: 36,
    replies: discussion`
      #1 bettina_g +25m ^18
      From other companies. Each of the 600 plans to hire them from the other 599.

      #2 old_iron +20m ^14
      We did that in the nineties with control-room operators. It works for eleven years, then on one
      Tuesday everybody retires.

      #1 mei_c +50m ^7
      A word on the survey: it is a panel, recruited by e-mail, and companies above 5,000 people are a third
      of it. By size the 41% splits into 52 for the large and 29 for the small. I would not quote the
      average.

      #2 j_okafor +30m ^5
      Fair. The small ones then. I am one of the 29, and I have the applications of everybody the large ones
      no longer take. It is a good year to hire juniors.

      #3 mattias_l +55m ^6
      Same here. For the price of one senior I have two people who will be seniors in four years, and the
      tools make the first year less of a loss than it was.

      #1 cudacore +2h ^9
      Unpopular: much of what we called training was giving juniors work that nobody wanted. That work is
      gone. What has to replace it is *teaching*, on purpose, on the clock, and most seniors are bad at it.
      I am.

      Concretely: in my first job I spent a year fixing warnings in other people's code. It was boring,
      nobody planned it, and by the end I knew where everything was. A tool does that in an afternoon now,
      and does it well. I would not go back. But nobody has put anything in its place, and the new colleague
      sits next to a finished code base the way I sit in a car.

      #2 ms_ferreira +40m ^13
      It can be learned. Start with one rule: when they are stuck, ask what they expected to happen, and
      then be quiet for a full minute. The minute is the hard part.

      #3 cudacore +6h ^12
      Tried it this afternoon. It took 40 seconds, she found it herself, and I had been about to explain
      something else entirely.

      #2 sre_amir +70m ^8
      On call does it. You cannot delegate understanding at three in the morning. Every junior of mine is
      second on call from month four, with a senior awake beside them. Rules: the junior types, the senior
      talks, no assistant until the impact is stopped. After that, anything.

      #3 bettina_g +35m ^9
      Paid, I hope? And written down as working time?

      #4 sre_amir +10m ^7
      Paid, both of them. You people got to us years ago.

      #1 seed_stage +5h ^4
      From the boards I sit on: nobody decides against juniors. There is a line called "hiring" that is
      frozen, and exceptions need an argument, and the argument for a senior is always easier to make.

      #2 j_okafor +30m ^11
      So nobody decides it and everybody does it!! I would honestly prefer a villain. You can argue with a
      villain.

      #1 phd_year3 +9h ^6
      fwiw 8 of my 14 students wrote in the course evaluation that they learned most in the two weeks when
      the assistant was down. I don't know what to do with that.
    `,
  },
  {
    key: 'ivee-seed-round',
    kind: 'link',
    title: 'Upskilling platform Ivee closes a $1 million seed round',
    section: 'work-skills',
    author: 'hanna_k',
    hoursAgo: 1.3,
    body: '',
    sources: [
      {
        url: 'https://workpanel.example/ivee-seed-round',
        role: 'report',
        title: 'Upskilling platform Ivee closes a $1 million seed round',
        publisher: 'Work Panel',
        publishedHoursAgo: 3,
      },
    ],
    tags: ['training-people', 'seed-rounds', 'ivee'],
    upvotes: 3,
    replies: discussion`
      #1 tokencount +30m ^4
      One million for teaching people, in a quarter of 300,000 million. I have no further questions.
    `,
  },
  {
    key: 'where-to-begin-reading',
    kind: 'text',
    title: 'Ask: what should I read before I have an opinion about AI spending?',
    section: 'work-skills',
    author: 'lou_asks',
    hoursAgo: 1.8,
    body: text`
      I was a librarian for nineteen years and start a data job in the autumn. I read the digest twice and
      understood each sentence and not the whole. I do not want an opinion yet. What would you read first,
      and in which order? Long is fine.
    `,
    tags: ['ask'],
    upvotes: 7,
    replies: discussion`
      #1 ruth_e +9m ^6
      One annual report of one chip maker, read from the back. The notes are after the pictures and they are
      the useful part. Leases, commitments, who the big customers are. As a librarian you may even enjoy it.

      #2 lou_asks +16m ^3
      From the back! We used to tell students that about bibliographies.

      #1 mei_c +14m ^5
      Pick three claims from the digest and try to find where each comes from. You will learn more than from
      any book, and you are better trained for it than most of us.

      #1 substation +31m ^4
      An electricity bill of a large building, with the tariff sheet. I am serious. Once you know what a
      megawatt costs for an hour and for a year, half of the headlines can be checked on an envelope.

      #2 lou_asks +20m ^3 ${{ purpose: 'question' }}
      I will find one. Is it right that a megawatt for a year is 8,760 megawatt hours? That part I worked
      out on the bus.

      #3 substation +5m ^5
      It is. Welcome to the trade.
    `,
  },
  {
    key: 'teaching-debugging',
    kind: 'text',
    title: 'Teaching debugging when the assistant writes the code: a term in review',
    section: 'work-skills',
    author: 'ms_ferreira',
    hoursAgo: 6.5 * 24,
    body: text`
      Vocational school, 24 pupils of 16 to 19. This term I forbade nothing. The exercise each week was:
      *here is a program that an assistant wrote, and it is wrong; find out where, and prove it*.

      What I learned:

      - They are better at finding faults in code they did not write. No pride involved.
      - "Prove it" was new to nearly all. In the third week the first failing test appeared, in the fifth
        they wrote them before looking.
      - The strongest pupil of last year became average. A quiet one, who reads slowly, became the best by
        far.
      - Two stopped using the assistant for their own work. Their reason: "then I have to do this with it."

      The examination board still wants pseudocode on paper.
    `,
    tags: ['education', 'training-people'],
    upvotes: 39,
    replies: discussion`
      #1 j_okafor +40m ^14
      Send me the quiet one.

      #2 ms_ferreira +3h ^12
      She is seventeen and wants to be a baker. I have not given up, and neither has the bakery.

      #1 old_iron +2h ^10
      That is how we train operators: a simulator with a fault in it, and a log of what they believed and
      when. We never let them build the plant first. It is odd that software did it the other way round for
      so long.

      #1 marginalia +6h ^6
      Would you share the broken programs? I would like to use them for editors. The skill seems to be the
      same one.

      #2 ms_ferreira +20h ^9
      Forty of them, with the fault in an envelope. I am asking the school whether I may. Until then by
      letter, like contraband.

      #1 priya_n +10h ^3
      How did the slow reader get better marks? Was it time, or something else?

      #2 ms_ferreira +8h ^11
      She reads what is there. The quick ones read what should be there.

      #1 hpc_greta +50h ^5
      One doubt: a fault that you planted is findable. Those in the wild are often two small ones that need
      each other. Do you have such?

      #2 ms_ferreira +5h ^7
      Four of forty. Nobody has solved one alone yet, but three pairs have. I count that as the result of
      the term.
    `,
  },
  {
    key: 'sixty-to-seventy-per-cent',
    kind: 'text',
    title: '"60–70% fewer engineers within 18 months": who projected that, and from what?',
    section: 'work-skills',
    author: 'bettina_g',
    hoursAgo: 25,
    body: text`
      The sentence from the digest was on our management's slide this morning, without the digest. I have to
      answer it on Thursday. So I am looking for the origin, not for opinions.

      What I have found so far:

      1. The digest says "projections", no source.
      2. @digest_desk says in the discussion: one report, quoting one vendor's survey of its own customers.
      3. The vendor's page shows the figure as "share of engineering *tasks* that respondents expect to be
         assisted".

      If 3 is what it all rests on, tasks have become people on the way.
    `,
    tags: ['hiring', 'weekly-digest'],
    upvotes: 37,
    replies: discussion`
      #1 mei_c +30m ^17 ${{ purpose: 'analysis' }}
      You have the chain right, and there is one more link. The survey asked "up to what share", so the
      60–70 is the median of people's *maximum*. The wording is in the appendix, question 14.

      #2 bettina_g +25m ^10
      So: the median of the maximum, of a share of tasks, to be assisted, in the expectation of customers of
      the vendor. And on our slide it says "engineers: -65%".

      #3 marginalia +15m ^14
      If you ever want to teach how a fact is made, this is the whole syllabus.

      #1 j_okafor +2h ^9
      For the Thursday: ask which 65% of the *tickets* of last quarter they would hand over, by number. We
      did this with ours. Nobody got beyond a fifth, and they were the ones we had wanted to automate for
      ten years.

      #2 bettina_g +50m ^6
      That is very good. I may also ask who would be on call.

      #1 hotwire_77 +50m ^1 ${{
        flagged: [
          { by: 'j_okafor', reason: 'unkind' },
          { by: 'marginalia', reason: 'off-topic' },
        ],
      }}
      Works councils exist to protect people who should have learned to code better.

      #2 ms_ferreira +70m ^12
      The people who "learned to code better" are the ones on the slide.

      #1 cudacore +7h ^6
      To be fair to the other side: in one narrow field, kernels, I now do in a week what took me a month.
      It is not nothing. It did not make three of four colleagues superfluous, it made a backlog of two
      years into one of six months.

      #2 bettina_g +2h ^8
      That is the sentence I would like on a slide: the backlog, and not the head.

      #1 digest_desk +9h ^7 ${{ purpose: 'correction' }}
      For completeness, since it started with us: the correction stands in the discussion of the digest, and
      from the next one on every projection names who projected it and from what. Thank you for following
      the chain to the end.
    `,
  },
];
