-- What stands beside the words in their index. A trusted extension: the owner of the database may create it.
CREATE EXTENSION IF NOT EXISTS btree_gin;--> statement-breakpoint
DROP INDEX "posts_search";--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "section_id" bigint;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "topic_counts_from" timestamp (3) with time zone;--> statement-breakpoint
-- Of its topic a post carries the section and from when it counts. Copied by triggers, as topic_search is: posts are written
-- and moved by several features, topics change section and are merged by others, and none may forget it.
CREATE FUNCTION copy_topic_to_post() RETURNS trigger LANGUAGE plpgsql AS $$
declare
  topic record;
begin
  -- Whoever changes the topic meanwhile is waited for. All who write posts have the topic's lock already.
  select section_id, coalesce(ranked_from, posted_at) as counts_from into topic from topics where id = new.topic_id for share;
  -- An import writes topic and posts in one statement, in whichever order: then the topic brings its own.
  if found then
    new.section_id := topic.section_id;
    new.topic_counts_from := topic.counts_from;
  end if;
  return new;
end $$;--> statement-breakpoint
CREATE FUNCTION copy_topic_to_posts() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  update posts set section_id = new.section_id, topic_counts_from = coalesce(new.ranked_from, new.posted_at)
    where topic_id = new.id
      and (section_id, topic_counts_from) is distinct from (new.section_id, coalesce(new.ranked_from, new.posted_at));
  return null;
end $$;--> statement-breakpoint
CREATE TRIGGER posts_copy_topic BEFORE INSERT OR UPDATE OF topic_id ON posts FOR EACH ROW EXECUTE FUNCTION copy_topic_to_post();--> statement-breakpoint
CREATE TRIGGER topics_copied_new AFTER INSERT ON topics FOR EACH ROW EXECUTE FUNCTION copy_topic_to_posts();--> statement-breakpoint
CREATE TRIGGER topics_copied AFTER UPDATE OF section_id, ranked_from, posted_at ON topics FOR EACH ROW
  WHEN ((old.section_id, coalesce(old.ranked_from, old.posted_at)) IS DISTINCT FROM (new.section_id, coalesce(new.ranked_from, new.posted_at)))
  EXECUTE FUNCTION copy_topic_to_posts();--> statement-breakpoint
UPDATE posts SET section_id = topics.section_id, topic_counts_from = coalesce(topics.ranked_from, topics.posted_at) FROM topics WHERE topics.id = posts.topic_id;--> statement-breakpoint
CREATE INDEX "topics_unlisted" ON "topics" USING btree ("id") WHERE state <> 'visible' or merged_into_id is not null;--> statement-breakpoint
CREATE INDEX "topics_locked" ON "topics" USING btree ("id") WHERE locked_at is not null;--> statement-breakpoint
CREATE INDEX "posts_search" ON "posts" USING gin ("search","section_id",((("posted_at" at time zone 'UTC')::date - '2000-01-01'::date) / 7),((("topic_counts_from" at time zone 'UTC')::date - '2000-01-01'::date) / 7));
