/** What was asked of a host that has stopped: nothing of it was done, and whoever hosts next may be asked again. */
export class StoppedError extends Error {
	override readonly name = 'StoppedError';
}
