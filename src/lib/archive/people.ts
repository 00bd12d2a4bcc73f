/**
 * Other people in the site's archive: who leads by what, and what is public of a player. One request a call; who has
 * no account may look as well, but sees no games and stands beside nobody.
 *
 *     const page = await people.leaderboard({ variant: 'el_dorado', metric: 'wins', group: null, period: null }, null);
 */
import * as z from 'zod/mini';
import type { Brand } from '../cards/card.ts';
import { MAX_SEATS, MODES, VARIANTS, type Variant } from '../game/game.ts';
import { parseGameId } from '../game/table-parse.ts';
import { MAX_NAME_LENGTH, PLAYER_COLORS, type Face, type GameId } from '../game/table-types.ts';
import { ACHIEVEMENTS, type Achievement } from '../stats/achievements.ts';
import type { Tally } from '../stats/lifetime.ts';
import type { HeadToHead } from '../stats/rivals.ts';
import { GAME_STATUSES } from '../stats/summary-types.ts';
import { callsOf, read, type ArchiveClient } from './calls.ts';
import { gameOfUuid } from './game-uuid.ts';
import type { Asker } from './supabase.ts';

/** A player in the archive: one for all devices of an account. */
export type PersonId = Brand<string, 'PersonId'>;

export const METRICS = [
	'wins',
	'points',
	'best_game',
	'best_streak',
	/** Shares, from five games on. */
	'win_rate',
	'mean_score',
	'contract_rate',
] as const;
export type Metric = (typeof METRICS)[number];

/** Of which a ranking is asked for: all games, or those of the calendar's month or year that is now. */
export const SPANS = ['all', 'month', 'year'] as const;
export type Span = (typeof SPANS)[number];
/** A year or a month as the archive writes it, by UTC: `2026`, `2026-11`. */
export type Period = `${number}` | `${number}-${string}`;

/** null for all games. @param nowMs since 1970 */
export function periodOf(span: Span, nowMs: number): Period | null {
	const now = new Date(nowMs);
	const year = now.getUTCFullYear();
	switch (span) {
		case 'all':
			return null;
		case 'month':
			return `${year}-${String(now.getUTCMonth() + 1).padStart(2, '0')}`;
		case 'year':
			return `${year}`;
	}
}

export interface Person {
	readonly id: PersonId;
	readonly face: Face;
	/** null until one is chosen. */
	readonly username: string | null;
}

export interface Ranked extends Person {
	/** In what was asked for; a share is 0 to 1. */
	readonly value: number;
	readonly gamesPlayed: number;
	readonly gamesWon: number;
}

export interface Board {
	readonly variant: Variant;
	readonly metric: Metric;
	/** Of one's own; null for everybody. */
	readonly group: string | null;
	/** Games that ended in it; null for all. */
	readonly period: Period | null;
}

export interface RankedPage {
	readonly rows: readonly Ranked[];
	/** The row after which the next page begins; null at the end. */
	readonly next: Ranked | null;
}

export interface PersonStats {
	readonly variant: Variant;
	readonly gamesPlayed: number;
	readonly gamesWon: number;
	readonly meanScore: number;
	readonly highestScore: number;
	readonly highestRoundScore: number;
	readonly totalRounds: number;
	/** Bids of 1 or more, and of 0. */
	readonly contracts: Tally;
	readonly zeros: Tally;
	readonly currentStreak: number;
	/** Oldest first, at most ten: whether each was won. */
	readonly recentForm: readonly boolean[];
}

export interface EarnedThere {
	readonly achievement: Achievement;
	/** End of the game that earned it, ms since 1970. */
	readonly at: number;
	/** null: that game is not for who asks. */
	readonly game: GameId | null;
}

export interface PublicPerson extends Person {
	/** The account was deleted. */
	readonly isGone: boolean;
	/** One for each game of which something counts. */
	readonly stats: readonly PersonStats[];
	readonly achievements: readonly EarnedThere[];
}

