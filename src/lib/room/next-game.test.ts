import { beforeAll, describe, expect, it } from 'vitest';
import { openLoneHost, type LoneHost } from '../../../tests/sim/lone-host.ts';
import { gameNamed, seededBytes } from '../../../tests/sim/simulated-table.ts';
import { createInlineRunner } from '../bots/runner.ts';
import type { GameId, TableState } from '../game/table-types.ts';
import { openingOf } from '../stats/opening-words.ts';
import { Host } from './host.ts';
import { newIdentitySeeds, type Identity } from './keys.ts';
import { drawGameId, givesWayTo, mayOpenNext, nextGameOf } from './next-game.ts';

/** Two people whose game was ended in its first round. */
let table: LoneHost;
let over: TableState;

beforeAll(async () => {
	table = await openLoneHost({ seed: 61, humans: 2, bots: 1 });
	await table.ask(0, { type: 'start_game' });
	await table.ask(0, { type: 'end_game' });
	await table.clock.advance(5_000);
	over = table.host.state;
	expect(over.stage).toBe('finished');
});

const everybody = () => true;

/** The next game, opened by one of the two, under an id of our choice. */
async function opened(
	identity: Identity,
	id: string,
	change: { previous?: GameId | null; started?: boolean; stays?: boolean } = {},
): Promise<Host> {
	const next = nextGameOf(over, everybody);
	if (next === null) throw new Error('the game is not over');
	const { keys, store, clock } = table;
	const host = new Host({
		secret: { game: id.padEnd(22, 'A') as GameId, secret: seededBytes(1)(32), recovered: null },
		identity,
		keys,
		store,
		clock,
		bots: createInlineRunner(),
		gameOf: gameNamed,
		onChange: () => undefined,
		onFault: (error) => {
			throw error;
		},
		onFaultOver: () => undefined,
	});
	await host.create({ ...next, previous: change.previous === undefined ? next.previous : change.previous });
	if (change.started === true) {
		const contribution = 'A'.repeat(43);
		for (const [number, { player }] of table.players.entries())
			await host.submit({ type: 'contribute', contribution }, player, number + 1);
		expect(await host.submit({ type: 'start_game' }, identity.player, 9)).toEqual({ ok: true });
	}
	if (change.stays !== true) host.close();
	return host;
}

const [noa, dana] = [() => table.players[0] as Identity, () => table.players[1] as Identity];
const parts = () => ({ keys: table.keys, gameOf: gameNamed, store: table.store });
const rivalOf = ({ book }: Host, { player }: Identity) => ({
	game: book.gameId,
	player,
	envelopes: book.envelopes(),
});

describe('the next game', () => {
	it('has the rules and bots of the one before, and whoever is here, each with a new part in the deal', () => {
		const next = nextGameOf(over, (player) => player === dana().player);
		expect(next).toMatchObject({ rules: over.rules, options: over.options, previous: over.game });
		expect(next?.seats.map(({ kind }) => kind)).toEqual([
			'empty',
			'human',
			'bot',
			...over.seats.slice(3).map(() => 'empty'),
		]);
		expect(next?.seats[1]).toMatchObject({ contribution: null, ready: true });
		expect(nextGameOf({ ...over, stage: 'playing' }, everybody)).toBeNull();
	});

	it('is remarked on in other words to begin with than the one before', () => {
		const random = seededBytes(7);
		let previous: GameId | null = null;
		for (let games = 0; games < 200; games += 1) {
			const game = drawGameId(random, previous);
			for (const wordings of [4, 5, 6]) {
				if (previous === null) continue;
				expect(openingOf(game) % wordings, `${previous}, ${game}`).not.toBe(openingOf(previous) % wordings);
			}
			previous = game;
		}
		// A source that gives the same for ever is not waited for.
		const same = drawGameId((length) => new Uint8Array(length), null);
		expect(drawGameId((length) => new Uint8Array(length), same)).toBe(same);
	});

	it('may be opened by whoever had a seat to the end, and nobody else', async () => {
		const stranger = await table.keys.identity(newIdentitySeeds(seededBytes(2)));
		expect(mayOpenNext(over, dana().player)).toBe(true);
		expect(mayOpenNext(over, stranger.player)).toBe(false);
		expect(mayOpenNext({ ...over, stage: 'playing' }, dana().player)).toBe(false);
		const left = over.seats.map((seat, index) =>
			index === 1 ? { ...seat, presence: 'left' as const } : seat,
		);
		expect(mayOpenNext({ ...over, seats: left }, dana().player)).toBe(false);
	});
});

