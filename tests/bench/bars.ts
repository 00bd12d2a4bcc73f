/**
 * The numbers to hold, by key: what each means, and the bar it has to meet. Keys are stable; a bench without a
 * row here prints its numbers without a bar.
 */

export interface Bar {
	readonly what: string;
	/** null: printed for comparison only. An array has one bar for each of its numbers. */
	readonly bar: number | readonly number[] | null;
	readonly better: 'higher' | 'lower';
}

/** Lighthouse: performance, accessibility, best practices, search engines. */
const LIGHTHOUSE = [95, 100, 100, 100];

export const BARS: Readonly<Record<string, Bar>> = {
	'engine.games_per_s': {
		what: 'whole four-seat games by novice bots, one thread',
		bar: 4000,
		better: 'higher',
	},
	'engine.fold_events_per_s': { what: 'fold of finished logs', bar: 2_500_000, better: 'higher' },
	'engine.jump_ms_p95': { what: 'any position of a 435-event replay', bar: 2, better: 'lower' },
	'engine.verify_ms': { what: 'signatures and chain of a 435-event log', bar: 100, better: 'lower' },
	'replay.open_ms': {
		what: 'a stored 435-event game until it can be walked through',
		bar: 100,
		better: 'lower',
	},
	'replay.scene_ms_p95': { what: 'all that a replay draws of a position', bar: 2, better: 'lower' },
	'bots.club_bids_made': { what: 'share of rounds with the bid met, club level', bar: 0.5, better: 'higher' },
	'bots.novice_bids_made': { what: 'the same, novice level', bar: null, better: 'higher' },
	'bots.whist_club_contracts_made': {
		what: 'share of contracts made at Israeli Whist, club level',
		bar: 0.45,
		better: 'higher',
	},
	'bots.whist_novice_contracts_made': { what: 'the same, novice level', bar: null, better: 'higher' },
	'room.event_to_paint_ms_p50': { what: 'host event to remote paint', bar: null, better: 'lower' },
	'room.event_to_paint_ms_p95': { what: 'host event to remote paint', bar: 50, better: 'lower' },
	'room.raw_rtt_ms_p50': { what: 'raw data channel round trip, same run', bar: null, better: 'lower' },
	'room.raw_to_paint_ms_p50': {
		what: 'a byte sent until the other page paints it',
		bar: null,
		better: 'lower',
	},
	'room.ratio_p50': { what: 'event to paint against raw to paint', bar: 3, better: 'lower' },
	'room.join_ms_p95': {
		what: 'late join or reload, from connection to a visible table',
		bar: 300,
		better: 'lower',
	},
	'room.reload_ms_p95': {
		what: 'a seated guest reloads: from asking for the page to its hand on the screen',
		bar: 1000,
		better: 'lower',
	},
	'room.guest_bytes_per_game': {
		what: 'all that one guest receives in a game',
		bar: 150_000,
		better: 'lower',
	},
	'room.takeover_ms_p50': {
		what: "from the host's death to the next legal move",
		bar: null,
		better: 'lower',
	},
	'room.takeover_ms_p95': {
		what: "from the host's death to the next legal move",
		bar: 8000,
		better: 'lower',
	},
	'transport.raw_rtt_ms_p50': { what: 'a raw data channel, there and back', bar: null, better: 'lower' },
	'transport.links_rtt_ms_p50': { what: 'a frame by our links', bar: null, better: 'lower' },
	'transport.relay_rtt_ms_p50': { what: 'a frame by the relay', bar: null, better: 'lower' },
	'transport.ywebrtc_rtt_ms_p50': { what: 'a frame by the stock provider', bar: null, better: 'lower' },
	'transport.links_recovered_of_20': {
		what: 'broken pairs that carry again within 20 s',
		bar: 20,
		better: 'higher',
	},
	'transport.ywebrtc_recovered_of_20': {
		what: 'the same, the stock provider alone',
		bar: null,
		better: 'higher',
	},
	'size.home_js_gzip': {
		what: 'JavaScript of a first load of the home page, bytes',
		bar: 70_000,
		better: 'lower',
	},
	'size.table_js_gzip': {
		what: 'JavaScript of a first load of a table, bytes',
		bar: 130_000,
		better: 'lower',
	},
	'lighthouse.home': {
		what: 'performance, accessibility, best practices, seo',
		bar: LIGHTHOUSE,
		better: 'higher',
	},
	'lighthouse.table': {
		what: 'performance, accessibility, best practices, seo',
		bar: LIGHTHOUSE,
		better: 'higher',
	},
	'lighthouse.replay': {
		what: 'performance, accessibility, best practices, seo',
		bar: LIGHTHOUSE,
		better: 'higher',
	},
	'db.upload_ms_p50': { what: 'one 435-event game archived', bar: null, better: 'lower' },
	'db.uploads_per_s': { what: 'games archived by one connection', bar: null, better: 'higher' },
	'db.uploads_per_s_by_four': { what: 'games archived by four connections', bar: null, better: 'higher' },
	'db.upload_ms_p95': { what: 'one 435-event game archived', bar: 100, better: 'lower' },
	'db.read_ms_p95': {
		what: 'the slowest read of a page, rows made up (docs/archive.md)',
		bar: 20,
		better: 'lower',
	},
	'db.bytes_per_game': { what: 'one log in rows and indexes', bar: null, better: 'lower' },
	'db.bytes_per_compacted_game': { what: 'the same, compacted', bar: null, better: 'lower' },
	'store.history_ms': { what: "history of 5,000 games in the browser's archive", bar: 300, better: 'lower' },
	'store.stats_ms': { what: 'statistics of the same', bar: 1000, better: 'lower' },
	'store.replay_ms': { what: 'its largest game opened from the list', bar: 100, better: 'lower' },
};

/** Whether a measured value meets its bar; null when there is none. */
export function isMet(key: string, value: number | readonly number[]): boolean | null {
	const row = BARS[key];
	if (row === undefined || row.bar === null) return null;
	const values = [value].flat();
	const bars = [row.bar].flat();
	return values.every((number, index) => {
		const bar = bars[index] ?? bars[0] ?? 0;
		return row.better === 'higher' ? number >= bar : number <= bar;
	});
}
