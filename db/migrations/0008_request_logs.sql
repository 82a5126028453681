CREATE TABLE `request_logs` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`at` integer NOT NULL,
	`key_id` text,
	`user_id` text,
	`path` text NOT NULL,
	`asked` text NOT NULL,
	`model` text,
	`provider` text,
	`status` integer NOT NULL,
	`code` text,
	`ending` text,
	`streams` integer NOT NULL,
	`attempts` integer NOT NULL,
	`cache` text,
	`replayed` integer NOT NULL,
	`usage` text NOT NULL,
	`cost_micros` integer NOT NULL,
	`estimated` integer NOT NULL,
	`first_byte_ms` integer,
	`total_ms` integer NOT NULL,
	`findings` text NOT NULL,
	`content` text NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `request_logs_by_time` ON `request_logs` (`organization_id`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `request_logs_by_user` ON `request_logs` (`user_id`);--> statement-breakpoint
CREATE INDEX `request_logs_by_expiry` ON `request_logs` (`expires_at`);