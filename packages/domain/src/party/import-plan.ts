import type { ImportReason } from './import-reason.ts';
import type { ImportFields, ImportLicence } from './import-row.ts';
import type { PartyKind } from './party.ts';

/** A party as an import finds it. `mergedInto` names the survivor of one that is no longer its own. */
export type ImportExisting = {
    readonly name: string;
    readonly kind: PartyKind;
    readonly creditCode: string | null;
    readonly legalRepresentative: string | null;
    readonly phone: string | null;
    readonly address: string | null;
    readonly mergedInto: string | null;
    readonly licences: readonly ImportLicence[];
    readonly premises: readonly { readonly name: string; readonly address: string }[];
};

export const IMPORT_CHANGE_FIELDS = [
    'name',
    'kind',
    'creditCode',
    'legalRepresentative',
    'phone',
    'address',
    'licence',
    'authority',
    'validFrom',
    'validTo',
    'premises',
    'risk',
    'credit',
    'fromDay',
] as const;
export type ImportChangeField = (typeof IMPORT_CHANGE_FIELDS)[number];

/** What would become of one field; `from` is null where there was nothing. */
export type ImportChange = { readonly field: ImportChangeField; readonly from: string | null; readonly to: string };

export const IMPORT_PLANS = ['create', 'change', 'leave', 'refuse'] as const;
export type ImportPlan = (typeof IMPORT_PLANS)[number];

export type PlannedRow = {
    readonly plan: ImportPlan;
    readonly changes: readonly ImportChange[];
    readonly reasons: readonly ImportReason[];
};

/** What else the register says about a row. */
export type ImportSurroundings = {
    /** Parties without a code that the row could mean, when they are more than one. */
    readonly candidates: number;
    /** Who else holds the licence of the row. */
    readonly licenceHolder: string | undefined;
};

const PARTY_FIELDS = ['name', 'kind', 'creditCode', 'legalRepresentative', 'phone', 'address'] as const;

/** What an import does with one row. An empty cell says nothing: it changes nothing. */
export function planImportRow(
    fields: ImportFields,
    existing: ImportExisting | undefined,
    { candidates, licenceHolder }: ImportSurroundings,
): PlannedRow {
    const reasons: ImportReason[] = [];
    if (candidates > 1) reasons.push({ problem: 'ambiguous', column: 'name', params: { count: candidates } });
    if (existing?.mergedInto != null) reasons.push({ problem: 'merged', column: 'name', params: { name: existing.mergedInto } });
    if (licenceHolder !== undefined)
        reasons.push({ problem: 'licenceTaken', column: 'licenceNumber', params: { name: licenceHolder } });
    if (endsBeforeItBegins(fields, existing)) reasons.push({ problem: 'termWrong', column: 'validTo' });
    if (reasons.length > 0) return { plan: 'refuse', changes: [], reasons };
    const changes = changesBetween(fields, existing);
    const plan = existing === undefined ? 'create' : changes.length > 0 ? 'change' : 'leave';
    return { plan, changes, reasons };
}

function changesBetween(fields: ImportFields, existing: ImportExisting | undefined): ImportChange[] {
    const changes: ImportChange[] = [];
    const note = (field: ImportChangeField, from: string | null, to: string | null) => {
        if (to !== null && to !== from) changes.push({ field, from, to });
    };
    for (const field of PARTY_FIELDS)
        if (field !== 'kind' || fields.kindStated || existing === undefined)
            note(field, existing?.[field] ?? null, fields[field]);
    const { licence, premises } = fields;
    if (licence !== null) {
        const held = existing?.licences.find((each) => isSameLicence(each, licence));
        if (held === undefined) note('licence', null, licence.number);
        for (const field of ['authority', 'validFrom', 'validTo'] as const) note(field, held?.[field] ?? null, licence[field]);
    }
    if (
        premises !== null &&
        existing?.premises.some((each) => each.name === premises.name && each.address === premises.address) !== true
    )
        note('premises', null, `${premises.name} ${premises.address}`);
    return changes;
}

/** The term as it would be: what the row leaves empty is what is known already. */
function endsBeforeItBegins({ licence }: ImportFields, existing: ImportExisting | undefined): boolean {
    if (licence === null) return false;
    const { validFrom, validTo } = mergedLicence(
        licence,
        existing?.licences.find((each) => isSameLicence(each, licence)),
    );
    return validFrom !== null && validTo !== null && validTo < validFrom;
}

/** A licence is known by its speciality and number. */
export const isSameLicence = (a: ImportLicence, b: ImportLicence): boolean =>
    a.speciality === b.speciality && a.number === b.number;

