import { expect, it } from 'vitest';
import { severalSignalling } from './several-signalling.ts';
import type { SignallingFactory, SignallingHandlers } from './signalling.ts';
import type { PeerId } from './transport.ts';

function setUp() {
	const done: string[] = [];
	const inner: SignallingHandlers[] = [];
	const one =
		(name: string): SignallingFactory =>
		({ topic, self }) => ({
			open: (handlers) => {
				inner.push(handlers);
				done.push(`${name} opens ${topic} as ${self}`);
			},
			send: (sealed, to) => done.push(`${name} sends ${sealed} to ${to ?? 'all'}`),
			relay: (data, to) => done.push(`${name} relays ${data} to ${to}`),
			check: () => done.push(`${name} checks`),
			close: () => done.push(`${name} closes`),
		});
	const log: string[] = [];
	const signalling = severalSignalling([one('a'), one('b')])({ topic: 'topic', self: 'me' as PeerId });
	signalling.open({
		onState: (state) => log.push(state),
		onConnected: () => log.push('connected'),
		onPayload: (sealed) => log.push(`payload ${sealed}`),
		onRelayed: (data) => log.push(`relayed ${data}`),
	});
	const [a, b] = inner;
	if (a === undefined || b === undefined) throw new Error('both must be opened');
	return { a, b, signalling, done, log };
}

it('does everything with all of them', () => {
	const { signalling, done } = setUp();
	signalling.send('x', null);
	signalling.relay('y', 'you' as PeerId);
	signalling.check();
	signalling.close();
	expect(done).toEqual([
		...['a opens topic as me', 'b opens topic as me'],
		...['a sends x to all', 'b sends x to all'],
		...['a relays y to you', 'b relays y to you'],
		...['a checks', 'b checks', 'a closes', 'b closes'],
	]);
});

it('is open while one of them is, and passes on what any of them brings', () => {
	const { a, b, log } = setUp();
	a.onState('connecting');
	b.onState('connecting');
	b.onState('open');
	b.onConnected();
	a.onState('open');
	a.onConnected();
	a.onPayload('x');
	b.onPayload('x');
	b.onRelayed('y');
	b.onState('connecting');
	a.onState('connecting');
	expect(log).toEqual([
		...['connecting', 'open', 'connected', 'connected'],
		...['payload x', 'payload x', 'relayed y', 'connecting'],
	]);
});
