CREATE TABLE `stored_response_items` (
	`organization_id` text NOT NULL,
	`item_id` text NOT NULL,
	`response_id` text NOT NULL,
	PRIMARY KEY(`organization_id`, `item_id`)
);
--> statement-breakpoint
CREATE INDEX `stored_response_items_by_response` ON `stored_response_items` (`response_id`);--> statement-breakpoint
CREATE TABLE `stored_responses` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`user_id` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `stored_responses_by_expiry` ON `stored_responses` (`expires_at`);--> statement-breakpoint
CREATE INDEX `stored_responses_by_owner` ON `stored_responses` (`organization_id`,`user_id`);--> statement-breakpoint
CREATE INDEX `stored_responses_by_user` ON `stored_responses` (`user_id`);