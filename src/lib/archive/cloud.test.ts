import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { HOST, STRANGER } from '../game/testing.ts';
import { createFakeClock } from '../room/clock.ts';
import { readLog } from '../game/read-log.ts';
import { loadGame } from '../games/load.ts';
import type { GameSummary } from '../stats/summary-types.ts';
import { gameNumbered } from '../stats/testing.ts';
import { createDexieShelf } from '../store/shelf.ts';
import { describeArchive } from './acceptance.ts';
import type { Archive } from './archive.ts';
import { createCloudArchive, type CloudArchiveOptions } from './cloud.ts';
import { createLocalArchive } from './local.ts';
import { RemoteError } from './remote.ts';
import { sampleLog } from './testing.ts';
import { sampleRemote } from './testing-remote.ts';

let made = 0;
const localArchive = () => createLocalArchive(createDexieShelf(`cloud-${made++}`));
const sound = () => Promise.resolve(true);

describeArchive('with an account', () =>
	createCloudArchive({ local: localArchive(), remote: sampleRemote(), isSound: sound }),
);

/** Keeps on one device, which uploads; all that is read is read on another, which has nothing but what it fetches. */
function acrossDevices(): Archive {
	const remote = sampleRemote();
	const here = localArchive();
	const elsewhere = () => createCloudArchive({ local: localArchive(), remote, isSound: sound });
	let there = elsewhere();
	return {
		async games(...asked) {
			// However slow this machine is: a list would not wait for it for ever.
			await there.gather();
			return there.games(...asked);
		},
		async summary(game) {
			await there.gather();
			return there.summary(game);
		},
		log: (game) => there.log(game),
		summaries: (...asked) => there.summaries(...asked),
		lifetime: (...asked) => there.lifetime(...asked),
		gather: () => there.gather(),
		async keep(envelopes) {
			const answer = await here.keep(envelopes);
			if (answer === 'unfinished' || answer === 'conflict') return answer;
			const log = await readLog(envelopes, loadGame);
			if (log !== null) await remote.upload(log.id, envelopes);
			there.close();
			there = elsewhere();
			return answer;
		},
		close() {
			here.close();
			there.close();
		},
	};
}
describeArchive('of an account, on a device that fetches what another has sent', acrossDevices);

const LOGS = [1, 2, 3].map((n) => sampleLog(n));
const GAMES = LOGS.map(({ game }) => game);

async function remoteWithAll() {
	const remote = sampleRemote();
	for (const { game, envelopes } of LOGS) await remote.upload(game, envelopes);
	remote.asked.length = 0;
	return remote;
}

