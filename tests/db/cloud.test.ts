/**
 * The browser's side of the archive against the real thing: what one device uploads another has, through supabase-js,
 * PostgREST and Postgres.
 */
import 'fake-indexeddb/auto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCloudArchive } from '../../src/lib/archive/cloud.ts';
import { createLocalArchive } from '../../src/lib/archive/local.ts';
import { createOutbox, type Outbox } from '../../src/lib/archive/outbox.ts';
import type { RemoteGame } from '../../src/lib/archive/remote.ts';
import { createSupabaseRemote } from '../../src/lib/archive/supabase.ts';
import { decodeBase64url, utf8 } from '../../src/lib/game/bytes.ts';
import { joinEnvelope } from '../../src/lib/game/log.ts';
import type { GameId, RoomCode } from '../../src/lib/game/table-types.ts';
import { systemClock } from '../../src/lib/room/clock.ts';
import { createDexieOutbox } from '../../src/lib/store/outbox.ts';
import { createDexieShelf } from '../../src/lib/store/shelf.ts';
import { browserClient, hasApi, openApi, outcome, type ApiWorld, type Visitor } from './api.ts';
import { claimOf, personNumbered, playGame, type PlayedGame } from './games.ts';

const [NOA, BEN] = [personNumbered(61), personNumbered(62)];
const ALL = [NOA, BEN, personNumbered(63), personNumbered(64)];

const bytesOf = ({ envelopes }: PlayedGame) =>
	envelopes.map(({ record, signature }) =>
		joinEnvelope(decodeBase64url(signature) ?? new Uint8Array(), utf8(record)),
	);

const SIGNED_IN = { ready: () => Promise.resolve(), known: () => Promise.resolve({ type: 'anonymous' }) };
const NOBODY = {
	ready: () => Promise.reject(new Error('nobody is asked to sign in')),
	known: () => Promise.resolve({ type: 'nobody' }),
};

let made = 0;
/** A browser of somebody with an account. */
function browserOf({ client }: Visitor) {
	const name = `cloud-db-${made++}`;
	const local = createLocalArchive(createDexieShelf(name));
	const remote = createSupabaseRemote(client, SIGNED_IN);
	const isSound = () => Promise.resolve(true);
	const onTaken = (game: RemoteGame) => outbox.received(game);
	const archive = createCloudArchive({ local, remote, isSound, onTaken });
	const outbox = createOutbox({
		rows: createDexieOutbox(name),
		remote,
		archive: local,
		own: () => [],
		clock: systemClock,
		onChange: () => undefined,
	});
	return { local, remote, archive, outbox };
}
async function sentAll(outbox: Outbox): Promise<void> {
	await outbox.collect();
	await outbox.idle();
}

