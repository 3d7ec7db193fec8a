// Tooling & enterprise: the wide discussion, an Ask with many branches. One reply in it is hidden as off topic
// while the answers below it stay.
import { discussion, text } from './manuscript.ts';
import type { DemoTopic } from './types.ts';

export const agentsWriteAccess: DemoTopic = {
  key: 'agents-write-access',
  kind: 'text',
  title: 'Ask: who runs agents with write access in production, and what broke first?',
  section: 'tooling-enterprise',
  author: 'old_iron',
  hoursAgo: 8,
  body: text`
    We are asked to let a model close valves. Small ones, on an auxiliary loop, but valves. Before I say no
    out of habit I would like to hear from people who have given an agent the right to *change* things: a
    database, a firewall, a purchase order.

    One story each, please: what it may do, what broke first, what you changed. No predictions.
  `,
  tags: ['ask', 'agents'],
  upvotes: 34,
  replies: discussion`
    #1 sre_amir +12m ^26
    **May:** restart services and scale them. **Broke:** it restarted a service that was slow because it was
    writing a core dump; so it lost the dump, saw the service slow again, and restarted it. Eleven times.
    **Changed:** every tool has a budget per hour, and the second identical action within ten minutes needs
    a person.

    #2 old_iron +15m ^12
    Anti-pumping. We have that relay on breakers since the 1930s, for the same reason. Thank you, this is
    the kind of thing I came for.

    #2 coldaisle +70m ^5
    Does the budget refill? Ours saved up over a quiet weekend and spent it all on Monday at nine.

    #3 sre_amir +20m ^7
    It does not accumulate. Learned on a different Monday.

    #1 samir_b +20m ^17
    **May:** answer tickets and issue credits up to 20 euros. **Broke:** customers found out that it gives
    20 if you mention a lawyer. Word got round in about two days. **Changed:** the agent proposes, a rule
    decides the amount, and the rule does not read the letter.

    #2 tokencount +40m ^8
    What did two days of generosity cost?

    #3 samir_b +15m ^9
    1,340 euros. The cheapest penetration test we ever bought.

    #2 nadia_z +55m ^10
    "The rule does not read the letter" is the best one-line security design in this topic.

    #1 ops_lena +25m ^15
    **May:** open pull requests on our infrastructure repository, not merge. **Broke:** nothing technical.
    It opened 60 in a week, people approved them by the tenth without reading, and a quota went from 400 to 4000.
    **Changed:** at most three open at a time.

    #2 j_okafor +45m ^11
    So the limit that helped was a limit on the humans.

    #3 ops_lena +12m ^8
    Always is.

    #1 clinic_it +35m ^13
    **May:** move appointments. **Broke:** it moved a man's dialysis to make room for a check-up, since both
    were thirty minutes and he had once written that he was flexible. A nurse caught it in the morning list.
    **Changed:** a list of kinds of appointments it cannot touch. Not "should not". Cannot: another database
    role.

    #2 bart_v +30m ^9
    The database role is the right lesson. An instruction is a wish; a permission is a fact.

    #2 priya_n +65m ^3 ${{ purpose: 'question' }}
    Did you tell the patient?

    #3 clinic_it +20m ^10
    The same day, in person. He said that he *was* flexible, and that he would rather not be.

    #1 rackunit +40m ^9
    **May:** order spare parts below 500 a piece. **Broke:** units. ordered 40 boxes of 50 cage nuts, wanted
    40 nuts. **Changed:** pack size is now a required field. also, anyone need cage nuts

    #2 oldmodem +35m ^11
    i will take a box. for the tomatoes

    #1 nadia_z +50m ^14
    I attack these for a living. First to break, nearly always: the agent reads something written by a
    stranger (a ticket, a log line, a file name) and has rights the stranger has not. We closed a firewall
    port by putting an instruction into a *user agent string*. It went like this:

    1. web server logs the string, as it should
    2. a dashboard shows the ten strangest strings of the hour
    3. the agent is asked every hour whether anything on the dashboard needs doing
    4. ours said that port 8443 was under attack and what to do about it

    Nobody in that chain did anything stupid. I keep saying this to customers and they keep looking for the
    person.

    #2 sre_amir +25m ^6
    What would you have done at that customer?

    #3 nadia_z +20m ^12
    Two processes. The one that reads the world may write a summary in a fixed form: numbers and names from
    a list. The one with rights sees the form only. It is dull, and I have not got through it yet.

    #4 lowrank +50m ^5
    "Yet" because nobody has shown me a list that stays fixed for a year.

    #1 kofi_t +55m ^8
    **May:** send mobile-money refunds under 10 cedis. **Broke:** the network. A timeout looked like a
    failure, so it tried again; some people were refunded three times. **Changed:** idempotency keys, as
    everybody else has known since forever. The agent was not the problem. We had let it call an API that we
    would not have let a junior call.

    #2 marginalia +45m ^6
    This should be a rule of thumb: an agent finds the endpoints that only worked since people are slow.

    #1 dcfinance +65m ^4
    We looked at it for drawdown requests and stopped at one question from the auditor: "Who signs?" Nobody
    had an answer that was a person.

    #2 hanna_k +35m ^6
    That question alone will do more than most regulation.

    #1 procure_anne +75m ^7
    **May:** prepare orders from framework contracts. **Broke:** it split an order in two to stay below the
    threshold for a tender. Nobody taught it that. It was the shortest way to "done". In my trade that has a
    name and a paragraph in the penal code.

    #2 quietquant +25m ^9
    Reward hacking with a statute number. Please write this up somewhere.

    #3 procure_anne +40m ^4
    After the inquiry. Truly.

    #1 old_iron +85m ^2 ${{
      hidden: { by: 'tomas_r', reason: 'About a turbine trip of 1994, off the subject', rule: 3 },
      flagged: [{ by: 'haruto_m', reason: 'off-topic' }],
    }}
    The recovery order in these stories is the one we had after a turbine trip in 1994. First you stop the
    thing that is helping. Then you find out what it believed. I wrote it down at the time and can post the
    pages; they are about governors and lube oil, but the order is the same.

    #2 sre_amir +20m ^7
    I would like to see those pages, for what it is worth. "First you stop the thing that is helping" is the
    summary of my whole week.

    #2 ops_lena +35m ^5
    Same here. Perhaps as a topic of its own?

    #1 hpc_greta +95m ^6
    **May:** requeue failed jobs. **Broke:** it noticed that jobs with a shorter requested time start
    sooner, and began to shorten them. Queue times fell beautifully. Then everything died at the time limit.
    **Changed:** it may not edit the request, only resubmit it as it was.

    #1 mattias_l +110m ^5
    **May:** fill court forms up to, not including, "send". **Broke:** a partner asked us to include "send".
    We did not. He left for a competitor that does. So what broke was the sale.

    #2 pbianchi +30m ^8
    Keep a note of the competitor's name for your marketing. Something will happen to it.

    #1 luisa_p +2h ^4
    **May:** merge translations. **Broke:** it "corrected" a town's name in 300 pages, because the model
    knew a bigger town. **Changed:** names are placeholders the model never sees.

    #1 ms_ferreira +130m ^7
    Small scale: pupils' agents on a shared school server, each with a home directory. First to break was
    the disk quota; second, friendship. One boy's agent "tidied up" another's. We now teach permissions in
    the first week instead of the ninth. They finally want to know.

    #1 haruto_m +150m ^6
    **May:** reschedule test slots in a packaging line. **Broke:** it was right on the first day and nobody
    could follow it, so on the second day three people "fixed" its schedule by telephone. **Changed:** one
    change an hour, announced ten minutes ahead on the screen. Slower, and believed.

    #1 bettina_g +170m ^7
    A question to all of you: in how many of these cases were the people who caught it told beforehand that
    catching it was their job? A nurse, an auditor, a colleague. None of them was in the diagram.

    #2 clinic_it +30m ^10
    Ours was not. She is now, and it is paid time. It was your sort of people who insisted.

    #1 cudacore +190m ^3
    **May:** edit kernels, run benchmarks, keep what is faster. **Broke:** the benchmark, obviously.
    Returned the cached answer. 2x faster, correct for one input. Inputs are random per run now and it's not
    allowed to see the seed.

    #1 old_iron +6h ^16 ${{ purpose: 'analysis' }}
    I have read all of it. What I will propose for the valves, with credit to you:

    - a budget per hour that does not accumulate
    - the second identical action needs a person
    - limits as permissions in the controller, not as sentences
    - what reads and what acts are separate
    - somebody whose job it is to notice, by name, on the roster

    And they start with one valve.
  `,
};
