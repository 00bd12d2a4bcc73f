/**
 * Groups of the site's archive: circles that play regularly, with their members, invitations, evenings and numbers. One
 * request a call; everybody who asks has an account afterwards.
 *
 *     const groups = createSupabaseGroups(client, () => account.ready());
 *     const id = await groups.create('Thursdays');
 *     const code = await groups.invite(id, { uses: 1, hours: 168 });
 */
import * as z from 'zod/mini';
import type { Brand } from '../cards/card.ts';
import type { Variant } from '../game/game.ts';
import { parseRoomCode } from '../game/room-code.ts';
import { parseGameId } from '../game/table-parse.ts';
import {
	MAX_NAME_LENGTH,
	PLAYER_COLORS,
	type Face,
	type GameId,
	type RoomCode,
} from '../game/table-types.ts';
import { nemesisAmong } from '../stats/rivals.ts';
import { callsOf, read, type ArchiveClient } from './calls.ts';
import { RemoteError } from './remote.ts';

export type GroupId = Brand<string, 'GroupId'>;
export type MemberId = Brand<string, 'MemberId'>;
export type InviteId = Brand<string, 'InviteId'>;

export const GROUP_ROLES = ['owner', 'member'] as const;
export type GroupRole = (typeof GROUP_ROLES)[number];

/** As the archive holds them (`groups`). */
export const MAX_GROUP_NAME = 64;
export const MAX_GROUP_DESCRIPTION = 500;
/** Seats of the largest table. */
export const MAX_GROUP_SIZE = 10;
export const MIN_GROUP_SIZE = 2;
/** Open at once (`invite_to_group`). */
const MOST_INVITES = 20;

/** By what a group ranks its players. */
export const GROUP_METRICS = ['wins', 'points', 'best_game', 'mean_score', 'contract_rate'] as const;
export type GroupMetric = (typeof GROUP_METRICS)[number];

export interface GroupCard {
	readonly id: GroupId;
	readonly name: string;
	readonly role: GroupRole;
	readonly members: number;
	readonly maxMembers: number;
	readonly games: number;
	/** ms since 1970; null before the first game. */
	readonly lastPlayedAt: number | null;
	/** How many mean to play tonight. */
	readonly tonight: number;
}

export interface GroupMember {
	readonly id: MemberId;
	readonly face: Face;
	readonly role: GroupRole;
}

/** Over all games that count; null while there is none. */
export interface GroupRecords {
	readonly highestScore: number | null;
	readonly lowestScore: number | null;
	readonly highestRoundScore: number | null;
	readonly longestRun: number | null;
}

export interface Group {
	readonly id: GroupId;
	readonly name: string;
	/** In its owners' words; empty for none. */
	readonly description: string;
	readonly games: number;
	readonly rounds: number;
	readonly lastPlayedAt: number | null;
	readonly maxMembers: number;
	/** Whoever has been in it longest first. */
	readonly members: readonly GroupMember[];
	readonly records: GroupRecords;
	/** Games from Monday to Sunday, by the archive's clock (UTC). */
	readonly byWeekday: readonly number[];
	/** `2026-11`, oldest first, months without games left out. */
	readonly byMonth: readonly { readonly month: string; readonly games: number }[];
}

export interface GroupEvening {
	readonly tonight: readonly MemberId[];
	readonly tables: readonly GroupTable[];
}
export interface GroupTable {
	readonly member: MemberId;
	/** Below the site's address: `/t/ABCDEF#h=...`. */
	readonly path: `/t/${string}`;
}

/** A group as a table of it is called. */
export interface TableGroup {
	readonly id: GroupId;
	readonly name: string;
}
export interface TableOfGroup {
	readonly group: TableGroup;
	readonly code: RoomCode;
}

export interface Ranked {
	readonly id: MemberId;
	readonly face: Face;
	readonly value: number;
	readonly games: number;
	readonly wins: number;
}

/** One player against another, over the group's games that count. */
export interface Rivalry {
	readonly player: MemberId;
	readonly rival: MemberId;
	readonly games: number;
	readonly wins: number;
	readonly losses: number;
	/** Points a game by which the player is ahead. */
	readonly meanDifference: number;
}

export interface Invitation {
	readonly group: GroupId;
	readonly name: string;
	readonly members: number;
	readonly maxMembers: number;
	readonly invitedBy: string;
	readonly isMember: boolean;
}

export interface GroupChange {
	readonly name?: string;
	readonly description?: string;
	readonly maxMembers?: number;
}

