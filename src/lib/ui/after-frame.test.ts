import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { afterFrame } from './after-frame.ts';

let frames: (() => void)[] = [];
beforeEach(() => {
	frames = [];
	vi.useFakeTimers();
	vi.stubGlobal('requestAnimationFrame', (draw: () => void) => frames.push(draw));
	vi.stubGlobal('cancelAnimationFrame', (id: number) => {
		frames[id - 1] = () => undefined;
	});
});
afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

describe('what waits for the frame', () => {
	it('is done once, after the frame and not in it', () => {
		const task = vi.fn();
		afterFrame(task);
		for (const draw of frames) draw();
		expect(task).not.toHaveBeenCalled();
		vi.runAllTimers();
		expect(task).toHaveBeenCalledTimes(1);
	});

	it('is done in a page that draws no frames', () => {
		const task = vi.fn();
		afterFrame(task);
		vi.runAllTimers();
		for (const draw of frames) draw();
		vi.runAllTimers();
		expect(task).toHaveBeenCalledTimes(1);
	});

	it('is called off before the frame, and between the frame and its turn', () => {
		const task = vi.fn();
		afterFrame(task)();
		const cancel = afterFrame(task);
		for (const draw of frames) draw();
		cancel();
		vi.runAllTimers();
		expect(task).not.toHaveBeenCalled();
	});
});
