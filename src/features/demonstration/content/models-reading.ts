// Models & research: papers read together, and words that decide purchases.
import { discussion, text } from './manuscript.ts';
import type { DemoTopic } from './types.ts';

export const modelsReading: readonly DemoTopic[] = [
  {
    key: 'compute-optimal-serving-optimal',
    kind: 'link',
    title: 'Compute-optimal is not serving-optimal: a worked example',
    section: 'models-research',
    author: 'lowrank',
    hoursAgo: 7 * 24,
    body: text`
      The paper everybody quotes as "twenty tokens per parameter" answers one question: for a given training
      budget, which size gives the lowest loss? It does not ask what happens afterwards. A sketch with its
      own rules of thumb, 6·N·D operations to train and 2·N per token served:

      ~~~text
                      params   tokens     training      per token served
      A  by the rule     70B     1.4T     5.9e23        1.4e11
      B  small, long     30B     5.0T     9.0e23        0.6e11
      difference                         +3.1e23       -0.8e11
      ~~~

      Suppose both reach the same loss. B has earned back its longer training after 3.1e23 / 0.8e11, about
      **3.9 trillion tokens served**. A busy service is past that in months, and then B is cheaper for ever.

      So the question "what size is optimal" has no answer until you say how often the thing will be
      used.[^1]

      [^1]: The idea is not mine, see [Beyond Chinchilla-Optimal](https://arxiv.org/abs/2401.00448). The mistakes are.
    `,
    sources: [
      {
        url: 'https://arxiv.org/abs/2203.15556',
        role: 'primary',
        title: 'Training Compute-Optimal Large Language Models',
        publisher: 'arXiv',
      },
      { url: 'https://arxiv.org/abs/2401.00448', role: 'analysis', publisher: 'arXiv' },
    ],
    tags: ['scaling-laws', 'inference'],
    upvotes: 33,
    replies: discussion`
      #1 mei_c +35m ^19 ${{ purpose: 'correction' }}
      "Suppose both reach the same loss" hides a choice. Where do the 5 trillion come from? With the
      constants printed in the original paper, 30B matches 70B at 2.7 trillion, and B is then cheaper to
      *train* as well, which cannot be if A was optimal. The printed fit disagrees with the paper's other
      two methods. The [replication](https://arxiv.org/abs/2404.10102) refits it, and with those constants I
      get 5.0.

      #2 lowrank +20m ^13
      That is where mine come from, and I should have said so. Thank you for doing the sum. For those who
      want to follow:

      ~~~python
      E, A, B, a, b = 1.8172, 482.01, 2085.43, 0.3478, 0.3658   # refit
      loss = lambda n, d: E + A / n**a + B / d**b
      target = loss(70e9, 1.4e12)
      d = (B / (target - E - A / 30e9**a)) ** (1 / b)            # 4.98e12
      ~~~

      #3 phd_year3 +2h ^7
      I've taught the first set of constants for two semesters. Brb, writing to about sixty people.

      #4 lowrank +10m ^9
      You're in good company. They're still on half of the slides I get sent.

      #1 cudacore +90m ^12
      2·N per token is arithmetic. Decoding is limited by reading the weights, so per token it goes with
      bytes and batch, and the advantage of B depends on who else is in the batch. At batch 1 it is the full
      70/30. At batch 256 the weights are amortised and the cache dominates.

      Rough roofline for one 80 GB card with 3.3 TB/s, 8 bit weights: 30B needs 30 GB read per step, so 9 ms
      and 110 steps a second, whatever the batch, until compute or cache gets in the way. 70B needs 70 GB
      and leaves you 10 GB for the cache, so in practice it's two cards and a link between them. That is a
      step in cost that no formula with N in it will show you.

      #2 samir_b +45m ^8
      From production: 70B to 34B was a factor of 1.7 in cost per token, against 2.06 by parameters. So your
      correction is worth about a sixth, for our traffic.

      #1 ruth_e +8h ^6
      A plain question. How many models are ever served 3.9 trillion tokens? Ten?

      #2 tokencount +50m ^9
      A service with a million people a day, ten requests each and 400 tokens an answer, is at 4 billion a
      day. It needs two years and eight months. With agents in the loop multiply by twenty, and it is seven
      weeks. So: ten today, and a question of product design tomorrow.

      #3 ruth_e +30m ^4
      I notice that the case for building more always arrives at "with agents, multiply by twenty".

      #4 tokencount +15m ^7
      It does. I have the factor from one customer's log, and would not build a power station on it.
    `,
  },
  {
    key: 'attention-which-parts-stayed',
    kind: 'link',
    title: 'Reading group: "Attention Is All You Need". Which parts did we keep?',
    section: 'models-research',
    author: 'phd_year3',
    hoursAgo: 9 * 24,
    body: text`
      I reread it with this year's students. They were surprised how much of the paper describes something
      nobody trains any more. My table; please complete.

      | in the paper | today |
      |---|---|
      | encoder and decoder | decoder alone, mostly |
      | sinusoidal positions | rotary |
      | normalisation after each block | before, and RMS instead of LayerNorm |
      | ReLU | gated units |
      | 8 full heads | fewer key and value heads than query heads |
      | scaling by the root of the head size | **still there** |
      | residual stream | **still there** |
    `,
    sources: [
      {
        url: 'https://arxiv.org/abs/1706.03762',
        role: 'primary',
        title: 'Attention Is All You Need',
        publisher: 'arXiv',
      },
    ],
    tags: ['reading-group', 'transformers'],
    upvotes: 28,
    replies: discussion`
      #1 lowrank +25m ^13
      Also still there: the learning-rate warm-up. Norm-before was supposed to make it unnecessary
      ([2002.04745](https://arxiv.org/abs/2002.04745)), and yet nobody dares to leave it out.

      #2 cudacore +40m ^8
      Nobody gets 30,000 GPU-hours to find out.

      #1 mei_c +2h ^11
      You can add the evaluation. BLEU to one decimal, on a test set from 2014, single runs for most rows.
      We kept the habit and lost the test set.

      #1 lou_asks +198h ^6 ${{ purpose: 'question' }}
      I have a question that may be too simple for this group. What is the scaling by the root of the head
      size for? I followed the paper until there.

      #2 phd_year3 +35m ^14
      Not too simple, it is on my exam. Take two vectors with d random entries of variance 1. Their dot
      product has variance d, so with d = 64 typical values are ±8. Put numbers like 8 and -8 into a softmax
      and it gives everything to one entry, and then the gradient is almost zero and nothing is learned.
      Dividing by √64 = 8 brings them back to about ±1.

      #3 lou_asks +15m ^4
      That is clear. Thank you! So it keeps the model undecided long enough to learn something.

      #4 phd_year3 +6m ^12
      Stealing that sentence for the exam.

      #1 old_iron +22h ^7
      The residual stream is a bypass valve. You learn to start a plant with the bypass open.
    `,
  },
  {
    key: 'open-vocabulary',
    kind: 'text',
    title: '"Open", "open-weights", "source-available": a vocabulary that survives procurement',
    section: 'models-research',
    author: 'bart_v',
    hoursAgo: 22 * 24,
    body: text`
      I write contract annexes, and I am tired of "open". The words I now use, each with the question it
      answers:

      - **Weights available**: can we download them and run them ourselves, for the life of the contract?
      - **Use unrestricted**: is there no list of forbidden purposes that a licensor can change?
      - **Reproducible in principle**: are data, code and settings described well enough to train another?
      - **Open source**: all of these, as in the [Open Source AI
        Definition](https://opensource.org/ai/open-source-ai-definition).

      Of the last eleven tenders I saw, nine asked for the fourth and needed the first.
    `,
    tags: ['licences', 'procurement'],
    upvotes: 26,
    replies: discussion`
      #1 procure_anne +70m ^13
      Using this tomorrow. One more that I need: **replaceable**, meaning that we can swap the model without
      asking the supplier and the service level still holds.

      #2 bart_v +25m ^8
      Yes. And that is the one for which they charge.

      #1 tomas_r +3h ^9
      "A list of forbidden purposes that a licensor can change" is a good test. In my table four licences
      point to a web page for the list. A web page is not a licence.

      #2 nadia_z +50m ^7
      It is also not versioned. I keep dated copies of two of them. One got a new paragraph on a Saturday.

      #1 lowrank +8h ^6
      I would fight for a place between third and fourth. There are models with full data and code whose
      licence says "research only". They are worth more to science than most of what is called open, and
      your ladder puts them nowhere.

      #2 bart_v +90m ^7
      It was not meant as a ladder. They are four questions, you may answer yes to any subset. But I see
      that I numbered them in my head.

      #1 oldmodem +31h ^8
      we had this argument about pine in 1996. different words same faces
    `,
  },
];
