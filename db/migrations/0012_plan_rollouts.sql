CREATE TABLE `plan_rollouts` (
	`plan_id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`cursor` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer
);
