/** Types of layers.js for those who are TypeScript; the linter itself reads plain JavaScript. */
import type { Rule } from 'eslint';

export declare const layersRule: Rule.RuleModule;
