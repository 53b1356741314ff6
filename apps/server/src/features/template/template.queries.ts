import type { Endpoints, ResponseOf } from '@liuhen/contract';
import {
    CONFIRMED_TEXTS,
    type ConfirmedText,
    type DocumentType,
    DomainError,
    dayOf,
    documentTypeFacts,
    type FieldRow,
    type FieldValue,
    fieldsOf,
    type Id,
    type Instant,
    type PrefillValues,
    prefillContent,
    TEMPLATES,
    TEXT_PARAMETERS,
    TEXTS_TO_COMPLETE,
    templateOf,
} from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { parametersOf } from '../parameter/parameter.queries.ts';

/** Whether the organisation's legal section has compared a form with the printed sample, or had by a moment. */
export async function isConfirmed(
    db: ReadDb,
    orgId: Id,
    type: DocumentType,
    version: number,
    by: Instant = Number.MAX_SAFE_INTEGER,
): Promise<boolean> {
    const row = await db
        .selectFrom('template_confirmation')
        .select('id')
        .where('org_id', '=', orgId)
        .where('type', '=', type)
        .where('template_version', '=', version)
        .where('confirmed_at', '<=', by)
        .executeTakeFirst();
    return row !== undefined;
}

/** Throws `template.notConfirmed {type}`: nothing is issued on a form that nobody has compared with its printed sample. */
export async function refuseUnconfirmed(db: ReadDb, orgId: Id, type: DocumentType, version: number): Promise<void> {
    if (!(await isConfirmed(db, orgId, type, version)))
        throw new DomainError('template.notConfirmed', { type: documentTypeFacts(type).zh });
}

export async function listTemplates(db: ReadDb, orgId: Id): Promise<ResponseOf<Endpoints['template.list']>> {
    const rows = await db
        .selectFrom('template_confirmation as c')
        .innerJoin('person as p', 'p.id', 'c.confirmed_by')
        .select(['c.type', 'c.template_version', 'c.compared_with', 'c.confirmed_at'])
        .select(['p.id', 'p.name', 'p.certificate_number as certificateNumber'])
        .where('c.org_id', '=', orgId)
        .execute();
    const confirmed = new Map(rows.map((row) => [`${row.type} ${row.template_version}`, row]));
    return {
        items: TEMPLATES.map(({ type, version, from, to, layout, copies, source }) => {
            const row = confirmed.get(`${type} ${version}`);
            return {
                ...{ type, version, from, to: to ?? null, layout, copies, source },
                confirmed:
                    row === undefined
                        ? null
                        : {
                              by: { id: row.id, name: row.name, certificateNumber: row.certificateNumber },
                              at: row.confirmed_at,
                              comparedWith: row.compared_with,
                          },
            };
        }),
    };
}

/** The organisation's names on documents, the usual one first, and the texts it has confirmed, as on a moment. */
export async function officialWords(
    db: ReadDb,
    orgId: Id,
    at: Instant,
): Promise<{ readonly agencies: readonly string[]; readonly texts: Partial<Record<ConfirmedText, string>> }> {
    const parameter = await parametersOf(db, orgId);
    const org = await db.selectFrom('organisation').select('name').where('id', '=', orgId).executeTakeFirstOrThrow();
    const names = parameter('document.agencyNames', at).value ?? [];
    const texts: Partial<Record<ConfirmedText, string>> = {};
    for (const key of CONFIRMED_TEXTS) {
        const { value, standing } = parameter(TEXT_PARAMETERS[key], at);
        // Words that were entered but not compared with the law are no confirmed words.
        if (standing === 'verified' && value !== null && value.length > 0) texts[key] = value.join('\n');
    }
    return { agencies: names.length > 0 ? names : [org.name], texts };
}

type From = {
    readonly partyId?: Id | undefined;
    readonly actId?: Id | undefined;
    readonly caseId?: Id | undefined;
    readonly parentId?: Id | undefined;
};

