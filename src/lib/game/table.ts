/**
 * The table as a state machine around any `Game`: who sits, who hosts, who is away, when the game starts and
 * ends. Pure like the games themselves. The host decides; every peer folds the same events to the same state.
 *
 *     const table = tableOf(game);
 *     const decision = table.decide(state, { type: 'set_ready', ready: true }, player, secrets);
 *     if (decision.ok) state = decision.events.reduce(table.evolve, state);
 */
import { assert, assertNever } from './assert.ts';
import type {
	Asking,
	Decision,
	Game,
	GameCommand,
	GameOptions,
	GameState,
	GameView,
	Hand,
	RefusalCode,
	SeatIndex,
	Viewer,
} from './game.ts';
import { MAX_PHRASES } from './phrases.ts';
import { activeSeats, hasChecked, isFree, needsAllSeats, seatOf, seatsToDeal, toSeat } from './seats.ts';
import { isFace, isRules, isTableCommand, isTableEvent } from './table-parse.ts';
import type {
	Command,
	GameCreated,
	LogEvent,
	NameSeat,
	PlayerId,
	Presence,
	Seat,
	SetRules,
	SwapSeats,
	TableCommand,
	TableEvent,
	TableRules,
	TableState,
	TakeSeat,
} from './table-types.ts';

/** What only the host can add to a decision: it comes from its secret and its clock, so `decide` stays pure. */
export interface HostSecrets {
	/** Now, ms since 1970, a whole number: what a keeper's events say of when they were made. */
	timeMs(): number;
	/** The dealer of round 1 out of the seats that will be dealt in (El Dorado 1.4). */
	drawFirstDealer(candidates: readonly SeatIndex[], state: TableState): SeatIndex;
	/** SHA-256 over the contributions of the seated humans in seat order, base64url. */
	contributions(state: TableState): string;
	/** Whether the number is what this seat has promised. */
	keepsPromise(state: TableState, seat: SeatIndex, contribution: string): boolean;
	/** The secret behind the commitment, published with the end of the game. */
	secret(): string;
}

/** What the host owes the table now. */
export type Due =
	| { readonly type: 'nothing' }
	/** A decision of a host that is gone was kept only in part; or a round is over, and who waited for that is back. */
	| { readonly type: 'settle'; readonly event: LogEvent }
	/** A round is over and its key is not public yet. */
	| { readonly type: 'reveal'; readonly round: number }
	| { readonly type: 'deal'; readonly round: number; readonly decks: number }
	/** Too few seats to deal to (El Dorado 6.3). */
	| { readonly type: 'wait_for_players' }
	| { readonly type: 'end' }
	/** A bot, or the stand-in of an absent player, has to act. */
	| { readonly type: 'act_for'; readonly seat: SeatIndex; readonly as: 'bot' | 'stand_in' }
	/** A player who is here has to act. */
	| { readonly type: 'turn'; readonly seat: SeatIndex }
	/** The start is called, and a page has not opened its contribution yet. */
	| { readonly type: 'wait_for_openings' };

export interface Table {
	readonly game: Game;
	readonly decide: (
		state: TableState,
		command: Command,
		actor: PlayerId,
		secrets: HostSecrets,
	) => Decision<LogEvent>;
	readonly evolve: (state: TableState | null, event: LogEvent) => TableState;
	readonly view: (state: TableState, viewer: Viewer) => GameView | null;
	readonly due: (state: TableState) => Due;
	/** Why the game cannot start yet, or null. */
	readonly startRefusal: (state: TableState) => RefusalCode | null;
}

/** A hand, seen or unseen, for each of these seats and none for another. */
function isDealtTo(active: readonly SeatIndex[], hands: readonly (Hand | null)[] | null): boolean {
	const dealt = hands?.flatMap((hand, seat) => (hand === null || hand.length > 0 ? [seat] : [])) ?? [];
	return dealt.length === active.length && dealt.every((seat, place) => seat === active[place]);
}

function isHere(state: TableState, seat: SeatIndex): boolean {
	const holder = state.seats[seat];
	return holder?.kind === 'human' && holder.presence === 'here';
}

/** Of several that must act in any order those go first who need no waiting for: bots, and stand-ins. */
function nextToAct(state: TableState, { pending = [] }: GameState, turn: SeatIndex): SeatIndex {
	return pending.find((seat) => !isHere(state, seat)) ?? turn;
}

