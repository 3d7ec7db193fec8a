// Regions: distances, languages and campuses beyond Europe.
import { discussion, text } from './manuscript.ts';
import type { DemoTopic } from './types.ts';

export const regionsWorldwide: readonly DemoTopic[] = [
  {
    key: 'serving-from-six-thousand-kilometres',
    kind: 'text',
    title: 'Serving from 6,000 km away: the latency budget of an assistant in Accra',
    section: 'regions',
    author: 'kofi_t',
    hoursAgo: 10 * 24,
    body: text`
      Our users are in Ghana, the accelerators are in Europe. Measured over a month, on 3G and 4G, p50 in
      milliseconds until the first word:

      | step | before | now |
      |---|---:|---:|
      | radio, phone to tower | 85 | 85 |
      | DNS, TCP and TLS to Europe | 430 | 0 |
      | request to Europe and back | 140 | 140 |
      | queue and prefill | 310 | 190 |
      | **first word** | **965** | **415** |

      The second row was three round trips that we had never looked at. Now a small proxy in Accra keeps the
      connections open. It costs nine dollars a month and is the best engineering I have done in years.

      Light in glass needs 30 ms for 6,000 km, so of the 140 at least 60 are physics. The rest is a tour of
      the Atlantic coast.
    `,
    tags: ['africa', 'inference'],
    upvotes: 38,
    editedBody: {
      minutesAfter: 95,
      before: text`
        Our users are in Ghana, the accelerators are in Europe. Until the first word it took 965 ms, and now
        takes 415.

        A small proxy in Accra keeps the connections open. It costs nine dollars a month and is the best
        engineering I have done in years.
      `,
    },
    replies: discussion`
      #1 ops_lena +45m ^12
      Please add the table to the text. "965 to 415" is a tweet; where it went is the lesson.

      #2 kofi_t +55m ^8
      Done.

      #1 cudacore +3h ^7
      Prefill from 310 to 190: a cache for the system prompt?

      #2 kofi_t +30m ^9
      Yes, and we cut it. It had 2,100 tokens of politeness. It is polite enough with 600.

      #3 marginalia +2h ^11
      Somewhere in there is a law about system prompts.

      #1 substation +8h ^6
      How often is the line gone altogether?

      #2 kofi_t +50m ^14
      Two big cable faults in two years, days each. So there is a 3B model on the second-hand cards here,
      which answers the forty commonest questions and says for the rest: "the big one is away, I will write
      to you." People like it. Some ask for it.

      #1 luisa_p +30h ^8
      Same from Recife, 6,500 km to the other coast. We took over your proxy on Friday: 910 to 440.
      *Obrigada.*
    `,
  },
  {
    key: 'portuguese-token-tax',
    kind: 'text',
    title: 'What a sentence costs in Portuguese, Yoruba and Finnish: token counts on one parallel text',
    section: 'regions',
    author: 'luisa_p',
    hoursAgo: 13 * 24,
    body: text`
      Same text in each language, the Universal Declaration of Human Rights, which has the advantage that
      everybody may copy it. Two public tokenizers, tokens relative to English:

      | language | older, 50k | newer, 200k |
      |---|---:|---:|
      | English | 1.00 | 1.00 |
      | Portuguese | 1.62 | 1.21 |
      | Finnish | 2.31 | 1.58 |
      | Yoruba | 3.44 | 2.02 |

      One pays per token, waits per token, and the context is counted in tokens. So for the same money a
      Yoruba speaker has half the model, and with the older one less than a third.
    `,
    tags: ['tokenizers', 'africa', 'brazil'],
    upvotes: 31,
    replies: discussion`
      #1 mei_c +70m ^9
      Good choice of text and also a peculiar one: legal register, translated, in every training set. I
      would expect ordinary speech to come out worse. Have you tried subtitles?

      #2 luisa_p +6h ^8 ${{ purpose: 'analysis' }}
      Now I have. For Portuguese 1.26 instead of 1.21, for Yoruba 2.4 instead of 2.02, partly since people
      leave out the tone marks and partly since they do not.

      #1 kofi_t +11h ^10
      Twi is not in your table, and it is not in anybody's. I ran it: 2.9 on the newer. We translate to
      English, ask, and translate back, and it is *cheaper* than asking directly. Think about what that does
      to a language.

      #2 luisa_p +50m ^9
      It makes it an interface to English. Will you send me the run? I would like to add the row with your
      name.

      #1 lowrank +28h ^4
      Cheap thing that helps: extend the vocabulary by 8,000 pieces of the language and train only the
      embeddings for a day. We got Basque from 1.9 to 1.3. Quality stayed, speed rose, and nobody had to ask
      the maker for permission.
    `,
  },
  {
    key: 'joint-campus',
    kind: 'link',
    title:
      'Joint US university campus in Silicon Valley’s AI hub to foster entrepreneurship and investment ties',
    section: 'regions',
    author: 'priya_n',
    hoursAgo: 9.5 * 24,
    body: '',
    sources: [
      {
        url: 'https://campusreport.example/joint-campus',
        role: 'report',
        publisher: 'Campus Report',
        publishedHoursAgo: 230,
      },
    ],
    tags: ['education'],
    upvotes: 4,
    replies: [],
  },
];
