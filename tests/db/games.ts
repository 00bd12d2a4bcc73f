/**
 * Finished games by the number: real tables of both games and both modes, played by chance from a seed with all that can
 * happen to one (slips, people who leave and come back, a lost host's round dealt again, corrections, points by hand),
 * and written as the signed, chained log that a browser would upload.
 *
 *     const played = playGame({ seed: 7, people: [noa, ben], variant: 'el_dorado', mode: 'cards' });
 *     await client.rpc('archive_game', { game: uploadOf(played) });
 */
import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { seeded } from '../../src/lib/cards/seeded.ts';
import { shuffle, uniform, type RandomSource } from '../../src/lib/cards/shuffle.ts';
import { encodeBase64url } from '../../src/lib/game/bytes.ts';
import type { Game, Mode, SeatIndex, Variant } from '../../src/lib/game/game.ts';
import {
	encodeRecord,
	formatLogEvent,
	GENESIS,
	hashRecord,
	signedBytes,
	type EventHash,
} from '../../src/lib/game/log.ts';
import { toSeat } from '../../src/lib/game/seats.ts';
import { isTableEvent } from '../../src/lib/game/table-parse.ts';
import { bytes32, openTable, type SampleTable } from '../../src/lib/game/testing.ts';
import type { Command, GameId, HostChanged, LogEvent, PlayerId } from '../../src/lib/game/table-types.ts';
import { electorate, nextTerm, voteBytes } from '../../src/lib/room/votes.ts';
import { gameOf } from '../../src/lib/games/index.ts';
import { EL_DORADO } from '../../src/lib/games/el-dorado/index.ts';
import { randomMove as elDoradoMove } from '../../src/lib/games/el-dorado/testing.ts';
import type { ElDoradoState } from '../../src/lib/games/el-dorado/state.ts';
import { ISRAELI_WHIST } from '../../src/lib/games/israeli-whist/index.ts';
import { legalContracts } from '../../src/lib/games/israeli-whist/contracts.ts';
import { PRESETS, PRESET_NAMES } from '../../src/lib/games/israeli-whist/options.ts';
import { randomMove as whistMove } from '../../src/lib/games/israeli-whist/testing.ts';
import type { IsraeliWhistState } from '../../src/lib/games/israeli-whist/state.ts';
import { STRAINS } from '../../src/lib/games/israeli-whist/types.ts';

/** Somebody at a table: a key, and a face. */
export interface Person {
	readonly player: PlayerId;
	readonly name: string;
	readonly key: KeyObject;
}

/** RFC 8410: the fixed header before the 32 bytes of a private Ed25519 key. */
const PRIVATE_HEADER = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The same number, the same key. */
export function personNumbered(n: number, name = `Player ${n}`): Person {
	const seed = createHash('sha256').update(`person ${n}`).digest();
	const key = createPrivateKey({ key: Buffer.concat([PRIVATE_HEADER, seed]), format: 'der', type: 'pkcs8' });
	const bytes = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);
	return { player: encodeBase64url(bytes) as PlayerId, name, key };
}

/** What binds the person's key to an account. */
export function claimOf({ key, player }: Person, userId: string): { public_key: string; signature: string } {
	const message = Buffer.concat([Buffer.from('overtrick/account/1\0'), Buffer.from(userId)]);
	return { public_key: player, signature: sign(null, message, key).toString('base64url') };
}

export interface Envelope {
	readonly record: string;
	readonly signature: string;
}

export interface PlayedGame {
	readonly id: GameId;
	readonly variant: Variant;
	readonly mode: Mode;
	readonly events: readonly LogEvent[];
	readonly timesMs: readonly number[];
	readonly envelopes: readonly Envelope[];
	/** Of the last event. */
	readonly hash: string;
	/** Who hosts at the end and signs. */
	readonly host: Person;
}

export interface GamePlan {
	readonly seed: number;
	/** The host first. */
	readonly people: readonly Person[];
	readonly variant?: Variant;
	readonly mode?: Mode;
	readonly bots?: number;
	/** People without a phone, at a keeper's table. */
	readonly named?: number;
	/** Ends before its end. */
	readonly isAbandoned?: boolean;
	/** The host is lost or hands over now and then. */
	readonly isTakenOver?: boolean;
	/** So many events in all, where the game itself has fewer: faces are changed in the lobby until it has. */
	readonly events?: number;
	/** For a database that does not look at signatures: two thirds of the time of a game go into them. */
	readonly isUnsigned?: boolean;
	/** Of the first event; an hour's distance by seed when left out. */
	readonly startMs?: number;
}