/** A link that still lets somebody in. */
export interface OpenInvite {
	readonly id: InviteId;
	readonly code: string;
	readonly usesLeft: number;
	/** ms since 1970. */
	readonly expiresAt: number;
}

export interface Groups {
	/** Of this account in the archive. @throws {RemoteError} */
	me(): Promise<MemberId>;
	/** The one that played last first. @throws {RemoteError} */
	mine(): Promise<readonly GroupCard[]>;
	/** @throws {RemoteError} */
	create(name: string): Promise<GroupId>;
	/** @throws {RemoteError} */
	group(id: GroupId): Promise<Group>;
	/** @throws {RemoteError} */
	evening(id: GroupId): Promise<GroupEvening>;
	/** Best first. @throws {RemoteError} */
	ranking(id: GroupId, variant: Variant, metric: GroupMetric): Promise<readonly Ranked[]>;
	/** Both ways round. @param variant null for both games @throws {RemoteError} */
	rivals(id: GroupId, variant: Variant | null): Promise<readonly Rivalry[]>;
	/** A code that lets so many in, for so many hours. @throws {RemoteError} */
	invite(id: GroupId, limits: { readonly uses: number; readonly hours: number }): Promise<string>;
	/** Those that still open the group, for its owners: the one that ends first first; none for others. @throws {RemoteError} */
	invites(id: GroupId): Promise<readonly OpenInvite[]>;
	/** An owner takes an invitation back: its link opens nothing any more. @throws {RemoteError} */
	takeBack(invite: InviteId): Promise<void>;
	/** Whose group a code opens; null when it opens none (any more). @throws {RemoteError} */
	invitation(code: string): Promise<Invitation | null>;
	/** null when the code opens nothing. @throws {RemoteError} */
	join(code: string): Promise<GroupId | null>;
	/** @throws {RemoteError} */
	leave(id: GroupId): Promise<void>;
	/** An owner renames the group, describes it or changes its size. @throws {RemoteError} */
	change(id: GroupId, to: GroupChange): Promise<void>;
	/** @throws {RemoteError} */
	setRole(id: GroupId, member: MemberId, role: GroupRole): Promise<void>;
	/** @throws {RemoteError} */
	remove(id: GroupId, member: MemberId): Promise<void>;
	/** @throws {RemoteError} */
	playTonight(id: GroupId, plays: boolean): Promise<void>;
	/** Shows the group a table of one's own; null takes it back. @throws {RemoteError} */
	offerTable(id: GroupId, path: string | null): Promise<void>;
	/** Tables that members have opened for one's groups in the last thirty days, the latest first. @throws {RemoteError} */
	tables(): Promise<readonly TableOfGroup[]>;
	/**
	 * Says that this group played a finished game; gives whether it is the group's now.
	 * @param code of its table, by which this device knows it: refused unless a player of the game has opened that table
	 * for the group; null from the device that has opened it
	 * @throws {RemoteError}
	 */
	putGame(game: GameId, id: GroupId, code: RoomCode | null): Promise<boolean>;
	/** Every finished game of the group, the newest first. @throws {RemoteError} */
	games(id: GroupId): Promise<ReadonlySet<GameId>>;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** null for what is no id of a group, as an address may hold. */
export function parseGroupId(text: string): GroupId | null {
	const parsed = groupId.safeParse(text);
	return parsed.success ? parsed.data : null;
}

const isUuid = (value: unknown): boolean => typeof value === 'string' && UUID.test(value);
const groupId = z.custom<GroupId>(isUuid);
const memberId = z.custom<MemberId>(isUuid);
const inviteId = z.custom<InviteId>(isUuid);
const count = z.int().check(z.gte(0));
const time = z.pipe(
	z.nullable(z.string()),
	z.transform((text) => (text === null ? null : Date.parse(text))),
);
const faceFields = { display_name: z.string(), avatar_seed: z.int(), color: z.int() };
const role = z.enum(GROUP_ROLES);
const score = z.nullable(z.number());

const cards = z.array(
	z.object({
		id: groupId,
		name: z.string(),
		role,
		members: count,
		max_members: count,
		total_games: count,
		last_played_at: time,
		tonight: count,
	}),
);
const page = z.object({
	id: groupId,
	name: z.string(),
	description: z.string(),
	total_games: count,
	total_rounds: count,
	last_played_at: time,
	max_members: count,
	members: z.array(z.object({ player_id: memberId, ...faceFields, role })),
	records: z.nullable(
		z.object({
			highest_score: score,
			lowest_score: score,
			highest_round_score: score,
			longest_made_run: score,
		}),
	),
	by_weekday: z.catchall(z.object({}), count),
	by_month: z.catchall(z.object({}), count),
});
const evening = z.object({
	tonight: z.array(memberId),
	tables: z.array(
		z.object({ player_id: memberId, path: z.string().check(z.regex(/^\/t\/[A-Z]{6}(#[\w.&=-]*)?$/)) }),
	),
});
const tablesOfGroups = z.array(z.object({ group_id: groupId, name: z.string(), room_code: z.string() }));
const ranked = z.array(
	z.object({ player_id: memberId, ...faceFields, value: z.number(), games_played: count, games_won: count }),
);
const rivalries = z.array(
	z.object({
		player_id: memberId,
		rival_id: memberId,
		games: count,
		wins: count,
		losses: count,
		mean_difference: z.number(),
	}),
);
const inviteCode = z.string().check(z.regex(/^[A-Z]{12}$/));
const invites = z.array(
	z.object({ id: inviteId, code: inviteCode, uses_left: count, expires_at: z.string() }),
);
const invitation = z.nullable(
	z.object({
		group_id: groupId,
		name: z.string(),
		members: count,
		max_members: count,
		invited_by: z.string(),
		is_member: z.boolean(),
	}),
);

const endings = z.array(z.object({ game_id: z.string(), completed_at: z.string() }));
/** No answer of the archive has more rows (supabase/config.toml). */
const LIST_PAGE = 1_000;

export function createSupabaseGroups(client: ArchiveClient, ready: () => Promise<void>): Groups {
	const call = callsOf(client, ready);
	const nothing = z.unknown();

	return {
		me: async () => (await call('my_profile', {}, z.object({ id: memberId }))).id,
		async mine() {
			const rows = await call('my_groups', {}, cards);
			return rows.map(
				({ max_members: maxMembers, total_games: games, last_played_at: lastPlayedAt, ...row }) => ({
					...row,
					maxMembers,
					games,
					lastPlayedAt,
				}),
			);
		},
		create: (name) => call('create_group', { name }, groupId),
		async group(id) {
			return groupFrom(await call('group_page', { group_id: id }, page));
		},
		async evening(id) {
			const { tonight, tables } = await call('group_evening', { group_id: id }, evening);
			return {
				tonight,
				tables: onePerTable(tables).map(({ player_id: member, path }) => ({
					member,
					path: `/t/${path.slice('/t/'.length)}` as const,
				})),
			};
		},
		async ranking(id, variant, metric) {
			const rows = await call('leaderboard', { variant, metric, group_id: id }, ranked);
			return rows.map((row) => ({
				id: row.player_id,
				face: faceFrom(row),
				value: row.value,
				games: row.games_played,
				wins: row.games_won,
			}));
		},
		async rivals(id, variant) {
			const rows = await call('group_rivals', { group_id: id, variant }, rivalries);
			return rows.map(
				({ player_id: player, rival_id: rival, mean_difference: meanDifference, games, wins, losses }) => ({
					player,
					rival,
					games,
					wins,
					losses,
					meanDifference,
				}),
			);
		},
		invite: (id, { uses, hours }) => call('invite_to_group', { group_id: id, uses, hours }, inviteCode),
		async invites(id) {
			await ready();
			// Who owns the group reads them (policy `invites_by_owner`); a group has 20 open at most.
			const open = client.from('group_invites').select('id, code, uses_left, expires_at').eq('group_id', id);
			const usable = open.gt('uses_left', 0).gt('expires_at', new Date().toISOString());
			return read(await usable.order('expires_at').limit(MOST_INVITES), invites).map((row) => ({
				id: row.id,
				code: row.code,
				usesLeft: row.uses_left,
				expiresAt: Date.parse(row.expires_at),
			}));
		},
		async takeBack(invite) {
			await ready();
			read(await client.from('group_invites').delete().eq('id', invite), nothing);
		},
		async invitation(code) {
			const found = await call('group_invite', { code }, invitation);
			return found === null
				? null
				: {
						group: found.group_id,
						name: found.name,
						members: found.members,
						maxMembers: found.max_members,
						invitedBy: found.invited_by,
						isMember: found.is_member,
					};
		},
		join: (code) => call('join_group', { code }, z.nullable(groupId)),
		async leave(id) {
			await call('leave_group', { group_id: id }, nothing);
		},
		async change(id, { name, description, maxMembers }) {
			await ready();
			const columns = {
				...(name === undefined ? {} : { name: name.trim() }),
				...(description === undefined ? {} : { description: description.trim() }),
				...(maxMembers === undefined ? {} : { max_members: maxMembers }),
			};
			read(await client.from('groups').update(columns).eq('id', id), nothing);
		},
		async setRole(id, member, to) {
			await ready();
			const rows = client.from('group_members').update({ role: to });
			read(await rows.eq('group_id', id).eq('player_id', member), nothing);
		},
		async remove(id, member) {
			await ready();
			const rows = client.from('group_members').delete();
			read(await rows.eq('group_id', id).eq('player_id', member), nothing);
		},
		async playTonight(id, plays) {
			await call('play_tonight', { group_id: id, plays }, nothing);
		},
		async offerTable(id, path) {
			await call('offer_group_table', { group_id: id, path }, nothing);
		},
		async tables() {
			const rows = await call('group_tables', {}, tablesOfGroups);
			return rows.flatMap(({ group_id: group, name, room_code: text }) => {
				const code = parseRoomCode(text);
				return code === null ? [] : [{ group: { id: group, name }, code }];
			});
		},
		putGame: (game, id, code) =>
			call('put_game_in_group', { game_id: game, group_id: id, room_code: code }, z.boolean()),
		async games(id) {
			const found = new Set<GameId>();
			for (let cursor: z.infer<typeof endings>[number] | null = null; ;) {
				const page: z.infer<typeof endings> = await call(
					'group_games',
					{ group_id: id, cursor, most: LIST_PAGE },
					endings,
				);
				for (const { game_id: name } of page) {
					const game = parseGameId(name);
					if (game === null) throw new RemoteError('unknown_answer', false);
					found.add(game);
				}
				cursor = page.at(-1) ?? null;
				if (cursor === null || page.length < LIST_PAGE) return found;
			}
		},
	};
}

/** The latest offer of each: whoever hosts a table now shows it as well as the one who hosted it before. */
function onePerTable<T extends { readonly path: string }>(offers: readonly T[]): readonly T[] {
	const codeOf = ({ path }: T): string => path.slice(0, '/t/ABCDEF'.length);
	return offers.filter((offer, at) => offers.findIndex((other) => codeOf(other) === codeOf(offer)) === at);
}

function groupFrom(row: z.infer<typeof page>): Group {
	const { records, by_weekday: weekdays, by_month: months } = row;
	return {
		id: row.id,
		name: row.name,
		description: row.description,
		games: row.total_games,
		rounds: row.total_rounds,
		lastPlayedAt: row.last_played_at,
		maxMembers: row.max_members,
		members: row.members.map((member) => ({
			id: member.player_id,
			face: faceFrom(member),
			role: member.role,
		})),
		records: {
			highestScore: records?.highest_score ?? null,
			lowestScore: records?.lowest_score ?? null,
			highestRoundScore: records?.highest_round_score ?? null,
			longestRun: records?.longest_made_run ?? null,
		},
		byWeekday: [1, 2, 3, 4, 5, 6, 7].map((day) => weekdays[String(day)] ?? 0),
		byMonth: Object.entries(months)
			.map(([month, games]) => ({ month, games }))
			.toSorted((a, b) => a.month.localeCompare(b.month)),
	};
}

/** As it can be drawn: the archive allows longer names than a table, and what it counts further is not drawn wrong. */
export function faceFrom(row: {
	readonly display_name: string;
	readonly avatar_seed: number;
	readonly color: number;
}): Face {
	return {
		name: row.display_name.slice(0, MAX_NAME_LENGTH),
		avatar: row.avatar_seed,
		color: row.color % PLAYER_COLORS,
	};
}

/** Against whom each has lost most more than won; only where that is so, over games enough. */
export function nemesisOf(player: MemberId, rivals: readonly Rivalry[]): Rivalry | null {
	return nemesisAmong(rivals.filter((one) => one.player === player));
}

/** Whose games are looked at before somebody is chosen: one's own, or of the first who has met another member. */
export function whoHasMet(
	me: MemberId,
	{ members }: Pick<Group, 'members'>,
	rivals: readonly Rivalry[],
): MemberId {
	const known = new Set(members.map(({ id }) => id));
	const hasMet = (id: MemberId): boolean =>
		rivals.some(({ player, rival }) => player === id && known.has(rival));
	return [me, ...known].find(hasMet) ?? me;
}
