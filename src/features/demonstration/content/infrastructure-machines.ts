// Infrastructure: the machines themselves, second-hand ones, brokers, outages and a warm room.
import { discussion, text } from './manuscript.ts';
import type { DemoTopic } from './types.ts';

export const infrastructureMachines: readonly DemoTopic[] = [
  {
    key: 'calisa-goodvision',
    kind: 'text',
    title: 'Calisa and GoodVision AI: what a multi-cloud GPU broker sells',
    section: 'infrastructure',
    author: 'gridwatch',
    hoursAgo: 20,
    body: text`
      The $180 million merger in the digest made me ask what the product is. A broker of this kind owns few
      machines. It sells an interface over other people's: one bill, one scheduler, and the right to move.
      The last is worth something only if moving is cheap, and moving 40 TB of weights and data between
      clouds is not.

      Does anyone here use a broker and really move?
    `,
    tags: ['cloud', 'goodvision'],
    upvotes: 6,
    replies: discussion`
      #1 samir_b +3h ^8
      We do, inference only. Weights are 60 GB and sit in five places anyway, so "moving" is a change in the
      load balancer. Training, no, never seen anyone do it for real.

      #2 gridwatch +2h ^2
      What does it save?

      #3 samir_b +75m ^6
      In a normal month nothing, since the broker's margin eats it. In the month when our main region had no
      capacity, it saved the month.

      #1 bart_v +6h ^4
      Note for Europeans: "moves between clouds" also means "moves between processors" in the sense of the
      data protection rules. Each place it may go must be in the contract beforehand. "Wherever there is
      capacity" is not a place.
    `,
  },
  {
    key: 'second-hand-accelerators',
    kind: 'link',
    title: 'The market for second-hand accelerators, priced by the month',
    section: 'infrastructure',
    author: 'rackunit',
    hoursAgo: 52,
    body: text`
      Twenty months of asking prices from three brokers and one auction house, for cards with at least six
      months of warranty. Asking, not paid: knock off about 12%.
    `,
    sources: [
      {
        url: 'https://chipdesk.example/second-hand-prices',
        role: 'analysis',
        title: 'Second-hand accelerators: twenty months of prices',
        publisher: 'Chip Desk',
        publishedHoursAgo: 61,
        description: 'Median asking price by model and month, with the number of offers behind each point.',
      },
    ],
    tags: ['supply-chain', 'chips'],
    upvotes: 23,
    replies: discussion`
      #1 quietquant +40m ^11
      This is the best depreciation evidence I have seen, better than any annual report. From your table the
      straight-line life that fits is a bit over four years, where several operators book six.

      #2 dcfinance +30m ^8
      With respect, a market price for 200 cards says little about 20,000. If one large operator sold, your
      curve would be a cliff.

      #3 quietquant +35m ^10
      Which argues for a shorter life still.

      #3 rackunit +50m ^7
      also large ones hardly ever sell, they move old cards to batch. what brokers get is from firms that
      closed. if anything i'm measuring distress

      #1 haruto_m +6h ^6
      Two of the dips line up with announcements, not with shipments. Sellers read the news as well.

      #1 oldmodem +8h ^9
      bought one of these. arrived with somebody's dust in it. entire continents of dust. works fine

      #2 rackunit +25m ^6
      check paste + second fan bearing before summer. white fine dust = crypto farm in a quarry town, seen
      it twice, then check everything

      #1 kofi_t +20h ^12
      For us this market is not a curiosity. Nearly everything that runs models in Accra outside the two
      clouds is second-hand. Thank you for prices with a count behind them. Could you add shipping weight?
      Freight is a fifth of the bill here.
    `,
  },
  {
    key: 'outage-postmortem-contents',
    kind: 'text',
    title: 'What should a postmortem of an "AI-related outage" contain?',
    section: 'infrastructure',
    author: 'sre_amir',
    hoursAgo: 6 * 24,
    body: text`
      The digest mentions Amazon's emergency engineering meetings after outages described as AI-related. I
      have no inside knowledge and do not want guesses about theirs. The phrase interests me, because in my
      own incident list it covers three different things:

      1. a change *written* with a model's help was wrong
      2. a change *executed* by an agent was wrong
      3. a model in the serving path was slow, wrong or gone

      They have different fixes, and putting them under one word hides that. What would you require in the
      write-up?
    `,
    tags: ['outages', 'agents'],
    upvotes: 26,
    replies: discussion`
      #1 old_iron +45m ^18
      In control rooms we ask four questions, in this order, and "who" is not one of them. What did the
      plant do? What did the operator see? What did the operator believe? What would have stopped it? With
      an agent, question three becomes very hard, and that is the finding.

      #2 sre_amir +30m ^9
      We log the agent's plan before each step, so there is a "believed". Whether it is what it acted on is
      another matter.

      #3 lowrank +55m ^10
      It is not, reliably. The stated reasoning and the computation are related the way a press release is
      related to a meeting. Log inputs, outputs and the diff, and treat the plan as a witness.

      #1 ops_lena +2h ^15
      For your first kind: I would forbid the sentence "the code was generated". Somebody approved it. If
      review let it through, the postmortem is about review.

      Our template has a section for it since last year:

      - lines changed, and how many of them the reviewer had open
      - minutes between "ready" and "approved"
      - what was run before approval, by whom, with the output
      - whether the author could explain the change without the tool, asked the next day

      The last one sounds harsh. It is asked in a kind voice, and the answer has been "no" in five of nine.
      That got us more budget for review than any of the outages did.

      #2 j_okafor +80m ^11
      Ours had 1,900 lines and eleven minutes. Nobody had to say anything after that slide.

      #1 coldaisle +5h ^9
      For the third kind: what the fallback was, when it was last exercised, and by whom. If the answer is
      "a smaller model at the same provider, never, nobody", you do not have a fallback. You have a wish.

      #1 marginalia +9h ^7
      A request from somebody who edits these: a timeline in one time zone. You would be surprised.

      #1 nadia_z +22h ^12
      Add a fourth kind: the model did what the *attacker* asked. It looks like your second kind until
      somebody reads the input. So: keep the input. Redacted if you must, hashed if you really must, but
      keep it.
    `,
  },
  {
    key: 'server-room-rent',
    kind: 'text',
    title: 'Ask: my server closet has become the most popular room in winter. Do I charge rent?',
    section: 'infrastructure',
    author: 'oldmodem',
    hoursAgo: 16 * 24,
    body: text`
      four used cards in the cellar, batch jobs for a friend's archive. 1.1 kw day and night. the cat moved
      in first, then the bicycle club. there are now chairs.

      serious question under the silly one: has anyone actually plumbed a small rack into the house heating?
      my boiler man laughed, but he also gave me his number.
    `,
    tags: ['ask', 'power'],
    upvotes: 22,
    replies: discussion`
      #1 coldaisle +90m ^10
      Yes, at home, with 900 W. Water block to a plate exchanger to the return line of the floor heating. It
      works because a floor wants 30 °C and a card is happy to give 45. For radiators that want 60 you need
      a heat pump in between, and then you have built a power station to dry your socks.

      #2 oldmodem +40m ^6
      floor it is. half the house has it. what happens in july

      #3 coldaisle +20m ^12
      In July you own a dry cooler, or you discover that batch jobs can wait until October.

      #1 substation +7h ^8
      1.1 kW around the clock is 9,600 kWh a year. At household prices your friend's archive is a generous
      present. Charge the bicycle club.

      #1 clinic_it +2h ^9
      Tell your insurer. I am not joking: ours asked whether the server room of the small clinic was
      "regularly used for assembly", and there was a kettle in the photograph.
    `,
  },
];
