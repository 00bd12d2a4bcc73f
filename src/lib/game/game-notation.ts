/**
 * A game as text that people read: who sat where, every deal, every call, bid and card, in the spirit of PGN and PBN.
 * The grammar is in docs/notation.md. What follows from the rules (who took a trick, the points) is not written but
 * played again when a text is read, so a text that parses is a legal game; it proves nothing, for nobody signs it.
 *
 *     const text = formatNotation(game, events, date);          // null where a hand of it is closed
 *     const read = await parseNotation(text, loadGame);         // or where it is wrong, by line and column
 */
import { parseCardId, type CardId } from '../cards/card.ts';
import { formatCard, parseCard } from '../cards/notation.ts';
import {
	DEAL_EVENT,
	MAX_SEATS,
	MODES,
	STAND_INS,
	VARIANTS,
	type Game,
	type GameEvent,
	type GameOptions,
	type GameState,
	type RefusalCode,
	type SeatIndex,
	type StandIn,
	type Variant,
} from './game.ts';
import { dealKnown } from './known-deal.ts';
import { activeSeats, toSeat } from './seats.ts';
import { tableOf } from './table.ts';
import { isIsoDate } from './iso-date.ts';
import { isTableEvent, parseTableEvent } from './table-parse.ts';
import {
	DEFAULT_RULES,
	type Face,
	type LogEvent,
	type Seat,
	type TableEvent,
	type TableState,
} from './table-types.ts';

const VERSION = '1';
/** A hundred rounds of Israeli Whist are 120 kB. */
export const MAX_NOTATION_LENGTH = 1_000_000;
const LINE_LENGTH = 100;

const STRAIN_NAMES = {
	C: 'clubs',
	D: 'diamonds',
	H: 'hearts',
	S: 'spades',
	NT: 'no_trump',
} as const;

// Writing.

/**
 * @param events of a whole game of cards, opened (`room/open-log.ts`)
 * @param date of the start, ISO 8601 in UTC
 * @param sat who sat at the table; null: who sat there at its start
 * @returns null when a hand is closed, or the game was kept for real cards
 */
export function formatNotation(
	game: Game,
	events: readonly LogEvent[],
	date: string,
	sat: readonly Seat[] | null = null,
): string | null {
	const { evolve } = tableOf(game);
	const writer = new Writer();
	let state: TableState | null = null;
	for (const event of events) {
		const after: TableState = evolve(state, event);
		if (isTableEvent(event)) {
			if (event.type === 'game_started')
				writeHead(writer, game, { ...after, seats: sat ?? after.seats }, event.firstDealer, date);
			// What was broken off in mid-round, or dealt again, has cards that nobody may know.
			if (event.type === 'round_voided') return null;
		} else if (!writeEvent(writer, game, event)) return null;
		state = after;
	}
	return state?.inner == null || state.options.mode !== 'cards' ? null : writer.text(state);
}

class Writer {
	readonly #lines: string[] = [];
	#section = '';
	#line = '';
	#trick = 0;

