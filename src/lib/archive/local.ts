/**
 * The archive in this browser, over its own database: there without an account and without a network. Games that ended
 * before it knew of them, or while nobody looked, are taken up when it is first asked.
 *
 *     const archive = createLocalArchive(createDexieShelf());
 */
import { concatBytes, equalBytes } from '../game/bytes.ts';
import { isOver, readLog, type ReadLog } from '../game/read-log.ts';
import { parseGameId } from '../game/table-parse.ts';
import { loadGame } from '../games/load.ts';
import type { GameId } from '../game/table-types.ts';
import { summarizeGame } from '../stats/game-summary.ts';
import { lifetimeOf } from '../stats/lifetime.ts';
import { gameCardOf, type GameCard } from '../stats/summary-parse.ts';
import type { GameSummary } from '../stats/summary-types.ts';
import { placeOf, type Shelf, type ShelfPlace } from '../store/shelf.ts';
import {
	matches,
	type Archive,
	type Cursor,
	type GameFilter,
	type GamePage,
	type OnProgress,
} from './archive.ts';

/** Rows looked at in one go: what a filter lets through is a page soon, and what it does not costs few trips. */
const CHUNK = 500;

/**
 * @param remembers all that was once counted stays in memory, some 5 kB a game: for a thread that is asked for the same
 *   games again and again, and ends with its page
 */
export function createLocalArchive(shelf: Shelf, { remembers = false } = {}): Archive {
	let lifting: Promise<void> | null = null;
	/** A game that has ended stays as it is, and with it its summary. */
	const remembered = new Map<GameId, GameSummary>();

	/** Once a page: whoever ends a game here keeps it at once. */
	function lifted(onProgress?: OnProgress): Promise<void> {
		lifting ??= liftAll(shelf, onProgress);
		return lifting;
	}

	const logOf = async (game: GameId) => (await shelf.log(game)).map(({ envelope }) => envelope);

	return {
		async games(filter, cursor, limit) {
			await lifted();
			return pageOf(shelf, filter, placeAt(cursor), limit);
		},
		async summary(game) {
			return (await shelf.summary(game)) ?? (await summaryAgain(shelf, game));
		},
		log: logOf,
		async summaries(filter, onProgress) {
			await lifted(onProgress);
			const { summaries, stale } = await shelf.summaries(new Set(remembered.keys()));
			const read = [...summaries, ...(await summariesAgain(shelf, stale, onProgress))];
			// Each once, also when two have asked at the same time.
			const all = new Map([...read.map((summary) => [summary.game, summary] as const), ...remembered]);
			if (remembers) for (const [game, summary] of all) remembered.set(game, summary);
			return [...all.values()].filter((summary) => matches(filter, summary));
		},
		async lifetime(player, filter) {
			return lifetimeOf(player, await this.summaries(filter));
		},
		gather: () => Promise.resolve(0),
		async keep(envelopes) {
			const log = await readLog(envelopes, loadGame);
			const summary = log === null ? null : summaryOf(log);
			if (summary === null) return 'unfinished';
			const isNew = await shelf.putLog(summary.game, envelopes);
			const isSame =
				isNew || equalBytes(concatBytes(...(await logOf(summary.game))), concatBytes(...envelopes));
			if (!isSame) return 'conflict';
			const isListed = !isNew && (await shelf.summary(summary.game)) !== null;
			if (isListed) return 'exists';
			await putAll(shelf, [summary]);
			return isNew ? 'kept' : 'exists';
		},
		close: () => shelf.close(),
	};
}

/** The numbers of a game that has ended; null for any other, and for a log that does not fold. */
function summaryOf(log: ReadLog): GameSummary | null {
	if (!isOver(log)) return null;
	try {
		return summarizeGame(log.game, log.entries);
	} catch {
		// A table that was closed in the lobby, or a log of an older program's error: there is nothing to count.
		return null;
	}
}

function putAll(shelf: Shelf, summaries: readonly GameSummary[]): Promise<void> {
	return shelf.put(summaries, summaries.map(gameCardOf));
}

/** From its log, when its row is missing or of another version. */
async function summaryAgain(shelf: Shelf, game: GameId): Promise<GameSummary | null> {
	const envelopes = (await shelf.log(game)).map(({ envelope }) => envelope);
	const log = await readLog(envelopes, loadGame);
	const summary = log === null ? null : summaryOf(log);
	if (summary !== null) await putAll(shelf, [summary]);
	return summary;
}

/** One after the other: the logs of a whole history at once are more than a phone has room for. */
async function summariesAgain(
	shelf: Shelf,
	games: readonly GameId[],
	onProgress: OnProgress = () => undefined,
): Promise<readonly GameSummary[]> {
	const found: GameSummary[] = [];
	for (const [at, game] of games.entries()) {
		onProgress(at, games.length);
		const summary = await summaryAgain(shelf, game);
		if (summary !== null) found.push(summary);
	}
	return found;
}

async function liftAll(shelf: Shelf, onProgress?: OnProgress): Promise<void> {
	const { games, done } = await shelf.unlisted();
	await summariesAgain(shelf, games, onProgress);
	await done();
}

async function pageOf(
	shelf: Shelf,
	filter: GameFilter,
	start: ShelfPlace | null,
	limit: number,
): Promise<GamePage> {
	const games: GameCard[] = [];
	for (let after = start; ;) {
		const isFiltered = Object.values(filter).some((value) => value !== undefined);
		const { cards, end } = await shelf.cards(after, isFiltered ? CHUNK : limit + 1);
		games.push(...cards.filter((card) => matches(filter, card)));
		if (games.length > limit || end === null) break;
		after = end;
	}
	const shown = games.slice(0, limit);
	const last = shown.at(-1);
	return { games: shown, next: games.length > limit && last !== undefined ? cursorAt(placeOf(last)) : null };
}

function cursorAt({ newest, game }: ShelfPlace): Cursor {
	return `${newest} ${game}` as Cursor;
}

/** A cursor is our own word come back; a damaged one begins at the beginning. */
function placeAt(cursor: Cursor | null): ShelfPlace | null {
	const [newest = '', id = ''] = cursor?.split(' ') ?? [];
	const game = parseGameId(id);
	return game === null || !Number.isFinite(Number(newest)) ? null : { newest: Number(newest), game };
}
