ALTER TABLE `credit_grants` ADD `series` text;--> statement-breakpoint
ALTER TABLE `credit_grants` ADD `replaces_series` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `credit_grants` ADD `starts_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `credit_grants_by_series` ON `credit_grants` (`series`,`starts_at`);--> statement-breakpoint
ALTER TABLE `invoices` ADD `reason` text;