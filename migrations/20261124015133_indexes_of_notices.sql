DROP INDEX "notifications_message";--> statement-breakpoint
DROP INDEX "notifications_follow_level";--> statement-breakpoint
DROP INDEX "notifications_action";--> statement-breakpoint
CREATE INDEX "notifications_message" ON "notifications" USING btree ("message_id") WHERE message_id is not null;--> statement-breakpoint
CREATE INDEX "notifications_follow_level" ON "notifications" USING btree ("follow_level_id") WHERE follow_level_id is not null;--> statement-breakpoint
CREATE INDEX "notifications_action" ON "notifications" USING btree ("action_id") WHERE action_id is not null;