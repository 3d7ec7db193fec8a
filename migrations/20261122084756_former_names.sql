CREATE TABLE "former_names" (
	"name_key" text PRIMARY KEY NOT NULL,
	"name_skeleton" text NOT NULL,
	"member_id" bigint,
	"used_until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "renamed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "former_names" ADD CONSTRAINT "former_names_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "former_names_name_skeleton" ON "former_names" USING btree ("name_skeleton");--> statement-breakpoint
CREATE INDEX "former_names_member" ON "former_names" USING btree ("member_id");