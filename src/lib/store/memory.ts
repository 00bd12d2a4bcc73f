/** A store that lives as long as the page: for tests, the simulated table, and browsers that refuse storage. */
import type { GameId, RoomCode } from '../game/table-types.ts';
import type { IdentitySeeds } from '../room/keys.ts';
import {
	LogConflictError,
	type GameSecret,
	type Store,
	type StoredEvent,
	type TableRecord,
} from '../room/store.ts';

export function createMemoryStore(): Store {
	let identity: IdentitySeeds | null = null;
	const tables = new Map<RoomCode, TableRecord>();
	const logs = new Map<GameId, StoredEvent[]>();
	const secrets = new Map<GameId, GameSecret>();

	return {
		identity: async (make) => (identity ??= make()),
		table: async (code) => tables.get(code) ?? null,
		async putTable(table) {
			tables.set(table.code, table);
		},
		tables: async (limit) => [...tables.values()].sort((a, b) => b.updatedAt - a.updatedAt).slice(0, limit),
		events: async (game) => [...(logs.get(game) ?? [])],
		async append(events) {
			const lengths = new Map<GameId, number>();
			for (const { game, index } of events) {
				const length = lengths.get(game) ?? logs.get(game)?.length ?? 0;
				if (index !== length) throw new LogConflictError(`event ${index} on a log of ${length}`);
				lengths.set(game, length + 1);
			}
			for (const event of events) {
				const log = logs.get(event.game);
				if (log === undefined) logs.set(event.game, [event]);
				else log.push(event);
			}
		},
		async replace(events) {
			const first = events[0];
			if (first === undefined) return;
			const kept = (logs.get(first.game) ?? []).slice(0, first.index);
			if (kept.length !== first.index)
				throw new LogConflictError(`event ${first.index} on a log of ${kept.length}`);
			logs.set(first.game, [...kept, ...events]);
		},
		secret: async (game) => secrets.get(game) ?? null,
		async putSecret(secret) {
			secrets.set(secret.game, secret);
		},
		close() {},
	};
}
