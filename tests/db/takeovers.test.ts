/**
 * Who hosts a table next is no guest's own word: a log with a takeover in it is taken when the players who were there, or
 * the host before, have made it so, and when what went before is as that host had signed it.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { GameCreated, HostChanged, LogEvent } from '../../src/lib/game/table-types.ts';
import { hasPostgres, openDatabase, refusal, type Member, type TestDatabase } from './database.ts';
import {
	personNumbered,
	playGame,
	rewrite,
	uploadOf,
	votesFor,
	type Person,
	type PlayedGame,
} from './games.ts';

type Records = Record<string, unknown>[];

interface Change {
	readonly host: Person;
	readonly votes: unknown;
	/** The first election's when left out. */
	readonly term?: number;
	readonly reason?: string;
}

/** In the middle of the first round. */
const AT = 20;

const isHosting = (event: LogEvent): event is GameCreated | HostChanged =>
	event.type === 'game_created' || event.type === 'host_changed';

describe.skipIf(!hasPostgres)('a log in which the host changes', () => {
	let db: TestDatabase;
	let members: Member[];
	let noa: Person;
	let ben: Person;
	let dana: Person;
	let yael: Person;
	const stranger = personNumbered(99);
	let seed = 60_000;
	const fresh = (): PlayedGame =>
		playGame({ seed: (seed += 4), people: [noa, ben, dana, yael], variant: 'el_dorado', mode: 'cards' });

	beforeAll(async () => {
		db = await openDatabase();
		members = await Promise.all([91, 92, 93, 94].map((n) => db.signIn(personNumbered(n))));
		[noa, ben, dana, yael] = members.map(({ person }) => person) as [Person, Person, Person, Person];
	});
	beforeEach(() => db.forgetRates());
	afterAll(() => db.close());

	const upload = (played: PlayedGame) => refusal(members[1]!.rpc('archive_game', { game: uploadOf(played) }));

	/** The same game with other events put in before `AT`, and signed by another from there on. */
	function goneOn(
		played: PlayedGame,
		inserted: readonly { readonly type: string; readonly payload: object; readonly term: number }[],
		signer: (index: number) => Person,
	): PlayedGame {
		return rewrite(
			played,
			(records: Records) => {
				const { term: last } = inserted.at(-1)!;
				const { time } = records[AT]!;
				const put = inserted.map((one) => ({ index: 0, author: null, v: 1, time, ...one }));
				records.splice(AT, 0, ...put);
				for (const [index, record] of records.entries()) {
					record['index'] = index;
					if (index >= AT + put.length) record['term'] = last;
				}
			},
			signer,
		);
	}

	const changed = ({ host, votes, term = 2, reason = 'lost' }: Change) => ({
		type: 'host_changed',
		term,
		payload: { term, host: host.player, reason, votes, commitment: 'A'.repeat(43) },
	});

	/** Taken over once, by the rules or not. */
	const takenOver = (played: PlayedGame, change: Change): PlayedGame =>
		goneOn(played, [changed(change)], (index) => (index < AT ? noa : change.host));

	it('is taken when more than half of those who were there elected the next one', async () => {
		const played = fresh();
		const votes = votesFor(played.id, 2, ben, [ben, yael]);
		expect(await upload(takenOver(played, { host: ben, votes }))).toBe('no refusal');
	});

	it('is taken when the host handed the table over, to itself too', async () => {
		for (const host of [dana, noa]) {
			const played = fresh();
			const votes = votesFor(played.id, 3, host, [noa]);
			const log = takenOver(played, { host, votes, term: 3, reason: 'handed_over' });
			expect(await upload(log)).toBe('no refusal');
		}
	});

	it('is taken when one follows another', async () => {
		const played = fresh();
		const log = goneOn(
			played,
			[
				changed({ host: ben, votes: votesFor(played.id, 2, ben, [dana, yael]) }),
				changed({ host: dana, votes: votesFor(played.id, 3, dana, [ben]), term: 3, reason: 'handed_over' }),
				changed({ host: noa, votes: votesFor(played.id, 6, noa, [noa, ben]), term: 6 }),
			],
			(index) => (index < AT || index >= AT + 2 ? noa : index === AT ? ben : dana),
		);
		expect(await upload(log)).toBe('no refusal');
	});

	it('is refused when a guest made itself the host, whatever it says of votes', async () => {
		const played = fresh();
		const own = votesFor(played.id, 2, ben, [ben]);
		const other = fresh();
		const noVotes = { player: dana.player, signature: 'A'.repeat(86) };
		const forged: Record<string, Change> = {
			'no votes': { host: ben, votes: [] },
			'votes that are no list': { host: ben, votes: 'all' },
			'votes that are nothing': { host: ben, votes: [null, 7, 'dana', {}] },
			'its own vote alone': { host: ben, votes: own },
			'its own vote three times': { host: ben, votes: [...own, ...own, ...own] },
			'votes without a signature': { host: ben, votes: [...own, noVotes] },
			'votes signed by itself for others': {
				host: ben,
				votes: [...own, { player: dana.player, signature: own[0]!.signature }],
			},
			'votes of another game': { host: ben, votes: votesFor(other.id, 2, ben, [ben, dana, yael]) },
			'votes of another term': { host: ben, votes: votesFor(played.id, 4, ben, [ben, dana, yael]) },
			'votes for another': { host: ben, votes: votesFor(played.id, 2, dana, [ben, dana, yael]) },
			'votes of strangers': {
				host: ben,
				votes: votesFor(played.id, 2, ben, [ben, stranger, personNumbered(98)]),
			},
			'enough votes and one of a stranger': {
				host: ben,
				votes: votesFor(played.id, 2, ben, [ben, dana, stranger]),
			},
			'the vote of the host that is lost': { host: ben, votes: votesFor(played.id, 2, ben, [ben, noa]) },
			'an election in an odd term': {
				host: ben,
				votes: votesFor(played.id, 3, ben, [ben, dana, yael]),
				term: 3,
			},
			'a word of the host that it did not give': {
				host: ben,
				votes: votesFor(played.id, 3, ben, [ben]),
				term: 3,
				reason: 'handed_over',
			},
			'a word of the host in an even term': {
				host: ben,
				votes: votesFor(played.id, 2, ben, [noa]),
				reason: 'handed_over',
			},
			'a reason there is not': {
				host: ben,
				votes: votesFor(played.id, 2, ben, [ben, dana, yael]),
				reason: 'bored',
			},
			'a host without a seat': {
				host: stranger,
				votes: votesFor(played.id, 2, stranger, [ben, dana, yael]),
			},
		};
		for (const [name, change] of Object.entries(forged)) {
			expect(await upload(takenOver(played, change)), name).toBe('PT422 not_elected');
		}
	});

	it('counts the votes of those who were there: not of who was away, or had left', async () => {
		for (const [type, back] of [
			['seat_away', 'seat_back'],
			['seat_left', 'seat_returned'],
		] as const) {
			const played = fresh();
			// Noa and Yael may have changed places in the lobby, by the seed.
			const isSwapped = played.events.some((event) => event.type === 'seats_swapped');
			const seatOf = (one: Person): number => (one === dana ? 2 : isSwapped ? 0 : 3);
			const gone = [dana, yael].map((one) => ({ type, payload: { seat: seatOf(one) }, term: 1 }));
			const signer = (count: number) => (index: number) => (index < AT + count ? noa : ben);
			const votes = (...voters: Person[]) => votesFor(played.id, 2, ben, voters);
			const all = goneOn(played, [...gone, changed({ host: ben, votes: votes(ben, dana) })], signer(2));
			expect(await upload(all), type).toBe('PT422 not_elected');
			const returned = { type: back, payload: { seat: seatOf(dana) }, term: 1 };
			const few = [...gone, returned, changed({ host: ben, votes: votes(ben) })];
			expect(await upload(goneOn(played, few, signer(3))), type).toBe('PT422 not_elected');
			const alone = goneOn(played, [...gone, changed({ host: ben, votes: votes(ben) })], signer(2));
			expect(await upload(alone), type).toBe('no refusal');
		}
	});

	it('is refused when the one who was elected wrote anew what the host before had written', async () => {
		const played = fresh();
		const votes = votesFor(played.id, 2, ben, [ben, dana, yael]);
		const log = goneOn(played, [changed({ host: ben, votes })], () => ben);
		expect(await upload(log)).toBe('PT422 bad_signature');
	});

	it('is refused when the host before went on, as if nobody had taken over', async () => {
		const played = fresh();
		const votes = votesFor(played.id, 2, ben, [ben, dana, yael]);
		const log = goneOn(played, [changed({ host: ben, votes })], () => noa);
		expect(await upload(log)).toBe('PT422 bad_signature');
	});

	it('is refused when the terms of its events are not those of its hosts', async () => {
		const played = fresh();
		const votes = votesFor(played.id, 2, ben, [ben, dana, yael]);
		const sound = changed({ host: ben, votes });
		const signer = (index: number) => (index < AT ? noa : ben);
		const wrong = { ...sound, payload: { ...sound.payload, term: 4 } };
		expect(await upload(goneOn(played, [wrong], signer))).toBe('PT422 bad_term');
		const same = { ...sound, term: 1, payload: { ...sound.payload, term: 1 } };
		expect(await upload(goneOn(played, [same], signer))).toBe('PT422 bad_term');
		const later = rewrite(played, (records) => records.forEach((one) => (one['term'] = 2)));
		expect(await upload(later)).toBe('PT422 bad_term');
		const unsaid = rewrite(played, (records) => records.slice(AT).forEach((one) => (one['term'] = 2)));
		expect(await upload(unsaid)).toBe('PT422 bad_term');
	});

	it('is refused before its signatures keep the server busy for minutes', async () => {
		const played = fresh();
		const votes = Array.from({ length: 400 }, () => 0);
		const change = changed({ host: ben, votes });
		expect(await upload(goneOn(played, [change], () => noa))).toBe('PT413 too_many_takeovers');
	});

	it('is of a table that any of its hosts, and nobody else, may say was open to anybody', async () => {
		const people = [noa, ben, dana, yael];
		let played: PlayedGame;
		do {
			seed += 4;
			played = playGame({ seed, people, variant: 'el_dorado', mode: 'cards', isTakenOver: true });
		} while (played.host === noa);
		await upload(played);
		const hosted = new Set<string>();
		for (const event of played.events) if (isHosting(event)) hosted.add(event.host);
		for (const member of members) {
			const said = refusal(member.rpc('publish_game', { game_id: played.id, room_code: 'ABCDEF' }));
			expect(await said, `seed ${seed}`).toBe(
				hosted.has(member.person.player) ? 'no refusal' : 'PT403 not_the_host',
			);
		}
		expect(hosted.has(noa.player)).toBe(true);
	});
});