describe('of two that were opened at once', () => {
	it('the one with the lower id is played, whichever page looks', async () => {
		const [low, high] = [await opened(noa(), 'b'), await opened(dana(), 'c')];
		expect(await givesWayTo(parts(), rivalOf(low, noa()), high.book)).toBe(over.game);
		expect(await givesWayTo(parts(), rivalOf(high, dana()), low.book)).toBeNull();
	});

	it('one that has begun goes before one that has not', async () => {
		const [low, begun] = [await opened(noa(), 'd'), await opened(dana(), 'e', { started: true })];
		expect(await givesWayTo(parts(), rivalOf(begun, dana()), low.book)).toBe(over.game);
		expect(await givesWayTo(parts(), rivalOf(low, noa()), begun.book)).toBeNull();
	});

	it('a game that follows another, is not its host’s, a stranger’s or cut to pieces moves nobody', async () => {
		const own = await opened(noa(), 'z');
		const stranger = await table.keys.identity(newIdentitySeeds(seededBytes(3)));
		const strangers = await opened(stranger, 'f');
		const others = await opened(dana(), 'g', { previous: null });
		const good = rivalOf(await opened(dana(), 'h'), dana());
		const spoilt = good.envelopes.map((envelope) => envelope.with(70, (envelope[70] ?? 0) ^ 1));
		const refused = [
			rivalOf(strangers, stranger),
			rivalOf(others, dana()),
			{ ...good, player: noa().player },
			{ ...good, envelopes: spoilt },
			{ ...good, envelopes: [] },
		];
		expect(await givesWayTo(parts(), good, own.book)).toBe(over.game);
		for (const rival of refused) expect(await givesWayTo(parts(), rival, own.book)).toBeNull();
	});
});

describe('a game that is over', () => {
	const ended = async (host: Host) => {
		await host.submit({ type: 'end_game' }, host.state.host, 10);
		await table.clock.advance(5_000);
		expect(host.state.stage).toBe('finished');
		return host;
	};

	it('gives way to the next one, and to one that goes on, whichever came between', async () => {
		const next = await opened(dana(), 'k');
		expect(await givesWayTo(parts(), rivalOf(next, dana()), table.host.book)).toBe(over.game);
		const later = await opened(dana(), 'l', { previous: next.book.gameId });
		expect(await givesWayTo(parts(), rivalOf(later, dana()), table.host.book)).toBe(over.game);
	});

	it('does not give way to one that is over too, unless that came right after it', async () => {
		const earlier = await ended(await opened(dana(), 'm', { previous: null, started: true, stays: true }));
		expect(await givesWayTo(parts(), rivalOf(earlier, dana()), table.host.book)).toBeNull();
		const next = await ended(await opened(dana(), 'n', { started: true, stays: true }));
		expect(await givesWayTo(parts(), rivalOf(next, dana()), table.host.book)).toBe(over.game);
	});

	it('does not give way to a stranger', async () => {
		const stranger = await table.keys.identity(newIdentitySeeds(seededBytes(4)));
		const strangers = await opened(stranger, 'o');
		expect(await givesWayTo(parts(), rivalOf(strangers, stranger), table.host.book)).toBeNull();
	});
});
