CREATE TABLE `library_collection_items` (
	`collection_id` text NOT NULL,
	`position` integer NOT NULL,
	`organization_id` text NOT NULL,
	PRIMARY KEY(`collection_id`, `position`),
	FOREIGN KEY (`collection_id`) REFERENCES `library_collections`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `library_collection_items_by_item` ON `library_collection_items` (`position`);--> statement-breakpoint
CREATE TABLE `library_collections` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`owner_id` text NOT NULL,
	`name` text NOT NULL,
	`item_count` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `library_collections_of` ON `library_collections` (`organization_id`,`owner_id`,`id`);--> statement-breakpoint
CREATE INDEX `library_collections_by_owner` ON `library_collections` (`owner_id`);--> statement-breakpoint
CREATE TABLE `library_facets` (
	`organization_id` text NOT NULL,
	`scope` text NOT NULL,
	`facet` text NOT NULL,
	`value` text NOT NULL,
	`items` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `scope`, `facet`, `value`)
);
--> statement-breakpoint
CREATE TABLE `library_favourites` (
	`organization_id` text NOT NULL,
	`user_id` text NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `user_id`, `position`)
);
--> statement-breakpoint
CREATE INDEX `library_favourites_by_item` ON `library_favourites` (`position`);--> statement-breakpoint
CREATE INDEX `library_favourites_by_user` ON `library_favourites` (`user_id`);--> statement-breakpoint
CREATE TABLE `library_items` (
	`position` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`organization_id` text NOT NULL,
	`owner_id` text NOT NULL,
	`state` text NOT NULL,
	`temporary` integer NOT NULL,
	`visibility` text NOT NULL,
	`kind` text NOT NULL,
	`source` text NOT NULL,
	`model` text,
	`orientation` text,
	`shared` integer NOT NULL,
	`job_id` text,
	`title` text NOT NULL,
	`tags` text NOT NULL,
	`media_type` text NOT NULL,
	`bytes` integer NOT NULL,
	`stored_bytes` integer NOT NULL,
	`width` integer,
	`height` integer,
	`duration_ms` integer,
	`has_alpha` integer NOT NULL,
	`content_hash` text NOT NULL,
	`thumbhash` text,
	`web_type` text,
	`thumbnail_type` text,
	`provenance` text,
	`search_words` text NOT NULL,
	`search_facets` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`deleted_at` integer,
	`erase_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `library_items_id` ON `library_items` (`id`);--> statement-breakpoint
CREATE INDEX `library_items_own` ON `library_items` (`organization_id`,`owner_id`,`visibility`,`state`,`position`,`kind`,`source`,`model`,`orientation`,`shared`);--> statement-breakpoint
CREATE INDEX `library_items_shown` ON `library_items` (`organization_id`,`visibility`,`state`,`position`,`owner_id`,`kind`,`source`,`model`,`orientation`,`shared`);--> statement-breakpoint
CREATE INDEX `library_items_by_owner` ON `library_items` (`owner_id`);--> statement-breakpoint
CREATE INDEX `library_items_due` ON `library_items` (`erase_at`);--> statement-breakpoint
CREATE TABLE `library_quotas` (
	`organization_id` text PRIMARY KEY NOT NULL,
	`quota_bytes` integer,
	`read_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `library_shares` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`position` integer NOT NULL,
	`token_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `library_shares_item` ON `library_shares` (`position`);--> statement-breakpoint
CREATE UNIQUE INDEX `library_shares_token` ON `library_shares` (`token_hash`);--> statement-breakpoint
CREATE TABLE `library_storage` (
	`organization_id` text PRIMARY KEY NOT NULL,
	`used_bytes` integer NOT NULL,
	`item_count` integer NOT NULL,
	`deleted_bytes` integer NOT NULL
);
