import { describe, expect, it } from 'vitest';
import { answer } from './answer.ts';
import type { BotRunner } from './bot.ts';
import { chooseClub } from './el-dorado/club.ts';
import { positionOf } from './el-dorado/testing.ts';
import type { BotRequest } from './messages.ts';
import { createInlineRunner, createWorkerRunner, type BotWorker } from './runner.ts';

const VIEW = positionOf({ hand: 'AH 2C', trump: '7H', bids: [0, 1, 1, 0], trumpBroken: true });
const OTHER_VIEW = positionOf({ hand: 'AH', trump: '7H', bids: [null, null, null, null] });
const MOVE = chooseClub(VIEW);

type Behaviour = 'answers' | 'crashes' | 'is silent' | 'talks nonsense' | 'cannot read' | 'refuses the view';

/** Workers that behave as told, one after the other, and a clock that only the test moves. */
function workshop(behaviours: readonly (Behaviour | 'cannot be made')[]) {
	const made: FakeWorker[] = [];
	const timers = new Set<{ readonly ms: number; readonly call: () => void }>();
	const runner = createWorkerRunner({
		limitMs: 500,
		makeWorker: () => {
			const behaviour = behaviours[made.length] ?? 'answers';
			if (behaviour === 'cannot be made') throw new ReferenceError('Worker is not defined');
			const worker = new FakeWorker(behaviour);
			made.push(worker);
			return worker;
		},
		after: (ms, call) => {
			const timer = { ms, call };
			timers.add(timer);
			return () => timers.delete(timer);
		},
	});
	const passLimit = () => {
		for (const timer of [...timers]) {
			timers.delete(timer);
			timer.call();
		}
	};
	return { runner, made, timers, passLimit };
}

class FakeWorker implements BotWorker {
	onmessage: BotWorker['onmessage'] = null;
	onerror: BotWorker['onerror'] = null;
	onmessageerror: BotWorker['onmessageerror'] = null;
	readonly asked: BotRequest[] = [];
	isTerminated = false;
	readonly #behaviour: Behaviour;

	constructor(behaviour: Behaviour) {
		this.#behaviour = behaviour;
	}

