/** What the app keeps with a place in the browser's history. */
declare global {
	namespace App {
		interface PageState {
			/** A game is played beside the replay: one step back leads to the replay. */
			isBeside?: boolean;
		}
	}
}

export {};