/** 1 January 2026: games of the two years before it, in no order. */
const START_MS = 1_767_225_600_000;

/** 64 bytes that nobody has signed with. */
const NO_SIGNATURE = 'A'.repeat(86);

/** The most that is played of Israeli Whist, which ends when its admin says so. */
const WHIST_ROUNDS = 5;

/** @throws {InvariantError} when the table refuses what was chosen */
export function playGame(plan: GamePlan): PlayedGame {
	if (plan.events === undefined) return played(plan, 0);
	const missing = plan.events - played(plan, 0).events.length;
	if (missing < 0) throw new Error(`seed ${plan.seed} has more than ${plan.events} events`);
	return played(plan, missing);
}

/** @param changes of the first seat's face before the start, which touch neither chance nor cards */
function played(plan: GamePlan, changes: number): PlayedGame {
	const { seed, people, bots = 0, isAbandoned = false } = plan;
	const source = seeded(seed);
	const variant = plan.variant ?? (seed % 2 === 0 ? 'el_dorado' : 'israeli_whist');
	const mode = plan.mode ?? ((seed >> 1) % 2 === 0 || bots > 0 ? 'cards' : 'keeper');
	const game = gameOf(variant);
	const founder = people[0];
	if (game === null || founder === undefined) throw new Error('a game has rules and a host');
	const id = encodeBase64url(createHash('sha256').update(`game ${seed}`).digest().subarray(0, 16)) as GameId;
	const table = lobby(game, id, plan, mode, founder, source);
	for (let n = 0; n < changes; n++) {
		const face = { name: founder.name, color: n % 10, avatar: n };
		table.fold({ type: 'face_changed', seat: toSeat(0), face });
	}
	table.take(founder.player, { type: 'start_game' });
	// Of its own: the cards are those of the same game that nobody takes over.
	const takeovers = plan.isTakenOver === true ? seeded(~seed) : null;

	const rounds = 1 + uniform(source, WHIST_ROUNDS);
	const stopAfter = isAbandoned ? 5 + uniform(source, 120) : Infinity;
	for (let step = 0; table.state.stage === 'playing'; step++) {
		if (step > 5_000) throw new Error(`seed ${seed}: the game does not end`);
		if (takeovers !== null && uniform(takeovers, 60) === 0) takeOver(table, people, takeovers);
		const host = people.find(({ player }) => player === table.state.host) ?? founder;
		if (step >= stopAfter) table.take(host.player, { type: 'end_game' });
		else if (mode === 'keeper') keep(table, host, source, rounds);
		else play(table, host, source, rounds);
	}
	return write(table.events, plan, { id, variant, mode });
}

/** Another of the people goes on, elected by all who are here or given the table. */
function takeOver(table: SampleTable, people: readonly Person[], source: RandomSource): void {
	const { state } = table;
	const others = electorate(state).flatMap((player) => people.find((one) => one.player === player) ?? []);
	const next = others[uniform(source, Math.max(1, others.length))];
	const host = people.find(({ player }) => player === state.host);
	if (next === undefined || host === undefined) return;
	const reason = uniform(source, 2) === 0 ? 'lost' : 'handed_over';
	const voters = reason === 'lost' ? others : [host];
	const term = nextTerm(reason, state.term);
	const votes = votesFor(state.game, term, next, voters);
	table.fold({ type: 'host_changed', term, host: next.player, reason, votes, commitment: bytes32(67) });
}

/** What these people sign so that `host` may be the host of that term. */
export function votesFor(
	game: GameId,
	term: number,
	host: Person,
	voters: readonly Person[],
): HostChanged['votes'] {
	const message = voteBytes(game, term, host.player);
	return voters.map(({ player, key }) => ({
		player,
		signature: sign(null, message, key).toString('base64url'),
	}));
}

