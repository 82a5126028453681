-- The book's sums by who spent. See ledger_entries_count_day: a row comes once, so it is counted once.
INSERT INTO usage_person_days
	SELECT organization_id, strftime('%Y-%m-%d', at / 1000, 'unixepoch'), coalesce(user_id, ''), coalesce(key_id, ''), coalesce(service, ''),
		coalesce(model, ''), sum(kind = 'charge'), -sum(amount_micros),
		sum(coalesce(usage ->> 'input_tokens', 0) + coalesce(usage ->> 'cached_input_tokens', 0) + coalesce(usage ->> 'cache_write_tokens', 0)
			+ coalesce(usage ->> 'cache_write_1h_tokens', 0) + coalesce(usage ->> 'audio_input_tokens', 0)),
		sum(coalesce(usage ->> 'output_tokens', 0) + coalesce(usage ->> 'reasoning_tokens', 0))
	FROM ledger_entries
	WHERE kind = 'charge' OR (kind = 'adjustment' AND request_id IS NOT NULL)
	GROUP BY 1, 2, 3, 4, 5, 6;
--> statement-breakpoint
CREATE TRIGGER ledger_entries_count_person_day AFTER INSERT ON ledger_entries
WHEN new.kind = 'charge' OR (new.kind = 'adjustment' AND new.request_id IS NOT NULL)
BEGIN
	INSERT INTO usage_person_days VALUES (
		new.organization_id, strftime('%Y-%m-%d', new.at / 1000, 'unixepoch'), coalesce(new.user_id, ''), coalesce(new.key_id, ''),
		coalesce(new.service, ''), coalesce(new.model, ''), new.kind = 'charge', -new.amount_micros,
		coalesce(new.usage ->> 'input_tokens', 0) + coalesce(new.usage ->> 'cached_input_tokens', 0) + coalesce(new.usage ->> 'cache_write_tokens', 0)
			+ coalesce(new.usage ->> 'cache_write_1h_tokens', 0) + coalesce(new.usage ->> 'audio_input_tokens', 0),
		coalesce(new.usage ->> 'output_tokens', 0) + coalesce(new.usage ->> 'reasoning_tokens', 0)
	)
	ON CONFLICT DO UPDATE SET
		requests = requests + excluded.requests, charged_micros = charged_micros + excluded.charged_micros,
		input_tokens = input_tokens + excluded.input_tokens, output_tokens = output_tokens + excluded.output_tokens;
END;
