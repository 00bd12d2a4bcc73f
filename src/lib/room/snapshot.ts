/** What the page shows, out of what a session knows. Pure: the same facts give the same snapshot. */
import type { Game, GameView, RefusalCode, SeatIndex, Variant } from '../game/game.ts';
import { seatOf, toSeat } from '../game/seats.ts';
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
import type { TableRecord } from './store.ts';
import type { SeatSnapshot, TableSnapshot, TableStatus } from './table-client.ts';
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
	/** With this player's own pending move in it; null before the first event. */
	readonly state: TableState | null;
	readonly table: Table | null;
	readonly watchers: readonly Watching[];
	readonly connectionOf: (player: PlayerId, seat: SeatIndex) => Connection;
	readonly pending: Command | null;
	readonly deadline: TableSnapshot['deadline'];
	readonly nextRoundAt: number | null;
	readonly takeoverAt: number | null;
	readonly dealCheck: TableSnapshot['dealCheck'];
	readonly refused: TableSnapshot['refused'];
	readonly twoHosts: boolean;
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
		rules: state?.rules ?? DEFAULT_RULES,
		options: state?.options ?? { v: 1, mode: 'cards' },
		seats: state?.seats.map((_, index) => seatSnapshot(facts, state, toSeat(index))) ?? [],
		watchers: facts.watchers.map((watcher) => ({ ...watcher, you: watcher.player === player })),
		view,
		pending: facts.pending,
		deadline: facts.deadline,
		nextRoundAt: facts.nextRoundAt,
		continued: state?.continued ?? [],
		takeoverAt: facts.takeoverAt,
		dealCheck: facts.dealCheck,
		dealChecks: state?.dealChecks ?? [],
		said: state?.said ?? null,
		startRefusal: startRefusal(facts),
		refused: facts.refused,
		twoHosts: facts.twoHosts,
		events: facts.events,
		offences: facts.offences,
		fault: facts.fault,
	};
}

function startRefusal({ table, state }: SessionFacts): RefusalCode | null {
	return table === null || state === null ? 'invalid_phase' : table.startRefusal(state);
}

function seatSnapshot(facts: SessionFacts, state: TableState, index: SeatIndex): SeatSnapshot {
	const seat = state.seats[index];
	const nobody = {
		seat: index,
		face: null,
		player: null,
		botLevel: null,
		you: false,
		host: false,
		ready: false,
		presence: 'here',
		connection: 'open',
		misplays: state.misplays[index] ?? 0,
	} as const;
	if (seat === undefined || seat.kind === 'empty') return { ...nobody, kind: 'empty' };
	if (seat.kind === 'bot') {
		return { ...nobody, kind: 'bot', face: seat.face, botLevel: seat.level, ready: true };
	}
	if (seat.kind === 'named') return { ...nobody, kind: 'named', face: seat.face, ready: true };
	const you = seat.player === facts.player;
	return {
		...nobody,
		kind: 'human',
		face: seat.face,
		player: seat.player,
		you,
		host: seat.player === state.host,
		ready: seat.ready,
		presence: seat.presence,
		connection: you ? 'open' : facts.connectionOf(seat.player, index),
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