function lobby(
	game: Game,
	id: GameId,
	plan: GamePlan,
	mode: Mode,
	host: Person,
	source: RandomSource,
): SampleTable {
	const { people, bots = 0, named = 0, seed } = plan;
	const seats = Math.max(game.minSeats, people.length + bots + named);
	const scoring = PRESETS[PRESET_NAMES[uniform(source, PRESET_NAMES.length)] ?? 'standard'];
	const options =
		game.variant === 'el_dorado'
			? {
					...EL_DORADO.defaultOptions(),
					mode,
					scoring: (['eldorado', 'ten-plus', 'ten-minus'] as const)[uniform(source, 3)],
				}
			: { ...ISRAELI_WHIST.defaultOptions(), mode, scoring };
	const table = openTable({
		game,
		seed,
		rules: { seats, firstDealer: 'drawn' },
		created: { game: id, host: host.player, options },
		standing: true,
	});
	for (const person of people) {
		table.take(person.player, {
			type: 'take_seat',
			seat: null,
			face: { name: person.name, color: uniform(source, 10), avatar: source.next32() },
			boxKey: bytes32(55),
			contribution: bytes32(44),
		});
		if (person !== host) table.take(person.player, { type: 'set_ready', ready: true });
	}
	for (let seat = seats - named; seat < seats; seat++) {
		const face = { name: `Somebody ${seat}`, color: seat, avatar: seat };
		table.take(host.player, { type: 'name_seat', seat: toSeat(seat), face });
	}
	for (let seat = people.length; seat < seats - named; seat++) {
		table.take(host.player, {
			type: 'add_bot',
			seat: toSeat(seat),
			level: seat % 2 === 0 ? 'novice' : 'club',
			face: { name: `בוט ${seat} 🃏`, color: 3, avatar: seat },
		});
	}
	if (uniform(source, 3) === 0)
		table.take(host.player, { type: 'swap_seats', a: toSeat(0), b: toSeat(seats - 1) });
	return table;
}

/** One step of a table where cards are played. */
function play(table: SampleTable, host: Person, source: RandomSource, rounds: number): void {
	const { state } = table;
	const { inner } = state;
	const due = table.table.due(state);
	if (inner === null) return;
	if (due.type === 'wait_for_players') {
		const gone = state.seats.findIndex((seat) => seat.kind === 'human' && seat.presence === 'left');
		table.fold({ type: 'seat_returned', seat: toSeat(gone) });
		return;
	}
	if (due.type !== 'turn' && due.type !== 'act_for') {
		const isEnough = state.variant === 'israeli_whist' && due.type === 'deal' && inner.round >= rounds;
		if (isEnough) table.take(host.player, { type: 'finish_game' });
		else table.step();
		if (due.type === 'reveal') comeAndGo(table, source);
		return;
	}
	const { seat } = due;
	const holder = state.seats[seat];
	const dice = uniform(source, 400);
	if (dice < 6 && holder?.kind === 'human')
		table.fold({ type: 'invalid_action', seat, code: 'must_follow_suit' });
	if (dice === 6 && state.beforeRound !== null && state.revealedRounds < inner.deal) {
		table.fold({ type: 'round_voided', round: inner.deal });
		return;
	}
	if (dice === 7 && holder?.kind === 'human') {
		table.fold({ type: 'face_changed', seat, face: { name: 'נועה', color: 9, avatar: 1 } });
	}
	const move = moveOf(table, seat, source);
	const decision = table.table.game.decide(inner, move, seat);
	if (!decision.ok) throw new Error(`${JSON.stringify(move)} is refused as ${decision.code}`);
	table.fold(...decision.events);
}

function moveOf(table: SampleTable, seat: SeatIndex, source: RandomSource) {
	const { state } = table;
	const inner = state.inner;
	// Many passes, so that there are frischs and void rounds.
	if (state.variant === 'israeli_whist')
		return whistMove(ISRAELI_WHIST.view(inner as IsraeliWhistState, seat), source, 88);
	return elDoradoMove(EL_DORADO.view(inner as ElDoradoState, seat), source);
}

/** Between rounds of El Dorado people leave and come back (6.3). */
function comeAndGo({ state, fold }: SampleTable, source: RandomSource): void {
	if (state.variant !== 'el_dorado' || uniform(source, 4) > 0) return;
	const seat = toSeat(uniform(source, state.seats.length));
	const holder = state.seats[seat];
	if (holder?.kind !== 'human') return;
	const present = state.seats.filter(
		(one) => one.kind === 'bot' || (one.kind === 'human' && one.presence !== 'left'),
	).length;
	if (holder.presence === 'left') fold({ type: 'seat_returned', seat });
	else if (present > 2) fold({ type: 'seat_left', seat });
}

