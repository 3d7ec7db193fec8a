// Tooling & enterprise: acquisitions and purchases, seen by the people who then have to run the thing.
import { discussion, text } from './manuscript.ts';
import type { DemoTopic } from './types.ts';

export const toolingPurchases: readonly DemoTopic[] = [
  {
    key: 'promptfoo-in-ci',
    kind: 'text',
    title: 'OpenAI acquires Promptfoo: what changes for teams that run it in CI',
    section: 'tooling-enterprise',
    author: 'rackunit',
    hoursAgo: 26,
    body: text`
      Nothing today: the version you have pinned keeps working, and it is under the MIT licence. What I am
      asking is what you would do this week so that it stays "nothing".

      My list so far: pin by digest, mirror the package, export the test cases in a plain format, and check
      which judge model the assertions call by default.
    `,
    tags: ['acquisitions', 'evaluation', 'promptfoo', 'openai'],
    upvotes: 17,
    replies: discussion`
      #1 mei_c +50m ^12
      The last one deserves to be first. If the judge is a model of the owner, and one of the judged is a
      model of the owner, the question of independence is there whether or not anybody does anything. Use
      two judges from different houses and report the disagreement.

      #2 lowrank +40m ^6
      Two judges share most of their training data. You measure the disagreement of siblings.

      #3 mei_c +25m ^8
      Better than the agreement of one. But yes: keep a hundred cases judged by people, and check the judges
      against those every quarter.

      #1 old_iron +3h ^7
      When the maker of the turbine bought the maker of our vibration monitors, the monitors went on working
      for years. They only stopped being improved for other people's turbines. Nobody decided that. It
      simply never came first.

      #1 samir_b +5h ^6
      Our export, if useful to anyone. It is the whole trick:

      ~~~yaml
      # one case a file, no tool's syntax
      prompt: refund-policy/late-parcel
      given: { days_late: 9, country: PT }
      must: [names a sum, offers a date]
      must_not: [promises a call]
      ~~~

      #1 marginalia +8h ^5
      A small correction to the digest, which calls it a tool for prompt management: the people I know use
      it to compare outputs and to attack their own prompts before others do. The second half is what I
      would miss.

      #2 digest_desk +2h ^4
      Right, and noted for the next one.
    `,
  },
  {
    key: 'hospital-tenders',
    kind: 'link',
    title: 'Hospitals are buying small language models: forty tender documents collected',
    section: 'tooling-enterprise',
    author: 'mei_c',
    hoursAgo: 46,
    body: text`
      Forty public tenders from eleven countries. I coded what they ask for. "Runs on the premises" is in
      33; a minimum quality on the buyer's *own* texts is in four.
    `,
    sources: [
      {
        url: 'https://tenderwatch.example/hospital-language-models',
        role: 'primary',
        title: 'Language models in hospital tenders: forty documents',
        publisher: 'Tender Watch',
        publishedHoursAgo: 70,
        description: 'The documents, the coding scheme and the table.',
      },
    ],
    tags: ['healthcare', 'procurement'],
    upvotes: 21,
    replies: discussion`
      #1 clinic_it +40m ^14
      Ours is number 17, and one of the four. It took a doctor two weekends to mark 200 discharge letters.
      She is the most expensive test set in the building, and the only reason why we did not buy the wrong
      one.

      #2 mei_c +25m ^6
      May I ask which way it would have gone?

      #3 clinic_it +30m ^11
      By the brochure, the large one in the cloud. On her 200 letters a 7B model on a card in the cellar
      missed fewer allergies. Allergies are the whole point of a discharge letter.

      #1 procure_anne +3h ^8
      The other 36 did not forget. A quality criterion that can be challenged in court needs a test that can
      be repeated in front of a judge. Most legal departments advise against writing one. So you get "state
      of the art", which cannot be challenged, since it means nothing.

      #2 bart_v +75m ^6
      And the test set is patients' data, which by the time of the procedure you may not show to the
      bidders. Synthetic letters solve the law and spoil the test.

      #3 clinic_it +60m ^7
      We let the bidders bring the model to the data. A laptop without a network, a room with a window,
      somebody from the works council and a plate of biscuits. Four of six came.

      #1 phd_year3 +9h ^4
      A plate of biscuits is a better air gap than most I have read about.
    `,
  },
];
