import {
    type DocumentContent,
    type DocumentType,
    dayOf,
    type Id,
    MINUTE,
    type Role,
    sampleContent,
    TEMPLATES,
    templateOf,
} from '@liuhen/domain';
import { actHandlers } from '../features/act/act.routes.ts';
import { caseHandlers } from '../features/case/case.routes.ts';
import { documentHandlers } from '../features/document/document.routes.ts';
import { parameterHandlers } from '../features/parameter/parameter.routes.ts';
import { partyHandlers } from '../features/party/party.routes.ts';
import { templateHandlers } from '../features/template/template.routes.ts';
import { runCommand } from '../platform/command/command.ts';
import { insertRow } from '../platform/command/row-writer.ts';
import { buildPerson, commandBy } from './builders.ts';
import { addOrganisation, caller, type FeatureSystem, featureSystem, type TestOrganisation } from './feature-system.ts';
import type { TestHttp } from './http.ts';
import { setParameter } from './set-parameter.ts';

const handlersOf = (system: FeatureSystem) => ({
    ...documentHandlers(system.services),
    ...actHandlers(system.services),
    ...partyHandlers(system.services),
    ...caseHandlers(system.services),
    ...parameterHandlers(system.services),
    ...templateHandlers(system.services),
});

/** An agency with everybody whom the way of a document asks for, a party, and a check there. */
export type DocumentSystem = FeatureSystem & {
    call: ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;
    officer: TestOrganisation;
    second: TestOrganisation;
    sectionHead: TestOrganisation;
    legalReviewer: TestOrganisation;
    instituteHead: TestOrganisation;
    agencyHead: TestOrganisation;
    sealKeeper: TestOrganisation;
    party: Id;
    act: Id;
    now: number;
    /** A fresh act of some scenario with the two officers in it. */
    addAct(scenario: 'doubleRandomInspection' | 'lienService' | 'coerciveMeasure', partyId?: Id | null): Promise<Id>;
    /** A penalty case handled by the first officer. */
    addCase(): Promise<Id>;
    /** Version of a document as it stands. */
    versionOf(id: Id): Promise<number>;
    /** Content that lacks nothing, for the officers and the party there are. */
    wholeContent(type: DocumentType): DocumentContent;
    /** Takes an office document to the signature of its head. */
    approve(id: Id): Promise<void>;
    /** An office document that left the house. */
    issued(type: DocumentType, actId?: Id): Promise<Id>;
    /** Something filed under an act. */
    addRecording(actId: Id): Promise<Id>;
};

