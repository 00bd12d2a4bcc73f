/** What happened, in sentences: one line for each event that is worth telling. */
import { SUITS, type CardId, type Suit } from '../../cards/card.ts';
import type { SeatIndex } from '../../game/game.ts';
import { toSeat } from '../../game/seats.ts';
import { isTableEvent } from '../../game/table-parse.ts';
import type { LogEvent, PlayerId, TableEvent } from '../../game/table-types.ts';
import type { ElDoradoEvent } from '../../games/el-dorado/types.ts';
import type { IsraeliWhistEvent } from '../../games/israeli-whist/types.ts';
import type { Finding } from '../../room/audit.ts';
import type { LostBid } from '../../stats/lost-bids.ts';
import { whereIs, type RoundStretch, type Timeline } from '../../stats/timeline.ts';
import { TRUMPS, type Trump } from '../../stats/summary-types.ts';
import type { DealMessages } from '../messages/deal.en.ts';
import { signed } from '../messages/index.ts';
import type { TableMessages } from '../messages/table.en.ts';
import type { ReplayMessages } from '../messages/replay.en.ts';
import type { PhraseMessages } from '../messages/phrases.en.ts';
import { markKindOf, type MarkKind } from './mark-kinds.ts';
import type { OpenError, RecordError } from './open-game.ts';

/** How things and people are called. */
export interface Names {
	readonly words: ReplayMessages;
	readonly phrases: PhraseMessages;
	readonly card: (card: CardId) => string;
	readonly seat: (seat: SeatIndex) => string;
	readonly player: (player: PlayerId) => string;
	/** What this seat laid face down is seen by whoever looks. */
	readonly isSeen: (seat: SeatIndex) => boolean;
	/** Of the whole game; nobody while it goes on. */
	readonly winners: readonly SeatIndex[];
}

export interface LogLine {
	/** The position right after it. */
	readonly at: number;
	/** null before the first deal; trick 0 is what comes before a round's first card. */
	readonly round: RoundStretch | null;
	readonly trick: number;
	/** Opens a round. */
	readonly isHead: boolean;
	/** It stands out on the way. */
	readonly mark: MarkKind | null;
	readonly text: string;
}

/** null: no trump. */
export function suitOfTrump(trump: Trump): Suit | null {
	return SUITS[TRUMPS.indexOf(trump)] ?? null;
}

/** Every stop of a walk through the game, in words. */
export function linesOf(
	events: readonly LogEvent[],
	timeline: Timeline,
	names: Names,
	lost: readonly LostBid[] = [],
): readonly LogLine[] {
	let isLead = true;
	return timeline.stops.flatMap((at): LogLine[] => {
		const event = events[at - 1];
		if (event === undefined) return [];
		const text = isTableEvent(event) ? tableLine(event, names) : gameLine(event, names, isLead);
		// The next card after any other event of the game opens a trick.
		if (!isTableEvent(event)) isLead = event.type !== 'card_played';
		const isHead = event.type === 'cards_dealt' || event.type === 'round_opened';
		if (text === null) return [];
		const { round, trick } = whereIs(timeline, at);
		const bids = lost.filter((one) => one.at === at).map((one) => lostLine(one, names));
		const mark = markKindOf(event.type);
		return [{ at, isHead, mark, round, trick: trick?.trick ?? 0, text: [text, ...bids].join(' ') }];
	});
}

/** Lines of one trick, or of what comes before the first of a round. */
export interface LogPart {
	/** The number of the round that it opens; null within one. */
	readonly opens: number | null;
	readonly trick: number;
	/** With their places in the whole list. */
	readonly lines: readonly { readonly line: LogLine; readonly index: number }[];
}

/** The same lines under the headings they belong to. */
export function partsOf(lines: readonly LogLine[]): readonly LogPart[] {
	const starts = lines.flatMap((line, index) => {
		const before = lines[index - 1];
		return before?.round === line.round && before?.trick === line.trick ? [] : [index];
	});
	return starts.flatMap((from, at): LogPart[] => {
		const first = lines[from];
		if (first === undefined) return [];
		const isOpening = lines[from - 1]?.round !== first.round;
		return [
			{
				opens: isOpening ? (first.round?.round ?? null) : null,
				trick: first.trick,
				lines: lines.slice(from, starts[at + 1]).map((line, place) => ({ line, index: from + place })),
			},
		];
	});
}

function lostLine({ seat, bid, how }: LostBid, { words, seat: nameOf }: Names): string {
	const { lostOver, lostShort } = words.log;
	return (how === 'over' ? lostOver : lostShort)(nameOf(seat), bid);
}

/** What is told of a game that plays by itself: one line for each trick and each score. */
const MILESTONES: ReadonlySet<string> = new Set([
	'trick_taken',
	'trick_claimed',
	'round_scored',
	'game_ended',
]);
export function isMilestone(event: LogEvent | undefined): boolean {
	return event !== undefined && MILESTONES.has(event.type);
}