/** What a new document begins with. Nothing of it is binding: the writer changes what is not so. */
export async function beginningOf(
    db: ReadDb,
    orgId: Id,
    type: DocumentType,
    from: From,
    now: Instant,
): Promise<ResponseOf<Endpoints['template.begin']>> {
    const template = templateOf(type, dayOf(now));
    if (template === undefined) throw new DomainError('template.notFound');
    const { agencies, texts } = await officialWords(db, orgId, now);
    const act = from.actId === undefined ? undefined : await actValues(db, from.actId);
    const partyId = from.partyId ?? act?.partyId ?? undefined;
    const values: PrefillValues = {
        ...present({ 'agency.name': agencies[0] }),
        ...act?.values,
        ...(partyId === undefined ? {} : await partyValues(db, partyId)),
        ...(from.caseId === undefined ? {} : await numbersOf(db, orgId, from.caseId)),
        ...(from.parentId === undefined ? {} : await parentValues(db, orgId, from.parentId)),
        ...Object.fromEntries(CONFIRMED_TEXTS.map((key) => [`text.${key}`, texts[key] ?? TEXTS_TO_COMPLETE[key]])),
    };
    return {
        version: template.version,
        content: prefillContent(template, values),
        unconfirmed: fieldsOf(template)
            .filter((field) => CONFIRMED_TEXTS.some((key) => field.prefill === `text.${key}` && texts[key] === undefined))
            .map((field) => field.key),
    };
}

const present = (values: Readonly<Record<string, FieldValue | null | undefined>>): PrefillValues =>
    Object.fromEntries(
        Object.entries(values).flatMap(([source, value]) =>
            value === null || value === undefined || value === '' ? [] : [[source, value]],
        ),
    );

async function partyValues(db: ReadDb, id: Id): Promise<PrefillValues> {
    const party = await db
        .selectFrom('party')
        .select(['name', 'credit_code', 'legal_representative', 'address', 'phone'])
        .where('id', '=', id)
        .executeTakeFirst();
    if (party === undefined) throw new DomainError('party.notFound');
    return present({
        'party.name': party.name,
        'party.creditCode': party.credit_code,
        'party.legalRepresentative': party.legal_representative,
        'party.address': party.address,
        'party.phone': party.phone,
    });
}

async function actValues(db: ReadDb, id: Id): Promise<{ partyId: Id | null; values: PrefillValues }> {
    const act = await db.selectFrom('act').select(['party_id', 'place']).where('id', '=', id).executeTakeFirst();
    if (act === undefined) throw new DomainError('act.notFound');
    const officers: FieldRow[] = await db
        .selectFrom('act_participant as a')
        .innerJoin('person as p', 'p.id', 'a.person_id')
        .select(['p.id as person', 'p.name', 'p.certificate_number'])
        .where('a.act_id', '=', id)
        .where('a.part', '=', 'officer')
        .where('a.removed_at', 'is', null)
        .orderBy('a.id')
        .execute()
        .then((rows) =>
            rows.map(({ person, name, certificate_number }) => ({ person, name, certificate: certificate_number ?? '' })),
        );
    return { partyId: act.party_id, values: present({ 'act.place': act.place, 'act.officers': officers }) };
}

/** Numbers of the case's earlier documents, which later ones name: the latest of each type. */
async function numbersOf(db: ReadDb, orgId: Id, caseId: Id): Promise<PrefillValues> {
    const rows = await db
        .selectFrom('document')
        .select(['type', 'number'])
        .where('org_id', '=', orgId)
        .where('case_id', '=', caseId)
        .where('number', 'is not', null)
        .where('voided_at', 'is', null)
        .orderBy('made_at')
        .execute();
    return present(Object.fromEntries(rows.map(({ type, number }) => [`document.${type}.number`, number])));
}

/** What a list or another attachment is attached to. */
async function parentValues(db: ReadDb, orgId: Id, id: Id): Promise<PrefillValues> {
    const parent = await db
        .selectFrom('document')
        .select(['type', 'number'])
        .where('id', '=', id)
        .where('org_id', '=', orgId)
        .executeTakeFirst();
    return parent === undefined
        ? {}
        : present({ 'parent.title': documentTypeFacts(parent.type).zh, 'parent.number': parent.number });
}
