import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../room/clock.ts';
import { createPace, type Turn } from './pace.ts';

const RATE = { messages: 4, messagesPerS: 2, bytes: 1_000, bytesPerS: 100 };

function setUp() {
	const clock = createFakeClock({ startMs: 0 });
	const line = { isOpen: true };
	const sent: string[] = [];
	const pace = createPace(clock, RATE, () => line.isOpen);
	/** Somebody with so many messages to send. */
	const sender = (name: string, count: number, bytes = 1): Turn => {
		let left = count;
		return () => {
			if (left === 0) return { bytes: 0, isDone: true };
			left--;
			sent.push(name);
			return { bytes, isDone: left === 0 };
		};
	};
	return { clock, line, sent, pace, sender };
}

describe('the pace', () => {
	it('lets a burst go at once, and the rest at its rate', async () => {
		const { clock, sent, pace, sender } = setUp();
		pace.want(sender('a', 10));
		expect(sent.length).toBe(4);
		await clock.advance(1_100);
		expect(sent.length).toBe(6);
		await clock.advance(10_000);
		expect(sent.length).toBe(10);
		expect(clock.waiting).toBe(0);
	});

	it('counts bytes too, which a message may overdraw and the next has to wait for', async () => {
		const { clock, sent, pace, sender } = setUp();
		pace.want(sender('a', 3, 900));
		expect(sent.length).toBe(2);
		await clock.advance(7_900);
		expect(sent.length).toBe(2);
		await clock.advance(200);
		expect(sent.length).toBe(3);
	});

	it('gives turns round, so that nobody waits for another to end', async () => {
		const { clock, sent, pace, sender } = setUp();
		pace.want(sender('a', 6));
		pace.want(sender('b', 2));
		pace.want(sender('c', 2));
		await clock.advance(3_100);
		expect(sent.join('')).toBe('aaaaabcabc');
	});

	it('keeps what is to be sent while the line is down, and spends nothing', async () => {
		const { clock, line, sent, pace, sender } = setUp();
		line.isOpen = false;
		pace.want(sender('a', 3));
		await clock.advance(10_000);
		expect(sent).toEqual([]);
		line.isOpen = true;
		pace.wake();
		expect(sent.length).toBe(3);
	});

	it('lets who is dropped or stopped send no more', async () => {
		const { clock, sent, pace, sender } = setUp();
		const [a, b] = [sender('a', 10), sender('b', 10)];
		pace.want(a);
		pace.want(b);
		pace.drop(a);
		await clock.advance(2_100);
		expect(sent.join('')).toBe('aaaabbbb');
		pace.stop();
		await clock.advance(10_000);
		expect(sent.length).toBe(8);
		expect(clock.waiting).toBe(0);
	});

	it('survives a turn that wants the next one', () => {
		const { sent, pace } = setUp();
		const again: Turn = () => {
			sent.push('x');
			if (sent.length < 3) pace.want(again);
			return { bytes: 1, isDone: true };
		};
		pace.want(again);
		expect(sent.length).toBe(3);
	});
});
