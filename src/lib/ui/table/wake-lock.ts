/**
 * Keeps the screen awake while it is looked at: cards lie on a table, and a phone would turn it off in half a minute.
 * The browser drops the lock when the page goes to the background, so it is asked for again with each return.
 *
 *     $effect(() => keepAwake());   // for as long as the game is on
 */

/** Gives the function that lets the screen sleep again. Where the browser does not allow it nothing happens. */
export function keepAwake(): () => void {
	// Safari before 16.4 and Firefox before 126 have none, whatever the types say.
	const wakeLock: WakeLock | undefined = navigator.wakeLock;
	if (wakeLock === undefined) return () => undefined;
	let held: WakeLockSentinel | null = null;
	let isOver = false;
	const ask = async (): Promise<void> => {
		if (isOver || document.hidden || held?.released === false) return;
		try {
			const sentinel = await wakeLock.request('screen');
			if (isOver) void sentinel.release();
			else held = sentinel;
		} catch {
			// Refused: a battery that runs low, or a page that may not. The game goes on without.
		}
	};
	const onVisible = (): void => void ask();
	document.addEventListener('visibilitychange', onVisible);
	void ask();
	return () => {
		isOver = true;
		document.removeEventListener('visibilitychange', onVisible);
		void held?.release();
	};
}
