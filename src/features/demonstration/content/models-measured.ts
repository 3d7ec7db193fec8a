// Models & research: releases and claims that members have counted, measured or failed to reproduce.
import { discussion, text } from './manuscript.ts';
import type { DemoTopic } from './types.ts';

export const modelsMeasured: readonly DemoTopic[] = [
  {
    key: 'open-weights-compared',
    kind: 'link',
    title: 'Open-weights releases of the month: licences, context lengths and training disclosures compared',
    section: 'models-research',
    author: 'tomas_r',
    hoursAgo: 16,
    body: text`
      Nineteen releases, one row each. I record what the release itself says and nothing else; an empty cell
      means that it does not say.

      | what the release states | of 19 |
      |---|---:|
      | licence with a name | 17 |
      | longest context, with an evaluation at that length | 6 |
      | number of training tokens | 9 |
      | anything about the origin of the data | 5 |
      | the tokenizer's own licence | 1 |

      The last row was meant as a joke when I added the column.
    `,
    sources: [
      {
        url: 'https://modelindex.example/open-weights/this-month',
        role: 'primary',
        title: 'Open-weights releases, this month',
        publisher: 'Model Index',
        publishedHoursAgo: 18,
        description: 'One row per release, with the sentence of the release each cell rests on.',
      },
    ],
    tags: ['open-weights', 'licences'],
    upvotes: 30,
    replies: discussion`
      #1 mei_c +30m ^16
      Six of nineteen evaluate at the length they advertise. Please put that number into the title next
      month. A context length without an evaluation is the size of a buffer.

      #2 tomas_r +50m ^7
      Titles here are the publisher's, and the publisher is me. I will think about it.

      #1 bart_v +2h ^10 ${{ purpose: 'question' }}
      "Licence with a name": do you check whether the named licence and the attached text agree? I have two
      files on my desk called Apache-2.0 with a paragraph about acceptable use at the end.

      #2 tomas_r +35m ^8
      I do since last month. Three of the seventeen differ from the licence they name. Column G, in red.

      #3 bart_v +15m ^5
      Then it is fourteen, strictly.

      #4 tomas_r +6m ^9
      Strictly, it is fourteen.

      #1 lowrank +4h ^11
      Could the table say whether *intermediate* checkpoints are there? For people who study training that
      is worth more than another billion parameters.

      #2 tomas_r +70m ^4
      Two of nineteen. Added as column K.

      #1 luisa_p +5h ^9
      And languages evaluated. Not "supports 100 languages", which has come to mean that the tokenizer does
      not crash. How many are in the results?

      #2 tomas_r +2h ^5
      From memory, between one and eleven. I will go through them tonight and report.

      #3 tomas_r +4h ^8 ${{ purpose: 'analysis' }}
      Done. Median **two**, and the second is usually Chinese. Eleven was one release, the only one with
      Portuguese split into two varieties, @luisa_p.

      #1 samir_b +8h ^6
      I serve seven of these. For anybody choosing by the table: the licence column decides more migrations
      than the quality columns do. We moved three customers last year and every time it was a lawyer.
    `,
  },
  {
    key: 'long-context-audit',
    kind: 'link',
    title: 'An audit of forty long-context benchmark claims: eleven could not be reproduced',
    section: 'models-research',
    author: 'mei_c',
    hoursAgo: 21,
    body: text`
      Disclosure: I am one of the four authors. What we did: took forty published claims of the form "X % at
      length L", asked for the prompts, and ran them with the model and settings named. *Not reproduced*
      means outside our 95% interval, in either direction.

      - 22 reproduced
      - 7 could not be run, as no prompts were available
      - 11 not reproduced, of which 2 were **better** than claimed

      Nothing here says that anybody cheated. The commonest cause by far is a template: one space, or the
      question placed before the document instead of after.
    `,
    sources: [
      {
        url: 'https://evalnotes.example/long-context-audit',
        role: 'primary',
        title: 'Forty long-context claims, run again',
        publisher: 'Eval Notes',
        publishedHoursAgo: 26,
        description: 'Method, prompts, raw outputs and the answers of the authors who were asked.',
      },
    ],
    tags: ['evaluation', 'long-context'],
    upvotes: 27,
    replies: discussion`
      #1 phd_year3 +40m ^14
      Oh no. Question before vs after the document. That's my entire second year explained, isn't it.

      #2 mei_c +15m ^9
      How large was it for you?

      #3 phd_year3 +20m ^8
      Nine points, on a paper in which I defended an improvement of four.

      #1 lowrank +2h ^10 ${{ purpose: 'source' }}
      Position effects are old news by now, see [Lost in the Middle](https://arxiv.org/abs/2307.03172), yet
      I still get papers to review that report one number per length. One number per length *and position*,
      or it did not happen.

      #2 mei_c +50m ^6
      We ask for exactly that in section 6. Three of the forty had it.

      #1 nadia_z +4h ^7
      The two that came out better interest me most. What happened there?

      #2 mei_c +30m ^11
      Both had truncated the document without noticing. They measured their model on 32 thousand tokens and
      called it 128. Poor devils, they had a better model than they knew.

      #1 j_okafor +6h ^4
      For those of us who only buy: is there a cheap test we can run on our own documents before signing?

      #2 mei_c +70m ^12
      Yes, an afternoon's work:

      1. Take 30 of your long documents and write one question each that needs two places far apart.
      2. Ask with the document whole, then with only the two passages.
      3. Compare. The gap is what length costs you, on your texts, with your template.

      If you cannot write 30 such questions, you may not need long context.

      #3 j_okafor +25m ^7
      The last sentence saved me a budget line.

      #1 hotwire_77 +7h ${{ flagged: [{ by: 'phd_year3', reason: 'unkind' }] }}
      Four authors to discover whitespace. Academia in a nutshell.
    `,
  },
  {
    key: 'tokenizer-drift',
    kind: 'link',
    title: 'A small study of tokenizer drift between checkpoints',
    section: 'models-research',
    author: 'lab_notes_24',
    hoursAgo: 0.6,
    body: text`
      I compared the vocabularies of twelve public checkpoints with those of their predecessors and found
      changes that the release notes do not mention. Data and script are linked. First topic here, so tell
      me if the form is wrong.
    `,
    sources: [
      {
        url: 'https://evalnotes.example/tokenizer-drift',
        role: 'primary',
        title: 'Tokenizer drift in twelve checkpoints',
        publisher: 'Eval Notes',
        publishedHoursAgo: 5,
      },
    ],
    tags: ['tokenizers', 'open-weights'],
    upvotes: 0,
    heldForApproval: true,
    replies: [],
  },
  {
    key: 'four-bit-task-by-task',
    kind: 'text',
    title: 'What four-bit weights cost us, task by task',
    section: 'models-research',
    author: 'cudacore',
    hoursAgo: 23.5 * 24,
    body: text`
      One model of 13 billion parameters, our own tasks, 2,000 items each, weights only, group size 128.
      Round-to-nearest against [GPTQ](https://arxiv.org/abs/2210.17323). Differences from 16 bit in points,
      with 95% intervals from a paired bootstrap:

      | task | nearest | GPTQ |
      |---|---:|---:|
      | classification of tickets | -0.1 ± 0.6 | 0.0 ± 0.5 |
      | extraction to JSON | -0.9 ± 0.8 | -0.3 ± 0.7 |
      | summaries, judged blind | -0.4 ± 1.5 | +0.2 ± 1.5 |
      | arithmetic in text | **-4.8** ± 1.2 | **-2.1** ± 1.1 |
      | German | -1.9 ± 0.9 | -0.8 ± 0.8 |

      So: free where you would expect it, and not free in arithmetic and in the language it had seen less
      of.
    `,
    tags: ['quantization', 'evaluation'],
    upvotes: 25,
    replies: discussion`
      #1 mei_c +50m ^14
      Intervals, paired, and the sizes stated. I have nothing to add and will frame it.

      #1 luisa_p +4h ^10
      "The language it had seen less of" is the row I always find and nobody reports. We see the same for
      Portuguese, and about double for Guarani. Quantising is a tax on the small languages.

      #2 cudacore +30m ^7
      Calibration set matters. Ours was English only. With a third German the GPTQ row came to -0.3. If you
      calibrate on Portuguese you may get most of it back.

      #3 luisa_p +26h ^9 ${{ purpose: 'analysis' }}
      Tried. From -2.2 to -0.7 for Portuguese with 512 calibration samples. Guarani did not move, I suspect
      because there is nothing left to protect.

      #1 samir_b +11h ^5
      What did it buy you?

      #2 cudacore +20m ^8
      One card instead of two per replica, and 1.6 times the tokens per second at batch 8. At batch 64
      nearly nothing: there it is compute, and unpacking costs extra.
    `,
  },
];
