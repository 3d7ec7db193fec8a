CREATE TABLE "invitations" (
	"id" text PRIMARY KEY NOT NULL,
	"invited_by_id" bigint,
	"note" text DEFAULT '' NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"joined_id" bigint,
	CONSTRAINT "invitations_used" CHECK ("invitations"."joined_id" is null or "invitations"."used_at" is not null)
);
--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_invited_by_id_members_id_fk" FOREIGN KEY ("invited_by_id") REFERENCES "public"."members"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_joined_id_members_id_fk" FOREIGN KEY ("joined_id") REFERENCES "public"."members"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "invitations_invited_by" ON "invitations" USING btree ("invited_by_id","joined_id");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_joined" ON "invitations" USING btree ("joined_id");--> statement-breakpoint
CREATE INDEX "invitations_expires_at" ON "invitations" USING btree ("expires_at") WHERE "invitations"."used_at" is null;