/** All rounds are over and their keys are public. */
function isPlayedOut({ inner, revealedRounds }: TableState): boolean {
	return inner !== null && inner.over && revealedRounds === inner.deal;
}

/** A round has ended and the next is not dealt: players may tap on. Never at a keeper's table, where nothing is. */
export function isResting(state: TableState): boolean {
	const { inner } = state;
	return state.stage === 'playing' && inner !== null && inner.turn === null && inner.deal > 0 && !inner.over;
}

/** Real cards on a real table; the phones keep its score. */
function isKept({ options }: Pick<TableState, 'options'>): boolean {
	return options.mode === 'keeper';
}

const refuse = (code: RefusalCode) => ({ ok: false, code }) as const;
const accept = (...events: LogEvent[]) => ({ ok: true, events }) as const;

export function tableOf(game: Game): Table {
	function innerOf(state: TableState): GameState {
		assert(state.inner !== null, 'the game has not started');
		return state.inner;
	}

	function decide(
		state: TableState,
		command: Command,
		actor: PlayerId,
		secrets: HostSecrets,
	): Decision<LogEvent> {
		if (state.kicked.includes(actor)) return refuse('not_seated');
		if (isTableCommand(command)) return decideTable(state, command, actor, secrets);
		if (state.stage === 'lobby') return refuse('invalid_phase');
		if (state.stage === 'finished') return refuse('game_over');
		const seat = seatOf(state, actor);
		const isAdmin = actor === state.host;
		// The score may be kept by somebody who does not play.
		if (seat === null && !(isAdmin && isKept(state))) return refuse('not_seated');
		return decideMove(state, command, seat, { isAdmin, timeMs: secrets.timeMs() });
	}

	/** A move by the seat's own player: it also takes the seat back from the stand-in (6.1), unless it was left (6.3). */
	function decideMove(
		state: TableState,
		command: GameCommand,
		seat: SeatIndex | null,
		asking: Asking,
	): Decision<LogEvent> {
		const holder = seat === null ? undefined : state.seats[seat];
		const presence = holder?.kind === 'human' ? holder.presence : 'here';
		if (presence === 'left' || presence === 'returning') return refuse('not_seated');
		const decision = game.decide(innerOf(state), command, seat, asking);
		return decision.ok && seat !== null && presence === 'away'
			? accept({ type: 'seat_back', seat }, ...decision.events)
			: decision;
	}

	function decideTable(
		state: TableState,
		command: TableCommand,
		actor: PlayerId,
		secrets: HostSecrets,
	): Decision<LogEvent> {
		const seat = seatOf(state, actor);
		const holder = seat === null ? null : (state.seats[seat] ?? null);
		const isAdmin = actor === state.host;
		// While the start is called seats stand still: who sat down now would know the others' contributions.
		const isCalled = state.opened !== null;
		if (isCalled && !WHILE_CALLED.has(command.type)) return refuse('invalid_phase');
		const inLobby = state.stage === 'lobby';
		switch (command.type) {
			case 'take_seat':
				return seat !== null ? refuse('already_seated') : takeSeat(state, command, actor);
			case 'contribute':
				if (seat === null || holder?.kind !== 'human') return refuse('not_seated');
				// A second contribution would let its maker choose between two deals.
				if (!inLobby || holder.contribution !== null) return refuse('invalid_phase');
				return accept({ type: 'contribution_made', seat, contribution: command.contribution });
			case 'open_contribution':
				if (seat === null || holder?.kind !== 'human') return refuse('not_seated');
				if (state.opened === null) return refuse('invalid_phase');
				if (state.opened[seat] != null) return accept();
				return secrets.keepsPromise(state, seat, command.contribution)
					? openContribution(state, seat, command.contribution, secrets)
					: refuse('not_ready');
			case 'leave_seat':
				if (seat === null) return refuse('not_seated');
				if (inLobby) return accept({ type: 'seat_cleared', seat });
				if (state.stage === 'finished') return refuse('game_over');
				return holder?.kind === 'human' && holder.presence === 'left'
					? refuse('not_seated')
					: accept(leaving(state, seat));
			case 'return_to_seat':
				if (seat === null || holder?.kind !== 'human') return refuse('not_seated');
				if (state.stage !== 'playing') return refuse('invalid_phase');
				return returning(game, state, seat, holder.presence);
			case 'change_face':
				if (seat === null) return refuse('not_seated');
				// A game that is over is archived as it is: nothing follows its end.
				if (state.stage === 'finished') return refuse('game_over');
				return isFace(command.face)
					? accept({ type: 'face_changed', seat, face: command.face })
					: refuse('invalid_name');
			case 'set_ready':
				if (seat === null || holder?.kind !== 'human') return refuse('not_seated');
				if (!inLobby) return refuse('invalid_phase');
				return holder.ready === command.ready
					? accept()
					: accept({ type: 'ready_set', seat, ready: command.ready });
			case 'swap_seats':
				return inLobby ? swapSeats(state, command, seat, isAdmin) : refuse('invalid_phase');
			case 'set_rules':
				if (!isAdmin) return refuse('not_admin');
				return inLobby ? setRules(state, command) : letWatch(state, command);
			case 'add_bot':
				if (!isAdmin) return refuse('not_admin');
				if (!inLobby) return refuse('invalid_phase');
				if (!isFace(command.face)) return refuse('invalid_name');
				if (state.seats[command.seat] === undefined) return refuse('no_such_seat');
				return state.seats[command.seat]?.kind === 'human'
					? refuse('seat_taken')
					: accept({ type: 'bot_seated', seat: command.seat, level: command.level, face: command.face });
			case 'name_seat':
				return isAdmin ? nameSeat(state, command) : refuse('not_admin');
			case 'clear_seat': {
				if (!isAdmin) return refuse('not_admin');
				if (!inLobby) return refuse('invalid_phase');
				const target = state.seats[command.seat];
				if (target === undefined || target.kind === 'empty') return refuse('no_such_seat');
				return accept({ type: 'seat_cleared', seat: command.seat });
			}
			case 'kick': {
				if (!isAdmin) return refuse('not_admin');
				if (command.player === state.host) return refuse('no_such_seat');
				if (state.kicked.includes(command.player)) return accept();
				if (state.stage === 'finished') return refuse('game_over');
				const target = seatOf(state, command.player);
				const kicked: TableEvent = { type: 'player_kicked', player: command.player };
				if (target === null) return accept(kicked);
				if (inLobby) return accept({ type: 'seat_cleared', seat: target }, kicked);
				const seated = state.seats[target];
				const hasLeft = seated?.kind === 'human' && seated.presence === 'left';
				return hasLeft ? accept(kicked) : accept(leaving(state, target), kicked);
			}
			case 'start_game': {
				if (!isAdmin) return refuse('not_admin');
				const refusal = startRefusal(state);
				if (refusal !== null) return refuse(refusal);
				return needsOpening(state) ? accept({ type: 'start_called' }) : accept(start(state, secrets));
			}
			case 'continue':
				if (seat === null) return refuse('not_seated');
				if (!isResting(state)) return refuse('invalid_phase');
				return state.continued.includes(seat) ? accept() : accept({ type: 'continued', seat });
			case 'check_deal': {
				if (seat === null) return refuse('not_seated');
				const { round, fits } = command;
				if (state.stage !== 'playing' || round > state.revealedRounds) return refuse('invalid_phase');
				return hasChecked(state, seat, round)
					? accept()
					: accept({ type: 'deal_checked', seat, round, fits });
			}
			case 'say':
				if (seat === null) return refuse('not_seated');
				if (state.stage !== 'playing') return refuse('invalid_phase');
				return (state.said?.count ?? 0) < MAX_PHRASES
					? accept({ type: 'phrase_said', seat, phrase: command.phrase })
					: refuse('rate_limited');
			case 'end_game':
				if (!isAdmin) return refuse('not_admin');
				return state.stage === 'playing'
					? accept({ type: 'game_ended', reason: 'abandoned', secret: secrets.secret() })
					: refuse('invalid_phase');
			default:
				return assertNever(command);
		}
	}

	function startRefusal(state: TableState): RefusalCode | null {
		return state.opened === null ? startRefusalOf(game, state) : 'invalid_phase';
	}

	function start(state: TableState, secrets: HostSecrets): TableEvent {
		const active = activeSeats(state);
		const isDrawn = state.rules.firstDealer === 'drawn';
		const first = isDrawn ? secrets.drawFirstDealer(active, state) : active[0];
		assert(first !== undefined, 'a game that may start has seats');
		return { type: 'game_started', firstDealer: first, contributions: secrets.contributions(state) };
	}

	/** The last one to be opened starts the game. */
	function openContribution(
		state: TableState,
		seat: SeatIndex,
		contribution: string,
		secrets: HostSecrets,
	): Decision<LogEvent> {
		const opened = { type: 'contribution_opened', seat, contribution } as const;
		const next = evolve(state, opened);
		return isAllOpened(next) ? accept(opened, start(next, secrets)) : accept(opened);
	}

	function setRules(state: TableState, command: SetRules): Decision<LogEvent> {
		const options = game.parseOptions(command.options);
		const { rules } = command;
		if (!options.ok || !isRules(rules) || rules.seats < game.minSeats || rules.seats > game.maxSeats) {
			return refuse('invalid_options');
		}
		const isNamed = state.seats.some(({ kind }) => kind === 'named');
		if (isNamed && options.value.mode !== 'keeper') return refuse('invalid_options');
		const moves = shrinkTo(state, rules.seats);
		if (moves === null) return refuse('room_full');
		return accept(...moves, { type: 'rules_set', rules, options: options.value });
	}

	/** What may change of a running game: whether others watch. */
	function letWatch(state: TableState, { rules, options }: SetRules): Decision<LogEvent> {
		const isThat = state.stage === 'playing' && isOnlyWatching(state, rules, options);
		return isThat ? accept({ type: 'rules_set', rules, options: state.options }) : refuse('invalid_phase');
	}

	function evolve(state: TableState | null, event: LogEvent): TableState {
		if (isTableEvent(event)) return evolveTable(game, state, event);
		assert(state !== null && state.stage === 'playing', `${event.type} outside a running game`);
		const before = innerOf(state);
		const inner = game.evolve(before, event);
		if (inner.deal === before.deal) return { ...state, inner };
		assert(isDealtTo(seatsToDeal(game, state), game.handsOf(event)), 'a deal is to the seats that are due');
		return { ...state, inner, beforeRound: before, dealtIn: seatsToDeal(game, state), continued: [] };
	}

	function due(state: TableState): Due {
		const { inner } = state;
		if (state.opened !== null) return { type: 'wait_for_openings' };
		if (state.stage !== 'playing' || inner === null) return { type: 'nothing' };
		if (inner.turn !== null) return dueTurn(state, nextToAct(state, inner, inner.turn));
		const active = seatsToDeal(game, state);
		const event = game.owed(inner, active);
		if (event !== null) return { type: 'settle', event };
		if (state.revealedRounds < inner.deal) return { type: 'reveal', round: inner.deal };
		const back = state.seats.findIndex((seat) => seat.kind === 'human' && seat.presence === 'returning');
		if (back >= 0) return { type: 'settle', event: { type: 'seat_returned', seat: toSeat(back) } };
		if (inner.over) return { type: 'end' };
		if (active.length < game.minSeats) return { type: 'wait_for_players' };
		const plan = game.dealDue(inner, active);
		return plan === null ? { type: 'nothing' } : { type: 'deal', ...plan };
	}

	function dueTurn(state: TableState, seat: SeatIndex): Due {
		// People with real cards act for each other, and nobody's phone acts for them.
		if (isKept(state)) return { type: 'nothing' };
		if (state.seats[seat]?.kind === 'bot') return { type: 'act_for', seat, as: 'bot' };
		return isHere(state, seat) ? { type: 'turn', seat } : { type: 'act_for', seat, as: 'stand_in' };
	}

	return {
		game,
		decide,
		evolve,
		due,
		view: (state, viewer) => (state.inner === null ? null : game.view(state.inner, viewer)),
		startRefusal,
	};
}

