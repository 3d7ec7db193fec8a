// A member who has votes and unread replies on the page, against the queries that this takes and a string.
import { fetchPage } from '../measure/page.ts';
import { mustHave, readers } from '../measure/sights.ts';
import { compare } from './visitor.ts';
import { type Scenario, withForum } from './scenario.ts';

export const member: Scenario = async (bench) => {
  const topic = await mustHave(bench.store, 200);
  const cookies = await readers(bench.store);
  return withForum(bench.store, {}, async (forum, ours) => {
    const page = await fetchPage(forum.url, topic.path, { cookie: cookies[0]! });
    const what = 'topic of 200 replies, member';
    return [
      await compare(bench, what, ours, page, { work: 'member', topicId: topic.id, atLeast: 0.6, cookies }),
    ];
  });
};
