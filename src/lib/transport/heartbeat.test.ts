import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../room/clock.ts';
import { startHeartbeat } from './heartbeat.ts';

function setUp() {
	const clock = createFakeClock({ startMs: 0 });
	const log: string[] = [];
	const pings: number[] = [];
	const note = (what: string) => log.push(`${clock.now()} ${what}`);
	const heartbeat = startHeartbeat(clock, {
		ping: (id) => pings.push(id),
		onDoubtful: () => note('doubtful'),
		onAgain: () => note('again'),
		onLost: () => note('lost'),
		onRoundTrip: () => undefined,
	});
	return { clock, log, pings, heartbeat };
}

describe('the heartbeat', () => {
	it('pings at once and then once a second', async () => {
		const { clock, pings, heartbeat } = setUp();
		for (let second = 0; second < 10; second++) {
			expect(pings.length).toBe(second + 1);
			heartbeat.heard();
			await clock.advance(1_000);
		}
	});

	it('doubts at 3.5 s of silence and gives up at 5 s, to the millisecond, once', async () => {
		const { clock, log, heartbeat } = setUp();
		await clock.advance(700);
		heartbeat.heard();
		await clock.advance(60_000);
		expect(log).toEqual(['4200 doubtful', '5700 lost']);
		expect(clock.waiting).toBe(0);
		expect(heartbeat.heard()).toBe(false);
	});

	it('takes a doubt back when it hears again', async () => {
		const { clock, log, heartbeat } = setUp();
		await clock.advance(4_000);
		expect(heartbeat.heard()).toBe(true);
		await clock.advance(3_000);
		expect(log).toEqual(['3500 doubtful', '4000 again']);
	});

	it('holds an old message void when the page slept over the deadline', async () => {
		let now = 0;
		const log: string[] = [];
		// A frozen page: time passes and no timer runs.
		const heartbeat = startHeartbeat(
			{ now: () => now, after: () => () => undefined },
			{
				ping: () => undefined,
				onDoubtful: () => log.push('doubtful'),
				onAgain: () => log.push('again'),
				onLost: () => log.push('lost'),
				onRoundTrip: () => undefined,
			},
		);
		now = 60_000;
		expect(heartbeat.heard()).toBe(false);
		expect(log).toEqual(['lost']);
	});

	it('goes on pinging on the pings of the other when its own timers are throttled', () => {
		let now = 0;
		let pings = 0;
		const heartbeat = startHeartbeat(
			{ now: () => now, after: () => () => undefined },
			{
				ping: () => pings++,
				onDoubtful: () => undefined,
				onAgain: () => undefined,
				onLost: () => undefined,
				onRoundTrip: () => undefined,
			},
		);
		for (; now < 60_000; now += 1_000) expect(heartbeat.heard()).toBe(true);
		expect(pings).toBe(60);
	});

	it('smooths the round trip and ignores echoes of pings it never sent', async () => {
		const { clock, pings, heartbeat } = setUp();
		await clock.advance(80);
		heartbeat.pong(pings[0] ?? 0);
		expect(heartbeat.roundTripMs).toBe(80);
		heartbeat.pong(pings[0] ?? 0);
		heartbeat.pong(12_345);
		expect(heartbeat.roundTripMs).toBe(80);
		await clock.advance(920);
		await clock.advance(160);
		heartbeat.pong(pings[1] ?? 0);
		expect(heartbeat.roundTripMs).toBe(90);
	});

	it('pings at once when asked to check', async () => {
		const { clock, pings, heartbeat } = setUp();
		await clock.advance(300);
		heartbeat.check();
		expect(pings.length).toBe(2);
		heartbeat.stop();
		expect(clock.waiting).toBe(0);
	});
});