/** Cards are dealt, from what all at the table have promised. */
function needsOpening(state: TableState): boolean {
	return state.promises && !isKept(state);
}

function isAllOpened({ seats, opened }: TableState): boolean {
	return opened !== null && seats.every((seat, index) => seat.kind !== 'human' || opened[index] != null);
}

const WHILE_CALLED: ReadonlySet<TableCommand['type']> = new Set(['open_contribution', 'change_face']);
/** What may follow the call before the game has started, or is called off. */
const AFTER_CALL: ReadonlySet<TableEvent['type']> = new Set([
	'contribution_opened',
	'start_called_off',
	'game_started',
	'face_changed',
	'host_changed',
]);

/** A promise is kept or void: whoever has seen the others' numbers gives another of its own. */
function withoutPromises(state: TableState): TableState {
	return {
		...state,
		seats: state.seats.map((seat) => (seat.kind === 'human' ? { ...seat, contribution: null } : seat)),
		opened: null,
	};
}

/** The admin's own readiness is the tap on "start". */
function startRefusalOf(game: Game, state: TableState): RefusalCode | null {
	if (state.stage !== 'lobby') return 'invalid_phase';
	if (activeSeats(state).length < game.minSeats) return game.tooFewSeats;
	const waits = state.seats.some(
		(seat) =>
			seat.kind === 'human' && (seat.contribution === null || (!seat.ready && seat.player !== state.host)),
	);
	return waits ? 'not_ready' : null;
}

