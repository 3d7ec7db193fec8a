ALTER TABLE "members" ADD COLUMN "link" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "pronouns" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "density" text DEFAULT 'comfortable' NOT NULL;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "page_size" smallint DEFAULT 30 NOT NULL;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "reply_sort" text DEFAULT 'best' NOT NULL;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "list_sort" text DEFAULT 'hot' NOT NULL;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_density" CHECK ("members"."density" in ('comfortable', 'compact'));--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_page_size" CHECK ("members"."page_size" in (15, 30, 60));--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_reply_sort" CHECK ("members"."reply_sort" in ('best', 'new', 'old'));--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_list_sort" CHECK ("members"."list_sort" in ('hot', 'new', 'active'));