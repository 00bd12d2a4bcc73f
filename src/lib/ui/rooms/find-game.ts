/**
 * "Find me a game": the fullest fitting table of the site's list, or one of one's own, open to anybody, that bots join
 * after a minute.
 *
 *     const href = await findGame(site.rooms, 'el_dorado', profile.face);   // '/t/ABCDEF'
 */
import { fittingRoom, type OpenRoom, type Rooms } from '../../archive/rooms.ts';
import type { Variant } from '../../game/game.ts';
import { parseRoomCode } from '../../game/room-code.ts';
import type { Face, RoomCode } from '../../game/table-types.ts';
import { systemClock, type Clock } from '../../room/clock.ts';
import { DEFAULT_CHOICES, gameOf, rulesOf } from '../home/table-choices.ts';
import type { TableRequest } from '../create-table.ts';
import { keepOpenTable, openTableOf, type OpenTable } from '../groups/group-tables.ts';
import { FILL_AFTER_MS } from './fill-countdown.ts';

/** Of fifty tables each: who looks for a game waits for four answers at most. */
const MOST_PAGES = 4;

export interface FindParts {
	readonly rooms: Pick<Rooms, 'list'>;
	readonly clock: Clock;
	readonly create: (request: TableRequest) => Promise<`/t/${string}`>;
	/** Of one's own tables, which nobody joins. */
	readonly isOwn: (code: RoomCode) => boolean;
	readonly keepOpen: (code: RoomCode, open: OpenTable) => void;
}

/** Gives the address of the table below the base path. Rejects when there is no list, or no table can be opened. */
export async function findGameWith(parts: FindParts, variant: Variant): Promise<`/t/${string}`> {
	const room = fittingRoom(await waiting(parts.rooms, variant), variant, parts.isOwn);
	if (room !== null) return `/t/${room.code}`;
	const choices = { ...DEFAULT_CHOICES, variant };
	const request = { ...gameOf(choices), rules: rulesOf(choices), bots: null, solo: false, private: false };
	const href = await parts.create(request);
	const code = codeOf(href);
	if (code !== null) parts.keepOpen(code, { fillAt: parts.clock.now() + FILL_AFTER_MS });
	return href;
}

/** Open tables of that game: the fullest may be an old one. */
async function waiting(rooms: FindParts['rooms'], variant: Variant): Promise<readonly OpenRoom[]> {
	let page = await rooms.list(null, variant);
	const all = [...page.rooms];
	for (let pages = 1; pages < MOST_PAGES && page.next !== null; pages++) {
		page = await rooms.list(page.next, variant);
		all.push(...page.rooms);
	}
	return all;
}

export function findGame(rooms: Rooms, variant: Variant, face: Face): Promise<`/t/${string}`> {
	return findGameWith(
		{
			rooms,
			clock: systemClock,
			create: async (request) => (await import('../create-table.ts')).createTable(request, face),
			isOwn: (code) => openTableOf(code) !== null,
			keepOpen: (code, open) => keepOpenTable(code, open),
		},
		variant,
	);
}

/** A table that was just made is open to anybody from its lobby on. */
export function keepNewOpenTable(href: string): void {
	const code = codeOf(href);
	if (code !== null) keepOpenTable(code, { fillAt: null });
}

/** Of a table's address below the base path: `/t/ABCDEF#...`. */
export function codeOf(href: string): RoomCode | null {
	return parseRoomCode(href.slice('/t/'.length).split('#')[0]);
}
