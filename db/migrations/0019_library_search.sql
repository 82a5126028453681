-- The full-text index. Its rowid is the position of the item, so that what it finds comes in the order of the lists.
-- Words come folded and split (`search-words.ts`), so the plainest tokenizer is the right one. `scope` says whose eyes
-- it is for, `facets` what is filtered by: one look-up answers both who may see it and what was asked. Words and facets
-- begin with seven letters that stand for the organization, so that a search reads nothing of the others.
CREATE VIRTUAL TABLE library_search USING fts5(
	scope, facets, words,
	content = '', contentless_delete = 1, detail = 'column', prefix = '8 9 10', tokenize = 'ascii'
);
--> statement-breakpoint
CREATE TRIGGER library_items_added AFTER INSERT ON library_items
BEGIN
	INSERT INTO library_storage VALUES (
		new.organization_id, (new.temporary = 0) * new.stored_bytes, new.state = 'ready', (new.state = 'deleted') * new.stored_bytes
	)
	ON CONFLICT DO UPDATE SET
		used_bytes = used_bytes + excluded.used_bytes, item_count = item_count + excluded.item_count,
		deleted_bytes = deleted_bytes + excluded.deleted_bytes;
	INSERT INTO library_facets
		SELECT new.organization_id, iif(new.visibility = 'organization', '*', new.owner_id), 'model', new.model, 1
		WHERE new.state = 'ready' AND new.model IS NOT NULL
		ON CONFLICT DO UPDATE SET items = items + 1;
	INSERT INTO library_facets
		SELECT new.organization_id, iif(new.visibility = 'organization', '*', new.owner_id), 'tag', value, 1
		FROM json_each(new.tags) WHERE new.state = 'ready'
		ON CONFLICT DO UPDATE SET items = items + 1;
	INSERT INTO library_search (rowid, scope, facets, words)
		SELECT new.position,
			iif(new.state = 'deleted', 'd', 'm') || replace(new.organization_id || 'x' || new.owner_id, '_', '')
				|| iif(new.state = 'ready' AND new.visibility = 'organization', ' o' || replace(new.organization_id, '_', ''), ''),
			new.search_facets, new.search_words
		WHERE new.state IN ('ready', 'deleted');
END;
--> statement-breakpoint
CREATE TRIGGER library_items_counted AFTER UPDATE OF state, stored_bytes, temporary ON library_items
WHEN old.state <> new.state OR old.stored_bytes <> new.stored_bytes OR old.temporary <> new.temporary
BEGIN
	UPDATE library_storage SET
		used_bytes = used_bytes + (new.temporary = 0) * new.stored_bytes - (old.temporary = 0) * old.stored_bytes,
		item_count = item_count + (new.state = 'ready') - (old.state = 'ready'),
		deleted_bytes = deleted_bytes + (new.state = 'deleted') * new.stored_bytes - (old.state = 'deleted') * old.stored_bytes
	WHERE organization_id = new.organization_id;
	UPDATE library_collections SET item_count = item_count + (new.state = 'ready') - (old.state = 'ready')
	WHERE id IN (SELECT collection_id FROM library_collection_items WHERE position = new.position);
	-- What was deleted opens to nobody, and not again by being restored.
	DELETE FROM library_shares WHERE position = new.position AND new.state <> 'ready';
END;
--> statement-breakpoint
CREATE TRIGGER library_items_faceted AFTER UPDATE OF state, visibility, tags, model ON library_items
WHEN old.state <> new.state OR old.visibility <> new.visibility OR old.tags <> new.tags OR old.model IS NOT new.model
BEGIN
	UPDATE library_facets SET items = items - 1
		WHERE old.state = 'ready' AND organization_id = old.organization_id
			AND scope = iif(old.visibility = 'organization', '*', old.owner_id) AND facet = 'model' AND value = old.model;
	UPDATE library_facets SET items = items - 1
		WHERE old.state = 'ready' AND organization_id = old.organization_id
			AND scope = iif(old.visibility = 'organization', '*', old.owner_id) AND facet = 'tag'
			AND value IN (SELECT value FROM json_each(old.tags));
	INSERT INTO library_facets
		SELECT new.organization_id, iif(new.visibility = 'organization', '*', new.owner_id), 'model', new.model, 1
		WHERE new.state = 'ready' AND new.model IS NOT NULL
		ON CONFLICT DO UPDATE SET items = items + 1;
	INSERT INTO library_facets
		SELECT new.organization_id, iif(new.visibility = 'organization', '*', new.owner_id), 'tag', value, 1
		FROM json_each(new.tags) WHERE new.state = 'ready'
		ON CONFLICT DO UPDATE SET items = items + 1;
	DELETE FROM library_facets
		WHERE items < 1 AND organization_id = old.organization_id
			AND scope = iif(old.visibility = 'organization', '*', old.owner_id) AND facet = 'model' AND value = old.model;
	DELETE FROM library_facets
		WHERE items < 1 AND organization_id = old.organization_id
			AND scope = iif(old.visibility = 'organization', '*', old.owner_id) AND facet = 'tag'
			AND value IN (SELECT value FROM json_each(old.tags));
