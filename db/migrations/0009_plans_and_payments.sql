CREATE TABLE `auto_top_ups` (
	`organization_id` text PRIMARY KEY NOT NULL,
	`enabled` integer NOT NULL,
	`threshold_micros` integer NOT NULL,
	`credit_pack_id` text,
	`currency` text NOT NULL,
	`monthly_maximum_minor` integer NOT NULL,
	`attempt_id` text,
	`attempt_at` integer,
	`failed_at` integer,
	`failure` text,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `billing_actions` (
	`organization_id` text NOT NULL,
	`kind` text NOT NULL,
	`fingerprint` text NOT NULL,
	`object_id` text,
	`url` text,
	`started_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `kind`)
);
--> statement-breakpoint
CREATE TABLE `billing_customers` (
	`organization_id` text PRIMARY KEY NOT NULL,
	`stripe_customer_id` text,
	`currency` text,
	`details` text,
	`payment_method` text,
	`trial_used_at` integer,
	`overage_enabled` integer DEFAULT false NOT NULL,
	`overage_cap_micros` integer DEFAULT 0 NOT NULL,
	`deleted_at` integer,
	`created_at` integer NOT NULL,
	`synced_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `billing_customers_stripe_customer_id_unique` ON `billing_customers` (`stripe_customer_id`);--> statement-breakpoint
CREATE TABLE `credit_grants` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`invoice_id` text NOT NULL,
	`source` text NOT NULL,
	`amount_micros` integer NOT NULL,
	`taken_back_micros` integer DEFAULT 0 NOT NULL,
	`expires_at` integer,
	`granted_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `credit_grants_by_invoice` ON `credit_grants` (`invoice_id`);--> statement-breakpoint
CREATE INDEX `credit_grants_by_organization` ON `credit_grants` (`organization_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `credit_grants_waiting` ON `credit_grants` (`created_at`) WHERE granted_at IS NULL;--> statement-breakpoint
CREATE TABLE `credit_pack_versions` (
	`pack_id` text NOT NULL,
	`version` integer NOT NULL,
	`body` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text,
	PRIMARY KEY(`pack_id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `credit_packs` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`position` integer NOT NULL,
	`archived` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE `discrepancies` (
	`id` text PRIMARY KEY NOT NULL,
	`found_at` integer NOT NULL,
	`kind` text NOT NULL,
	`organization_id` text,
	`subject_id` text NOT NULL,
	`expected` text NOT NULL,
	`actual` text NOT NULL,
	`state` text NOT NULL,
	`resolved_at` integer,
	`note` text
);
--> statement-breakpoint
CREATE INDEX `discrepancies_by_state` ON `discrepancies` (`state`,`found_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `discrepancies_open` ON `discrepancies` (`kind`,`subject_id`) WHERE state = 'raised';--> statement-breakpoint
CREATE TABLE `disputes` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`invoice_id` text,
	`charge_id` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`currency` text NOT NULL,
	`status` text NOT NULL,
	`reason` text NOT NULL,
	`created_at` integer NOT NULL,
	`synced_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `disputes_by_status` ON `disputes` (`status`);--> statement-breakpoint
CREATE TABLE `invoices` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`subscription_id` text,
	`purpose` text NOT NULL,
	`number` text,
	`status` text NOT NULL,
	`currency` text NOT NULL,
	`subtotal_minor` integer NOT NULL,
	`discount_minor` integer NOT NULL,
	`tax_minor` integer NOT NULL,
	`total_minor` integer NOT NULL,
	`paid_minor` integer NOT NULL,
	`refunded_minor` integer DEFAULT 0 NOT NULL,
	`disputed_minor` integer DEFAULT 0 NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`period_start` integer,
	`period_end` integer,
	`hosted_url` text,
	`pdf_url` text,
	`charge_id` text,
	`payment_intent_id` text,
	`created_at` integer NOT NULL,
	`paid_at` integer,
	`synced_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `invoices_by_organization` ON `invoices` (`organization_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `invoices_by_status` ON `invoices` (`status`,`created_at`);--> statement-breakpoint
CREATE INDEX `invoices_by_payment` ON `invoices` (`payment_intent_id`);--> statement-breakpoint
CREATE INDEX `invoices_by_paid` ON `invoices` (`paid_at`);--> statement-breakpoint
CREATE TABLE `overage_reports` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`amount_micros` integer NOT NULL,
	`at` integer NOT NULL,
	`reported_at` integer,
	`error` text
);
--> statement-breakpoint
CREATE INDEX `overage_reports_waiting` ON `overage_reports` (`at`) WHERE reported_at IS NULL;--> statement-breakpoint
CREATE INDEX `overage_reports_by_organization` ON `overage_reports` (`organization_id`,`at`);--> statement-breakpoint
CREATE TABLE `plan_versions` (
	`plan_id` text NOT NULL,
	`version` integer NOT NULL,
	`body` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text,
	PRIMARY KEY(`plan_id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `plans` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`position` integer NOT NULL,
	`archived` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE `provider_invoices` (
	`provider` text NOT NULL,
	`month` text NOT NULL,
	`billed_micros` integer NOT NULL,
	`note` text,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`provider`, `month`)
);
--> statement-breakpoint
CREATE TABLE `reconciliations` (
	`id` text PRIMARY KEY NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	`subscriptions` integer DEFAULT 0 NOT NULL,
	`invoices` integer DEFAULT 0 NOT NULL,
	`grants` integer DEFAULT 0 NOT NULL,
	`repaired` integer DEFAULT 0 NOT NULL,
	`raised` integer DEFAULT 0 NOT NULL,
	`cursor` text,
	`error` text
);
--> statement-breakpoint
CREATE TABLE `stripe_events` (
	`id` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`created_at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`processed_at` integer,
	`state` text NOT NULL,
	`deliveries` integer DEFAULT 1 NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`error` text,
	`object_id` text,
	`organization_id` text,
	`livemode` integer NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `stripe_events_by_time` ON `stripe_events` (`received_at`);--> statement-breakpoint
CREATE INDEX `stripe_events_by_state` ON `stripe_events` (`state`,`received_at`);--> statement-breakpoint
CREATE TABLE `stripe_prices` (
	`id` text PRIMARY KEY NOT NULL,
	`product_id` text NOT NULL,
	`kind` text NOT NULL,
	`item_id` text NOT NULL,
	`version` integer NOT NULL,
	`interval` text NOT NULL,
	`currency` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`active` integer DEFAULT true NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `stripe_prices_by_item` ON `stripe_prices` (`kind`,`item_id`,`version`,`interval`,`currency`);--> statement-breakpoint
CREATE TABLE `subscriptions` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`stripe_customer_id` text NOT NULL,
	`plan_id` text NOT NULL,
	`plan_version` integer NOT NULL,
	`interval` text NOT NULL,
	`currency` text NOT NULL,
	`seats` integer NOT NULL,
	`amount_minor` integer NOT NULL,
	`status` text NOT NULL,
	`current_period_start` integer NOT NULL,
	`current_period_end` integer NOT NULL,
	`trial_ends_at` integer,
	`cancels_at` integer,
	`cancel_reason` text,
	`ended_at` integer,
	`schedule_id` text,
	`pending_change` text,
	`discount` text,
	`latest_invoice_id` text,
	`past_due_since` integer,
	`pay_url` text,
	`reminders_sent` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`synced_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `subscriptions_by_organization` ON `subscriptions` (`organization_id`,`status`);--> statement-breakpoint
CREATE INDEX `subscriptions_by_status` ON `subscriptions` (`status`,`current_period_end`);--> statement-breakpoint
CREATE INDEX `subscriptions_by_plan` ON `subscriptions` (`plan_id`,`plan_version`);--> statement-breakpoint
CREATE TABLE `top_up_attempts` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`pack_id` text NOT NULL,
	`pack_version` integer NOT NULL,
	`amount_minor` integer NOT NULL,
	`currency` text NOT NULL,
	`state` text NOT NULL,
	`invoice_id` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `top_up_attempts_by_organization` ON `top_up_attempts` (`organization_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `usage_days` (
	`day` text NOT NULL,
	`organization_id` text NOT NULL,
	`service` text NOT NULL,
	`model` text NOT NULL,
	`provider` text NOT NULL,
	`plan_id` text NOT NULL,
	`requests` integer NOT NULL,
	`charged_micros` integer NOT NULL,
	`cost_micros` integer NOT NULL,
	`uncosted_micros` integer NOT NULL,
	PRIMARY KEY(`day`, `organization_id`, `service`, `model`, `provider`, `plan_id`)
);
--> statement-breakpoint
CREATE INDEX `usage_days_by_organization` ON `usage_days` (`organization_id`,`day`);--> statement-breakpoint
ALTER TABLE `ledger_entries` ADD `cost_micros` integer;--> statement-breakpoint
ALTER TABLE `ledger_entries` ADD `plan_id` text;