function tableLine(event: TableEvent, { words, phrases, seat, player, winners }: Names): string | null {
	const { log } = words;
	switch (event.type) {
		case 'game_started':
			return log.started(seat(event.firstDealer));
		case 'seat_away':
			return log.away(seat(event.seat));
		case 'seat_back':
			return log.back(seat(event.seat));
		case 'seat_left':
			return log.left(seat(event.seat));
		case 'seat_returned':
			return log.returned(seat(event.seat));
		case 'seat_taken':
			return log.sat(event.face.name);
		case 'host_changed':
			return event.reason === 'lost' ? log.hostLost(player(event.host)) : log.hostPassed(player(event.host));
		case 'round_voided':
			return log.voided(event.round);
		case 'invalid_action':
			return log.slip(seat(event.seat));
		case 'phrase_said':
			return phrases.said(seat(event.seat), phrases.phrases[event.phrase]);
		case 'game_ended':
			if (event.reason !== 'completed') return log.broken;
			return winners.length === 0 ? log.over : `${log.over} ${log.won(winners.map(seat))}`;
		default:
			return null;
	}
}

/** What is not the table's is of one of the games: it was parsed as such. */
function isOfGame(event: LogEvent): event is ElDoradoEvent | IsraeliWhistEvent {
	return !isTableEvent(event);
}

function gameLine(event: LogEvent, names: Names, isLead: boolean): string | null {
	const { words, seat, card } = names;
	const { log } = words;
	if (!isOfGame(event)) return null;
	const told = (text: string): string =>
		'by' in event && typeof event.by === 'string' && 'seat' in event
			? `${text} ${log.standIn(seat(event.seat))}`
			: text;
	switch (event.type) {
		case 'cards_dealt':
			return 'trumpCard' in event
				? `${log.dealt(event.round, event.cardsEach)} ${log.turnedUp(card(event.trumpCard))}`
				: log.dealt(event.round, ALL_CARDS);
		case 'round_opened':
			return log.opened(event.round);
		case 'bid_made':
			return told(log.bid(seat(event.seat), event.bid));
		case 'bids_entered':
			return log.bidsEntered;
		case 'call_made':
			return told(
				event.bid === null
					? log.pass(seat(event.seat))
					: log.call(seat(event.seat), event.bid.amount, suitOfTrump(event.bid.strain)),
			);
		case 'auction_won':
			return log.auction(seat(event.seat), event.bid.amount, suitOfTrump(event.bid.strain));
		case 'frisch_opened':
			return log.frisch(event.frisch);
		case 'frisch_chosen':
			return told(
				event.cards !== null && names.isSeen(event.seat)
					? log.laidCards(seat(event.seat), event.cards.map(card))
					: log.laid(seat(event.seat)),
			);
		case 'cards_exchanged':
			return log.exchanged;
		case 'round_passed_out':
			return log.passedOut;
		case 'contract_made':
			return told(log.contract(seat(event.seat), event.contract));
		case 'contracts_entered':
			return log.contracts(seat(event.declarer), suitOfTrump(event.strain));
		case 'card_played': {
			const played = isLead ? log.led : log.played;
			return told(played(seat(event.seat), card(event.card)));
		}
		case 'trick_taken':
		case 'trick_claimed':
			return log.trick(seat(event.seat));
		case 'trick_undone':
			return log.undone(seat(event.seat));
		case 'tricks_noted':
			return event.tricks === null
				? log.notNoted(seat(event.seat))
				: log.noted(seat(event.seat), event.tricks);
		case 'active_set':
			return log.seatsSet;
		case 'round_scored':
			return `${log.scored(event.round)} ${scoresIn(event.scores, names)}`;
		case 'round_corrected':
			return log.corrected(event.round, keeperName(event.by, names));
		case 'score_adjusted':
			return log.adjusted(seat(event.seat), signed(event.points));
		case 'end_called':
			return log.endCalled(keeperName(event.by, names));
		default:
			return log.other;
	}
}

/** null: one who keeps the score and does not play. */
function keeperName(by: SeatIndex | null, { words, seat }: Names): string {
	return by === null ? words.log.keeper : seat(by);
}

/** Dealt out to the last card. */
const ALL_CARDS = 13;

function scoresIn(scores: readonly (number | null)[], { words, seat }: Names): string {
	const said = scores.flatMap((score, index) =>
		score === null ? [] : [words.table.scored(seat(toSeat(index)), signed(score))],
	);
	return `${said.join(', ')}.`;
}

/** What does not fit in the deals, and with whom. */
export function findingText(
	{ code, round, seat }: Finding,
	deal: DealMessages,
	{ words, seat: nameOf }: Pick<Names, 'words' | 'seat'>,
): string {
	const what = deal.findingIn(deal.finding[code], round);
	return seat === null ? what : words.check.whose(what, nameOf(seat));
}

/** What is wrong with a record. */
export function recordErrorText({ wrong }: ReplayMessages, error: RecordError): string {
	return 'index' in error ? wrong[error.code](error.index) : wrong[error.code];
}

/** What is wrong with a file. */
export function errorText(
	words: ReplayMessages,
	refusals: TableMessages['refused'],
	error: OpenError,
): string {
	if (error.code !== 'notation') return recordErrorText(words, error);
	const { wrong } = words;
	const { code, line, column, refusal } = error.error;
	const why = refusal === null ? wrong.notation[code] : `${wrong.notation[code]} (${refusals[refusal]})`;
	return `${wrong.at(line, column)} ${why}`;
}
