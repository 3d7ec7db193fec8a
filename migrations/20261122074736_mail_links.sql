CREATE TABLE "mail_links" (
	"id" text PRIMARY KEY NOT NULL,
	"member_id" bigint NOT NULL,
	"purpose" text NOT NULL,
	"email_key" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "mail_links_purpose" CHECK ("mail_links"."purpose" in ('confirm', 'reset'))
);
--> statement-breakpoint
DROP INDEX "members_email_key_unique";--> statement-breakpoint
ALTER TABLE "mail_links" ADD CONSTRAINT "mail_links_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "mail_links_member_purpose" ON "mail_links" USING btree ("member_id","purpose");--> statement-breakpoint
CREATE INDEX "mail_links_expires_at" ON "mail_links" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "members_email_key_confirmed" ON "members" USING btree ("email_key") WHERE "members"."confirmed_at" is not null;--> statement-breakpoint
CREATE INDEX "members_email_key" ON "members" USING btree ("email_key");