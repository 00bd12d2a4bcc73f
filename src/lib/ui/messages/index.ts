/** What pages and components take from the messages: the language and the app's own words. */
export {
	defineText,
	giveLanguage,
	Language,
	LANGUAGES,
	useLanguage,
	useText,
	type LanguageCode,
	type Text,
} from './language.svelte.ts';
export { pluralsOf, signed, total, type PluralForms } from './numbers.ts';
export { appText, type AppMessages } from './app.en.ts';
