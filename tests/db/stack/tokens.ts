/** Access tokens as Supabase Auth issues them: JWTs signed with ES256, checked by anybody with the public key. */
import {
	createPrivateKey,
	createPublicKey,
	generateKeyPairSync,
	sign,
	verify,
	type JsonWebKey,
	type KeyObject,
} from 'node:crypto';

/** Of a project; its public half is what `/.well-known/jwks.json` answers. */
export interface SigningKey {
	readonly privateKey: KeyObject;
	readonly publicKey: KeyObject;
	readonly jwk: JsonWebKey;
}

export interface Claims {
	readonly sub?: string;
	readonly role: string;
	/** Seconds since 1970. */
	readonly exp: number;
	readonly [name: string]: unknown;
}

const KEY_ID = 'overtrick';

export function makeKey(): string {
	return generateKeyPairSync('ec', { namedCurve: 'P-256' })
		.privateKey.export({ type: 'pkcs8', format: 'pem' })
		.toString();
}

export function readKey(pem: string): SigningKey {
	const privateKey = createPrivateKey(pem);
	const publicKey = createPublicKey(privateKey);
	return {
		privateKey,
		publicKey,
		jwk: { ...publicKey.export({ format: 'jwk' }), kid: KEY_ID, alg: 'ES256', use: 'sig' },
	};
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export function issue({ privateKey }: SigningKey, claims: Claims): string {
	const body = `${encode({ alg: 'ES256', typ: 'JWT', kid: KEY_ID })}.${encode(claims)}`;
	const signature = sign('sha256', Buffer.from(body), { key: privateKey, dsaEncoding: 'ieee-p1363' });
	return `${body}.${signature.toString('base64url')}`;
}

/** The claims of a token of ours that has not ended, or null. */
export function read({ publicKey }: SigningKey, token: string): Claims | null {
	const [head = '', payload = '', signature = ''] = token.split('.');
	const isOurs = verify(
		'sha256',
		Buffer.from(`${head}.${payload}`),
		{ key: publicKey, dsaEncoding: 'ieee-p1363' },
		Buffer.from(signature, 'base64url'),
	);
	if (!isOurs) return null;
	const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims;
	return claims.exp * 1000 > Date.now() ? claims : null;
}