function takeSeat(state: TableState, command: TakeSeat, player: PlayerId): Decision<LogEvent> {
	if (state.stage === 'finished') return refuse('game_over');
	if (!isFace(command.face)) return refuse('invalid_name');
	const seat = command.seat ?? freeSeat(state);
	if (seat === null) return refuse('room_full');
	const holder = state.seats[seat];
	if (holder === undefined) return refuse('no_such_seat');
	if (!isFree(state, holder, seat)) return refuse('seat_taken');
	const { boxKey, contribution } = command;
	// Who brings a phone to a named seat is the one the table calls by that name.
	const face = holder.kind === 'named' ? holder.face : command.face;
	return accept({ type: 'seat_taken', seat, player, boxKey, contribution, face });
}

/** An empty one first; a named one is taken by whoever goes by that name. */
function freeSeat(state: TableState): SeatIndex | null {
	const free = state.seats.flatMap((seat, index) =>
		seat.kind !== 'named' && isFree(state, seat, toSeat(index)) ? [toSeat(index)] : [],
	);
	return free.find((index) => state.seats[index]?.kind === 'empty') ?? free[0] ?? null;
}

/**
 * Who was away has the seat back. Who had left it is dealt in with the next round (6.3), the stand-in plays the hand
 * that was left to its end; but where a game needs all its seats only until its player is back (Israeli Whist 10).
 */
