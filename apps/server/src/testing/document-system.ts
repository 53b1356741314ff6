import { dayOf, type Id, MINUTE, type Role } from '@liuhen/domain';
import { actHandlers } from '../features/act/act.routes.ts';
import { documentHandlers } from '../features/document/document.routes.ts';
import { parameterHandlers } from '../features/parameter/parameter.routes.ts';
import { partyHandlers } from '../features/party/party.routes.ts';
import { buildPerson } from './builders.ts';
import { addOrganisation, caller, type FeatureSystem, featureSystem, type TestOrganisation } from './feature-system.ts';

const handlersOf = (system: FeatureSystem) => ({
    ...documentHandlers(system.services),
    ...actHandlers(system.services),
    ...partyHandlers(system.services),
    ...parameterHandlers(system.services),
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
    addAct(scenario: 'doubleRandomInspection' | 'lienService' | 'coerciveMeasure'): Promise<Id>;
    /** Version of a document as it stands. */
    versionOf(id: Id): Promise<number>;
};

export async function documentSystem(code: string): Promise<DocumentSystem> {
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
    const addAct = async (scenario: 'doubleRandomInspection' | 'lienService' | 'coerciveMeasure') =>
        (
            await call('act.create', officer, {
                body: {
                    scenario,
                    partyId: party,
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
    await call('parameter.change', sectionHead, { body: { ...region, basis: '本机构登记' } });
    return {
        ...system,
        call,
        officer,
        second,
        sectionHead,
        legalReviewer: await somebody('方法制', 'legalReviewer'),
        instituteHead: await somebody('梁所长', 'instituteHead'),
        agencyHead: await somebody('钟主任', 'agencyHead'),
        sealKeeper: await somebody('尹印章', 'sealKeeper'),
        party,
        act: await addAct('doubleRandomInspection'),
        now,
        addAct,
        versionOf: async (id) => (await call('document.get', officer, { params: { id } })).version,
    };
}
