/** What one page carries for another, and what it does not. */
import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../room/clock.ts';
import { createNeighbours } from './neighbours.ts';
import type { PeerId } from './transport.ts';

const id = (name: string) => name.padEnd(22, '-') as PeerId;
const [LEFT, MID, RIGHT, FAR] = ['left', 'mid', 'right', 'far'].map(id) as [PeerId, PeerId, PeerId, PeerId];

/** A page with its neighbours; what it gives to each. */
function page(self: PeerId, ...linked: readonly PeerId[]) {
	const clock = createFakeClock();
	const given: { readonly to: PeerId; readonly load: Uint8Array }[] = [];
	let calls = 0;
	const neighbours = createNeighbours({
		clock,
		self: () => self,
		give: (to, load) => void given.push({ to, load }),
		onCalled: () => void calls++,
	});
	for (const peer of linked) neighbours.linked(peer);
	const heard: string[] = [];
	const signalling = neighbours.signalling({ topic: 'table', self });
	const listen = () =>
		signalling.open({
			onState: (state) => void heard.push(state),
			onConnected: () => void heard.push('connected'),
			onPayload: (text) => void heard.push(`payload ${text}`),
			onRelayed: (text) => void heard.push(`relayed ${text}`),
		});
	return { clock, given, neighbours, heard, signalling, listen, calls: () => calls };
}
/** What `from` gives a neighbour to pass on. */
function said(from: PeerId, to: PeerId | null, text = 'hello'): Uint8Array {
	const { signalling, listen, given } = page(from, MID);
	listen();
	signalling.send(text, to);
	return given.at(-1)?.load ?? new Uint8Array();
}
/** The same as MID passes it on. */
function passedOn(from: PeerId, to: PeerId | null): Uint8Array {
	const mid = page(MID, from, RIGHT);
	mid.neighbours.received(from, said(from, to));
	return mid.given.at(-1)?.load ?? new Uint8Array();
}

describe('a page between two others', () => {
	it('passes on to everybody else, or to the one that is named', () => {
		const mid = page(MID, LEFT, RIGHT, FAR);
		mid.neighbours.received(LEFT, said(LEFT, null));
		expect(mid.given.map(({ to }) => to)).toEqual([RIGHT, FAR]);
		mid.neighbours.received(LEFT, said(LEFT, FAR));
		expect(mid.given.map(({ to }) => to)).toEqual([RIGHT, FAR, FAR]);
		mid.neighbours.received(LEFT, said(LEFT, id('nobody')));
		expect(mid.given).toHaveLength(3);
	});

	it('passes nothing on twice, so nothing goes in circles', () => {
		const right = page(RIGHT, MID, FAR);
		right.neighbours.received(MID, passedOn(LEFT, null));
		expect(right.given).toEqual([]);
	});

	it('passes nothing on that a neighbour says in the name of another', () => {
		const mid = page(MID, LEFT, RIGHT);
		mid.neighbours.received(RIGHT, said(LEFT, null));
		expect(mid.given).toEqual([]);
	});

	it('carries for nobody that is not linked with it', () => {
		const mid = page(MID, RIGHT);
		mid.neighbours.received(LEFT, said(LEFT, RIGHT));
		expect(mid.given).toEqual([]);
	});

	it('carries so much at a time, and goes on after a while', async () => {
		const mid = page(MID, LEFT, RIGHT);
		const load = said(LEFT, RIGHT, 'x'.repeat(16_000));
		for (let n = 0; n < 1_000; n++) mid.neighbours.received(LEFT, load);
		const burst = mid.given.length;
		expect(burst).toBeLessThan(100);
		await mid.clock.advance(1_000);
		for (let n = 0; n < 1_000; n++) mid.neighbours.received(LEFT, load);
		const more = mid.given.length - burst;
		expect([8, 9]).toContain(more);
		// One that floods costs the others nothing.
		mid.neighbours.linked(FAR);
		mid.neighbours.received(FAR, said(FAR, RIGHT));
		expect(mid.given.length - burst - more).toBe(1);
	});

	it('ignores what is no load', () => {
		const mid = page(MID, LEFT, RIGHT);
		mid.listen();
		for (const junk of [
			new Uint8Array(),
			new Uint8Array(46),
			new Uint8Array(200).fill(0xff),
			Uint8Array.of(1, 1),
		]) {
			mid.neighbours.received(LEFT, junk);
		}
		expect([mid.given, mid.heard]).toEqual([[], ['open', 'connected']]);
	});
});

describe('a page two steps away', () => {
	it('hears what was passed on to it or to all, and answers the way it came', () => {
		const right = page(RIGHT, FAR, MID);
		right.listen();
		right.neighbours.received(MID, passedOn(LEFT, null));
		right.neighbours.received(MID, passedOn(LEFT, RIGHT));
		expect(right.heard).toEqual(['open', 'connected', 'payload hello', 'payload hello']);
		expect(right.neighbours.through(LEFT)).toBe(MID);
		right.signalling.relay('piece', LEFT);
		expect(right.given.map(({ to }) => to)).toEqual([MID]);
		right.neighbours.lost(MID);
		expect(right.neighbours.through(LEFT)).toBeNull();
	});

	it('is called when nothing listens yet', () => {
		const right = page(RIGHT, MID);
		right.neighbours.received(MID, passedOn(LEFT, null));
		expect([right.calls(), right.heard]).toEqual([1, []]);
	});

	it('is not open without a neighbour, and says hello to each new one', () => {
		const right = page(RIGHT);
		right.listen();
		right.neighbours.linked(MID);
		right.neighbours.lost(MID);
		expect(right.heard).toEqual(['connecting', 'open', 'connected', 'connecting']);
	});
});
