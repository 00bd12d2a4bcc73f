/**
 * Invented tables to look at: the real engine plays a seeded game up to the moment asked for, and what a seat sees of
 * it becomes a snapshot. With `live` it goes on: whoever looks plays their own seat, the others move by themselves.
 */
import { cardsOf } from '../../../src/lib/cards/deck.ts';
import { rankOf, type CardId } from '../../../src/lib/cards/card.ts';
import type { SeatIndex } from '../../../src/lib/game/game.ts';
import {
	DEFAULT_RULES,
	type Command,
	type Face,
	type GameId,
	type PlayerId,
	type RoomCode,
} from '../../../src/lib/game/table-types.ts';
import { EL_DORADO, type ElDoradoState } from '../../../src/lib/games/el-dorado/index.ts';
import type { ElDoradoCommand } from '../../../src/lib/games/el-dorado/types.ts';
import type {
	Connections,
	SeatSnapshot,
	TableClient,
	TableSnapshot,
} from '../../../src/lib/room/table-client.ts';

export const SCENES = [
	'lobby',
	'lobby_full',
	'bid',
	'bid_late',
	'wait_bid',
	'first',
	'trick',
	'wait',
	'late',
	'round',
	'end',
	'joining',
	'nobody',
	'kicked',
] as const;
export type SceneName = (typeof SCENES)[number];

export interface SceneAsked {
	readonly scene: SceneName;
	readonly seats: number;
	/** null watches. */
	readonly viewer: SeatIndex | null;
	readonly seed: number;
	readonly hook: boolean;
	readonly live: boolean;
}

const NAMES = [
	'Noa',
	'Dana',
	'Yossi Ben-David',
	'Maximiliane',
	'Ari',
	'Quiet Heron',
	'Liam',
	'Ruth',
	'Omar',
	'Tiny Tim',
] as const;
/** As a host on a calm table would pace it. */
const PACE_MS = { think: 700, lie: 1_600, rest: 8_000, tappedOn: 900 } as const;
/** No game has as many moves. */
const MOST_MOVES = 5_000;

/** mulberry32: enough for looks. */
function randomFrom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

const seatAt = (index: number): SeatIndex => index as SeatIndex;

function faceOf(index: number): Face {
	return {
		name: NAMES[index % NAMES.length] ?? 'Noa',
		color: (index * 7 + 4) % 10,
		avatar: (2654435761 * (index + 3)) >>> 0,
	};
}

/** Where each scene stops the game. */
function isReached({ scene, viewer, seats }: SceneAsked, state: ElDoradoState): boolean {
	const { phase, round, turn, trick } = state;
	const isMine = viewer === null || turn === viewer;
	switch (scene) {
		case 'bid':
			return phase === 'bidding' && round === 1 && isMine;
		case 'bid_late':
			return phase === 'bidding' && round === 6 && isMine;
		case 'wait_bid':
			return phase === 'bidding' && round === 1 && turn !== viewer;
		case 'first':
			return phase === 'playing' && round === 1 && isMine && trick.length > 0;
		case 'trick':
			return (
				phase === 'playing' &&
				round === 2 &&
				isMine &&
				state.tricks.length >= 2 &&
				trick.length >= Math.min(3, seats - 1)
			);
		case 'wait':
			return phase === 'playing' && round === 1 && turn !== viewer && trick.length >= 2;
		case 'late':
			return phase === 'playing' && round === 9 && isMine;
		case 'round':
			return phase === 'dealing' && round === 4;
		case 'end':
			return state.over;
		default:
			return true;
	}
}

export class Scene implements TableClient {
	readonly #asked: SceneAsked;
	readonly #random: () => number;
	readonly #listeners = new Set<() => void>();
	readonly #seats: readonly SeatIndex[];
	#state: ElDoradoState;
	#continued: readonly SeatIndex[] = [];
	#nextRoundAt: number | null = null;
	snapshot: TableSnapshot;

