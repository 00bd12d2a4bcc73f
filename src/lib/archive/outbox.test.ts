import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../room/clock.ts';
import { createDexieOutbox } from '../store/outbox.ts';
import { createDexieShelf } from '../store/shelf.ts';
import { createLocalArchive } from './local.ts';
import { createOutbox, type OutboxState } from './outbox.ts';
import { RemoteError } from './remote.ts';
import { sampleLog } from './testing.ts';
import { sampleRemote } from './testing-remote.ts';

const LOGS = [1, 2, 3].map((n) => sampleLog(n));
const [ONE, TWO, THREE] = LOGS.map(({ game }) => game);
const offline = () => new RemoteError('unreachable', false);
const uploads = (asked: readonly string[]) => asked.filter((call) => call.startsWith('upload'));

let made = 0;
async function browser(games = LOGS) {
	const name = `outbox-${made++}`;
	const archive = createLocalArchive(createDexieShelf(name));
	// As they are listed: not in the order in which they ended.
	for (const { envelopes } of games.toReversed()) await archive.keep(envelopes);
	// IndexedDB answers in tasks of its own, several to a call.
	const settle = async () => {
		for (let task = 0; task < 200; task++) await new Promise((resolve) => setImmediate(resolve));
	};
	const clock = createFakeClock({ settle });
	const remote = sampleRemote();
	const seen: OutboxState[] = [];
	const open = () =>
		createOutbox({
			rows: createDexieOutbox(name),
			remote,
			archive,
			clock,
			onChange: (state) => seen.push(state),
		});
	return { archive, clock, remote, seen, open };
}

describe('the outbox', () => {
	it('sends every finished game once, in the order in which they ended', async () => {
		const { clock, remote, open, seen } = await browser();
		const outbox = open();
		await outbox.collect();
		await clock.settle();
		expect(remote.asked).toEqual([`upload ${ONE}`, `upload ${TWO}`, `upload ${THREE}`]);
		expect(outbox.state).toEqual({
			waiting: 0,
			sent: 3,
			pending: [],
			refused: [],
			isSending: false,
			nextAt: null,
			problem: null,
		});
		expect(seen.some(({ isSending, waiting }) => isSending && waiting === 2)).toBe(true);
		await outbox.collect();
		await clock.settle();
		expect(remote.asked).toHaveLength(3);
	});

	it('sends nothing again after a reload, and goes on where it was', async () => {
		const { clock, remote, open } = await browser();
		const before = open();
		remote.failures.push(offline());
		await before.collect();
		await clock.settle();
		before.close();
		expect(uploads(remote.asked)).toHaveLength(1);
		const after = open();
		await after.collect();
		after.wake();
		await clock.settle();
		expect(after.state).toMatchObject({ waiting: 0, sent: 3 });
		expect(uploads(remote.asked)).toHaveLength(4);
		const last = open();
		await last.collect();
		await clock.settle();
		expect(uploads(remote.asked)).toHaveLength(4);
	});

	it('waits longer after each failure, an hour at most, and says until when and why', async () => {
		const { clock, remote, open } = await browser([LOGS[0] ?? sampleLog(1)]);
		remote.down = offline();
		const outbox = open();
		await outbox.collect();
		await clock.settle();
		const waits: number[] = [];
		for (let tries = 1; tries <= 11; tries++) {
			expect(remote.asked).toHaveLength(tries);
			expect(outbox.state).toMatchObject({
				waiting: 1,
				pending: [ONE],
				isSending: false,
				problem: 'unreachable',
			});
			const at = outbox.state.nextAt ?? 0;
			waits.push(at - clock.now());
			await clock.advance(at - clock.now());
		}
		expect(waits.slice(0, 4)).toEqual([15_000, 30_000, 60_000, 120_000]);
		expect(waits.slice(-2)).toEqual([3_600_000, 3_600_000]);
		remote.down = null;
		await clock.advance(3_600_000);
		expect(outbox.state).toMatchObject({ waiting: 0, sent: 1, problem: null, nextAt: null });
	});

	it('tries at once when it is woken, with nothing sent out of turn', async () => {
		const { clock, remote, open } = await browser();
		remote.down = offline();
		const outbox = open();
		await outbox.collect();
		await clock.settle();
		// The next is not tried while the one before it waits.
		expect(remote.asked).toEqual([`upload ${ONE}`]);
		remote.down = null;
		outbox.wake();
		await clock.settle();
		expect(remote.asked.slice(1)).toEqual([`upload ${ONE}`, `upload ${TWO}`, `upload ${THREE}`]);
	});

	it('keeps what is refused with the reason, goes on with the others, and sends it again when asked', async () => {
		const { clock, remote, open } = await browser();
		remote.failures.push(new RemoteError('from_the_future', true));
		const outbox = open();
		await outbox.collect();
		await clock.settle();
		expect(outbox.state).toMatchObject({
			waiting: 0,
			sent: 2,
			refused: [{ game: ONE, code: 'from_the_future', endedAt: LOGS[0]?.endedAt }],
		});
		await outbox.retry();
		await clock.settle();
		expect(outbox.state).toMatchObject({ sent: 3, refused: [] });
	});

	it('confirms a game that another device has sent, and leaves alone what it only watched', async () => {
		const { clock, remote, open } = await browser();
		const [one, two] = LOGS;
		if (one === undefined) throw new Error('there are logs');
		await remote.upload(one.game, one.envelopes);
		remote.asked.length = 0;
		const outbox = open();
		// The second game was watched: its players send it.
		const upload = remote.upload.bind(remote);
		remote.upload = (game, envelopes) =>
			game === two?.game
				? Promise.reject(new RemoteError('not_at_the_table', true))
				: upload(game, envelopes);
		await outbox.collect();
		await clock.settle();
		expect(remote.asked).toEqual([`upload ${ONE}`, `confirm ${ONE}`, `upload ${THREE}`]);
		expect(outbox.state).toMatchObject({ waiting: 0, refused: [] });
	});

	it('begins nothing after it is closed', async () => {
		const { clock, remote, open } = await browser();
		remote.down = offline();
		const outbox = open();
		await outbox.collect();
		await clock.settle();
		outbox.close();
		outbox.wake();
		await clock.advance(10 * 3_600_000);
		expect(remote.asked).toHaveLength(1);
	});
});
