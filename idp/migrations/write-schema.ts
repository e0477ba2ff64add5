import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrate, open } from '@countersign/database';
import { migrations } from './all.ts';
import { describeSchema, readSchema } from './schema.ts';

const db = await open('sqlite::memory:');
await migrate(db, migrations, () => 0);
writeFileSync(join(import.meta.dirname, '..', 'schema.md'), describeSchema(await readSchema(db)));
await db.close();