END;
--> statement-breakpoint
CREATE TRIGGER library_items_found AFTER UPDATE OF state, visibility, search_words, search_facets ON library_items
WHEN old.state <> new.state OR old.visibility <> new.visibility OR old.search_words <> new.search_words
	OR old.search_facets <> new.search_facets
BEGIN
	DELETE FROM library_search WHERE rowid = old.position;
	INSERT INTO library_search (rowid, scope, facets, words)
		SELECT new.position,
			iif(new.state = 'deleted', 'd', 'm') || replace(new.organization_id || 'x' || new.owner_id, '_', '')
				|| iif(new.state = 'ready' AND new.visibility = 'organization', ' o' || replace(new.organization_id, '_', ''), ''),
			new.search_facets, new.search_words
		WHERE new.state IN ('ready', 'deleted');
END;
--> statement-breakpoint
-- What is shown no longer leaves the collections and the favourites of everybody but its owner.
CREATE TRIGGER library_items_hidden AFTER UPDATE OF visibility ON library_items
WHEN old.visibility = 'organization' AND new.visibility = 'private'
BEGIN
	DELETE FROM library_favourites WHERE position = new.position AND user_id <> new.owner_id;
	DELETE FROM library_collection_items WHERE position = new.position
		AND collection_id NOT IN (SELECT id FROM library_collections
			WHERE organization_id = new.organization_id AND owner_id = new.owner_id);
END;
--> statement-breakpoint
CREATE TRIGGER library_items_going BEFORE DELETE ON library_items
BEGIN
	DELETE FROM library_favourites WHERE position = old.position;
	DELETE FROM library_collection_items WHERE position = old.position;
	DELETE FROM library_search WHERE rowid = old.position;
	UPDATE library_storage SET
		used_bytes = used_bytes - (old.temporary = 0) * old.stored_bytes, item_count = item_count - (old.state = 'ready'),
		deleted_bytes = deleted_bytes - (old.state = 'deleted') * old.stored_bytes
	WHERE organization_id = old.organization_id;
	UPDATE library_facets SET items = items - 1
		WHERE old.state = 'ready' AND organization_id = old.organization_id
			AND scope = iif(old.visibility = 'organization', '*', old.owner_id) AND facet = 'model' AND value = old.model;
	UPDATE library_facets SET items = items - 1
		WHERE old.state = 'ready' AND organization_id = old.organization_id
			AND scope = iif(old.visibility = 'organization', '*', old.owner_id) AND facet = 'tag'
			AND value IN (SELECT value FROM json_each(old.tags));
END;
--> statement-breakpoint
CREATE TRIGGER library_items_gone AFTER DELETE ON library_items
BEGIN
	DELETE FROM library_shares WHERE position = old.position;
END;
--> statement-breakpoint
CREATE TRIGGER library_collection_items_added AFTER INSERT ON library_collection_items
BEGIN
	UPDATE library_collections SET item_count = item_count + 1
	WHERE id = new.collection_id AND (SELECT state FROM library_items WHERE position = new.position) = 'ready';
END;
--> statement-breakpoint
CREATE TRIGGER library_collection_items_removed AFTER DELETE ON library_collection_items
BEGIN
	UPDATE library_collections SET item_count = item_count - 1
	WHERE id = old.collection_id AND (SELECT state FROM library_items WHERE position = old.position) = 'ready';
END;
--> statement-breakpoint
-- An item is shared as long as its share is there.
CREATE TRIGGER library_shares_added AFTER INSERT ON library_shares
BEGIN
	UPDATE library_items SET shared = 1 WHERE position = new.position;
END;
--> statement-breakpoint
CREATE TRIGGER library_shares_removed AFTER DELETE ON library_shares
BEGIN
	UPDATE library_items SET shared = 0 WHERE position = old.position;
END;