describe.skipIf(!hasApi)('the archive of a browser with an account', () => {
	let world: ApiWorld;
	let noa: Visitor;
	let ben: Visitor;
	const games = [11, 12, 13, 14].map((seed) => playGame({ seed, people: ALL }));
	beforeAll(async () => {
		world = await openApi();
		noa = await world.visitor(NOA);
		ben = await world.visitor(BEN);
	});
	afterAll(() => world.close());

	it('sends what it has, of both games and both modes, and once', async () => {
		const { local, outbox } = browserOf(noa);
		for (const game of games) expect(await local.keep(bytesOf(game))).toBe('kept');
		await sentAll(outbox);
		expect(outbox.state).toMatchObject({ waiting: 0, sent: games.length, refused: [] });
		await sentAll(outbox);
		expect(await world.db.sql('select id from public.games')).toHaveLength(games.length);
	});

	it('has every game of the account on another device, byte for byte, with the same numbers', async () => {
		const { archive } = browserOf(noa);
		const { games: cards } = await archive.games({}, null, 50);
		expect(new Set(cards.map(({ game }) => game))).toEqual(new Set(games.map(({ id }) => id)));
		for (const game of games) {
			expect((await archive.log(game.id)).map((bytes) => [...bytes])).toEqual(
				bytesOf(game).map((bytes) => [...bytes]),
			);
			const summary = await archive.summary(game.id);
			const [row] = await world.db.sql<{ scores: number[] }>(
				`select array_agg(p.final_score order by p.seat) as scores from public.game_players p
				join public.games g on g.id = p.game_id where g.id = private.game_uuid($1)`,
				[game.id],
			);
			expect(summary?.players.map(({ score }) => score)).toEqual(row?.scores);
		}
	});

	it('confirms what another player has sent', async () => {
		const { local, outbox } = browserOf(ben);
		for (const game of games) await local.keep(bytesOf(game));
		await sentAll(outbox);
		expect(outbox.state).toMatchObject({ waiting: 0, refused: [] });
		const confirmed = await world.db.sql(
			'select 1 from public.game_players where player_id = $1 and confirmed_hash is not null',
			[ben.playerId],
		);
		expect(confirmed).toHaveLength(games.length);
	});

	it('does not confirm what it was only given: a game that somebody made up counts for nobody', async () => {
		const liar = await world.visitor(personNumbered(65));
		const invented = playGame({ seed: 15, people: [liar.person, NOA] });
		await browserOf(liar).remote.upload(invented.id, bytesOf(invented));
		const { archive, local, outbox } = browserOf(noa);
		await archive.gather();
		expect(await local.log(invented.id)).toHaveLength(invented.envelopes.length);
		await sentAll(outbox);
		expect(outbox.state).toMatchObject({ waiting: 0, refused: [] });
		const [game] = await world.db.sql(
			`select g.counted_at, count(p.confirmed_hash)::integer as confirmed
			from public.games g join public.game_players p on p.game_id = g.id
			where g.id = private.game_uuid($1) group by g.id`,
			[invented.id],
		);
		expect(game).toEqual({ counted_at: null, confirmed: 1 });
	});

	it('says of each game how it stands, and opens one to whoever has its link', async () => {
		const { remote } = browserOf(noa);
		const [game] = games;
		if (game === undefined) throw new Error('there are games');
		const unknown = playGame({ seed: 19, people: ALL });
		expect(await remote.standings([game.id, unknown.id])).toEqual([
			{ game: game.id, isCounted: true, visibility: 'private' },
		]);
		const stranger = createSupabaseRemote(world.stranger(), NOBODY);
		expect(await stranger.log(game.id)).toEqual([]);
		expect(await remote.share(game.id, 'shared')).toBe('shared');
		expect(await stranger.log(game.id)).toEqual(bytesOf(game));
		expect(await remote.share(game.id, 'private')).toBe('private');
		expect(await stranger.log(game.id)).toEqual([]);
	});

	it('has a game of a table that was open to anybody as public, whoever of its players was faster', async () => {
		const [mine, theirs] = [22, 23].map((seed) => playGame({ seed, people: ALL })) as [
			PlayedGame,
			PlayedGame,
		];
		const code = 'ABCDEF' as RoomCode;
		const [host, guest] = [browserOf(noa).remote, browserOf(ben).remote];
		await host.upload(mine.id, bytesOf(mine), { code, isPublic: true });
		await guest.upload(theirs.id, bytesOf(theirs), { code, isPublic: false });
		const stranger = createSupabaseRemote(world.stranger(), NOBODY);
		expect(await stranger.log(mine.id)).toEqual(bytesOf(mine));
		expect(await stranger.log(theirs.id)).toEqual([]);

		const { status } = await host.upload(theirs.id, bytesOf(theirs), { code, isPublic: true });
		expect(status).toBe('exists');
		// A guest does not open what another has hosted; who has hosted it does, as often as it likes, and for good.
		await expect(guest.publish(theirs.id, code)).rejects.toMatchObject({ code: 'not_the_host' });
		expect(await stranger.log(theirs.id)).toEqual([]);
		expect(await host.publish(theirs.id, code)).toBe('public');
		expect(await host.publish(theirs.id, 'GHJKMN' as RoomCode)).toBe('public');
		expect(await stranger.log(theirs.id)).toEqual(bytesOf(theirs));
		expect(await guest.share(theirs.id, 'private')).toBe('public');
		const codes = await world.db.sql(
			`select room_code from public.games where id in (private.game_uuid($1), private.game_uuid($2))`,
			[mine.id, theirs.id],
		);
		expect(codes).toEqual([{ room_code: code }, { room_code: code }]);
	});

	it('refuses to publish what is no game, has no code, or is not there', async () => {
		const { remote } = browserOf(noa);
		const code = 'ABCDEF' as RoomCode;
		const [game] = games;
		if (game === undefined) throw new Error('there are games');
		const unknown = playGame({ seed: 24, people: ALL });
		await expect(remote.publish('x'.repeat(9_000) as GameId, code)).rejects.toMatchObject({
			code: 'bad_shape',
		});
		await expect(remote.publish(game.id, 'abc' as RoomCode)).rejects.toMatchObject({ code: 'bad_shape' });
		await expect(remote.publish(unknown.id, code)).rejects.toMatchObject({ code: 'not_the_host' });
		const anybody = createSupabaseRemote(world.stranger(), SIGNED_IN);
		await expect(anybody.publish(game.id, code)).rejects.toMatchObject({ isFinal: false });
	});

	it('knows a host by the account alone once the log is compacted', async () => {
		const game = playGame({ seed: 25, people: ALL });
		const [host, guest] = [browserOf(noa).remote, browserOf(ben).remote];
		await host.upload(game.id, bytesOf(game));
		await world.db.sql('select private.compact_game($1)', [game.id]);
		const code = 'ABCDEF' as RoomCode;
		await expect(guest.publish(game.id, code)).rejects.toMatchObject({ code: 'not_the_host' });
		expect(await host.publish(game.id, code)).toBe('public');
	});

	it.each(['el_dorado', 'israeli_whist'] as const)(
		'sends what was kept of %s with people who have no phone',
		async (variant) => {
			const { local, outbox } = browserOf(noa);
			const game = playGame({
				seed: variant === 'el_dorado' ? 17 : 18,
				people: [NOA, BEN],
				named: 2,
				variant,
				mode: 'keeper',
			});
			await local.keep(bytesOf(game));
			await sentAll(outbox);
			expect(outbox.state).toMatchObject({ waiting: 0, refused: [] });
			const players = await world.db.sql<{ name: string; score: number; is_bot: boolean; nobody: boolean }>(
				`select display_name as name, final_score as score, is_bot, player_id is null as nobody
				from public.game_players where game_id = private.game_uuid($1) order by seat`,
				[game.id],
			);
			expect(players.map(({ nobody, is_bot: isBot }) => [nobody, isBot])).toEqual([
				[false, false],
				[false, false],
				[true, false],
				[true, false],
			]);
			const summary = await local.summary(game.id);
			expect(players.map(({ name, score }) => [name, score])).toEqual(
				summary?.players.map(({ face, score }) => [face.name, score]),
			);
		},
	);

	it('keeps a game that is refused, with the word for it', async () => {
		const { local, outbox } = browserOf(noa);
		const game = playGame({ seed: 15, people: ALL, startMs: Date.now() + 5 * 86_400_000 });
		await local.keep(bytesOf(game));
		await sentAll(outbox);
		expect(outbox.state.refused).toMatchObject([{ game: game.id, code: 'from_the_future' }]);
	});

	it('is told that nobody answers, and waits', async () => {
		const client = browserClient({ url: 'http://127.0.0.1:9', anonKey: world.api.anonKey });
		const { local, outbox } = browserOf({ ...noa, client });
		await local.keep(bytesOf(playGame({ seed: 16, people: ALL })));
		await sentAll(outbox);
		expect(outbox.state).toMatchObject({ waiting: 1, problem: 'unreachable' });
		outbox.close();
	});
});

