CREATE TABLE `image_jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`user_id` text NOT NULL,
	`key_id` text,
	`service` text NOT NULL,
	`kind` text NOT NULL,
	`request_id` text NOT NULL,
	`state` text NOT NULL,
	`phase` text NOT NULL,
	`stage` text NOT NULL,
	`progress` real,
	`attempts` integer NOT NULL,
	`failures` integer NOT NULL,
	`model` text NOT NULL,
	`provider` text NOT NULL,
	`input` text NOT NULL,
	`operation` text,
	`product` text,
	`held_micros` integer NOT NULL,
	`cost_micros` integer NOT NULL,
	`fault` text,
	`fate` text,
	`dead` integer NOT NULL,
	`created_at` integer NOT NULL,
	`started_at` integer,
	`ended_at` integer,
	`deadline_at` integer NOT NULL,
	`next_look_at` integer NOT NULL,
	`lease` text,
	`lease_until` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `image_jobs_of_member` ON `image_jobs` (`organization_id`,`user_id`,`id`);--> statement-breakpoint
CREATE INDEX `image_jobs_of_member_by_state` ON `image_jobs` (`organization_id`,`user_id`,`state`,`id`);--> statement-breakpoint
CREATE INDEX `image_jobs_of_organization` ON `image_jobs` (`organization_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `image_jobs_by_request` ON `image_jobs` (`organization_id`,`request_id`);--> statement-breakpoint
CREATE INDEX `image_jobs_due` ON `image_jobs` (`state`,`next_look_at`);--> statement-breakpoint
CREATE INDEX `image_jobs_dead` ON `image_jobs` (`dead`,`id`);--> statement-breakpoint
CREATE INDEX `image_jobs_of_user` ON `image_jobs` (`user_id`);