import { type Database, transaction, unlessTaken } from '@countersign/database';
import type { PersonRow, PersonStatus, Tables } from '../tables.ts';

/** The people of a company by last name. */
export async function listPeople(db: Database<Tables>, namespace: string): Promise<PersonRow[]> {
  return db.kysely
    .selectFrom('people')
    .selectAll()
    .where('namespace', '=', namespace)
    .orderBy('surname')
    .orderBy('givenName')
    .orderBy('id')
    .execute();
}

export async function findPerson(
  db: Database<Tables>,
  namespace: string,
  id: string,
): Promise<PersonRow | undefined> {
  return db.kysely
    .selectFrom('people')
    .selectAll()
    .where('namespace', '=', namespace)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The person whose user name is this one, upper and lower case aside. Whoever needs it exact compares `userName`. */
export async function findPersonByUserName(
  db: Database<Tables>,
  namespace: string,
  userName: string,
): Promise<PersonRow | undefined> {
  return db.kysely
    .selectFrom('people')
    .selectAll()
    .where('namespace', '=', namespace)
    .where('userNameKey', '=', userName.toLowerCase())
    .executeTakeFirst();
}

/** Adds a person; false where the user name is taken, upper and lower case aside. */
export async function insertPerson(
  db: Database<Tables>,
  namespace: string,
  person: Omit<PersonRow, 'namespace' | 'userNameKey'>,
): Promise<boolean> {
  return unlessTaken(() =>
    db.kysely
      .insertInto('people')
      .values({ namespace, userNameKey: person.userName.toLowerCase(), ...person })
      .execute(),
  );
}

/** Gives a person another user name; false where it is taken, upper and lower case aside, by somebody else. */
export async function setUserName(
  db: Database<Tables>,
  namespace: string,
  id: string,
  userName: string,
): Promise<boolean> {
  return unlessTaken(() =>
    db.kysely
      .updateTable('people')
      .set({ userName, userNameKey: userName.toLowerCase() })
      .where('namespace', '=', namespace)
      .where('id', '=', id)
      .execute(),
  );
}

/** Sets what a person may do; whoever is not active has no session from that moment. */
export async function setPersonStatus(
  db: Database<Tables>,
  namespace: string,
  id: string,
  status: PersonStatus,
): Promise<void> {
  await transaction(db, async (trx) => {
    await trx
      .updateTable('people')
      .set({ status })
      .where('namespace', '=', namespace)
      .where('id', '=', id)
      .execute();
    if (status !== 'active')
      await trx
        .deleteFrom('sessions')
        .where('namespace', '=', namespace)
        .where('personId', '=', id)
        .execute();
  });
}

/** Sets a password, lifts a lock and ends every session of the person but the one that is kept. */
export async function setPasswordHash(
  db: Database<Tables>,
  namespace: string,
  id: string,
  passwordHash: string,
  keptSecretHash: string,
): Promise<void> {
  await transaction(db, async (trx) => {
    await trx
      .updateTable('people')
      .set({ passwordHash, failedSignInCount: 0, lockedUntilDateTime: null })
      .where('namespace', '=', namespace)
      .where('id', '=', id)
      .execute();
    await trx
      .deleteFrom('sessions')
      .where('namespace', '=', namespace)
      .where('personId', '=', id)
      .where('secretHash', '!=', keptSecretHash)
      .execute();
  });
}