	postMessage(message: BotRequest): void {
		const request = structuredClone(message);
		this.asked.push(request);
		queueMicrotask(() => this.#behave(request));
	}

	terminate(): void {
		this.isTerminated = true;
	}

	#behave(request: BotRequest): void {
		const event = {} as ErrorEvent & MessageEvent<unknown>;
		if (this.#behaviour === 'answers') this.say(answer(request));
		if (this.#behaviour === 'talks nonsense') this.say({ id: request.id, command: { type: 'fold' } });
		if (this.#behaviour === 'refuses the view') this.say({ id: request.id, error: 'no card is legal' });
		if (this.#behaviour === 'crashes') this.onerror?.(event);
		if (this.#behaviour === 'cannot read') this.onmessageerror?.(event);
	}

	say(data: unknown): void {
		this.onmessage?.({ data } as MessageEvent<unknown>);
	}
}

function ask(runner: BotRunner) {
	return runner.choose(VIEW, 'club', 1);
}

describe('a worker that runs bots', () => {
	it('is not made before the first move, and then kept', async () => {
		const { runner, made, timers } = workshop([]);
		expect(made).toHaveLength(0);
		expect(await ask(runner)).toEqual(MOVE);
		expect(await runner.choose(OTHER_VIEW, 'club', 2)).toEqual({ type: 'make_bid', bid: 1 });
		expect(made).toHaveLength(1);
		expect(timers.size).toBe(0);
	});

	it('answers several questions at once, each to who asked', async () => {
		const { runner } = workshop([]);
		const moves = await Promise.all([ask(runner), runner.choose(OTHER_VIEW, 'club', 2), ask(runner)]);
		expect(moves).toEqual([MOVE, { type: 'make_bid', bid: 1 }, MOVE]);
	});

	it.each<Behaviour>(['crashes', 'talks nonsense', 'cannot read'])(
		'is replaced once for the move when it %s',
		async (behaviour) => {
			const { runner, made } = workshop([behaviour]);
			expect(await ask(runner)).toEqual(MOVE);
			expect(made.map((worker) => worker.isTerminated)).toEqual([true, false]);
		},
	);

	it('is replaced when it takes too long, and its late answer is not heard', async () => {
		const { runner, made, timers, passLimit } = workshop(['is silent']);
		const move = ask(runner);
		expect([...timers].map((timer) => timer.ms)).toEqual([500]);
		passLimit();
		made[0]?.say({ id: 1, command: { type: 'make_bid', bid: 9 } });
		expect(await move).toEqual(MOVE);
		expect(made).toHaveLength(2);
	});

	it('is done without when its replacement fails as well', async () => {
		const { runner, made } = workshop(['crashes', 'crashes']);
		expect(await ask(runner)).toEqual(MOVE);
		expect(made).toHaveLength(2);
	});

	it('takes every question it had with it to its replacement', async () => {
		const { runner, made, passLimit } = workshop(['is silent']);
		const moves = [ask(runner), ask(runner), ask(runner)];
		passLimit();
		expect(await Promise.all(moves)).toEqual([MOVE, MOVE, MOVE]);
		expect(made[1]?.asked.map(({ id }) => id)).toEqual([1, 2, 3]);
	});

	it('is not tried again for ever in a browser where none works', async () => {
		const { runner, made } = workshop(Array<Behaviour>(20).fill('crashes'));
		for (let move = 0; move < 6; move++) expect(await ask(runner)).toEqual(MOVE);
		expect(made).toHaveLength(4);
	});

	it('is not needed where it cannot be made', async () => {
		const { runner, made } = workshop(['cannot be made']);
		expect(await ask(runner)).toEqual(MOVE);
		expect(made).toHaveLength(0);
	});

	it('passes on why a bot could not move', async () => {
		const { runner, made } = workshop(['refuses the view']);
		await expect(ask(runner)).rejects.toThrow('no card is legal');
		expect(made[0]?.isTerminated).toBe(false);
	});

	it('is sent home by close, and every open question with it', async () => {
		const { runner, made, timers } = workshop(['is silent']);
		const move = ask(runner);
		runner.close();
		await expect(move).rejects.toThrow('sent home');
		await expect(ask(runner)).rejects.toThrow('sent home');
		expect(made.map((worker) => worker.isTerminated)).toEqual([true]);
		expect(timers.size).toBe(0);
	});
});

describe('bots on the same thread', () => {
	it('move as they do on a worker', async () => {
		const runner = createInlineRunner();
		expect(await ask(runner)).toEqual(MOVE);
		runner.close();
		await expect(ask(runner)).rejects.toThrow('sent home');
	});

	it('do not play a game that no bot knows', async () => {
		const view = { ...VIEW, variant: 'old_maid' as never };
		await expect(createInlineRunner().choose(view, 'club', 1)).rejects.toThrow('no bot plays');
	});
});

describe('a message to the worker', () => {
	const request = { id: 1, variant: 'el_dorado', view: VIEW, level: 'club', seed: 5 };

	it('is answered when it is a question about a seat in turn', () => {
		expect(answer(request)).toEqual({ id: 1, command: MOVE });
	});

	it.each([
		null,
		'hello',
		{ ...request, id: '1' },
		{ ...request, level: 'expert' },
		{ ...request, variant: 'bridge' },
		{ ...request, variant: 'israeli_whist' },
		{ ...request, seed: null },
		{ ...request, view: null },
		{ ...request, view: { ...VIEW, turn: 2 } },
		{ ...request, view: { ...VIEW, viewer: null, turn: null } },
	])('is not answered when it is anything else: %#', (message) => {
		expect(answer(message)).toBeNull();
	});

	it('is answered with what went wrong when the view makes no sense', () => {
		expect(answer({ ...request, view: { ...VIEW, hand: [] } })).toEqual({
			id: 1,
			error: expect.stringContaining('legal card') as string,
		});
	});
});