function returning(game: Game, state: TableState, seat: SeatIndex, presence: Presence): Decision<LogEvent> {
	switch (presence) {
		case 'here':
		case 'returning':
			return refuse('already_seated');
		case 'away':
			return accept({ type: 'seat_back', seat });
		case 'left': {
			const isPlayed = state.dealtIn.includes(seat) && !needsAllSeats(game);
			return accept({ type: isPlayed ? 'return_announced' : 'seat_returned', seat });
		}
		default:
			return assertNever(presence);
	}
}

/** Also the change of its face, and in a game a player whose phone is out of use. */
function nameSeat(state: TableState, { seat, face }: NameSeat): Decision<LogEvent> {
	if (state.stage === 'finished') return refuse('game_over');
	if (!isKept(state)) return refuse('invalid_phase');
	if (!isFace(face)) return refuse('invalid_name');
	const holder = state.seats[seat];
	if (holder === undefined) return refuse('no_such_seat');
	return mayBeNamed(state, holder) ? accept({ type: 'seat_named', seat, face }) : refuse('seat_taken');
}

function mayBeNamed({ stage }: TableState, { kind }: Seat): boolean {
	return kind === 'empty' || kind === 'named' || (kind === 'human' && stage === 'playing');
}

/** A player goes in mid-game. From a keeper's table only the phone goes: whoever held it still sits there. */
function leaving(state: TableState, seat: SeatIndex): TableEvent {
	const holder = state.seats[seat];
	return isKept(state) && holder?.kind === 'human'
		? { type: 'seat_named', seat, face: holder.face }
		: { type: 'seat_left', seat };
}

function swapSeats(
	state: TableState,
	{ a, b }: SwapSeats,
	own: SeatIndex | null,
	isAdmin: boolean,
): Decision<LogEvent> {
	const [from, to] = [state.seats[a], state.seats[b]];
	if (from === undefined || to === undefined || a === b) return refuse('no_such_seat');
	if (isAdmin) return accept({ type: 'seats_swapped', a, b });
	if (own === null) return refuse('not_seated');
	if (own !== a && own !== b) return refuse('not_admin');
	const other = own === a ? to : from;
	return other.kind === 'human' ? refuse('seat_taken') : accept({ type: 'seats_swapped', a, b });
}

