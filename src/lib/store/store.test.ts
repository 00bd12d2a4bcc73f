import 'fake-indexeddb/auto';
import { describeStore } from './acceptance.ts';
import { createDexieStore } from './dexie.ts';
import { createMemoryStore } from './memory.ts';

let made = 0;
describeStore('memory', createMemoryStore);
describeStore('Dexie', () => createDexieStore(`test-${made++}`));
