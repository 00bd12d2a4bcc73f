/** What every store must do. */
import { describe, expect, it } from 'vitest';
import { parseRoomCode } from '../game/room-code.ts';
import { parseGameId } from '../game/table-parse.ts';
import { newIdentitySeeds, randomBytes } from '../room/keys.ts';
import { encodeBase64url } from '../game/bytes.ts';
import { LogConflictError, type Store, type StoredEvent, type TableRecord } from '../room/store.ts';

function must<T>(value: T | null | undefined): T {
	if (value === null || value === undefined) throw new Error('expected a value');
	return value;
}
const gameId = (n: number) => must(parseGameId(encodeBase64url(new Uint8Array(16).fill(n))));
const event = (game: number, index: number): StoredEvent => ({
	game: gameId(game),
	index,
	envelope: Uint8Array.of(game, index),
});
const table = (code: string, updatedAt: number): TableRecord => ({
	code: must(parseRoomCode(code)),
	secret: null,
	founder: null,
	solo: false,
	game: null,
	variant: 'el_dorado',
	stage: 'lobby',
	round: 0,
	others: [{ name: 'Dana', color: 1, avatar: 2 }],
	result: null,
	votedTerm: 0,
	updatedAt,
});

export function describeStore(name: string, create: () => Store): void {
	describe(`${name} store`, () => {
		it('makes an identity once and gives the same one ever after', async () => {
			const store = create();
			const first = await store.identity(() => newIdentitySeeds(randomBytes));
			const second = await store.identity(() => newIdentitySeeds(randomBytes));
			expect(second).toEqual(first);
			store.close();
		});

		it('gives a log back in order, and an empty one for a game it does not know', async () => {
			const store = create();
			await store.append([event(1, 0), event(1, 1)]);
			await store.append([event(2, 0)]);
			await store.append([event(1, 2)]);
			expect((await store.events(gameId(1))).map(({ index }) => index)).toEqual([0, 1, 2]);
			expect(must((await store.events(gameId(2)))[0]).envelope).toEqual(Uint8Array.of(2, 0));
			expect(await store.events(gameId(3))).toEqual([]);
			store.close();
		});

		it('refuses an event that leaves a gap or is there already, and keeps nothing of its batch', async () => {
			const store = create();
			await store.append([event(1, 0)]);
			await expect(store.append([event(1, 1), event(1, 3)])).rejects.toBeInstanceOf(LogConflictError);
			await expect(store.append([event(1, 0)])).rejects.toBeInstanceOf(LogConflictError);
			expect(await store.events(gameId(1))).toHaveLength(1);
			store.close();
		});

		it('puts the log of a higher term in place of what came after the fork, and nothing else', async () => {
			const store = create();
			await store.append([event(1, 0), event(1, 1), event(1, 2)]);
			await store.replace([{ ...event(1, 1), envelope: Uint8Array.of(9) }]);
			expect((await store.events(gameId(1))).map(({ envelope }) => [...envelope])).toEqual([[1, 0], [9]]);
			await expect(store.replace([event(1, 5)])).rejects.toBeInstanceOf(LogConflictError);
			expect(await store.events(gameId(1))).toHaveLength(2);
			store.close();
		});

		it('lists tables newest first and replaces one of the same code', async () => {
			const store = create();
			await store.putTable(table('ABCDEF', 1));
			await store.putTable(table('GHJKMN', 2));
			await store.putTable({ ...table('ABCDEF', 3), stage: 'playing' });
			expect((await store.tables(10)).map(({ code, stage }) => [code, stage])).toEqual([
				['ABCDEF', 'playing'],
				['GHJKMN', 'lobby'],
			]);
			expect(await store.tables(1)).toHaveLength(1);
			expect(must(await store.table(must(parseRoomCode('ABCDEF')))).updatedAt).toBe(3);
			expect(await store.table(must(parseRoomCode('ZZZZZZ')))).toBeNull();
			store.close();
		});

		it('keeps what a table remembers besides what is listed', async () => {
			const store = create();
			const remembered = {
				...table('ABCDEF', 1),
				former: { secret: 'before', isLeft: false },
				isPutOut: true,
				mode: 'keeper',
				contributions: { game: gameId(1), given: ['one', 'two'], openedFor: { two: 'call' } },
			} as const;
			await store.putTable(remembered);
			expect(await store.table(remembered.code)).toEqual(remembered);
			store.close();
		});

		it('keeps the secret of a game', async () => {
			const store = create();
			expect(await store.secret(gameId(1))).toBeNull();
			await store.putSecret({ game: gameId(1), secret: new Uint8Array(32).fill(7), recovered: null });
			expect(must(await store.secret(gameId(1))).secret).toEqual(new Uint8Array(32).fill(7));
			store.close();
		});
	});
}