describe.skipIf(!hasApi)('a device that played without an account of its own', () => {
	let world: ApiWorld;
	beforeAll(async () => {
		world = await openApi();
	});
	afterAll(() => world.close());

	it('brings its games along when its player signs in, and they count once', async () => {
		const noa = await world.visitor(NOA);
		const { local, outbox } = browserOf(noa);
		const game = playGame({ seed: 21, people: ALL });
		await local.keep(bytesOf(game));
		await sentAll(outbox);

		const client = world.stranger();
		const { data } = await client.auth.signUp({ email: 'noa@example.org', password: 'long enough' });
		const userId = data.user?.id ?? '';
		const profile = { display_name: 'Noa' };
		const playerId = (await client.rpc('save_profile', { profile }).throwOnError()).data as string;
		const { data: claim } = await client.rpc('claim_key', claimOf(NOA, userId)).throwOnError();
		expect(claim).toEqual({ adopted: 1 });
		const { archive } = browserOf({ client, userId, playerId, person: NOA });
		expect((await archive.games({}, null, 10)).games.map(({ game: id }) => id)).toEqual([game.id]);
		const lines = await world.db.sql('select player_id from public.game_players where player_id = any($1)', [
			[noa.playerId, playerId],
		]);
		expect(lines).toEqual([{ player_id: playerId }]);
	});

	it('does not take a key along from an account with an e-mail', async () => {
		const ben = await world.visitor(BEN);
		await ben.client.auth.updateUser({ email: 'ben@example.org', password: 'long enough' });
		const thief = world.stranger();
		const { data } = await thief.auth.signInAnonymously();
		await thief.rpc('save_profile', { profile: {} }).throwOnError();
		const answer = await thief.rpc('claim_key', claimOf(BEN, data.user?.id ?? ''));
		expect(outcome(answer)).toBe('409 key_of_another_account');
	});
});
