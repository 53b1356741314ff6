import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import {
    ATTESTABLES,
    type Attestable,
    type AttestationTerm,
    attestableOf,
    attestationId,
    attestationState,
    DomainError,
    dayOf,
    type Id,
    type Instant,
    isAsked,
    mayAttest,
    type Role,
} from '@liuhen/domain';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';
import { searchWords } from '../../platform/search.ts';
import { foldForSearch } from '../../platform/search-text.ts';
import { type StoredPaper, storedPaper } from '../../platform/storage/stored-paper.ts';
import type { OrganisationBelow } from '../identity/organisation.queries.ts';
import { parameterAt } from '../parameter/parameter.queries.ts';

type Item = ResponseOf<Endpoints['attestation.list']>['items'][number];
type Entry = ResponseOf<Endpoints['attestation.get']>['entries'][number];
type Standing = NonNullable<Item['entry']>;

/** Who asks, and whose registers they see: the own organisation first. */
export type Seeing = {
    readonly own: Id;
    readonly roles: readonly Role[];
    readonly organisations: readonly OrganisationBelow[];
    readonly now: Instant;
};

/** The place of the last one shown: there are some dozens of clauses and organisations, all put together before a page is cut. */
const CURSOR = z.tuple([z.int().min(0)]);

/** How each clause that people confirm stands, clause by clause in the order of the notice and of the tree. */
export async function listAttestations(
    db: ReadDb,
    seeing: Seeing,
    query: QueryOf<Endpoints['attestation.list']>,
): Promise<ResponseOf<Endpoints['attestation.list']>> {
    const standing = Map.groupBy(await entriesOf(db, seeing.organisations), placeOf);
    const words = searchWords(query.q);
    const found = ATTESTABLES.flatMap((attestable) =>
        seeing.organisations
            .filter((organisation) => isAsked(attestable, organisation.kind))
            .map((organisation) => itemOf(seeing, attestable, organisation, standing)),
    ).filter(
        (item) =>
            (query.organisationId === undefined || item.organisation.id === query.organisationId) &&
            (query.state === undefined || item.state === query.state) &&
            words.every((word) => textOf(item).includes(word)),
    );
    const [from = 0] = cursorKeys(CURSOR, query.cursor) ?? [];
    const rest = found.map((item, index) => ({ item, index })).slice(from, from + query.limit + 1);
    const { rows, next } = pageOf(rest, query.limit, ({ index }) => [index + 1]);
    return {
        items: rows.map(({ item }) => item),
        next,
        total: found.length,
        organisations: [...seeing.organisations],
    };
}

/** One clause of one organisation with its whole history, newest first. `attestation.notFound` */
export async function getAttestation(
    db: ReadDb,
    seeing: Seeing,
    given: string,
): Promise<ResponseOf<Endpoints['attestation.get']>> {
    const [clauseId = '', organisationId] = given.split('_');
    const attestable = attestableOf(clauseId);
    const organisation = seeing.organisations.find(({ id }) => id === organisationId);
    if (attestable === undefined || organisation === undefined || !isAsked(attestable, organisation.kind))
        throw new DomainError('attestation.notFound');
    const entries = await entriesOf(db, [organisation], clauseId);
    const papers = await papersOf(
        db,
        entries.map(({ id }) => id),
    );
    const { value, standing, basis } = await attestationTerm(db, organisation.id, attestable.term, seeing.now);
    return {
        ...itemOf(seeing, attestable, organisation, Map.groupBy(entries, placeOf)),
        by: [...attestable.by],
        term: { value, standing, basis },
        entries: entries.map(({ clause: _, organisationId: __, ...entry }) => ({
            ...entry,
            papers: papers.filter(({ attestationId }) => attestationId === entry.id).map(({ id, name }) => ({ id, name })),
        })),
    };
}

/** The unit's own term in force at a moment; the catalogue has a figure for each, so that there always is one. */
export async function attestationTerm(db: ReadDb, orgId: Id, term: AttestationTerm, at: Instant) {
    const { value, ...rest } = await parameterAt(db, orgId, `attestation.${term}Term`, at);
    if (value === null) throw new Error(`no term for ${term}`);
    return { value, ...rest };
}

