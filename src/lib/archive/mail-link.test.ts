import { describe, expect, it } from 'vitest';
import { parseMailLink } from './mail-link.ts';

const PAGE = 'https://example.org/cards/account';
const EXPIRED = { type: 'failed', code: 'otp_expired' };

describe('the link of a mail', () => {
	it('brings a session in the fragment', () => {
		const link = `${PAGE}#access_token=a.b.c&expires_at=1800000000&expires_in=3600&refresh_token=r&token_type=bearer&type=magiclink`;
		expect(parseMailLink(link)).toEqual({ type: 'session', accessToken: 'a.b.c', refreshToken: 'r' });
	});

	it('brings a token to be shown, where the mail’s own text makes the link', () => {
		for (const kind of ['magiclink', 'email', 'email_change'])
			expect(parseMailLink(`${PAGE}?token_hash=abc&type=${kind}`)).toEqual({
				type: 'token',
				hash: 'abc',
				kind,
			});
	});

	it('says why it signs nobody in: used or too old', () => {
		const why = 'error=access_denied&error_code=otp_expired&error_description=Email+link+is+invalid';
		expect(parseMailLink(`${PAGE}#${why}`)).toEqual(EXPIRED);
		expect(parseMailLink(`${PAGE}?${why}#${why}`)).toEqual(EXPIRED);
		expect(parseMailLink(`${PAGE}#error=server_error`)).toEqual({ type: 'failed', code: 'server_error' });
	});

	it('that came in pieces, or is of another kind, counts as one that is used up', () => {
		for (const part of ['#access_token=a.b.c', '?token_hash=abc', '?token_hash=abc&type=sms', '?code=abc'])
			expect(parseMailLink(PAGE + part)).toEqual(EXPIRED);
	});

	it('is no other address', () => {
		for (const part of ['', '#', '#ABCDEFGHJKMN', '?lang=he', '#h=abc&s=def'])
			expect(parseMailLink(PAGE + part)).toBeNull();
	});
});
