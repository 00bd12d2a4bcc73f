/** Where results of the same cards are kept, and whether there are any: asked before what reads them is fetched. */
import type { KeyValue } from '../stored.ts';

export const RESULTS_KEY = 'overtrick.same-cards';

export function hasResults(storage: KeyValue | null): boolean {
	return (storage?.getItem(RESULTS_KEY) ?? null) !== null;
}
