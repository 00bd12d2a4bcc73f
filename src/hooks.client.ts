/** Faults that reach SvelteKit: shown by `+error.svelte`; written to the console unless it is only a wrong address. */
import type { HandleClientError } from '@sveltejs/kit';

const NOT_FOUND = 404;

export const handleError: HandleClientError = ({ error, status, message }) => {
	if (status !== NOT_FOUND) console.error(error);
	return { message: error instanceof Error ? error.message : message };
};
