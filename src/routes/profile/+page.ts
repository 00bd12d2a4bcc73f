/** Who one is stands at the top of the settings. */
import { redirect } from '@sveltejs/kit';
import { resolve } from '$app/paths';

export function load(): never {
	redirect(307, resolve('/settings'));
}