describe('an account with games from other devices', () => {
	it('brings them here, once', async () => {
		const remote = await remoteWithAll();
		const local = localArchive();
		const archive = createCloudArchive({ local, remote, isSound: sound });
		const { games } = await archive.games({}, null, 10);
		expect(games.map(({ game }) => game)).toEqual(GAMES.toReversed());
		expect(await archive.summaries({})).toHaveLength(3);
		const asked = remote.asked.length;
		const again = createCloudArchive({ local, remote, isSound: sound });
		await again.games({}, null, 10);
		expect(remote.asked.slice(asked)).toEqual(['games']);
	});

	it('tells of each before it is here, and of none that this device has of its own', async () => {
		const remote = await remoteWithAll();
		const local = localArchive();
		await local.keep(LOGS[0]?.envelopes ?? []);
		const told: string[] = [];
		const archive = createCloudArchive({
			local,
			remote,
			isSound: sound,
			async onTaken({ game }) {
				expect(await local.log(game)).toEqual([]);
				told.push(game);
			},
		});
		await archive.gather();
		expect(told).toEqual(GAMES.slice(1).toReversed());
		expect(await local.summaries({})).toHaveLength(3);
	});

	it('shows one that is asked for by its name, and keeps it out of the own history', async () => {
		const remote = await remoteWithAll();
		const local = localArchive();
		const archive = createCloudArchive({ local, remote, isSound: sound });
		const [, two] = LOGS;
		if (two === undefined) throw new Error('there are logs');
		expect(await archive.log(two.game)).toHaveLength(two.envelopes.length);
		expect(remote.asked).toEqual([`log ${two.game}`]);
		expect((await local.games({}, null, 10)).games).toEqual([]);
	});

	it('shows what is here when the remote cannot be asked, says so, and asks again next time', async () => {
		const remote = await remoteWithAll();
		const local = localArchive();
		await local.keep(LOGS[0]?.envelopes ?? []);
		const problems: (string | null)[] = [];
		const archive = createCloudArchive({
			local,
			remote,
			isSound: sound,
			onProblem: (code) => problems.push(code),
		});
		remote.down = new RemoteError('unreachable', false);
		expect((await archive.games({}, null, 10)).games).toHaveLength(1);
		expect(await archive.log(GAMES[1] ?? sampleLog(2).game)).toEqual([]);
		remote.down = null;
		expect((await archive.games({}, null, 10)).games).toHaveLength(3);
		expect(problems).toEqual(['unreachable', 'unreachable', null]);
	});

	it('gathers what there is, and comes to an end where the remote cannot be asked', async () => {
		const remote = await remoteWithAll();
		const local = localArchive();
		const archive = createCloudArchive({ local, remote, isSound: sound });
		remote.down = new RemoteError('unreachable', false);
		expect(await archive.gather()).toBe(0);
		expect(await local.summaries({})).toEqual([]);
		remote.down = null;
		expect(await archive.gather()).toBe(3);
		expect(await local.summaries({})).toHaveLength(3);
		expect(await createCloudArchive({ local, remote, isSound: sound }).gather()).toBe(0);
	});

	it('lists and counts what another device has played as one’s own', async () => {
		const remote = await remoteWithAll();
		const me = STRANGER;
		const own = () => Promise.resolve({ player: me, others: [HOST] });
		const archive = createCloudArchive({ local: localArchive(), remote, isSound: sound, own });
		const { games } = await archive.games({}, null, 10);
		expect(games.every(({ players }) => players.some(({ player }) => player === me))).toBe(true);
		expect((await archive.lifetime(me, {})).gamesPlayed).toBe(3);
		expect((await archive.lifetime(HOST, {})).gamesPlayed).toBe(0);
	});

	it('reads the list to its end when that is due, and else as far as it is new', async () => {
		// The oldest of 51 is missing here: behind a whole page that is not.
		const listed = Array.from({ length: 51 }, (_, n) => ({
			game: gameNumbered(n),
			endedAt: 100 - n,
			hash: '',
		}));
		const here = new Set(listed.slice(0, 50).map(({ game }) => game));
		const asked: string[] = [];
		const { envelopes } = sampleLog(1);
		const remote: CloudArchiveOptions['remote'] = {
			games(after, limit) {
				const start = listed.findIndex(({ game }) => game === after?.game) + 1;
				return Promise.resolve(listed.slice(start, start + limit));
			},
			log(game) {
				asked.push(game);
				return Promise.resolve(envelopes);
			},
		};
		const some = localArchive();
		const local: Archive = {
			...some,
			summary: (game) => Promise.resolve(here.has(game) ? ({} as GameSummary) : null),
		};
		let isDue = false;
		const whole = { isDue: () => isDue, done: () => void (isDue = false) };
		const open = () => createCloudArchive({ local, remote, isSound: sound, whole });
		await open().summaries({});
		expect(asked).toEqual([]);
		isDue = true;
		await open().summaries({});
		expect(asked).toEqual([gameNumbered(50)]);
		expect(isDue).toBe(false);
	});

	it('shows what is here when the remote is slow, and tells when the rest has come', async () => {
		const remote = await remoteWithAll();
		const local = localArchive();
		await local.keep(LOGS[0]?.envelopes ?? []);
		let answer = (): void => undefined;
		const held = new Promise<void>((resolve) => (answer = resolve));
		const clock = createFakeClock();
		const archive = createCloudArchive({
			local,
			remote: { ...remote, games: (after, limit) => held.then(() => remote.games(after, limit)) },
			isSound: sound,
			clock,
			onNews: () => told(),
		});
		let told = (): void => undefined;
		const news = new Promise<void>((resolve) => (told = resolve));
		const listed = archive.games({}, null, 10);
		await clock.advance(3_000);
		expect((await listed).games).toHaveLength(1);
		answer();
		await news;
		expect((await archive.games({}, null, 10)).games).toHaveLength(3);
	});

	it('takes in nothing that does not verify', async () => {
		const remote = await remoteWithAll();
		const archive = createCloudArchive({
			local: localArchive(),
			remote,
			isSound: (envelopes) => Promise.resolve(envelopes !== LOGS[1]?.envelopes),
		});
		const { games } = await archive.games({}, null, 10);
		expect(games.map(({ game }) => game)).toEqual([GAMES[2], GAMES[0]]);
	});
});