/** Moves that bring everybody into the first `size` seats, bots giving way; null when they do not fit. */
function shrinkTo(state: TableState, size: number): TableEvent[] | null {
	const moves: TableEvent[] = [];
	const seats = state.seats.map((seat) => seat.kind);
	for (let from = size; from < seats.length; from++) {
		const kind = seats[from];
		if (kind === 'human' || kind === 'named') {
			const empty = seats.findIndex((kind, index) => index < size && kind === 'empty');
			const to = empty >= 0 ? empty : seats.findIndex((kind, index) => index < size && kind === 'bot');
			if (to < 0) return null;
			moves.push({ type: 'seats_swapped', a: toSeat(from), b: toSeat(to) });
			seats[from] = seats[to] as Seat['kind'];
			seats[to] = kind;
		}
		if (seats[from] === 'bot') {
			moves.push({ type: 'seat_cleared', seat: toSeat(from) });
			seats[from] = 'empty';
		}
	}
	return moves;
}

const EMPTY: Seat = { kind: 'empty' };

function created(game: Game, event: GameCreated): TableState {
	assert(event.variant === game.variant, `a log of ${event.variant} folded as ${game.variant}`);
	assert(event.seats.length === event.rules.seats, 'as many seats as the rules say');
	const players = event.seats.flatMap((seat) => (seat.kind === 'human' ? [seat.player] : []));
	assert(new Set(players).size === players.length, 'a player sits once');
	const isNamed = event.seats.some((seat) => seat.kind === 'named');
	assert(!isNamed || isKept(event), "named seats are a keeper's");
	return {
		game: event.game,
		variant: event.variant,
		stage: 'lobby',
		host: event.host,
		term: 1,
		rules: event.rules,
		options: optionsOf(game, event.options),
		seats: event.seats,
		kicked: [],
		commitment: event.commitment,
		promises: event.promises ?? false,
		opened: null,
		unopened: [],
		inner: null,
		beforeRound: null,
		voided: 0,
		dealtIn: [],
		continued: [],
		misplays: event.seats.map(() => 0),
		revealedRounds: 0,
		dealChecks: [],
		said: null,
		secret: null,
	};
}

/** Whether these rules and options are the table's, but for one thing: whether others may watch. */
function isOnlyWatching(state: TableState, rules: TableRules, options: GameOptions): boolean {
	const spectators = !state.rules.spectators;
	return isSame({ ...state.rules, spectators }, rules) && isSame(state.options, options);
}

/** Of plain values by name, in any order. */
function isSame(a: object, b: object): boolean {
	const text = (value: object) => JSON.stringify(Object.entries(value).sort());
	return text(a) === text(b);
}

/** The options of a log, lifted to this version by their game. */
function optionsOf(game: Game, input: GameOptions): GameOptions {
	const options = game.parseOptions(input);
	assert(options.ok, 'options are those of the game');
	return options.value;
}