	line(text: string): void {
		this.#flush();
		this.#lines.push(text);
		this.#section = '';
	}
	/** Moves of one kind stand together; a trick has a line of its own. */
	move(section: string, token: string): void {
		if (section !== this.#section) {
			this.#flush();
			this.#section = section;
			this.#line = section;
			this.#trick = 0;
		}
		if (section === 'Play' && (this.#line === 'Play' || this.#line === '')) {
			this.#flush();
			this.#trick += 1;
			this.#line = `  ${this.#trick}.`;
		}
		if (this.#line.length + token.length > LINE_LENGTH) this.#flush();
		this.#line = `${this.#line === '' ? ' ' : this.#line} ${token}`;
	}
	endTrick(): void {
		this.#flush();
	}
	#flush(): void {
		if (this.#line !== '') this.#lines.push(this.#line);
		this.#line = '';
	}
	text(end: TableState): string {
		this.#flush();
		return `${this.#lines.join('\n')}\n\n${end.stage === 'finished' ? 'End' : 'Unfinished'}\n`;
	}
}

function writeHead(
	writer: Writer,
	game: Game,
	{ seats, options }: TableState,
	firstDealer: SeatIndex,
	date: string,
): void {
	writer.line(`[Overtrick ${VERSION}]`);
	writer.line(`[Game ${game.variant}]`);
	writer.line(`[Date ${date}]`);
	writer.line(`[Options ${JSON.stringify(options)}]`);
	writer.line(`[Seats ${seats.length}]`);
	for (const [index, seat] of seats.entries()) {
		if (seat.kind === 'empty') continue;
		const { name, color, avatar } = seat.face;
		const kind = seat.kind === 'bot' ? seat.level : 'human';
		writer.line(`[Player ${index + 1} ${kind} ${color} ${avatar} ${JSON.stringify(name)}]`);
	}
	writer.line(`[FirstDealer ${firstDealer + 1}]`);
}

/** false when it cannot be written. */
function writeEvent(writer: Writer, game: Game, event: GameEvent): boolean {
	const fields: Readonly<Record<string, unknown>> = { ...event };
	const mover = `${Number(fields['seat']) + 1}:`;
	const by = typeof fields['by'] === 'string' ? `!${fields['by']}` : '';
	const put = (section: string, what: unknown): boolean => {
		writer.move(section, `${mover}${String(what)}${by}`);
		return true;
	};
	switch (event.type) {
		case DEAL_EVENT:
			return writeDeal(writer, game, event, fields);
		case 'bid_made':
			return put('Bids', fields['bid']);
		case 'call_made':
			return put('Calls', callText(fields['bid']));
		case 'frisch_chosen': {
			const cards = game.faceDownOf(event)?.cards ?? null;
			return cards !== null && put('Pass', cards.map(formatCard).join(','));
		}
		case 'contract_made':
			return put('Contracts', fields['contract']);
		case 'card_played': {
			const card = parseCardId(fields['card']);
			return card !== null && put('Play', formatCard(card));
		}
		case 'trick_taken':
			writer.endTrick();
			return true;
		case 'end_called':
			writer.move('Finish', `${Number(fields['by']) + 1}:end`);
			return true;
		default:
			// It follows from the moves.
			return true;
	}
}

function callText(bid: unknown): string {
	const fields: Readonly<Record<string, unknown>> = { ...(typeof bid === 'object' ? bid : null) };
	const strain = Object.entries(STRAIN_NAMES).find(([, name]) => name === fields['strain'])?.[0];
	return strain === undefined ? '-' : `${String(fields['amount'])}${strain}`;
}

function writeDeal(
	writer: Writer,
	game: Game,
	event: GameEvent,
	fields: Readonly<Record<string, unknown>>,
): boolean {
	const hands = game.handsOf(event) ?? [];
	if (hands.length === 0 || hands.some((hand) => hand === null)) return false;
	const trump = parseCardId(fields['trumpCard']);
	writer.line('');
	writer.line(`Round ${String(fields['round'])}${trump === null ? '' : ` trump ${formatCard(trump)}`}`);
	for (const [index, hand] of hands.entries()) {
		if (hand !== null && hand.length > 0)
			writer.line(`  Hand ${index + 1} ${hand.map(formatCard).join(' ')}`);
	}
	return true;
}

// Reading.

export const NOTATION_FAULTS = [
	'too_long',
	'not_notation',
	'newer',
	'unknown_tag',
	'bad_tag',
	'bad_date',
	'missing_tag',
	'unknown_word',
	'bad_card',
	'bad_move',
	'bad_deal',
	'illegal_move',
] as const;
export type NotationFault = (typeof NOTATION_FAULTS)[number];

export interface NotationError {
	readonly code: NotationFault;
	/** 1-based, of the word it is about. */
	readonly line: number;
	readonly column: number;
	/** With `illegal_move`: what the rules say to it. */
	readonly refusal: RefusalCode | null;
}

export type ParsedNotation =
	| {
			readonly ok: true;
			readonly game: Game;
			/** As a log would have them, every hand open. */
			readonly events: readonly LogEvent[];
			/** ISO 8601 in UTC. */
			readonly date: string;
	  }
	| { readonly ok: false; readonly error: NotationError };

interface Word {
	readonly text: string;
	readonly line: number;
	readonly column: number;
}

/** Thrown and caught within this file alone. */
class Fault extends Error {
	readonly error: NotationError;
	constructor(
		code: NotationFault,
		{ line, column }: Pick<Word, 'line' | 'column'>,
		refusal: RefusalCode | null = null,
	) {
		super(code);
		this.error = { code, line, column, refusal };
	}
}

const START = { line: 1, column: 1 };

export async function parseNotation(
	text: string,
	loadGame: (variant: Variant) => Promise<Game>,
): Promise<ParsedNotation> {
	try {
		if (text.length > MAX_NOTATION_LENGTH) throw new Fault('too_long', START);
		const { tags, words } = wordsOf(text);
		const head = headOf(tags);
		const reader = new Reader(await loadGame(head.variant), head);
		reader.readAll(words);
		return { ok: true, game: reader.game, events: reader.events, date: head.date };
	} catch (error) {
		if (error instanceof Fault) return { ok: false, error: error.error };
		throw error;
	}
}

interface Tag {
	readonly name: string;
	readonly value: string;
	readonly at: Word;
}

/** Tags stand on lines of their own before the first round; comments are in braces or behind a semicolon. */
function wordsOf(text: string): { tags: readonly Tag[]; words: readonly Word[] } {
	const tags: Tag[] = [];
	const words: Word[] = [];
	let isComment = false;
	for (const [index, raw] of text.split(/\r\n?|\n/).entries()) {
		const line = index + 1;
		const tag = isComment ? null : /^\s*\[(\w{1,20}) (.*)\]\s*$/.exec(raw);
		if (tag !== null) {
			const column = raw.indexOf('[') + 1;
			tags.push({ name: tag[1] ?? '', value: tag[2] ?? '', at: { text: raw, line, column } });
			continue;
		}
		for (const found of raw.matchAll(/[{}]|;.*|[^\s{};]+/g)) {
			const [word] = found;
			if (word === '{' || word === '}') isComment = word === '{';
			else if (!isComment && !word.startsWith(';')) words.push({ text: word, line, column: found.index + 1 });
		}
	}
	return { tags, words };
}

interface Head {
	readonly variant: Variant;
	readonly date: string;
	readonly options: Word & { readonly value: string };
	readonly seats: readonly Seat[];
	readonly firstDealer: SeatIndex;
	readonly at: Pick<Word, 'line' | 'column'>;
}

const TAG_NAMES = ['Overtrick', 'Game', 'Date', 'Options', 'Seats', 'Player', 'FirstDealer'];

function headOf(tags: readonly Tag[]): Head {
	const [first] = tags;
	if (first?.name !== 'Overtrick') throw new Fault('not_notation', first?.at ?? START);
	if (first.value !== VERSION) throw new Fault('newer', first.at);
	const stranger = tags.find(({ name }) => !TAG_NAMES.includes(name));
	if (stranger !== undefined) throw new Fault('unknown_tag', stranger.at);
	const tagOf = (name: string): Tag => {
		const found = tags.find((tag) => tag.name === name);
		if (found === undefined) throw new Fault('missing_tag', first.at);
		return found;
	};
	const game = tagOf('Game');
	const variant = VARIANTS.find((one) => one === game.value);
	if (variant === undefined) throw new Fault('bad_tag', game.at);
	const date = tagOf('Date');
	if (!isIsoDate(date.value)) throw new Fault('bad_date', date.at);
	const size = tagOf('Seats');
	const seats: Seat[] = Array.from({ length: wholeIn(size, size.value, 1, MAX_SEATS) }, () => ({
		kind: 'empty',
	}));
	for (const tag of tags.filter(({ name }) => name === 'Player')) putPlayer(seats, tag);
	const dealer = tagOf('FirstDealer');
	const options = tagOf('Options');
	return {
		variant,
		date: date.value,
		options: { ...options.at, value: options.value },
		seats,
		firstDealer: toSeat(wholeIn(dealer, dealer.value, 1, seats.length) - 1),
		at: first.at,
	};
}

function wholeIn({ at }: Tag, text: string | undefined, low: number, high: number): number {
	const value = /^\d{1,10}$/.test(text ?? '') ? Number(text) : Number.NaN;
	if (!(value >= low && value <= high)) throw new Fault('bad_tag', at);
	return value;
}

/** Nobody of a text has a key: a name is made up where one is wanted. */
const nobody = (seat: number): string => `notation-${seat}`.padEnd(43, 'A');

function putPlayer(seats: Seat[], tag: Tag): void {
	const parts = /^(\d+) (human|novice|club) (\d+) (\d+) (".*")$/.exec(tag.value);
	const place = wholeIn(tag, parts?.[1], 1, seats.length) - 1;
	const name = jsonOf(parts?.[5] ?? '');
	const face = { name, color: Number(parts?.[3]), avatar: Number(parts?.[4]) };
	// The log's own check of a face: its length, its letters, its colour.
	const changed = parseTableEvent('face_changed', 1, { seat: place, face });
	if (changed?.type !== 'face_changed' || seats[place]?.kind !== 'empty') throw new Fault('bad_tag', tag.at);
	seats[place] = seatFor(place, parts?.[2] ?? '', changed.face);
}

function seatFor(place: number, kind: string, face: Face): Seat {
	if (kind === 'novice' || kind === 'club') return { kind: 'bot', level: kind, face };
	const seat = parseTableEvent('seat_taken', 1, {
		seat: place,
		player: nobody(place),
		boxKey: 'A'.repeat(43),
		contribution: 'A'.repeat(43),
		face,
	});
	if (seat?.type !== 'seat_taken') throw new TypeError('a made-up player is one');
	const { player, boxKey, contribution } = seat;
	return { kind: 'human', player, boxKey, contribution, face, ready: true, presence: 'here' };
}

function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// Not JSON: whoever asked refuses what comes of it.
		return undefined;
	}
}

