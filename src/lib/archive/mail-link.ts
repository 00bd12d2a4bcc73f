/**
 * The link of a mail, as Supabase Auth sends a browser back with it: to sign in, or to say that an address is one's own.
 * It comes with a session or a reason in the fragment, or, from mails whose own text makes the link, with the hash of a
 * token that still has to be shown. Read here and not by the library: it would sign in before anybody is asked.
 *
 *     const link = parseMailLink(location.href);
 */

/** What a mail can be about; Supabase's words. */
const KINDS = ['magiclink', 'email', 'email_change', 'signup', 'recovery', 'invite'] as const;

export type MailLink =
	| { readonly type: 'session'; readonly accessToken: string; readonly refreshToken: string }
	| { readonly type: 'token'; readonly hash: string; readonly kind: (typeof KINDS)[number] }
	/** Used before, too old, or cut short on its way. `code` is Supabase's word. */
	| { readonly type: 'failed'; readonly code: string };

/** null for an address that no mail has led to. */
export function parseMailLink(href: string): MailLink | null {
	const { hash, searchParams } = new URL(href);
	const fragment = new URLSearchParams(hash.slice(1));
	const field = (name: string): string => searchParams.get(name) ?? fragment.get(name) ?? '';
	if (field('error') !== '' || field('error_code') !== '') {
		return { type: 'failed', code: field('error_code') || field('error') };
	}
	const [accessToken, refreshToken] = [field('access_token'), field('refresh_token')];
	if (accessToken !== '') {
		// Mail programs break long lines: half a session is none.
		return refreshToken === ''
			? { type: 'failed', code: 'otp_expired' }
			: { type: 'session', accessToken, refreshToken };
	}
	if (field('token_hash') !== '') {
		const kind = KINDS.find((one) => one === field('type'));
		return kind === undefined
			? { type: 'failed', code: 'otp_expired' }
			: { type: 'token', hash: field('token_hash'), kind };
	}
	// Asked for by a program of another kind, whose browser alone could use it.
	return field('code') === '' ? null : { type: 'failed', code: 'otp_expired' };
}
