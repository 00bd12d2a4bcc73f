import { describe, expect, it } from 'vitest';
import type { GroupId } from '../../archive/groups.ts';
import type { GameId, RoomCode } from '../../game/table-types.ts';
import { keepGameTable, tableOfGame } from './game-tables.ts';
import {
	groupOfGame,
	groupOfTable,
	keepGameGroup,
	keepOpenGame,
	keepOpenTable,
	keepTableGroup,
	openTableOf,
	openTableOfGame,
} from './group-tables.ts';

const GROUP = { id: '11111111-1111-1111-1111-111111111111' as GroupId, name: 'Home' };
const CODE = 'ABCDEF' as RoomCode;

function memory(stored: Record<string, string> = {}) {
	const map = new Map(Object.entries(stored));
	return {
		getItem: (key: string) => map.get(key) ?? null,
		setItem: (key: string, value: string) => void map.set(key, value),
	};
}

describe('tables of groups', () => {
	it('are remembered with their games, and no other is', () => {
		const storage = memory();
		keepTableGroup(CODE, GROUP, storage);
		keepGameGroup('game1' as GameId, GROUP.id, storage);
		expect(groupOfTable(CODE, storage)).toEqual(GROUP);
		expect(groupOfTable('AAAAAA' as RoomCode, storage)).toBeNull();
		expect(groupOfGame('game1' as GameId, storage)).toBe(GROUP.id);
		expect(groupOfGame('game2' as GameId, storage)).toBeNull();
	});

	it('are found by their games, where this browser saw the end of one', () => {
		const storage = memory({ 'overtrick.game-tables': '{"game2":"not a code"}' });
		keepGameTable('game1' as GameId, CODE, storage);
		expect(tableOfGame('game1' as GameId, storage)).toBe(CODE);
		expect(tableOfGame('game2' as GameId, storage)).toBeNull();
		expect(tableOfGame('game3' as GameId, storage)).toBeNull();
	});

	it('are forgotten from the oldest on when there are many', () => {
		const storage = memory();
		for (let n = 0; n < 201; n++) keepGameGroup(`game${n}` as GameId, GROUP.id, storage);
		expect(groupOfGame('game0' as GameId, storage)).toBeNull();
		expect(groupOfGame('game1' as GameId, storage)).toBe(GROUP.id);
	});

	it('count as none when what is stored makes no sense, or nothing may be stored', () => {
		const storage = memory({ 'overtrick.group-tables': '{"ABCDEF":{"id":"x","name":1}}' });
		expect(groupOfTable(CODE, storage)).toBeNull();
		expect(groupOfTable(CODE, null)).toBeNull();
	});
});

describe('a table that is open to anybody', () => {
	it('stays so until it is said otherwise', () => {
		const storage = memory();
		expect(openTableOf(CODE, storage)).toBeNull();
		keepOpenTable(CODE, { fillAt: 5_000 }, storage);
		expect(openTableOf(CODE, storage)).toEqual({ fillAt: 5_000 });
		keepOpenTable(CODE, { fillAt: null }, storage);
		expect(openTableOf(CODE, storage)).toEqual({ fillAt: null });
		keepOpenTable(CODE, null, storage);
		expect(openTableOf(CODE, storage)).toBeNull();
	});

	it('leaves its game public, unless it is closed before that begins', () => {
		const storage = memory();
		keepOpenGame('game1' as GameId, CODE, storage);
		keepOpenGame('game2' as GameId, CODE, storage);
		keepOpenGame('game2' as GameId, null, storage);
		expect(openTableOfGame('game1' as GameId, storage)).toBe(CODE);
		expect(openTableOfGame('game2' as GameId, storage)).toBeNull();
		expect(openTableOfGame('game3' as GameId, storage)).toBeNull();
	});
});
