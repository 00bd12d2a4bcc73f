/** What the page shows, out of what a session knows. Pure: the same facts give the same snapshot. */
import {
	STAND_INS,
	type Game,
	type GameView,
	type RefusalCode,
	type SeatIndex,
	type Variant,
} from '../game/game.ts';
import { isFree, seatOf, toSeat } from '../game/seats.ts';
import type { Table } from '../game/table.ts';
import {
	DEFAULT_RULES,
	type Command,
	type Face,
	type GameId,
	type PlayerId,
	type RoomCode,
	type TableState,
} from '../game/table-types.ts';
import type { Connection } from './host.ts';
import type { Entry } from './log-book.ts';
import type { TableRecord } from './store.ts';
import type { MovedFor, SeatSnapshot, TableSnapshot, TableStatus } from './table-client.ts';
import type { Watching } from './table-document.ts';

export interface SessionFacts {
	readonly status: TableStatus;
	readonly refusal: TableSnapshot['refusal'];
	readonly code: RoomCode;
	readonly link: string;
	readonly solo: boolean;
	readonly game: GameId | null;
	readonly variant: Variant;
	readonly player: PlayerId;
	readonly face: Face;
	readonly isHost: boolean;
	readonly mayPlayAgain: boolean;
	/** With this player's own pending move in it; null before the first event. */
	readonly state: TableState | null;
	readonly table: Table | null;
	readonly watchers: readonly Watching[];
	readonly connectionOf: (player: PlayerId, seat: SeatIndex) => Connection;
	readonly pending: Command | null;
	readonly deadline: TableSnapshot['deadline'];
	readonly nextRoundAt: number | null;
	readonly takeoverAt: number | null;
	readonly waitsFor: readonly SeatIndex[];
	readonly dealCheck: TableSnapshot['dealCheck'];
	readonly refused: TableSnapshot['refused'];
	readonly twoHosts: boolean;
	readonly otherVersion: TableSnapshot['otherVersion'];
	readonly movedFor: TableSnapshot['movedFor'];
	readonly events: number;
	readonly offences: TableSnapshot['offences'];
	readonly fault: string | null;
}

export function snapshotOf(facts: SessionFacts, view: GameView | null): TableSnapshot {
	const { state, player } = facts;
	const seat = state === null ? null : seatOf(state, player);
	const seated = seat === null ? undefined : state?.seats[seat];
	return {
		status: facts.status,
		refusal: facts.refusal,
		code: facts.code,
		link: facts.link,
		solo: facts.solo,
		game: facts.game,
		variant: facts.variant,
		stage: state?.stage ?? 'lobby',
		you: { player, face: seated?.kind === 'human' ? seated.face : facts.face, seat },
		isHost: facts.isHost,
		isAdmin: state?.host === player,
		mayPlayAgain: facts.mayPlayAgain,
		rules: state?.rules ?? DEFAULT_RULES,
		options: state?.options ?? { v: 1, mode: 'cards' },
		seats: state?.seats.map((_, index) => seatSnapshot(facts, state, toSeat(index))) ?? [],
		watchers: facts.watchers.map((watcher) => ({ ...watcher, you: watcher.player === player })),
		view,
		pending: facts.pending,
		deadline: facts.deadline,
		nextRoundAt: facts.nextRoundAt,
		voided: state?.voided ?? 0,
		continued: state?.continued ?? [],
		takeoverAt: facts.takeoverAt,
		waitsFor: facts.waitsFor,
		dealCheck: facts.dealCheck,
		dealChecks: state?.dealChecks ?? [],
		movedFor: facts.movedFor,
		said: state?.said ?? null,
		isStarting: state !== null && state.opened !== null,
		unopened: state?.unopened ?? [],
		startRefusal: startRefusal(facts),
		refused: facts.refused,
		twoHosts: facts.twoHosts,
		otherVersion: facts.otherVersion,
		events: facts.events,
		offences: facts.offences,
		fault: facts.fault,
	};
}

/** A page looks after every few events; what is older than these was told, or came before it looked. */
const NEWEST_EVENTS = 16;

/** The last move that a stand-in made, if it is among the newest of these. */
export function lastMovedFor(entries: readonly Entry[]): MovedFor | null {
	const from = Math.max(0, entries.length - NEWEST_EVENTS);
	for (let index = entries.length - 1; index >= from; index -= 1) {
		const event = entries[index]?.event;
		if (event === undefined || !('by' in event) || !('seat' in event)) continue;
		const by = STAND_INS.find((one) => one === event.by);
		if (by !== undefined && typeof event.seat === 'number') return { seat: toSeat(event.seat), by, index };
	}
	return null;
}

function startRefusal({ table, state }: SessionFacts): RefusalCode | null {
	return table === null || state === null ? 'invalid_phase' : table.startRefusal(state);
}

function seatSnapshot(facts: SessionFacts, state: TableState, index: SeatIndex): SeatSnapshot {
	const seat = state.seats[index] ?? { kind: 'empty' };
	const human = seat.kind === 'human' ? seat : null;
	const you = human !== null && human.player === facts.player;
	// One literal for all kinds, for it is made anew for every seat with every event.
	return {
		seat: index,
		kind: seat.kind,
		face: seat.kind === 'empty' ? null : seat.face,
		player: human?.player ?? null,
		botLevel: seat.kind === 'bot' ? seat.level : null,
		you,
		host: human !== null && human.player === state.host,
		// Who was carried over from the game before has still to give a part to the deal of this one.
		ready: human === null ? seat.kind !== 'empty' : human.ready && human.contribution !== null,
		presence: human?.presence ?? 'here',
		putOut: human !== null && state.kicked.includes(human.player),
		free: isFree(state, seat, index),
		connection: human === null || you ? 'open' : facts.connectionOf(human.player, index),
		misplays: state.misplays[index] ?? 0,
	};
}

/** What the list of tables keeps of a game: enough to know it again. */
export function tableCardOf(
	game: Game,
	state: TableState,
	player: PlayerId,
): Pick<TableRecord, 'stage' | 'variant' | 'mode' | 'round' | 'others' | 'result'> {
	const own = seatOf(state, player);
	const others = state.seats.flatMap((seat, index) =>
		seat.kind === 'empty' || index === own ? [] : [seat.face],
	);
	return {
		stage: state.stage,
		variant: state.variant,
		mode: state.options.mode,
		round: state.inner?.round ?? 0,
		others,
		result: own === null || state.stage !== 'finished' ? null : resultOf(game, state, own),
	};
}

function resultOf(game: Game, state: TableState, own: SeatIndex): TableRecord['result'] {
	if (state.inner === null) return null;
	const totals = game.totals(state.inner);
	const score = totals[own] ?? 0;
	const taken = state.seats.map((seat, index) => (seat.kind === 'empty' ? -Infinity : (totals[index] ?? 0)));
	const players = taken.filter((total) => total !== -Infinity).length;
	return { place: 1 + taken.filter((total) => total > score).length, players, score };
}