/** `forms` says whether the legal section has compared every form with its printed sample. */
export async function documentSystem(code: string, forms: 'confirmed' | 'unseen' = 'confirmed'): Promise<DocumentSystem> {
    const system = await featureSystem();
    const officer = await addOrganisation(system, code, '浦东新区卫生健康委员会监督所');
    const call = caller(system, handlersOf(system));
    const somebody = async (name: string, role: Role): Promise<TestOrganisation> => {
        const kind = role === 'officer' ? 'officer' : 'staff';
        return { ...officer, actor: (await buildPerson(system.services, officer, { name, kind, roles: [role] })).id };
    };
    const second = await somebody('何北', 'officer');
    const now = system.services.clock.now();
    const body = { name: '阳光口腔门诊部', kind: 'organisation' as const, creditCode: '91350100M000100Y43' };
    const party = (await call('party.create', officer, { body })).id;
    const addAct: DocumentSystem['addAct'] = async (scenario, partyId = party) =>
        (
            await call('act.create', officer, {
                body: {
                    scenario,
                    ...(partyId === null ? {} : { partyId }),
                    place: '世纪大道 100 号',
                    startsAt: now - 60 * MINUTE,
                    endsAt: now - MINUTE,
                    participants: [
                        { personId: officer.actor, part: 'officer' },
                        { personId: second.actor, part: 'officer' },
                    ],
                },
            })
        ).id;
    const sectionHead = await somebody('韩科长', 'sectionHead');
    const region = {
        key: 'document.numberRegion' as const,
        value: '沪浦',
        standing: 'own' as const,
        from: dayOf(now),
        reason: '登记',
    };
    await setParameter(call, sectionHead, { ...region, basis: '本机构登记' });
    const agencyHead = await somebody('钟主任', 'agencyHead');
    const sealKeeper = await somebody('尹印章', 'sealKeeper');
    const legalReviewer = await somebody('方法制', 'legalReviewer');
    if (forms === 'confirmed')
        for (const { type, version } of TEMPLATES)
            await call('template.confirm', legalReviewer, { params: { type, version }, body: { comparedWith: '印制样张' } });
    const act = await addAct('doubleRandomInspection');
    const versionOf = async (id: Id) => (await call('document.get', officer, { params: { id } })).version;
    const at = async (id: Id) => ({ version: await versionOf(id) });
    const certificates = await certificatesOf(system, officer.id);
    const wholeContent = (type: DocumentType): DocumentContent => {
        const template = templateOf(type, dayOf(now));
        if (template === undefined) return { facts: '三楼诊室未见消毒记录。' };
        const content = Object.entries(sampleContent(template)).map(([key, value]) => {
            if (key === 'party') return [key, '阳光口腔门诊部'];
            if (key === 'agency') return [key, officer.name];
            if (key === 'start') return [key, now - 50 * MINUTE];
            if (key === 'end') return [key, now - 10 * MINUTE];
            const rows = Array.isArray(value) && value.some((row) => typeof row === 'object' && 'certificate' in row);
            return [key, rows ? certificates : value];
        });
        return Object.fromEntries(content) as DocumentContent;
    };
    const approve = async (id: Id) => {
        const params = { id };
        await call('document.submit', officer, { params, body: await at(id) });
        const legal = { needed: false, reason: '案情简单，不属于应当审核的情形' };
        await call('document.review', sectionHead, { params, body: { verdict: 'pass', legal, ...(await at(id)) } });
        await call('document.sign', agencyHead, { params, body: { verdict: 'pass', ...(await at(id)) } });
    };
    return {
        ...system,
        call,
        wholeContent,
        approve,
        async addCase() {
            const about = {
                title: '阳光口腔门诊部未按规定消毒案',
                partyId: party,
                procedure: 'penalty' as const,
                source: 'inspection' as const,
            };
            const body = { ...about, graveHarm: false, openedAt: now - MINUTE, handlerIds: [officer.actor] };
            return (await call('case.open', officer, { body })).id;
        },
        addRecording: (actId) => addRecording(system, officer, actId),
        async issued(type, actId = act) {
            const { id } = await call('document.create', officer, { body: { type, actId, content: wholeContent(type) } });
            const params = { id };
            await approve(id);
            await call('document.number', officer, { params, body: { category: '医', ...(await at(id)) } });
            const seal = { means: 'ink' as const, copies: 2, purpose: '制发' };
            await call('document.useSeal', sealKeeper, { params, body: { ...seal, ...(await at(id)) } });
            await call('document.issue', officer, { params, body: await at(id) });
            return id;
        },
        officer,
        second,
        sectionHead,
        legalReviewer,
        instituteHead: await somebody('梁所长', 'instituteHead'),
        agencyHead,
        sealKeeper,
        party,
        act,
        now,
        addAct,
        versionOf,
    };
}

/** The officers of the organisation as a form names them. */
async function certificatesOf(system: FeatureSystem, orgId: Id) {
    const rows = await system.services.db.read({ readOrgs: [orgId] }, (db) =>
        db
            .selectFrom('person')
            .select(['id', 'name', 'certificate_number'])
            .where('certificate_number', 'is not', null)
            .orderBy('id')
            .execute(),
    );
    return rows.map((row) => ({ person: row.id, name: row.name, certificate: row.certificate_number ?? '' }));
}

let files = 0;
/** What intake writes, as far as documents see it. */
const addRecording = (system: FeatureSystem, who: TestOrganisation, actId: Id): Promise<Id> =>
    runCommand(system.services.commands, commandBy(system.services, who.id, who.actor), 'recording.register', async (tx) => {
        const bytes = Buffer.alloc(32, ++files);
        const blob = await insertRow(tx, 'blob', {
            id: tx.newId(),
            sha256: bytes,
            sm3: bytes,
            size: 1n,
            chunk_root: bytes,
            chunk_digests: bytes,
        });
        const recording = await insertRow(tx, 'recording', {
            id: tx.newId(),
            blob_id: blob.id,
            role: 'original',
            state: 'registered',
            source: 'recorder',
            original_name: Buffer.from('a.mp4'),
            display_name: `${files}.mp4`,
            person_id: who.actor,
            uploaded_by: who.actor,
            received_at: tx.now,
            device_time_basis: 'unknown',
            act_id: actId,
            search_text: '',
        });
        const event = { kind: 'recording.registered' as const, creates: [recording.id], objects: [actId], body: {} };
        return { result: recording.id, events: [event] };
    });

/** For routes that answer with bytes: the officer of the system is signed in, with the roles of the moment. */
export const officerAt = (system: DocumentSystem, http: TestHttp, rolesNow: () => readonly Role[]) => ({
    sessionOf: async () => ({
        id: system.services.clock.newId(),
        name: '陈默',
        subject: {
            personId: system.officer.actor,
            organisationId: system.officer.id,
            roles: rolesNow(),
            mustChangePassword: false,
        },
        idleEndsAt: Number.MAX_SAFE_INTEGER,
        endsAt: Number.MAX_SAFE_INTEGER,
    }),
    authorise: http.sessions.authorise,
});
