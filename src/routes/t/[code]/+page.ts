import { error } from '@sveltejs/kit';
import { parseRoomCode } from '$lib/game/table-parse.ts';
import type { PageLoad } from './$types';

// The address is somebody's code: there is no page to make before it is asked for.
export const prerender = false;
export const ssr = false;

export const load: PageLoad = ({ params }) => {
	const code = parseRoomCode(params.code);
	if (code === null) error(404, `no table has the code ${params.code}`);
	return { code };
};
