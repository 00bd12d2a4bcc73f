/**
 * A table in one hand, for tests and benches: commands are decided and folded by the kernel, and `step` does what
 * is due as a host would, from a seed. No keys, no clock, no network.
 *
 *     const table = openTable({ game: EL_DORADO, seed: 1 });
 *     table.sit(DANA);
 *     table.take(HOST, { type: 'start_game' });
 *     table.playUntil(({ stage }) => stage === 'finished');
 */
import { cardsOf } from '../cards/deck.ts';
import { seeded } from '../cards/seeded.ts';
import { shuffle, uniform } from '../cards/shuffle.ts';
import { assert } from './assert.ts';
import { encodeBase64url } from './bytes.ts';
import type { Decision, Game, GameCommand, RefusalCode, SeatIndex } from './game.ts';
import { seatOf, seatsToDeal, toSeat } from './seats.ts';
import { tableOf, type Due, type HostSecrets, type Table } from './table.ts';
import {
	DEFAULT_RULES,
	type Command,
	type Face,
	type GameCreated,
	type GameId,
	type LogEvent,
	type PlayerId,
	type TableRules,
	type TableState,
} from './table-types.ts';

/** 32 bytes that are all `n`, as text. */
export function bytes32(n: number): string {
	return encodeBase64url(new Uint8Array(32).fill(n));
}
export function playerNumbered(n: number): PlayerId {
	return bytes32(n) as PlayerId;
}
export const [HOST, DANA, BEN, YAEL, STRANGER] = [1, 2, 3, 4, 5].map(playerNumbered) as [
	PlayerId,
	PlayerId,
	PlayerId,
	PlayerId,
	PlayerId,
];
export const GAME_ID = encodeBase64url(new Uint8Array(16).fill(9)) as GameId;
export const SECRET = bytes32(77);
export const CONTRIBUTIONS = bytes32(88);

export function faceNamed(name: string): Face {
	return { name, color: 0, avatar: 7 };
}

/** The host's part, from a seed. */
function secretsOf(seed: number, timeMs: () => number): HostSecrets {
	const source = seeded(seed);
	return {
		drawFirstDealer: (candidates) => {
			const drawn = candidates[uniform(source, candidates.length)];
			assert(drawn !== undefined, 'somebody can deal');
			return drawn;
		},
		contributions: () => CONTRIBUTIONS,
		// Here a promise is the number itself.
		keepsPromise: ({ seats }, seat, contribution) => {
			const holder = seats[seat];
			return holder?.kind === 'human' && holder.contribution === contribution;
		},
		secret: () => SECRET,
		timeMs,
	};
}

export interface OpenTable {
	readonly game: Game;
	readonly seed?: number;
	readonly rules?: Partial<TableRules>;
	readonly created?: Partial<GameCreated>;
	/** The host does not sit down by itself. */
	readonly standing?: boolean;
}

export interface SampleTable {
	readonly table: Table;
	readonly events: readonly LogEvent[];
	readonly state: TableState;
	/** Decides, and folds what follows. */
	act(actor: PlayerId, command: Command): Decision<LogEvent>;
	/** `act` that must not be refused; gives the events. */
	take(actor: PlayerId, command: Command): readonly LogEvent[];
	/** The code a command is refused with; null, and nothing folded, when it would be taken. */
	refusal(actor: PlayerId, command: Command): RefusalCode | null;
	fold(...events: readonly LogEvent[]): void;
	/** Takes a seat (any when left out) and, if so wished, gets ready. */
	sit(player: PlayerId, seat?: number | null, ready?: boolean): void;
	addBot(seat: number): void;
	/** Does what is due; a player who is here makes the forced move. Gives what was due. */
	step(): Due;
	/** Moves the host's clock on. */
	pass(ms: number): void;
	playUntil(done: (state: TableState) => boolean): void;
}

/** A ten-seat game with everything is under 2,000 steps. */
const MAX_STEPS = 5_000;