function evolveTable(game: Game, state: TableState | null, event: TableEvent): TableState {
	if (event.type === 'game_created') {
		assert(state === null, 'game_created stands first and once');
		return created(game, event);
	}
	assert(state !== null, `${event.type} before game_created`);
	assert(state.opened === null || AFTER_CALL.has(event.type), `${event.type} after the start was called`);
	switch (event.type) {
		case 'seat_taken': {
			assert(state.stage !== 'finished', 'nobody sits down after the end');
			const before = state.seats[event.seat];
			assert(before !== undefined && isFree(state, before, event.seat), 'a seat taken was free');
			assert(!state.kicked.includes(event.player), 'who was kicked stays away');
			assert(seatOf(state, event.player) === null, 'a player sits once');
			const { player, boxKey, contribution, face } = event;
			return withSeat(state, event.seat, {
				kind: 'human',
				player,
				boxKey,
				contribution,
				face,
				ready: player === state.host,
				presence: 'here',
			});
		}
		case 'contribution_made': {
			const seat = state.seats[event.seat];
			assert(state.stage === 'lobby' && seat?.kind === 'human', 'players contribute before the start');
			assert(seat.contribution === null, 'a player contributes once');
			return withSeat(state, event.seat, { ...seat, contribution: event.contribution });
		}
		case 'start_called':
			assert(startRefusalOf(game, state) === null, 'a start is called when everybody is ready');
			assert(needsOpening(state), 'there are promises to be opened');
			return { ...state, opened: state.seats.map(() => null), unopened: [] };
		case 'contribution_opened':
			assert(state.opened !== null, 'contributions are opened when the start is called');
			assert(state.seats[event.seat]?.kind === 'human', 'players have contributions');
			assert(state.opened[event.seat] === null, 'a contribution is opened once');
			return { ...state, opened: state.opened.with(event.seat, event.contribution) };
		case 'start_called_off': {
			const { opened, seats } = state;
			assert(opened !== null && !isAllOpened(state), 'a start is called off when somebody has not opened');
			const unopened = seats.flatMap((seat, index) =>
				seat.kind === 'human' && opened[index] === null ? [toSeat(index)] : [],
			);
			return { ...withoutPromises(state), unopened };
		}
		case 'seat_cleared':
			assert(state.stage === 'lobby', 'seats are cleared in the lobby');
			assert(state.seats[event.seat]?.kind !== 'empty', 'a cleared seat was taken');
			return withSeat(state, event.seat, EMPTY);
		case 'bot_seated':
			assert(state.stage === 'lobby', 'bots sit down in the lobby');
			assert(state.seats[event.seat]?.kind !== 'human', "a bot takes no player's seat");
			return withSeat(state, event.seat, { kind: 'bot', level: event.level, face: event.face });
		case 'seat_named': {
			const holder = state.seats[event.seat];
			assert(state.stage !== 'finished' && isKept(state), "seats are named at a keeper's table");
			assert(holder !== undefined && mayBeNamed(state, holder), 'a seat with a player is not named');
			return withSeat(state, event.seat, { kind: 'named', face: event.face });
		}
		case 'seats_swapped': {
			assert(state.stage === 'lobby', 'seats are swapped in the lobby');
			const [a, b] = [state.seats[event.a], state.seats[event.b]];
			assert(a !== undefined && b !== undefined && event.a !== event.b, 'two seats are swapped');
			return withSeat(withSeat(state, event.a, b), event.b, a);
		}
		case 'face_changed':
			return withHuman(state, event.seat, { face: event.face });
		case 'ready_set': {
			const seat = state.seats[event.seat];
			assert(state.stage === 'lobby' && seat?.kind === 'human', 'players get ready in the lobby');
			assert(seat.ready !== event.ready, 'getting ready changes something');
			return withSeat(state, event.seat, { ...seat, ready: event.ready });
		}
		case 'rules_set': {
			const { rules } = event;
			if (state.stage === 'playing') {
				assert(isOnlyWatching(state, rules, event.options), 'a running game keeps its rules');
				return { ...state, rules };
			}
			assert(state.stage === 'lobby', 'rules are set before the end');
			const dropped = state.seats.slice(rules.seats);
			assert(
				dropped.every(({ kind }) => kind === 'empty'),
				'a table shrinks by empty seats',
			);
			const seats = Array.from({ length: rules.seats }, (_, index) => state.seats[index] ?? EMPTY);
			const options = optionsOf(game, event.options);
			const isNamed = seats.some(({ kind }) => kind === 'named');
			assert(!isNamed || isKept({ options }), "named seats are a keeper's");
			return { ...state, rules, options, seats, misplays: seats.map(() => 0) };
		}
		case 'player_kicked':
			assert(event.player !== state.host, 'the host stays');
			assert(!state.kicked.includes(event.player), 'a player is kicked once');
			return { ...state, kicked: [...state.kicked, event.player] };
		case 'game_started':
			assert(startRefusalOf(game, state) === null, 'a game starts once, when everybody is ready');
			assert(!needsOpening(state) || isAllOpened(state), 'a game starts from what all have opened');
			assert(activeSeats(state).includes(event.firstDealer), 'who deals first is at the table');
			return {
				...state,
				stage: 'playing',
				opened: null,
				inner: game.start(state.options, state.seats.length, event.firstDealer),
			};
		case 'seat_away':
			return withPresence(state, event.seat, ['here'], 'away');
		case 'seat_back':
			return withPresence(state, event.seat, ['away'], 'here');
		case 'return_announced':
			return withPresence(state, event.seat, ['left'], 'returning');
		case 'seat_returned':
			// Before a return was announced in mid-round it came at once, and the hand with it.
			return withPresence(state, event.seat, ['left', 'returning'], 'here');
		case 'seat_left':
			return withPresence(state, event.seat, ['here', 'away', 'returning'], 'left');
		case 'continued':
			assert(isResting(state), 'players tap on while a round rests');
			assert(state.seats[event.seat]?.kind === 'human', 'players tap on');
			assert(!state.continued.includes(event.seat), 'a player taps on once');
			return { ...state, continued: [...state.continued, event.seat] };
		case 'invalid_action': {
			assert(state.stage === 'playing', 'misplays are counted in a game');
			assert(state.seats[event.seat]?.kind === 'human', "a misplay is a player's");
			const misplays = state.misplays.with(event.seat, (state.misplays[event.seat] ?? 0) + 1);
			return { ...state, misplays };
		}
		case 'host_changed':
			assert(event.term > state.term, 'terms only rise');
			// One that keeps the score without a seat may go on with its own game in a new term.
			assert(event.host === state.host || seatOf(state, event.host) !== null, 'a new host has a seat');
			return {
				// The new host's secret was not bound before contributions were open to it.
				...(state.opened === null ? state : withoutPromises(state)),
				host: event.host,
				term: event.term,
				commitment: event.commitment,
			};
		case 'round_voided':
			assert(
				state.beforeRound !== null && state.inner?.deal === event.round,
				'the round under way is voided',
			);
			assert(state.revealedRounds < event.round, 'a finished round stands');
			return {
				...state,
				inner: state.beforeRound,
				beforeRound: null,
				dealtIn: [],
				voided: state.voided + 1,
			};
		case 'round_revealed':
			assert(event.round === state.revealedRounds + 1, 'rounds are revealed in order');
			assert(state.inner?.turn === null && event.round <= state.inner.deal, 'a round is revealed at its end');
			return { ...state, revealedRounds: event.round, beforeRound: null, dealtIn: [] };
		case 'deal_checked': {
			const { seat, round, fits } = event;
			assert(state.stage === 'playing' && round <= state.revealedRounds, 'a finished round is dealt again');
			assert(state.seats[seat]?.kind === 'human', 'players deal rounds again');
			assert(!hasChecked(state, seat, round), 'a player checks a round once');
			return { ...state, dealChecks: [...state.dealChecks, { seat, round, fits }] };
		}
		case 'phrase_said': {
			const { seat, phrase } = event;
			assert(state.stage === 'playing', 'people talk in a game');
			assert(state.seats[seat]?.kind === 'human', 'players talk');
			const count = (state.said?.count ?? 0) + 1;
			assert(count <= MAX_PHRASES, 'a log is not for talking');
			return { ...state, said: { seat, phrase, count } };
		}
		case 'game_ended':
			assert(state.stage === 'playing', 'only a running game ends');
			assert(event.reason === 'abandoned' || isPlayedOut(state), 'a completed game is played out');
			return { ...state, stage: 'finished', secret: event.secret };
		default:
			return assertNever(event);
	}
}

function withSeat(state: TableState, index: SeatIndex, seat: Seat): TableState {
	assert(state.seats[index] !== undefined, `there is no seat ${index}`);
	return { ...state, seats: state.seats.with(index, seat) };
}

type HumanSeat = Extract<Seat, { kind: 'human' }>;

function withHuman(
	state: TableState,
	index: SeatIndex,
	change: Partial<Pick<HumanSeat, 'ready' | 'presence' | 'face'>>,
): TableState {
	const seat = state.seats[index];
	assert(seat?.kind === 'human', `seat ${index} has no player`);
	return withSeat(state, index, { ...seat, ...change });
}

/** People come and go in a game; in the lobby a seat is taken or it is not. */
function withPresence(
	state: TableState,
	index: SeatIndex,
	from: readonly Presence[],
	presence: Presence,
): TableState {
	const seat = state.seats[index];
	assert(state.stage === 'playing', 'players come and go in a game');
	assert(seat?.kind === 'human' && from.includes(seat.presence), `seat ${index} cannot become ${presence}`);
	return withSeat(state, index, { ...seat, presence });
}