/** How a word of a section becomes a command; null for a word that is none. */
const SECTIONS: Readonly<Record<string, (text: string) => unknown>> = {
	Bids: (text) => (isNumber(text) ? { type: 'make_bid', bid: Number(text) } : null),
	Calls: (text) => {
		const call = /^(\d{1,2})(C|D|H|S|NT)$/.exec(text);
		const strain = Object.entries(STRAIN_NAMES).find(([name]) => name === call?.[2])?.[1];
		if (text === '-') return { type: 'make_call', bid: null };
		return strain === undefined ? null : { type: 'make_call', bid: { amount: Number(call?.[1]), strain } };
	},
	Pass: (text) => {
		const cards = text.split(',').map(parseCard);
		return cards.includes(null) ? null : { type: 'pass_cards', cards };
	},
	Contracts: (text) => (isNumber(text) ? { type: 'make_contract', contract: Number(text) } : null),
	Play: (text) => {
		const card = parseCard(text);
		return card === null ? null : { type: 'play_card', card };
	},
	Finish: (text) => (text === 'end' ? { type: 'finish_game' } : null),
};
const isNumber = (text: string): boolean => /^\d{1,2}$/.test(text);

/** Plays a text again, word by word. */
class Reader {
	readonly game: Game;
	readonly events: LogEvent[] = [];
	#state: TableState | null = null;
	#words: readonly Word[] = [];
	#next = 0;