export function gameCreated(game: Game, rules: TableRules): GameCreated {
	return {
		type: 'game_created',
		game: GAME_ID,
		variant: game.variant,
		host: HOST,
		commitment: bytes32(66),
		rules,
		options: game.defaultOptions(),
		seats: Array.from({ length: rules.seats }, () => ({ kind: 'empty' }) as const),
		previous: null,
	};
}

/** A lobby; the host sits at seat 0 unless it is `standing`. */
export function openTable({ game, seed = 1, rules, created, standing = false }: OpenTable): SampleTable {
	const table = tableOf(game);
	let timeMs = 0;
	const secrets = secretsOf(seed, () => timeMs);
	const deals = seeded(seed);
	const events: LogEvent[] = [];
	let state: TableState | null = null;

	const now = (): TableState => {
		assert(state !== null, 'the table is open');
		return state;
	};
	const fold = (...following: readonly LogEvent[]): void => {
		for (const event of following) {
			state = table.evolve(state, event);
			events.push(event);
		}
	};
	const act = (actor: PlayerId, command: Command): Decision<LogEvent> => {
		const decision = table.decide(now(), command, actor, secrets);
		if (decision.ok) fold(...decision.events);
		return decision;
	};
	const take = (actor: PlayerId, command: Command): readonly LogEvent[] => {
		const decision = act(actor, command);
		assert(decision.ok, `${command.type} is refused: ${decision.ok ? '' : decision.code}`);
		return decision.events;
	};
	const move = (seat: SeatIndex, by: { readonly by?: 'forced' }): void => {
		const { inner } = now();
		assert(inner !== null, 'a game is on');
		const { by: _, ...command }: GameCommand & { by?: unknown } = game.forcedMove(inner, seat);
		const decision = game.decide(inner, { ...command, ...by }, seat);
		assert(decision.ok, 'the forced move is legal');
		fold(...decision.events);
	};
	const perform = (due: Due): void => {
		switch (due.type) {
			case 'settle':
				fold(due.event);
				return;
			case 'reveal':
				fold({ type: 'round_revealed', round: due.round, key: bytes32(due.round) });
				return;
			case 'end':
				fold({ type: 'game_ended', reason: 'completed', secret: SECRET });
				return;
			case 'deal': {
				const { inner } = now();
				assert(inner !== null, 'a game is on');
				fold(game.deal(inner, seatsToDeal(game, now()), shuffle(cardsOf(due.decks), deals)));
				return;
			}
			case 'act_for':
				move(due.seat, due.as === 'bot' ? {} : { by: 'forced' });
				return;
			case 'turn':
				move(due.seat, {});
				return;
			case 'wait_for_openings':
				fold({ type: 'start_called_off' });
				return;
			case 'wait_for_players':
			case 'nothing':
				return;
		}
	};
	const step = (): Due => {
		const due = table.due(now());
		perform(due);
		return due;
	};
	const sit = (player: PlayerId, seat: number | null = null, ready = true): void => {
		take(player, {
			type: 'take_seat',
			seat: seat === null ? null : toSeat(seat),
			face: faceNamed(`Player ${player.slice(0, 3)}`),
			boxKey: bytes32(55),
			contribution: bytes32(44),
		});
		if (ready && now().stage === 'lobby') take(player, { type: 'set_ready', ready: true });
	};

	fold({ ...gameCreated(game, { ...DEFAULT_RULES, ...rules }), ...created });
	if (!standing && seatOf(now(), HOST) === null) sit(HOST, 0);

	return {
		table,
		events,
		get state() {
			return now();
		},
		act,
		take,
		refusal(actor, command) {
			const decision = table.decide(now(), command, actor, secrets);
			return decision.ok ? null : decision.code;
		},
		fold,
		sit,
		addBot(seat) {
			take(HOST, { type: 'add_bot', seat: toSeat(seat), level: 'novice', face: faceNamed(`Bot ${seat}`) });
		},
		step,
		pass(ms) {
			timeMs += ms;
		},
		playUntil(done) {
			for (let steps = 0; !done(now()); steps++) {
				assert(steps < MAX_STEPS, `seed ${seed}: it never comes to that`);
				const { type } = step();
				assert(type !== 'nothing' && type !== 'wait_for_players', `seed ${seed}: nothing is due`);
			}
		},
	};
}
