CREATE TABLE `ledger_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`sequence` integer NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`amount_micros` integer NOT NULL,
	`request_id` text,
	`service` text,
	`model` text,
	`provider` text,
	`key_id` text,
	`user_id` text,
	`usage` text,
	`price` text,
	`estimated` integer NOT NULL,
	`note` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ledger_entries_by_sequence` ON `ledger_entries` (`organization_id`,`sequence`);--> statement-breakpoint
CREATE INDEX `ledger_entries_by_time` ON `ledger_entries` (`organization_id`,`at`);