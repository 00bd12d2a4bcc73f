/** Links of invitations to a group: where one leads, and how it gets onto the clipboard. */
import { resolve } from '$app/paths';
import type { NoticeBoard } from '../kit/notices.svelte.ts';
import type { GroupMessages } from './groups.en.ts';

/** @param code twelve letters, as the archive gives them out */
export function inviteLinkOf(code: string): string {
	return `${location.origin}${resolve(`/groups/join#${code}`)}`;
}

/** Says how it went. */
export async function copyLink(link: string, words: GroupMessages, notices: NoticeBoard): Promise<void> {
	try {
		await navigator.clipboard.writeText(link);
		notices.show({ text: words.copied, icon: 'check' });
	} catch {
		// Denied, or a page without a secure origin: the link can be selected by hand.
		notices.show({ text: words.copyFailed, icon: 'warning', kind: 'danger' });
	}
}
