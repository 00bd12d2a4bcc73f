/** The network is away for an hour of games: on its return all of them go out once, from every device that has them. */
import 'fake-indexeddb/auto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLocalArchive } from '../../src/lib/archive/local.ts';
import { createOutbox } from '../../src/lib/archive/outbox.ts';
import { createSupabaseRemote } from '../../src/lib/archive/supabase.ts';
import { decodeBase64url, utf8 } from '../../src/lib/game/bytes.ts';
import { joinEnvelope } from '../../src/lib/game/log.ts';
import { createFakeClock } from '../../src/lib/room/clock.ts';
import { createDexieOutbox } from '../../src/lib/store/outbox.ts';
import { createDexieShelf } from '../../src/lib/store/shelf.ts';
import { hasApi, openApi, type ApiWorld, type Visitor } from './api.ts';
import { personNumbered, playGame, type PlayedGame } from './games.ts';

const PEOPLE = [personNumbered(91), personNumbered(92)];
const GAMES = 12;
const FIVE_MINUTES_MS = 300_000;

/** Somebody is signed in all along. */
const ASKER = Object.assign(() => Promise.resolve(), {
	ready: () => Promise.resolve(),
	known: () => Promise.resolve({ type: 'anonymous' }),
});

const bytesOf = ({ envelopes }: PlayedGame) =>
	envelopes.map(({ record, signature }) =>
		joinEnvelope(decodeBase64url(signature) ?? new Uint8Array(), utf8(record)),
	);

describe.skipIf(!hasApi)('an hour without a network', () => {
	let world: ApiWorld;
	let isCut = false;
	const realFetch = globalThis.fetch;
	beforeAll(async () => {
		world = await openApi();
		globalThis.fetch = (...args) =>
			isCut ? Promise.reject(new TypeError('fetch failed')) : realFetch(...args);
	});
	afterAll(async () => {
		globalThis.fetch = realFetch;
		await world.close();
	});

	function device({ client }: Visitor, name: string) {
		const local = createLocalArchive(createDexieShelf(name));
		const clock = createFakeClock();
		const remote = createSupabaseRemote(client, ASKER);
		const outbox = createOutbox({
			rows: createDexieOutbox(name),
			remote,
			archive: local,
			own: () => [],
			clock,
			onChange: () => undefined,
		});
		return { local, clock, outbox };
	}

	it('ends with every game archived once, confirmed by both, and counted once', async () => {
		const visitors = await Promise.all(PEOPLE.map((person) => world.visitor(person)));
		const devices = visitors.map((visitor, n) => device(visitor, `outage-${n}`));
		isCut = true;
		for (let n = 0; n < GAMES; n++) {
			const played = playGame({
				seed: 9_100 + n,
				people: PEOPLE.concat(n % 2 === 0 ? [] : [93, 94].map((one) => personNumbered(one))),
			});
			for (const { local, clock, outbox } of devices) {
				expect(await local.keep(bytesOf(played))).toBe('kept');
				await outbox.collect();
				await clock.advance(FIVE_MINUTES_MS);
				await outbox.idle();
			}
		}
		for (const { outbox } of devices) {
			expect(outbox.state).toMatchObject({ waiting: GAMES, sent: 0, problem: 'unreachable' });
		}
		expect(await world.db.sql('select from public.games')).toHaveLength(0);

		isCut = false;
		for (const { outbox } of devices) outbox.wake();
		await Promise.all(devices.map(({ outbox }) => outbox.idle()));
		for (const { outbox } of devices) {
			expect(outbox.state).toMatchObject({ waiting: 0, sent: GAMES, refused: [], problem: null });
		}
		const stored = () =>
			world.db.sql<{ games: number; logs: number; confirmed: number; counted: number }>(
				`select (select count(*) from public.games)::integer as games,
					(select count(distinct game_id) from public.game_events)::integer as logs,
					(select count(*) from public.game_players where confirmed_hash is not null)::integer as confirmed,
					(select sum(games_played) from public.player_lifetime_stats where player_id = any($1))::integer as counted`,
				[visitors.map(({ playerId }) => playerId)],
			);
		const expected = [{ games: GAMES, logs: GAMES, confirmed: 2 * GAMES, counted: 2 * GAMES }];
		expect(await stored()).toEqual(expected);

		// The pages are opened again: nothing is left to go.
		for (const { outbox } of devices) {
			await outbox.collect();
			await outbox.idle();
		}
		expect(await stored()).toEqual(expected);
	});
});
