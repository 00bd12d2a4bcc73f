/**
 * Whole games as a device has them stored, signed and sealed by real hosts: what replays, imports and archives are
 * tested with. The same seed gives the same cards.
 */
import { chooseNow } from '../../src/lib/bots/answer.ts';
import type { GameOptions, GameView, Variant } from '../../src/lib/game/game.ts';
import { toSeat } from '../../src/lib/game/seats.ts';
import type { Command, GameId, TableRules } from '../../src/lib/game/table-types.ts';
import { optionsWith } from '../../src/lib/games/israeli-whist/testing.ts';
import type { IsraeliWhistView } from '../../src/lib/games/israeli-whist/types.ts';
import { createDice } from './dice.ts';
import { keeperCommand } from './keeping.ts';
import { openSimulatedTable, playUntil, type Device, type SimulatedTable } from './simulated-table.ts';

export interface Recording {
	readonly seed: number;
	readonly variant: Variant;
	/** People, the host among them; bots take the other seats. */
	readonly people: readonly string[];
	readonly seats: number;
	readonly rules?: Partial<TableRules>;
	/** The game's own, or three rounds of Israeli Whist, when left out. */
	readonly options?: GameOptions;
	/** Real cards: the people's phones keep the score, and nobody else has one. */
	readonly isKept?: boolean;
	/** Israeli Whist: everybody passes the first auction, so that cards are passed on. */
	readonly isFrisch?: boolean;
	/** The last of the people leaves for good in round 2, and is back for the last rounds. */
	readonly isAbsent?: boolean;
	/** The host's browser is killed in round 2, and another goes on. */
	readonly isTakenOver?: boolean;
}

export interface RecordedGame {
	readonly game: GameId;
	readonly envelopes: readonly Uint8Array<ArrayBuffer>[];
}

/** A bid, a call or a card as a club player chooses it; always the same. */
function clubMove(view: GameView): Command | null {
	if (view.turn === null || view.turn !== view.viewer) return null;
	return chooseNow({ variant: view.variant, view, level: 'club', seed: 1 });
}

/** As a club player, but for the first auction. */
function passesFirst(view: GameView): Command | null {
	const { phase, frischs, turn, viewer } = view as IsraeliWhistView;
	const isFirst = phase === 'auction' && frischs === 0 && turn === viewer && view.round === 1;
	return isFirst ? ({ type: 'make_call', bid: null } as Command) : clubMove(view);
}

export async function recordGame(recording: Recording): Promise<RecordedGame> {
	const { variant, people, isFrisch = false, isKept = false } = recording;
	const ownOptions =
		variant === 'israeli_whist' ? optionsWith({ end: { type: 'rounds', rounds: 3 } }) : undefined;
	const options = recording.options ?? ownOptions;
	const table = await openSimulatedTable({
		seed: recording.seed,
		variant,
		...(options === undefined ? {} : { options }),
		rules: { seats: recording.seats, firstDealer: 'first_seat', ...recording.rules },
	});
	const players = [table.host];
	for (const name of people.slice(1)) players.push(await table.join(name));
	for (const { session } of players.slice(1)) void session.sit(null);
	await table.pass(1_000);
	for (const { session } of players.slice(1)) void session.send({ type: 'set_ready', ready: true });
	await table.pass(1_000);
	for (let seat = people.length; seat < recording.seats; seat += 1) {
		const face = { name: `Bot ${seat}`, color: seat % 10, avatar: seat };
		await table.host.session.send(
			isKept
				? { type: 'name_seat', seat: toSeat(seat), face }
				: { type: 'add_bot', seat: toSeat(seat), level: 'club', face },
		);
	}
	await table.host.session.send({ type: 'start_game' });
	await table.pass(500);
	const move = isFrisch ? passesFirst : clubMove;
	const left = await interrupted(recording, table, players, move);
	if (isKept) await keep(table, left, recording.seed);
	else await playUntil(table, left, () => left.every(isFinished), 24 * 3_600_000, move);
	const [teller] = left;
	const game = teller?.session.snapshot.game;
	if (teller === undefined || game == null) throw new Error('a game was played');
	const stored = await teller.store.events(game);
	for (const { session } of left) session.close();
	return { game, envelopes: stored.map(({ envelope }) => envelope) };
}

/** What is said at a table with real cards, to the end of the game. */
async function keep(table: SimulatedTable, players: readonly Device[], seed: number): Promise<void> {
	const dice = createDice(seed);
	for (let looks = 0; looks < MAX_LOOKS && !players.every(isFinished); looks += 1) {
		for (const { session } of players) {
			const command = keeperCommand(session.snapshot, dice);
			if (command !== null) void session.send(command);
		}
		await table.pass(1_200);
	}
}
/** A kept game has some hundreds of entries. */
const MAX_LOOKS = 5_000;

const isFinished = ({ session }: Device) => session.snapshot.stage === 'finished';
const roundOf = ({ session }: Device) => session.snapshot.view?.round ?? 0;

/** What the recording wants to happen on the way; gives who is there afterwards. */
async function interrupted(
	{ isAbsent = false, isTakenOver = false }: Recording,
	table: SimulatedTable,
	players: readonly Device[],
	move: (view: GameView) => Command | null,
): Promise<readonly Device[]> {
	const inRound = (round: number) => () =>
		players.every((player) => player.isDead || roundOf(player) >= round);
	const last = players.at(-1);
	if (isAbsent && last !== undefined) {
		await playUntil(table, players, inRound(2), 3_600_000, move);
		void last.session.send({ type: 'leave_seat' });
		await table.pass(1_100);
		const others = players.slice(0, -1);
		await playUntil(table, others, () => others.every((one) => roundOf(one) >= 8), 3_600_000, move);
		void last.session.send({ type: 'return_to_seat' });
		await table.pass(1_100);
	}
	if (!isTakenOver) return players;
	await playUntil(table, players, inRound(2), 3_600_000, move);
	table.host.kill();
	const survivors = players.slice(1);
	const isOpen = () => survivors.every(({ session }) => session.snapshot.status === 'open');
	for (
		let waited = 0;
		waited < 60_000 && !(isOpen() && survivors.some((one) => one.session.snapshot.isHost));
	) {
		await table.pass(500);
		waited += 500;
	}
	return survivors;
}