/** One step of a table with real cards. */
function keep(table: SampleTable, host: Person, source: RandomSource, rounds: number): void {
	const { state } = table;
	const take = (command: Command): void => void table.take(host.player, command);
	table.pass(1_000);
	const due = table.table.due(state);
	if (due.type === 'settle' || due.type === 'end') table.step();
	else if (state.variant === 'el_dorado') keepElDorado(state.inner as ElDoradoState, take, source);
	else keepWhist(state.inner as IsraeliWhistState, take, source, rounds);
}

/** So many tricks, dealt out among these seats; null for the others. */
function share(
	tricks: number,
	active: readonly number[],
	seats: number,
	source: RandomSource,
): (number | null)[] {
	const shares = Array.from({ length: seats }, (_, seat): number | null =>
		active.includes(seat) ? 0 : null,
	);
	for (let trick = 0; trick < tricks; trick++) {
		const seat = active[uniform(source, active.length)] ?? 0;
		shares[seat] = (shares[seat] ?? 0) + 1;
	}
	return shares;
}

function keepElDorado(state: ElDoradoState, take: (command: Command) => void, source: RandomSource): void {
	const { active, cardsEach, seats } = state;
	const bids = () =>
		seats.map(({ seat }) => (active.includes(seat) ? uniform(source, Math.min(4, cardsEach + 1)) : null));
	if (state.sheet.length > 0 && uniform(source, 6) === 0) {
		const row = state.sheet[uniform(source, state.sheet.length)]!;
		const dealtIn = row.bids.flatMap((bid, seat) => (bid === null ? [] : [seat]));
		const corrected = row.bids.map((bid) =>
			bid === null ? null : uniform(source, Math.min(4, row.cardsEach + 1)),
		);
		const tricks = share(row.cardsEach, dealtIn, seats.length, source);
		take({ type: 'correct_round', round: row.round, bids: corrected, tricks } as Command);
	}
	if (uniform(source, 12) === 0) adjust(take, source, seats.length);
	if (state.phase === 'bidding') {
		if (state.bidOrder.length === 0 && seats.length > 2 && uniform(source, 3) === 0) {
			const out = uniform(source, seats.length);
			take({
				type: 'set_active',
				active: seats.map(({ seat }) => seat).filter((seat) => seat !== out),
			} as Command);
		} else if (uniform(source, 2) === 0) take({ type: 'enter_bids', bids: bids() } as Command);
		else
			take({
				type: 'make_bid',
				seat: state.turn,
				bid: uniform(source, Math.min(4, cardsEach + 1)),
			} as Command);
	} else if (state.phase === 'playing') {
		// Whatever was noted before an interruption goes first.
		for (const seat of active) take({ type: 'note_tricks', seat, tricks: null } as Command);
		const tricks = share(cardsEach, active, seats.length, source);
		const remainder = uniform(source, 2) === 0 ? active[uniform(source, active.length)] : undefined;
		for (const seat of active)
			if (seat !== remainder) take({ type: 'note_tricks', seat, tricks: tricks[seat] } as Command);
		take({ type: 'score_round' });
	} else take({ type: 'finish_game' });
}

function adjust(take: (command: Command) => void, source: RandomSource, seats: number): void {
	const points = uniform(source, 2) === 0 ? -100 : 1 + uniform(source, 60);
	take({ type: 'adjust_score', seat: uniform(source, seats), points } as Command);
}

/** Contracts that may be entered: the declarer's at least its bid, and never thirteen in all. */
function contractsFor(declarer: number, least: number, source: RandomSource): number[] {
	const contracts = [0, 1, 2, 3].map((seat) =>
		seat === declarer ? least + uniform(source, 2) : uniform(source, 5),
	);
	const last = (declarer + 3) % 4;
	if (contracts.reduce((sum, contract) => sum + contract, 0) === 13)
		contracts[last] = (contracts[last] ?? 0) + 1;
	return contracts;
}