/** The party after the row, for the next row of the same party. */
export function afterImportRow(fields: ImportFields, existing: ImportExisting | undefined): ImportExisting {
    const { licence, premises } = fields;
    const others = (existing?.licences ?? []).filter((each) => licence === null || !isSameLicence(each, licence));
    const held = existing?.licences.find((each) => licence !== null && isSameLicence(each, licence));
    const merged = licence === null ? [] : [mergedLicence(licence, held)];
    return {
        name: fields.name,
        kind: existing === undefined || fields.kindStated ? fields.kind : existing.kind,
        creditCode: fields.creditCode ?? existing?.creditCode ?? null,
        legalRepresentative: fields.legalRepresentative ?? existing?.legalRepresentative ?? null,
        phone: fields.phone ?? existing?.phone ?? null,
        address: fields.address ?? existing?.address ?? null,
        mergedInto: existing?.mergedInto ?? null,
        licences: [...others, ...merged],
        premises: [...(existing?.premises ?? []), ...(premises === null ? [] : [premises])],
    };
}

const mergedLicence = (licence: ImportLicence, held: ImportLicence | undefined): ImportLicence => ({
    ...licence,
    authority: licence.authority ?? held?.authority ?? null,
    validFrom: licence.validFrom ?? held?.validFrom ?? null,
    validTo: licence.validTo ?? held?.validTo ?? null,
});

const figures = (phone: string | null): string => (phone ?? '').normalize('NFKC').replace(/\D/g, '');

/** Without a code a name alone does not say who is meant: phone or, without one, address must not speak against it. */
export function mayBeMeant(party: ImportExisting, fields: ImportFields): boolean {
    if (party.name !== fields.name || party.mergedInto !== null) return false;
    if (party.phone !== null && fields.phone !== null) return figures(party.phone) === figures(fields.phone);
    return party.address === null || fields.address === null || party.address === fields.address;
}

/** What the rows before have said, by the party that they are about. */
export type ImportBefore = {
    /** The party of a row: what it is known by, and how many of those before could be meant. */
    of(
        fields: ImportFields,
        existingId: string | undefined,
    ): { key: string; earlier: EarlierRows | undefined; candidates: number };
    /** Another party of the list that holds the licence of the row. */
    holderOf(fields: ImportFields, key: string): string | undefined;
    add(fields: ImportFields, key: string, rows: EarlierRows): void;
};
export type EarlierRows = { readonly line: number; readonly party: ImportExisting };

/** A list can speak of a party that is not there yet more than once: two rows are about one if their codes are, or all they say fits. */
export function importBefore(): ImportBefore {
    const byKey = new Map<string, EarlierRows>();
    const unnumbered = new Map<string, Set<string>>();
    const holders = new Map<string, { readonly key: string; readonly name: string }>();
    return {
        of({ creditCode, ...fields }, existingId) {
            const own = creditCode ?? existingId;
            if (own !== undefined) return { key: own, earlier: byKey.get(own), candidates: 1 };
            const alike = [...(unnumbered.get(fields.name) ?? [])].filter((key) => {
                const earlier = byKey.get(key);
                return earlier !== undefined && mayBeMeant(earlier.party, { creditCode, ...fields });
            });
            const [key = JSON.stringify([fields.name, fields.phone, fields.address])] = alike;
            return { key, earlier: byKey.get(key), candidates: alike.length };
        },
        holderOf({ licence }, key) {
            if (licence === null) return undefined;
            const holder = holders.get(licenceKey(licence));
            return holder === undefined || holder.key === key ? undefined : holder.name;
        },
        add({ creditCode, name, licence }, key, rows) {
            byKey.set(key, rows);
            if (creditCode === null) unnumbered.set(name, (unnumbered.get(name) ?? new Set()).add(key));
            if (licence !== null) holders.set(licenceKey(licence), { key, name });
        },
    };
}

const licenceKey = ({ speciality, number }: ImportLicence): string => JSON.stringify([speciality, number]);

const OF_THE_PARTY: ReadonlySet<ImportChangeField> = new Set(PARTY_FIELDS);

/** What a later row of a party already in the file may do: add to it, not say it again or say otherwise. */
export function planLaterRow(planned: PlannedRow, firstLine: number): PlannedRow {
    const params = { line: firstLine };
    if (planned.plan === 'leave') return { plan: 'refuse', changes: [], reasons: [{ problem: 'twice', params }] };
    const other = planned.changes.find((each) => OF_THE_PARTY.has(each.field) && each.from !== null);
    if (other === undefined) return planned;
    const column = other.field as 'name' | 'kind' | 'phone' | 'address' | 'legalRepresentative';
    return { plan: 'refuse', changes: [], reasons: [{ problem: 'contradicts', column, params }] };
}
