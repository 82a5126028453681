-- The book's sums by day. A row of the book is inserted once, however often its entry is delivered, so each entry
-- is counted once. What puts a charge right (an adjustment that names a request) is counted like the charge.
INSERT INTO usage_days
	SELECT strftime('%Y-%m-%d', at / 1000, 'unixepoch'), organization_id, coalesce(service, ''), coalesce(model, ''), coalesce(provider, ''),
		coalesce(plan_id, ''), sum(kind = 'charge'), -sum(amount_micros), coalesce(sum(cost_micros), 0),
		-coalesce(sum(CASE WHEN cost_micros IS NULL THEN amount_micros END), 0)
	FROM ledger_entries
	WHERE kind = 'charge' OR (kind = 'adjustment' AND request_id IS NOT NULL)
	GROUP BY 1, 2, 3, 4, 5, 6;
--> statement-breakpoint
CREATE TRIGGER ledger_entries_count_day AFTER INSERT ON ledger_entries
WHEN new.kind = 'charge' OR (new.kind = 'adjustment' AND new.request_id IS NOT NULL)
BEGIN
	INSERT INTO usage_days VALUES (
		strftime('%Y-%m-%d', new.at / 1000, 'unixepoch'), new.organization_id, coalesce(new.service, ''), coalesce(new.model, ''),
		coalesce(new.provider, ''), coalesce(new.plan_id, ''), new.kind = 'charge', -new.amount_micros, coalesce(new.cost_micros, 0),
		CASE WHEN new.cost_micros IS NULL THEN -new.amount_micros ELSE 0 END
	)
	ON CONFLICT DO UPDATE SET
		requests = requests + excluded.requests, charged_micros = charged_micros + excluded.charged_micros,
		cost_micros = cost_micros + excluded.cost_micros, uncosted_micros = uncosted_micros + excluded.uncosted_micros;
END;
