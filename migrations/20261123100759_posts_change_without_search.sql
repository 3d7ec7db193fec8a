-- While a trigger runs before updates of a table, PostgreSQL makes every generated column anew in each of them: a vote
-- took the words of its post apart. What is copied from the topic to a moved post is therefore copied afterwards.
CREATE FUNCTION copy_topic_to_moved_post() RETURNS trigger LANGUAGE plpgsql AS $$
declare
  topic record;
begin
  -- As copy_topic_to_post.
  select section_id, coalesce(ranked_from, posted_at) as counts_from into topic from topics where id = new.topic_id for share;
  update posts set section_id = topic.section_id, topic_counts_from = topic.counts_from
    where posts.id = new.id
      and (posts.section_id, posts.topic_counts_from) is distinct from (topic.section_id, topic.counts_from);
  return null;
end $$;--> statement-breakpoint
DROP TRIGGER posts_copy_topic ON posts;--> statement-breakpoint
CREATE TRIGGER posts_copy_topic BEFORE INSERT ON posts FOR EACH ROW EXECUTE FUNCTION copy_topic_to_post();--> statement-breakpoint
CREATE TRIGGER posts_copy_topic_moved AFTER UPDATE OF topic_id ON posts FOR EACH ROW
  WHEN (old.topic_id IS DISTINCT FROM new.topic_id) EXECUTE FUNCTION copy_topic_to_moved_post();