export interface PersonGame {
	readonly game: GameId;
	readonly variant: Variant;
	readonly mode: (typeof MODES)[number];
	readonly status: (typeof GAME_STATUSES)[number];
	readonly endedAt: number;
	/** As the archive writes it: cursors are compared there, to the microsecond. */
	readonly completedAt: string;
	readonly isCounted: boolean;
	readonly players: readonly PersonLine[];
}
export interface PersonLine {
	readonly seat: number;
	/** null for a bot, or for somebody without a phone. */
	readonly person: PersonId | null;
	readonly face: Face;
	readonly score: number;
	readonly place: number;
	readonly isWinner: boolean;
}

export interface People {
	/** One's own; null without an account. @throws {RemoteError} */
	me(): Promise<PersonId | null>;
	/** @throws {RemoteError} */
	leaderboard(board: Board, after: Ranked | null): Promise<RankedPage>;
	/** null for nobody. @throws {RemoteError} */
	person(id: PersonId): Promise<PublicPerson | null>;
	/** Those that the caller may see, newest first; none without an account. @throws {RemoteError} */
	games(id: PersonId, after: PersonGame | null, limit: number): Promise<readonly PersonGame[]>;
	/** Who sat at a game's table, if the caller may see it, by seat. @throws {RemoteError} */
	playersOf(game: GameId): Promise<readonly PersonLine[]>;
	/** The caller against somebody; null without an account. @throws {RemoteError} */
	headToHead(id: PersonId, variant: Variant): Promise<HeadToHead | null>;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export function parsePersonId(text: string): PersonId | null {
	return UUID.test(text) ? (text as PersonId) : null;
}

/** Rows of a leaderboard in one answer. */
const BOARD_PAGE = 50;

const count = z.int().check(z.gte(0));
const personId = z.pipe(
	z.string().check(z.regex(UUID)),
	z.transform((text) => text as PersonId),
);
const looks = {
	display_name: z.string().check(z.minLength(1)),
	avatar_seed: count,
	color: count.check(z.lt(PLAYER_COLORS)),
};
const person = { username: z.nullable(z.string()), ...looks };
const rankedSchema = z.object({
	player_id: personId,
	...person,
	value: z.number(),
	games_played: count,
	games_won: count,
});
const statsSchema = z.object({
	variant: z.enum(VARIANTS),
	games_played: count,
	games_won: count,
	mean_score: z.number(),
	highest_score: z.int(),
	highest_round_score: z.int(),
	total_rounds: count,
	contracts_attempted: count,
	contracts_made: count,
	zeros_attempted: count,
	zeros_made: count,
	current_streak: z.int(),
	recent_form: z.string(),
});
const publicSchema = z.object({
	id: personId,
	...person,
	is_active: z.boolean(),
	player_lifetime_stats: z.array(statsSchema),
	player_achievements: z.array(
		z.object({
			achievement: z.string(),
			unlocked_at: z.string(),
			games: z.optional(z.nullable(z.object({ id: z.string() }))),
		}),
	),
});
const PUBLIC_COLUMNS = `id, username, display_name, avatar_seed, color, is_active,
	player_lifetime_stats(${Object.keys(statsSchema.shape).join(', ')}),
	player_achievements(achievement, unlocked_at)`.replace(/\s+/g, '');
/** With the games they were earned by, as far as these are for who asks; who has no account is shown none. */
const COLUMNS_WITH_GAMES = PUBLIC_COLUMNS.replace('unlocked_at)', 'unlocked_at,games(id))');
const lineSchema = z.object({
	seat: count.check(z.lt(MAX_SEATS)),
	player_id: z.nullable(personId),
	...looks,
	score: z.nullable(z.int()),
	place: z.nullable(z.int()),
	is_winner: z.nullable(z.boolean()),
});
const gameSchema = z.object({
	game_id: z.string(),
	variant: z.enum(VARIANTS),
	mode: z.enum(MODES),
	status: z.enum(GAME_STATUSES),
	completed_at: z.string(),
	is_counted: z.boolean(),
	players: z.array(lineSchema).check(z.maxLength(MAX_SEATS)),
});
const headToHeadSchema = z.object({
	games: count,
	wins: count,
	losses: count,
	ties: count,
	mean_difference: z.nullable(z.number()),
});

function faceOf({
	display_name: name,
	avatar_seed: avatar,
	color,
}: z.infer<z.ZodMiniObject<typeof looks>>): Face {
	// The archive allows longer names than a table has room for.
	return { name: name.slice(0, MAX_NAME_LENGTH), avatar, color };
}
function lineOf(line: z.infer<typeof lineSchema>): PersonLine {
	const { seat, player_id: id, score, place, is_winner: isWinner } = line;
	return {
		seat,
		person: id,
		face: faceOf(line),
		score: score ?? 0,
		place: place ?? 0,
		isWinner: isWinner === true,
	};
}
function statsOf(row: z.infer<typeof statsSchema>): PersonStats {
	return {
		variant: row.variant,
		gamesPlayed: row.games_played,
		gamesWon: row.games_won,
		meanScore: row.mean_score,
		highestScore: row.highest_score,
		highestRoundScore: row.highest_round_score,
		totalRounds: row.total_rounds,
		contracts: { attempted: row.contracts_attempted, made: row.contracts_made },
		zeros: { attempted: row.zeros_attempted, made: row.zeros_made },
		currentStreak: row.current_streak,
		recentForm: Array.from(row.recent_form, (letter) => letter === 'W'),
	};
}

export function createSupabasePeople(client: ArchiveClient, asker: Asker): People {
	/** As whoever is signed in already, if anybody is: the account of who only looks is not made. */
	const call = callsOf(client, async () => void (await isSomebody()));

	/** Whether there is an account; it is not made for somebody who only looks. */
	async function isSomebody(): Promise<boolean> {
		if ((await asker.known()).type === 'nobody') return false;
		await asker.ready();
		return true;
	}

	async function me(): Promise<PersonId | null> {
		if (!(await isSomebody())) return null;
		return (await call('my_profile', {}, z.nullable(z.object({ id: personId }))))?.id ?? null;
	}

	return {
		me,
		async leaderboard({ variant, metric, group, period }, after) {
			const cursor = after === null ? null : { value: after.value, player_id: after.id };
			const asked = { variant, metric, group_id: group, cursor, period };
			const rows = (await call('leaderboard', asked, z.array(rankedSchema))).map((row) => ({
				id: row.player_id,
				face: faceOf(row),
				username: row.username,
				value: row.value,
				gamesPlayed: row.games_played,
				gamesWon: row.games_won,
			}));
			// A group is one page.
			const isMore = group === null && rows.length === BOARD_PAGE;
			return { rows, next: isMore ? (rows.at(-1) ?? null) : null };
		},
		async person(id) {
			const columns = (await isSomebody()) ? COLUMNS_WITH_GAMES : PUBLIC_COLUMNS;
			const answer = await client.from('players').select(columns).eq('id', id).limit(1);
			const [row] = read(answer, z.array(publicSchema));
			if (row === undefined) return null;
			return {
				id: row.id,
				face: faceOf(row),
				username: row.username,
				isGone: !row.is_active,
				stats: row.player_lifetime_stats.map(statsOf),
				achievements: ACHIEVEMENTS.flatMap((achievement) => {
					const earned = row.player_achievements.find((one) => one.achievement === achievement);
					if (earned === undefined) return [];
					const game = earned.games == null ? null : gameOfUuid(earned.games.id);
					return [{ achievement, at: Date.parse(earned.unlocked_at), game }];
				}),
			};
		},
		async games(id, after, limit) {
			if (!(await isSomebody())) return [];
			const cursor = after === null ? null : { completed_at: after.completedAt, game_id: after.game };
			const rows = await call('player_history', { player_id: id, cursor, most: limit }, z.array(gameSchema));
			return rows.flatMap((row) => {
				const game = parseGameId(row.game_id);
				if (game === null) return [];
				const { variant, mode, status, completed_at: completedAt, is_counted: isCounted } = row;
				const players = row.players.map(lineOf);
				const endedAt = Date.parse(completedAt);
				return [{ game, variant, mode, status, completedAt, endedAt, isCounted, players }];
			});
		},
		async playersOf(game) {
			const { players } = await call(
				'game_summary',
				{ game_id: game },
				z.object({ players: z.array(lineSchema) }),
			);
			return players.map(lineOf);
		},
		async headToHead(id, variant) {
			const own = await me();
			if (own === null || own === id) return null;
			const row = await call('head_to_head', { a: own, b: id, variant }, headToHeadSchema);
			return { ...row, meanDifference: row.mean_difference };
		},
	};
}