/** Pictures of the papers that confirmations rest on, as they were added. */
export const papersOf = (db: ReadDb, attestations: readonly Id[]) =>
    attestations.length === 0
        ? Promise.resolve([])
        : db
              .selectFrom('attestation_paper')
              .select(['id', 'attestation_id as attestationId', 'file_name as name'])
              .where('attestation_id', 'in', attestations)
              .orderBy('added_at')
              .orderBy('id')
              .execute();

/** Where the bytes of one lie. */
export async function attestationPaper(db: ReadDb, attestationId: Id, paperId: Id): Promise<StoredPaper | undefined> {
    const row = await db
        .selectFrom('attestation_paper')
        .select(['file_name as name', 'media_type as mediaType', 'blob_id as blobId'])
        .where('id', '=', paperId)
        .where('attestation_id', '=', attestationId)
        .executeTakeFirst();
    return row === undefined ? undefined : storedPaper(db, row);
}

type Stored = Omit<Entry, 'papers'> & { readonly clause: string; readonly organisationId: Id };

const placeOf = ({ clause, organisationId }: Stored): string => attestationId(clause, organisationId);

function itemOf(
    { own, roles, now }: Seeing,
    attestable: Attestable,
    organisation: OrganisationBelow,
    standing: ReadonlyMap<string, readonly Stored[]>,
): Item {
    const { clause } = attestable;
    const id = attestationId(clause.id, organisation.id);
    const stored = standing.get(id)?.find(({ withdrawn }) => withdrawn === null);
    const { clause: _, organisationId: __, ...entry } = stored ?? { clause: '', organisationId: '' };
    return {
        id,
        clause: clause.id,
        article: clause.article,
        organisation,
        state: attestationState(stored?.untilDay, dayOf(now)),
        entry: stored === undefined ? null : (entry as Standing),
        mayConfirm: organisation.id === own && mayAttest(attestable, roles),
    };
}

/** What an item is searched by: what is asked, the words of the notice, the organisation, who confirmed and by which paper. */
function textOf({ clause, organisation, entry }: Item): string {
    const asked = attestableOf(clause);
    const words = [
        clause,
        asked?.clause.article,
        asked?.clause.quote,
        asked?.question.zh,
        asked?.question.en,
        organisation.name,
        entry?.paper,
        entry?.paperNumber,
        entry?.confirmedBy.name,
    ];
    return foldForSearch(words.filter((each) => each !== null && each !== undefined).join('\n'));
}

/** All confirmations of some organisations: what holds longest first, among those what was said last. */
async function entriesOf(db: ReadDb, organisations: readonly OrganisationBelow[], clause?: string): Promise<Stored[]> {
    const ids = organisations.map(({ id }) => id);
    const rows = await db
        .selectFrom('attestation as a')
        .innerJoin('person as p', 'p.id', 'a.confirmed_by')
        .leftJoin('person as w', 'w.id', 'a.withdrawn_by')
        .select(['a.id', 'a.org_id as organisationId', 'a.clause', 'a.from_day as fromDay', 'a.until_day as untilDay'])
        .select(['a.paper', 'a.paper_number as paperNumber', 'a.paper_day as paperDay', 'a.note'])
        .select(['a.confirmed_at as confirmedAt', 'a.withdrawn_at', 'a.withdrawn_why', 'w.name as withdrawer'])
        .select(['p.id as personId', 'p.name as personName', 'p.certificate_number as certificateNumber'])
        .where('a.org_id', 'in', ids)
        .$if(clause !== undefined, (some) => some.where('a.clause', '=', clause ?? ''))
        .orderBy('a.until_day', 'desc')
        .orderBy('a.confirmed_at', 'desc')
        .orderBy('a.id', 'desc')
        .execute();
    return rows.map(({ personId, personName, certificateNumber, withdrawn_at, withdrawn_why, withdrawer, ...row }) => ({
        ...row,
        confirmedBy: { id: personId, name: personName, certificateNumber },
        withdrawn:
            withdrawn_at === null || withdrawn_why === null
                ? null
                : { at: withdrawn_at, by: withdrawer ?? '', why: withdrawn_why },
    }));
}