	constructor(game: Game, head: Head) {
		this.game = game;
		const options = game.parseOptions(jsonOf(head.options.value));
		if (!options.ok || options.value.mode !== MODES[0]) throw new Fault('bad_tag', head.options);
		try {
			this.#fold(created(game, head, options.value));
			this.#fold({ type: 'game_started', firstDealer: head.firstDealer, contributions: 'A'.repeat(43) });
		} catch {
			// The table takes no such seats, or no such dealer.
			throw new Fault('bad_tag', head.at);
		}
	}

	readAll(words: readonly Word[]): void {
		this.#words = words;
		let section: string | null = null;
		for (let word = this.#take(); word !== null; word = this.#take()) {
			const { text } = word;
			if (text === 'Round') {
				this.#round(word);
				section = null;
			} else if (text === 'End' || text === 'Unfinished') {
				this.#end(word);
			} else if (Object.hasOwn(SECTIONS, text)) {
				section = text;
			} else if (section === null) {
				throw new Fault('unknown_word', word);
			} else if (!/^\d{1,2}\.$/.test(text)) {
				this.#move(section, word);
			}
		}
	}

	#take(): Word | null {
		const word = this.#words[this.#next];
		if (word === undefined) return null;
		this.#next += 1;
		return word;
	}
	#peek(): string {
		return this.#words[this.#next]?.text ?? '';
	}
	get #table(): TableState {
		if (this.#state === null) throw new TypeError('a reader has its table');
		return this.#state;
	}
	get #inner(): GameState {
		const { inner } = this.#table;
		if (inner === null) throw new TypeError('a reader has started its game');
		return inner;
	}
	#fold(event: LogEvent): void {
		this.#state = tableOf(this.game).evolve(this.#state, event);
		this.events.push(event);
	}

	/** `Round 3 trump QH`, and a hand for each seat that is dealt in. */
	#round(start: Word): void {
		const number = this.#take();
		if (!isNumber(number?.text ?? '')) throw new Fault('unknown_word', number ?? start);
		let trump: CardId | null = null;
		if (this.#peek() === 'trump') {
			this.#take();
			trump = cardOf(this.#take() ?? start);
		}
		const hands = new Map<SeatIndex, readonly CardId[]>();
		while (this.#peek() === 'Hand') {
			this.#take();
			const seat = this.#seat(this.#take() ?? start);
			const hand: CardId[] = [];
			while (parseCard(this.#peek()) !== null) hand.push(cardOf(this.#take() ?? start));
			const isCard = /^[2-9TJQKA][A-Z]\*?$/.test(this.#peek());
			if (isCard) throw new Fault('bad_card', this.#words[this.#next] ?? start);
			if (hands.has(seat)) throw new Fault('bad_deal', start);
			hands.set(seat, hand);
		}
		this.#reveal();
		this.#attend([...hands.keys()]);
		this.#deal(start, Number(number?.text), trump, hands);
	}

	#seat(word: Word): SeatIndex {
		const seat = /^\d{1,2}$/.test(word.text) ? Number(word.text) - 1 : -1;
		if (this.#table.seats[seat] === undefined) throw new Fault('bad_move', word);
		return toSeat(seat);
	}

	/** People who have no hand in the round have left, and are back when they have one. */
	#attend(active: readonly SeatIndex[]): void {
		for (const [index, seat] of this.#table.seats.entries()) {
			if (seat.kind !== 'human') continue;
			const isIn = active.includes(toSeat(index));
			if (isIn && seat.presence === 'left') this.#fold({ type: 'seat_returned', seat: toSeat(index) });
			if (!isIn && seat.presence !== 'left') this.#fold({ type: 'seat_left', seat: toSeat(index) });
		}
	}

	#deal(
		at: Word,
		round: number,
		trump: CardId | null,
		hands: ReadonlyMap<SeatIndex, readonly CardId[]>,
	): void {
		const event = dealKnown(this.game, this.#inner, activeSeats(this.#table), { hands, trump });
		if (event === null) throw new Fault('bad_deal', at);
		try {
			this.#fold(event);
		} catch {
			// The table does not deal to these seats.
			throw new Fault('bad_deal', at);
		}
		if (this.#inner.round !== round) throw new Fault('bad_deal', at);
	}

	/** `3:QH`, with `!bot` behind it where somebody else acted. */
	#move(section: string, word: Word): void {
		const parts = /^(\d{1,2}):([^!]+)(?:!(\w+))?$/.exec(word.text);
		const seat = parts === null ? null : this.#seat({ ...word, text: parts[1] ?? '' });
		const body = SECTIONS[section]?.(parts?.[2] ?? '') ?? null;
		const command = body === null ? null : this.game.parseCommand(body);
		const by: StandIn | undefined = STAND_INS.find((one) => one === parts?.[3]);
		if (seat === null || command === null || (parts?.[3] !== undefined && by === undefined)) {
			throw new Fault(section === 'Play' || section === 'Pass' ? 'bad_card' : 'bad_move', word);
		}
		const asked = by === undefined ? command : { ...command, by };
		const decision = this.game.decide(this.#inner, asked, seat, { isAdmin: true, timeMs: 0 });
		if (!decision.ok) throw new Fault('illegal_move', word, decision.code);
		for (const event of decision.events) this.#fold(event);
		for (let due = this.game.owed(this.#inner, activeSeats(this.#table)); due !== null;) {
			this.#fold(due);
			due = this.game.owed(this.#inner, activeSeats(this.#table));
		}
	}

	/** A round that is over was opened to everybody, or no other is dealt. */
	#reveal(): void {
		const { revealedRounds } = this.#table;
		const { deal, turn } = this.#inner;
		if (turn !== null || deal <= revealedRounds) return;
		this.#fold({ type: 'round_revealed', round: revealedRounds + 1, key: 'A'.repeat(43) });
	}

	#end(word: Word): void {
		if (this.#peek() !== '') throw new Fault('unknown_word', this.#words[this.#next] ?? word);
		if (word.text === 'Unfinished') return;
		if (this.#inner.over) this.#reveal();
		const reason = this.#inner.over ? 'completed' : 'abandoned';
		this.#fold({ type: 'game_ended', reason, secret: 'A'.repeat(43) });
	}
}

function cardOf(word: Word): CardId {
	const card = parseCard(word.text);
	if (card === null) throw new Fault('bad_card', word);
	return card;
}

function created(game: Game, { seats }: Head, options: GameOptions): TableEvent {
	const host = seats.find((seat) => seat.kind === 'human');
	const event = parseTableEvent('game_created', 1, {
		game: 'A'.repeat(22),
		variant: game.variant,
		host: host?.kind === 'human' ? host.player : nobody(MAX_SEATS),
		commitment: 'A'.repeat(43),
		rules: { ...DEFAULT_RULES, seats: seats.length },
		options,
		seats,
		previous: null,
	});
	if (event === null) throw new TypeError('a table that is read is one');
	return event;
}
