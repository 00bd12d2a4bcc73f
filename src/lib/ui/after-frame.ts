/**
 * What the eye does not wait for (the title of the page, its icon): done once the frame is drawn that shows what it
 * goes with. A page that nobody sees draws no frames, so there it is done soon all the same.
 */

/** Far longer than a frame takes to come. */
const UNSEEN_MS = 250;

/** Runs `task` once, in a task of its own; gives what calls it off. */
export function afterFrame(task: () => void): () => void {
	let soon: ReturnType<typeof setTimeout> | undefined;
	const cancel = (): void => {
		cancelAnimationFrame(frame);
		clearTimeout(unseen);
		clearTimeout(soon);
	};
	const run = (): void => {
		cancel();
		task();
	};
	const frame = requestAnimationFrame(() => {
		soon = setTimeout(run);
	});
	const unseen = setTimeout(run, UNSEEN_MS);
	return cancel;
}