function keepWhist(
	state: IsraeliWhistState,
	take: (command: Command) => void,
	source: RandomSource,
	rounds: number,
): void {
	if (state.sheet.length > 0 && uniform(source, 10) === 0) {
		const row = state.sheet[uniform(source, state.sheet.length)]!;
		const contracts = contractsFor(row.declarer, row.winningBid ?? 5 + row.frischs, source);
		take({
			type: 'correct_round',
			round: row.round,
			contracts,
			tricks: share(13, [0, 1, 2, 3], 4, source),
		} as Command);
	}
	if (uniform(source, 15) === 0) adjust(take, source, 4);
	if (state.sheet.length >= rounds) take({ type: 'finish_game' });
	else if (state.phase === 'auction' && uniform(source, 4) === 0) {
		const declarer = uniform(source, 4);
		const frischs = uniform(source, 4);
		const contracts = contractsFor(declarer, 5 + frischs, source);
		const strain = STRAINS[uniform(source, STRAINS.length)];
		take({ type: 'enter_contracts', declarer, strain, contracts, frischs } as Command);
	} else if (state.phase === 'auction') {
		const call = whistMove(ISRAELI_WHIST.view(state, state.turn ?? toSeat(0)), source, 85);
		take(Object.assign(call, { seat: state.turn }));
	} else if (state.phase === 'contracts') {
		const legal = legalContracts(state);
		take({
			type: 'make_contract',
			seat: state.turn,
			contract: legal[uniform(source, Math.min(5, legal.length))],
		} as Command);
	} else if (state.claims.length === 13) take({ type: 'score_round' });
	else if (state.claims.length > 0 && uniform(source, 10) === 0) take({ type: 'undo_trick' });
	else take({ type: 'claim_trick', seat: uniform(source, 4) } as Command);
}

/** The events as a chained and signed log. */
function write(
	events: readonly LogEvent[],
	plan: GamePlan,
	played: Pick<PlayedGame, 'id' | 'variant' | 'mode'>,
): PlayedGame {
	const start = plan.startMs ?? START_MS - (plan.seed % 20_000) * 3_600_000;
	const timesMs = events.map((_, index) => start + index * 1_100);
	const game = gameOf(played.variant)!;
	let hash: EventHash = GENESIS;
	let term = 1;
	let host = plan.people[0]!;
	const envelopes = events.map((event, index): Envelope => {
		if (isTableEvent(event) && event.type === 'host_changed') {
			({ term } = event);
			host = plan.people.find(({ player }) => player === event.host)!;
		}
		const record = encodeRecord({
			index,
			term,
			time: timesMs[index] ?? 0,
			author: null,
			...formatLogEvent(game, event),
		});
		hash = hashRecord(hash, record);
		const signature =
			plan.isUnsigned === true
				? NO_SIGNATURE
				: sign(null, signedBytes(played.id, hash), host.key).toString('base64url');
		return { record: new TextDecoder().decode(record), signature };
	});
	return { ...played, host, events, timesMs, envelopes, hash: Buffer.from(hash).toString('hex') };
}

/**
 * The log with other records in it, chained and signed anew by whoever holds that key: what a forger would send.
 * @param by who signs the event at an index, or all of them
 */
export function rewrite(
	played: PlayedGame,
	change: (records: Record<string, unknown>[]) => void,
	by: Person | ((index: number) => Person) = played.host,
): PlayedGame {
	const records = played.envelopes.map(({ record }) => JSON.parse(record) as Record<string, unknown>);
	change(records);
	let hash: EventHash = GENESIS;
	const envelopes = records.map((one, index): Envelope => {
		const record = JSON.stringify(one);
		const { key } = typeof by === 'function' ? by(index) : by;
		hash = hashRecord(hash, new TextEncoder().encode(record));
		return { record, signature: sign(null, signedBytes(played.id, hash), key).toString('base64url') };
	});
	return { ...played, envelopes, hash: Buffer.from(hash).toString('hex') };
}

export interface Upload {
	readonly id: string;
	readonly envelopes: readonly Envelope[];
	readonly visibility?: 'private' | 'shared' | 'public';
	readonly room_code?: string;
	readonly group_id?: string;
}

export function uploadOf({ id, envelopes }: PlayedGame, more: Partial<Upload> = {}): Upload {
	return { id, envelopes, ...more };
}

/** People by the number, shuffled by a seed: who sits with whom. */
export function someOf(people: readonly Person[], count: number, seed: number): Person[] {
	return shuffle([...people.keys()] as never[], seeded(seed))
		.slice(0, count)
		.flatMap((index) => people[index as number] ?? []);
}
