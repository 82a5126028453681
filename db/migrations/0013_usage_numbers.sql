CREATE TABLE `credit_outstanding` (
	`organization_id` text PRIMARY KEY NOT NULL,
	`included_micros` integer DEFAULT 0 NOT NULL,
	`promotion_micros` integer DEFAULT 0 NOT NULL,
	`bought_micros` integer DEFAULT 0 NOT NULL,
	`asked_at` integer DEFAULT 0 NOT NULL,
	`changed_at` integer
);
--> statement-breakpoint
CREATE INDEX `credit_outstanding_changed` ON `credit_outstanding` (`changed_at`) WHERE changed_at IS NOT NULL;--> statement-breakpoint
CREATE TABLE `usage_alerts` (
	`organization_id` text PRIMARY KEY NOT NULL,
	`percents` text NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `usage_alerts_told` (
	`organization_id` text NOT NULL,
	`period_start` integer NOT NULL,
	`percent` integer NOT NULL,
	`notice_id` text NOT NULL,
	`at` integer NOT NULL,
	`sent_at` integer,
	PRIMARY KEY(`organization_id`, `period_start`, `percent`)
);
--> statement-breakpoint
CREATE TABLE `usage_person_days` (
	`organization_id` text NOT NULL,
	`day` text NOT NULL,
	`user_id` text NOT NULL,
	`key_id` text NOT NULL,
	`service` text NOT NULL,
	`model` text NOT NULL,
	`requests` integer NOT NULL,
	`charged_micros` integer NOT NULL,
	`input_tokens` integer NOT NULL,
	`output_tokens` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `day`, `user_id`, `key_id`, `service`, `model`)
);
--> statement-breakpoint
CREATE INDEX `subscriptions_by_beginning` ON `subscriptions` (`created_at`);--> statement-breakpoint
CREATE INDEX `subscriptions_by_end` ON `subscriptions` (`ended_at`);