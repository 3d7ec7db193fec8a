CREATE UNLOGGED TABLE "spent_budgets" (
	"key" text PRIMARY KEY NOT NULL,
	"spent" integer NOT NULL,
	"resets_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "spent_budgets_resets_at" ON "spent_budgets" USING btree ("resets_at");