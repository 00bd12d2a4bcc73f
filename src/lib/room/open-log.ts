/**
 * A finished log with every hand in it that can be known: each round whose key was published is dealt again, and what
 * was laid face down or exchanged in it is opened. What does not fit its key stays closed, round by round; why is for
 * the audit to say (`audit.ts`), which looks at much more and takes longer.
 *
 *     const events = await openLog(log, keys);
 */
import { decodeBase64url } from '../game/bytes.ts';
import { DEAL_EVENT, type Game } from '../game/game.ts';
import type { ReadEntry, ReadLog } from '../game/read-log.ts';
import { seatsToDeal } from '../game/seats.ts';
import { tableOf } from '../game/table.ts';
import { isTableEvent } from '../game/table-parse.ts';
import type { LogEvent, TableState } from '../game/table-types.ts';
import { openFaceDown, shuffledDeck } from './deal.ts';
import type { Keys } from './keys.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** @throws {InvariantError} when the log cannot be folded even with its hands closed */
export async function openLog({ game, entries }: ReadLog, keys: Keys): Promise<readonly LogEvent[]> {
	const { evolve } = tableOf(game);
	const opened: LogEvent[] = [];
	let state: TableState | null = null;
	for (let at = 0; at < entries.length;) {
		const end = entries[at]?.event.type === DEAL_EVENT ? nextDeal(entries, at) : at + 1;
		const part = entries.slice(at, end);
		const round: OpenedRound | null = state === null ? null : await openRound(game, part, state, keys);
		const events: readonly LogEvent[] = round?.events ?? part.map(({ event }) => event);
		opened.push(...events);
		state = round?.state ?? events.reduce<TableState | null>(evolve, state);
		at = end;
	}
	return opened;
}

/** Where the round that is dealt at `from` has its last event: before the next deal. */
function nextDeal(entries: readonly ReadEntry[], from: number): number {
	const next = entries.findIndex(({ event }, index) => index > from && event.type === DEAL_EVENT);
	return next < 0 ? entries.length : next;
}

interface OpenedRound {
	readonly events: readonly LogEvent[];
	/** After the last of them. */
	readonly state: TableState;
}

/** The events from a deal to the next with their cards; null when there is no key, or it does not fit. */
async function openRound(
	game: Game,
	round: readonly ReadEntry[],
	before: TableState,
	keys: Keys,
): Promise<OpenedRound | null> {
	const [dealt, ...rest] = round;
	const roundKey = keyOf(round);
	const active = seatsToDeal(game, before);
	const plan = before.inner === null ? null : game.dealDue(before.inner, active);
	if (dealt === undefined || roundKey === null || before.inner === null || plan === null) return null;
	const deck = shuffledDeck(roundKey, plan.decks);
	const hands = game.handsOf(game.deal(before.inner, active, deck));
	if (hands === null) return null;
	const { evolve } = tableOf(game);
	const events = [game.openHands(dealt.event, hands)];
	try {
		let state = evolve(before, events[0] ?? dealt.event);
		for (const entry of rest) {
			const event = await opened(game, entry, state, roundKey, keys);
			state = evolve(state, event);
			events.push(event);
		}
		return { events, state };
	} catch {
		// The hands do not allow what was played: the host lied about one or the other.
		return null;
	}
}

function keyOf(round: readonly ReadEntry[]): Bytes | null {
	for (const { event } of round) {
		if (!isTableEvent(event) || event.type !== 'round_revealed') continue;
		const key = decodeBase64url(event.key);
		return key === null ? null : new Uint8Array(key);
	}
	return null;
}

async function opened(
	game: Game,
	{ record, event }: ReadEntry,
	state: TableState,
	roundKey: Bytes,
	keys: Keys,
): Promise<LogEvent> {
	if (record.faceDown !== undefined && game.faceDownOf(event) !== null) {
		const cards = await openFaceDown(keys, roundKey, record.faceDown);
		return cards === null ? event : game.openFaceDown(event, cards);
	}
	if (game.handsOf(event) === null || state.inner === null) return event;
	const due = game.owed(state.inner, seatsToDeal(game, state));
	const hands = due === null ? null : game.handsOf(due);
	return hands === null ? event : game.openHands(event, hands);
}