	constructor(asked: SceneAsked) {
		this.#asked = asked;
		this.#random = randomFrom(asked.seed);
		this.#seats = Array.from({ length: asked.seats }, (_, index) => seatAt(index));
		const options = { ...EL_DORADO.defaultOptions(), hook: asked.hook };
		this.#state = EL_DORADO.start(options, asked.seats, seatAt(2 % asked.seats));
		for (let moves = 0; moves < MOST_MOVES && !isReached(asked, this.#state); moves++) this.#step();
		if (asked.scene === 'round') this.#nextRoundAt = Date.now() + PACE_MS.rest;
		this.snapshot = this.#look();
		if (asked.live) this.#goOn();
	}

	subscribe(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	passTable(): ReturnType<TableClient['passTable']> {
		return Promise.resolve({ ok: false, code: 'need_players' });
	}

	send(command: Command): ReturnType<TableClient['send']> {
		const { viewer } = this.#asked;
		if (command.type === 'continue' && viewer !== null) {
			this.#continued = [viewer];
			this.#publish();
			setTimeout(() => this.#nextRound(), PACE_MS.tappedOn);
		} else if (viewer !== null) {
			const move = EL_DORADO.parseCommand(command);
			if (move !== null && this.#act(move, viewer)) {
				this.#publish();
				this.#goOn();
			}
		}
		return Promise.resolve({ ok: true });
	}
	/** One of each kind, and nothing that is wrong hidden. */
	connections(): Connections {
		const ways = ['direct', 'neighbour', 'relay'] as const;
		return {
			signalling: 'open',
			findings: ['no_candidates', 'servers_silent'],
			links: this.#seats.slice(1).map((seat, place) => {
				const via = ways[place % 3] ?? 'direct';
				return {
					player: `player-${seat}` as PlayerId,
					face: faceOf(seat),
					via,
					through: via === 'neighbour' ? faceOf(1) : null,
					state: place === 2 ? 'doubtful' : 'open',
					roundTripMs: 8 + 30 * place,
					hidden: place === 1,
				};
			}),
		};
	}
	sit(): ReturnType<TableClient['sit']> {
		return Promise.resolve({ ok: true });
	}
	playAgain(): Promise<void> {
		return Promise.resolve();
	}
	close(): void {
		this.#listeners.clear();
	}

	#step(): void {
		if (this.#state.turn !== null) this.#moveFor(this.#state.turn);
		else this.#deal();
	}

	#deal(): void {
		const plan = EL_DORADO.dealDue(this.#state, this.#seats);
		if (plan === null) return;
		const deck: CardId[] = [...cardsOf(plan.decks)];
		for (let i = deck.length - 1; i > 0; i--) {
			const j = Math.floor(this.#random() * (i + 1));
			const [here, there] = [deck[i], deck[j]];
			if (here !== undefined && there !== undefined) [deck[i], deck[j]] = [there, here];
		}
		this.#state = EL_DORADO.evolve(this.#state, EL_DORADO.deal(this.#state, this.#seats, deck));
	}

	/** Bids by its high cards and plays any legal card: passable, and different every time. */
	#moveFor(seat: SeatIndex): void {
		const view = EL_DORADO.view(this.#state, seat);
		if (view.phase === 'bidding') {
			const wanted = view.hand.filter(({ card }) => rankOf(card) > 9).length;
			const bid = view.legalBids.includes(wanted) ? wanted : (view.legalBids[0] ?? 0);
			this.#act({ type: 'make_bid', bid }, seat);
		} else {
			const legal = view.hand.filter(({ refusal }) => refusal === null);
			const choice = legal[Math.floor(this.#random() * legal.length)];
			if (choice !== undefined) this.#act({ type: 'play_card', card: choice.card }, seat);
		}
	}

	#act(command: ElDoradoCommand, seat: SeatIndex): boolean {
		const decision = EL_DORADO.decide(this.#state, command, seat);
		if (decision.ok) for (const event of decision.events) this.#state = EL_DORADO.evolve(this.#state, event);
		return decision.ok;
	}

	#goOn(): void {
		const { turn, over, trick, tricks } = this.#state;
		if (over || turn === this.#asked.viewer) return;
		if (turn === null) {
			this.#nextRoundAt = Date.now() + PACE_MS.rest;
			this.#publish();
			setTimeout(() => this.#nextRound(), PACE_MS.rest);
			return;
		}
		const lies = trick.length === 0 && tricks.length > 0;
		setTimeout(
			() => {
				this.#moveFor(turn);
				this.#publish();
				this.#goOn();
			},
			lies ? PACE_MS.lie : PACE_MS.think,
		);
	}

	#nextRound(): void {
		if (this.#nextRoundAt === null) return;
		this.#nextRoundAt = null;
		this.#continued = [];
		this.#deal();
		this.#publish();
		this.#goOn();
	}

	#publish(): void {
		this.snapshot = this.#look();
		for (const listener of this.#listeners) listener();
	}

	/** One of everything: a bot, somebody away, a weak link, somebody who is not ready. */
	#seatAt(seat: SeatIndex): SeatSnapshot {
		const { scene, seats, viewer } = this.#asked;
		const inLobby = scene === 'lobby' || scene === 'lobby_full';
		const isEmpty = scene === 'lobby' && seat >= Math.ceil(seats / 2);
		const isBot = inLobby ? seat === 1 : seats > 2 && seat === seats - 1;
		return {
			seat,
			kind: isEmpty ? 'empty' : isBot ? 'bot' : 'human',
			face: isEmpty ? null : faceOf(seat),
			player: isEmpty || isBot ? null : (`player-${seat}` as PlayerId),
			botLevel: isBot && !isEmpty ? 'club' : null,
			you: seat === viewer,
			host: seat === 0,
			ready: seat % 2 === 0,
			presence: !inLobby && seats > 5 && seat === 3 ? 'away' : 'here',
			putOut: false,
			free: isEmpty,
			connection: !inLobby && seat === 5 ? 'doubtful' : 'open',
			misplays: seat === 2 ? 1 : 0,
		};
	}

	#look(): TableSnapshot {
		const { scene, seats, viewer } = this.#asked;
		const inLobby = scene === 'lobby' || scene === 'lobby_full';
		const status =
			scene === 'joining'
				? 'joining'
				: scene === 'nobody'
					? 'nobody_here'
					: scene === 'kicked'
						? 'refused'
						: 'open';
		return {
			status,
			refusal: scene === 'kicked' ? 'kicked' : null,
			code: 'KMWRTB' as RoomCode,
			link: 'https://overtrick.example/t/KMWRTB#h=x1Yz',
			solo: false,
			game: `gallery-${this.#asked.seed}`.padEnd(22, '0') as GameId,
			variant: 'el_dorado',
			stage: inLobby ? 'lobby' : this.#state.over ? 'finished' : 'playing',
			you: { player: `player-${viewer ?? 'w'}` as PlayerId, face: faceOf(viewer ?? 9), seat: viewer },
			isHost: viewer === 0,
			isAdmin: viewer === 0,
			mayPlayAgain: viewer === 0,
			rules: { ...DEFAULT_RULES, seats, turnTimerS: 30 },
			options: this.#state.options,
			seats: this.#seats.map((seat) => this.#seatAt(seat)),
			watchers: inLobby ? [{ player: 'player-8' as PlayerId, face: faceOf(8), you: false }] : [],
			view: inLobby ? null : EL_DORADO.view(this.#state, viewer),
			pending: null,
			deadline: this.#state.turn === null ? null : { at: Date.now() + 21_000, totalMs: 30_000 },
			nextRoundAt: this.#nextRoundAt,
			continued: this.#continued,
			takeoverAt: null,
			waitsFor: [],
			dealCheck: this.#state.round > 1 ? { rounds: this.#state.round, secret: true, findings: [] } : null,
			dealChecks: this.#seats.flatMap((seat) =>
				seat === 1 ? [] : [{ seat, round: this.#state.round, fits: true }],
			),
			said: null,
			isStarting: false,
			unopened: [],
			startRefusal: scene === 'lobby' ? 'not_ready' : null,
			refused: null,
			twoHosts: false,
			otherVersion: null,
			voided: 0,
			movedFor: null,
			offences: [],
			events: 0,
			fault: null,
		};
	}
}
