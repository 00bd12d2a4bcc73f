/**
 * Logs as real tables have written them: recorded once, with a host that was lost, people who went and came back, ten seats,
 * real cards, a frisch, and options of an older version. The archive takes each and counts as the browser does.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeBase64url } from '../../src/lib/game/bytes.ts';
import type { Variant } from '../../src/lib/game/game.ts';
import { parseEnvelope } from '../../src/lib/game/log.ts';
import { parseLogFile } from '../../src/lib/game/log-file.ts';
import { readLog } from '../../src/lib/game/read-log.ts';
import type { TableEvent } from '../../src/lib/game/table-types.ts';
import type { ElDoradoEvent } from '../../src/lib/games/el-dorado/types.ts';
import type { IsraeliWhistEvent } from '../../src/lib/games/israeli-whist/types.ts';
import { loadGame } from '../../src/lib/games/load.ts';
import { summarizeGame } from '../../src/lib/stats/game-summary.ts';
import { recordings } from '../golden/recordings.ts';
import { hasPostgres, openDatabase, type Caller, type TestDatabase } from './database.ts';
import { lifetimeKept, storedLifetime, storedSummary } from './differential.ts';

const LOGS = recordings().filter(({ text }) => text.startsWith('{'));

/** The types of all events that a table can write, each once: the compiler misses what is left out. */
const TABLE_TYPES: Record<TableEvent['type'], true> = {
	game_created: true,
	seat_taken: true,
	contribution_made: true,
	start_called: true,
	contribution_opened: true,
	start_called_off: true,
	seat_cleared: true,
	bot_seated: true,
	seat_named: true,
	seats_swapped: true,
	face_changed: true,
	ready_set: true,
	rules_set: true,
	player_kicked: true,
	game_started: true,
	seat_away: true,
	seat_back: true,
	seat_left: true,
	return_announced: true,
	seat_returned: true,
	continued: true,
	invalid_action: true,
	host_changed: true,
	round_voided: true,
	round_revealed: true,
	deal_checked: true,
	phrase_said: true,
	game_ended: true,
};
const EL_DORADO_TYPES: Record<ElDoradoEvent['type'], true> = {
	cards_dealt: true,
	round_opened: true,
	card_played: true,
	trick_taken: true,
	round_scored: true,
	round_corrected: true,
	score_adjusted: true,
	end_called: true,
	bid_made: true,
	active_set: true,
	bids_entered: true,
	tricks_noted: true,
};
const ISRAELI_WHIST_TYPES: Record<IsraeliWhistEvent['type'], true> = {
	cards_dealt: true,
	round_opened: true,
	call_made: true,
	frisch_opened: true,
	frisch_chosen: true,
	cards_exchanged: true,
	round_passed_out: true,
	auction_won: true,
	contract_made: true,
	contracts_entered: true,
	card_played: true,
	trick_taken: true,
	trick_claimed: true,
	trick_undone: true,
	round_scored: true,
	round_corrected: true,
	score_adjusted: true,
	end_called: true,
};

describe.skipIf(!hasPostgres)('a log as a table has written it', () => {
	let db: TestDatabase;
	beforeAll(async () => {
		db = await openDatabase();
	});
	afterAll(() => db.close());

	/** An account that holds this key: nobody has the private half any more. */
	async function holderOf(key: string): Promise<Caller & { readonly playerId: string }> {
		const one = await db.newcomer();
		const playerId = await one.rpc<string>('save_profile', { profile: { display_name: key.slice(0, 8) } });
		await db.sql('insert into private.player_keys (public_key, player_id) values ($1, $2)', [key, playerId]);
		return { ...one, playerId };
	}

	it('is there with all that can happen to a table', () => {
		expect(LOGS.map(({ name }) => name)).toEqual([
			'el-dorado-keeper',
			'el-dorado-options-v1',
			'el-dorado-taken-over',
			'el-dorado-ten-absent',
			'israeli-whist-frisch',
			'israeli-whist-keeper',
		]);
	});

	it.each(LOGS)('is archived, confirmed and counted as in the browser: $name', async ({ name, text }) => {
		const file = parseLogFile(text);
		const log = file.ok ? await readLog(file.envelopes, loadGame) : null;
		if (!file.ok || log === null) throw new Error(`${name} is no log`);
		const browser = summarizeGame(log.game, log.entries);
		const envelopes = file.envelopes.map((bytes) => {
			const { signature, recordBytes } = parseEnvelope(bytes)!;
			return { record: new TextDecoder().decode(recordBytes), signature: encodeBase64url(signature) };
		});
		const terms = new Set(log.entries.map(({ record }) => record.term));
		expect(terms.size).toBe(name.includes('taken-over') ? 2 : 1);

		const holders = new Map<string, Awaited<ReturnType<typeof holderOf>>>();
		for (const { player } of browser.players)
			if (player !== null) holders.set(player, await holderOf(player));
		const [uploader, ...others] = [...holders.values()];
		const game = { id: log.id, envelopes };
		expect(await uploader!.rpc('archive_game', { game })).toMatchObject({ status: 'archived' });
		for (const one of others) {
			const hash = Buffer.from(log.head).toString('hex');
			expect(await one.rpc('confirm_game', { game_id: log.id, log_hash: hash })).toMatchObject({
				agrees: true,
			});
		}
		expect(await storedSummary(db, log, browser)).toEqual(browser);
		for (const [player, { playerId }] of holders) {
			const kept = others.length === 0 ? null : lifetimeKept(player as never, [browser], browser.variant);
			expect(await storedLifetime(db, playerId, browser.variant)).toEqual(kept);
		}
		const stored = await uploader!.rpc<{ record: string }[]>('game_log', { game_id: log.id });
		expect(stored.map(({ record }) => record)).toEqual(envelopes.slice(0, 500).map(({ record }) => record));
	});

	it('has no event that the archive does not know, nor the archive one that no table writes', async () => {
		const own: Record<Variant, object> = {
			el_dorado: EL_DORADO_TYPES,
			israeli_whist: ISRAELI_WHIST_TYPES,
		};
		for (const [variant, types] of Object.entries(own)) {
			const [row] = await db.sql<{ known: string[] }>(
				'select private.event_types($1::public.game_variant) as known',
				[variant],
			);
			const written = Object.keys({ ...TABLE_TYPES, ...types });
			expect(row!.known.toSorted(), variant).toEqual(written.sort());
		}
	});
});
