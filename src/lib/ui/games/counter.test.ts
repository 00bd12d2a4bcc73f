import { describe, expect, it } from 'vitest';
import type { Archive } from '../../archive/archive.ts';
import type { CountReply, CountRequest } from '../../archive/counting.ts';
import { madeUpSummary, ME } from '../../stats/testing.ts';
import { reportOf } from '../../stats/report.ts';
import { createCounter, type CountWorker } from './counter.ts';

const SUMMARIES = Array.from({ length: 20 }, (_, seed) => madeUpSummary(seed));
const ARCHIVE: Pick<Archive, 'summaries'> = {
	async summaries(_, onProgress) {
		onProgress?.(1, 2);
		return SUMMARIES;
	},
};

class FakeWorker implements CountWorker {
	onmessage: CountWorker['onmessage'] = null;
	onerror: CountWorker['onerror'] = null;
	readonly asked: CountRequest[] = [];
	isGone = false;
	postMessage(message: CountRequest): void {
		this.asked.push(message);
	}
	terminate(): void {
		this.isGone = true;
	}
	say(reply: CountReply): void {
		this.onmessage?.(new MessageEvent('message', { data: reply }));
	}
}

function listening() {
	const heard: string[] = [];
	let end: () => void = () => undefined;
	const ended = new Promise<void>((resolve) => (end = resolve));
	return {
		heard,
		ended,
		to: {
			onProgress: (done: number, of: number) => void heard.push(`${done} of ${of}`),
			onCounted: ({ report }: { report: { lifetime: { gamesPlayed: number } } }) => {
				heard.push(`${report.lifetime.gamesPlayed} games`);
				end();
			},
			onFailed: () => {
				heard.push('failed');
				end();
			},
		},
	};
}
const OWN = { player: ME, others: [] };
const COUNTED = { variant: null, report: reportOf(ME, SUMMARIES), achievements: {}, people: [] };
const GAMES = `${COUNTED.report.lifetime.gamesPlayed} games`;

describe('counting on a worker', () => {
	it('says how far it has come, and what was counted', () => {
		const worker = new FakeWorker();
		const { heard, to } = listening();
		createCounter(ARCHIVE, () => worker).count(OWN, {}, to);
		worker.say({ id: 1, type: 'progress', done: 3, of: 9 });
		worker.say({ id: 1, type: 'counted', counted: COUNTED });
		expect(heard).toEqual(['3 of 9', GAMES]);
	});

	it('drops the answer to an older question', async () => {
		const worker = new FakeWorker();
		const [first, second] = [listening(), listening()];
		const counter = createCounter(ARCHIVE, () => worker);
		counter.count(OWN, {}, first.to);
		counter.count(OWN, { mode: 'keeper' }, second.to);
		worker.say({ id: 1, type: 'counted', counted: COUNTED });
		worker.say({ id: 2, type: 'counted', counted: COUNTED });
		await second.ended;
		expect(first.heard).toEqual([]);
		expect(second.heard).toEqual([GAMES]);
		expect(worker.asked.map(({ filter }) => filter)).toEqual([{}, { mode: 'keeper' }]);
		counter.close();
		expect(worker.isGone).toBe(true);
	});

	it('counts on this thread what the worker could not, and says when that fails too', async () => {
		const worker = new FakeWorker();
		const { heard, ended, to } = listening();
		const closed = { summaries: () => Promise.reject(new Error('no storage')) };
		createCounter(closed, () => worker).count(OWN, {}, to);
		worker.say({ id: 1, type: 'failed' });
		await ended;
		expect(heard).toEqual(['failed']);
	});

	it('goes on on this thread when the worker is lost, or cannot be made', async () => {
		const worker = new FakeWorker();
		const lost = listening();
		createCounter(ARCHIVE, () => worker).count(OWN, {}, lost.to);
		worker.onerror?.(new Event('error') as ErrorEvent);
		await lost.ended;
		expect(lost.heard).toEqual(['1 of 2', GAMES]);
		const none = listening();
		const counter = createCounter(ARCHIVE, () => {
			throw new Error('no workers here');
		});
		counter.count(OWN, {}, none.to);
		await none.ended;
		expect(none.heard).toEqual(['1 of 2', GAMES]);
	});
});
