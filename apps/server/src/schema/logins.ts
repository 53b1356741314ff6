import { createHash } from 'node:crypto';
import { DomainError } from '@liuhen/domain';
import pg from 'pg';

export type Logins = {
    /** A login without a password here cannot sign in, or signs in with one that somebody else manages. */
    appPassword?: string;
    workerPassword?: string;
    readerPassword?: string;
    /** The cluster is this installation's alone (the embedded one): whoever set the passwords before was itself. */
    ownCluster?: boolean;
};

/**
 * Gives the logins their passwords. They belong to the whole cluster, and an installation makes its own in its key folder:
 * a second one would lock out the first, so the comment of the role says whose password it has. Throws
 * `database.loginTaken` {role} for a login that this process needs and another installation holds.
 */
export async function ensureLogins(client: pg.Client, logins: Logins): Promise<void> {
    const wanted = [
        ['liuhen_app', logins.appPassword, true],
        ['liuhen_worker', logins.workerPassword, true],
        // Nothing here signs in as the reader: whoever came first keeps it.
        ['liuhen_reader', logins.readerPassword, false],
    ] as const;
    for (const [role, password, needed] of wanted) {
        if (password === undefined) continue;
        const mine = ownerMark(password);
        const mark = await markOf(client, role);
        const taken = mark?.startsWith(MARK) === true && mark !== mine && logins.ownCluster !== true;
        if (taken && needed) throw new DomainError('database.loginTaken', { role });
        if (taken) continue;
        await retryConcurrent(() => client.query(`alter role ${role} password ${pg.escapeLiteral(password)}`));
        if (mark !== mine) await retryConcurrent(() => client.query(`comment on role ${role} is ${pg.escapeLiteral(mine)}`));
    }
}

const MARK = 'liuhen login ';

/** Tells installations apart and says nothing about the password: that is 32 random bytes. */
const ownerMark = (password: string): string =>
    MARK + createHash('sha256').update(`liuhen/login/${password}`).digest('hex').slice(0, 16);

async function markOf(client: pg.Client, role: string): Promise<string | null | undefined> {
    const { rows } = await client.query<{ mark: string | null }>(
        `select shobj_description(oid, 'pg_authid') as mark from pg_roles where rolname = $1`,
        [role],
    );
    return rows[0]?.mark;
}

/** Catalogue rows of roles are shared: two databases changing them at once get "tuple concurrently updated". */
export async function retryConcurrent(work: () => Promise<unknown>): Promise<void> {
    for (let attempt = 0; ; attempt++) {
        try {
            await work();
            return;
        } catch (error) {
            if (attempt >= 20 || !String(error).includes('concurrently')) throw error;
            await new Promise((resolve) => setTimeout(resolve, 25));
        }
    }
}
