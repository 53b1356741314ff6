import {
    addDays,
    creditCodeCheck,
    type DocumentContent,
    type DocumentType,
    dayOf,
    type Id,
    MINUTE,
    sampleContent,
    templateOf,
} from '@liuhen/domain';
import { TODAY } from '../apps/server/src/demo/demo-data.ts';
import { setParameter } from '../apps/server/src/demo/stories/set-parameter.ts';
import { type Remote, remote } from '../apps/server/src/testing/remote.ts';

/** Now, by the clock of the demo's server: to the minute, as people state it. */
const now = () => Math.floor(Math.max(Date.now(), TODAY) / MINUTE) * MINUTE;

/** What the finished stories of the demo leave empty or closed: the work of a day that is not over. */
export type Unfinished = Readonly<
    Record<'party' | 'act' | 'announced' | 'case' | 'complaint' | 'draft' | 'toSign' | 'plan' | 'draw', Id> &
        Record<'taskList' | 'partyImport', Id>
>;

/** Begun by the demo's people through the interface for programs, and left as it is. */
export async function leaveUnfinished(url: string, password: string): Promise<Unfinished> {
    const as = (login: string) => remote(url).signIn(login, password);
    const [head, officer, legal] = [await as('xuzhixia'), await as('wangyuan'), await as('zhouyun')];
    const chief = await as('gumingzhi');
    const party = await addParty(officer, head);
    const { act, announced } = await addActs(officer, party);
    const handlerIds = [await idOf(officer, '王予安'), await idOf(officer, '李若川')];
    const opened = { procedure: 'penalty', source: 'inspection', openedAt: now() - 60 * MINUTE, actId: act } as const;
    const matter = '涉嫌公共用品用具未按规定清洗、消毒、保洁案（虚构）';
    const { id: openCase } = await officer.call('case.open', { body: { ...opened, title: matter, partyId: party, handlerIds } });
    await addMarks(await as('linzhiyuan'));
    return {
        ...{ party, act, announced, case: openCase },
        complaint: await addComplaint(officer, party),
        ...(await addDocuments({ head, chief, officer, legal }, act, party)),
        ...(await addPlanning(head, party)),
        partyImport: await addPartyList(officer),
    };
}

/** What has moments. */
export const isPlayed = ({ durationMs }: { readonly durationMs: number | null }): boolean => durationMs !== null;

/** On the recording that is looked at: what stands, in kinds with and without words, and what was taken back. */
async function addMarks(manager: Remote): Promise<void> {
    const { items } = await manager.call('recording.list', {});
    const params = { id: items.find(isPlayed)?.id ?? '' };
    const mark = (kind: 'opening' | 'evidence' | 'gapReason' | 'note', mediaMs: number, words?: string) =>
        manager.call('recording.mark', { params, body: { kind, mediaMs, ...(words === undefined ? {} : { words }) } });
    await mark('opening', 0);
    await mark('evidence', 1_000, '布草间毛巾架');
    await mark('gapReason', 2_000, '更换电池，中断约 2 分钟，现场由另一名执法人员继续录像');
    const { id } = await mark('note', 2_500, '光线不足');
    await manager.call('recording.withdrawMark', { params: { id }, body: { reason: '标错了位置' } });
}

async function idOf(by: Remote, name: string): Promise<Id> {
    const found = (await by.call('person.list', { query: { q: name } })).items[0];
    if (found === undefined) throw new Error(`nobody is called ${name}`);
    return found.id;
}

/** A party with a licence about to end, and a second entry of the same place that waits for its merger. */
async function addParty(officer: Remote, head: Remote): Promise<Id> {
    const body = '91310199MA1FC0017';
    const address = '示范路 712 号 1 幢 2 层至 5 层';
    const { id } = await officer.call('party.create', {
        body: {
            ...{ name: '望潮酒店管理有限公司（虚构）', kind: 'organisation', address },
            ...{ creditCode: body + creditCodeCheck(body), legalRepresentative: '程一苇', phone: '021-00000712' },
        },
    });
    const params = { id };
    const premises = await officer.call('party.addPremises', { params, body: { name: '望潮酒店（示范路店）', address } });
    await officer.call('party.addSite', { params: { id: premises.id }, body: { name: '3 层布草间' } });
    const term = { validFrom: '2022-12-01', validTo: addDays(dayOf(now()), 9), state: 'valid' } as const;
    await officer.call('party.addLicence', {
        params,
        body: { speciality: 'publicPlace', number: '虚示卫公证字〔2022〕第 000712 号', ...term },
    });
    const duplicate = await officer.call('party.create', { body: { name: '望潮酒店（虚构）', kind: 'naturalPerson', address } });
    await head.call('party.proposeMerge', {
        body: { duplicateId: duplicate.id, survivorId: id, reason: '同一地址、同一负责人，系重复登记' },
    });
    return id;
}

/** A check of two stages at which somebody came and went, with an exemption to be confirmed, and one announced for tomorrow. */
async function addActs(officer: Remote, partyId: Id): Promise<{ act: Id; announced: Id }> {
    const { premises } = await officer.call('party.get', { params: { id: partyId } });
    const premisesId = premises[0]?.id ?? '';
    const people = [await idOf(officer, '王予安'), await idOf(officer, '李若川')];
    const visit = {
        ...{ scenario: 'doubleRandomInspection' as const, partyId, premisesId, place: '示范路 712 号望潮酒店' },
        participants: people.map((personId) => ({ personId, part: 'officer' as const })),
    };
    const at = (minutes: number) => now() + minutes * MINUTE;
    const planned = { ...visit, planned: true, startsAt: at(24 * 60), endsAt: at(26 * 60) };
    const { id: announced } = await officer.call('act.create', { body: planned });
    const { id } = await officer.call('act.create', { body: { ...visit, startsAt: at(-90), endsAt: at(-5) } });
    const params = { id };
    const { participants, segments } = await officer.call('act.get', { params });
    const participantIds = participants.map((each) => each.id);
    const sampling = { scenario: 'samplingForEvidence' as const, siteKind: 'inside' as const, premisesId, place: '3 层布草间' };
    const { id: segmentId } = await officer.call('act.addSegment', {
        params,
        body: { ...sampling, startsAt: at(-40), endsAt: at(-5), participantIds, endsSegmentId: segments[0]?.id ?? '' },
    });
    const spans = [
        { segmentId: segments[0]?.id ?? '', from: null, to: at(-70) },
        { segmentId: segments[0]?.id ?? '', from: at(-60), to: null },
        { segmentId, from: null, to: null },
    ];
    await officer.call('act.statePresence', { params: { id: participantIds[1] ?? '' }, body: { presence: spans } });
    const party = { part: 'partyPerson' as const, name: '程一苇', relation: '法定代表人', idShown: true };
    await officer.call('act.addParticipant', { params, body: party });
    return { act: id, announced };
}

async function addComplaint(officer: Remote, partyId: Id): Promise<Id> {
    const { id } = await officer.call('complaint.register', {
        body: {
            ...{ channel: 'hotline', receivedAt: now() - 30 * MINUTE, externalNumber: '12345-虚构-0712', partyId },
            ...{
                subject: '反映客房毛巾有异味、布草混放',
                content: '来电人反映该酒店客房毛巾有异味，怀疑未消毒，要求查处并答复。',
            },
            ...{ replyRequested: true, confidential: true, identity: { name: '欧阳明慧', phone: '13800000000' } },
        },
    });
    return id;
}

/** A record half written, and one that lacks nothing and may be signed on the screen. */
async function addDocuments(by: Record<'head' | 'chief' | 'officer' | 'legal', Remote>, actId: Id, partyId: Id) {
    const { head, chief, officer, legal } = by;
    const change = { basis: '正文二（三）', from: dayOf(now()), reason: '试点', standing: 'own' as const };
    await setParameter(head, chief, { key: 'document.onScreenSigning', value: true, ...change });
    const phrases = [
        '现场笔录｜检查情况｜消毒间门开启，紫外线灯未开启。',
        '现场笔录｜检查情况｜出示《卫生许可证》，在有效期内。',
    ];
    await setParameter(head, chief, { key: 'document.phrases', value: phrases, ...change });
    const type: DocumentType = 'sceneRecord';
    const template = templateOf(type, dayOf(now()));
    if (template === undefined) throw new Error('there is a form');
    await legal
        .call('template.confirm', { params: { type, version: template.version }, body: { comparedWith: '印制样张（虚构）' } })
        .catch(() => undefined);
    const begun = await officer.call('template.begin', { params: { type }, query: { actId, partyId } });
    const draft = await officer.call('document.create', { body: { type, actId, partyId, content: begun.content } });
    const times = { start: now() - 80 * MINUTE, end: now() - 10 * MINUTE };
    const content = { ...sampleContent(template), ...begun.content, ...times } as DocumentContent;
    const toSign = await officer.call('document.create', { body: { type, actId, partyId, content } });
    await fix(officer, toSign.id);
    await officer.call('document.reserveNumbers', {
        body: { type: 'supervisionOpinion', count: 5, terminal: '执法平板 03 号（虚构）' },
    });
    return { draft: draft.id, toSign: toSign.id };
}

/** The final print, with its pages made: what is signed. */
async function fix(officer: Remote, id: Id): Promise<void> {
    const params = { id };
    const { version } = await officer.call('document.get', { params });
    const print = await officer.call('document.print', { params, body: { kind: 'final', version } });
    // Pages are made when they are first looked at.
    const answer = await fetch(`${officer.url}/api/documents/${id}/prints/${print.id}.pdf`, {
        headers: { cookie: officer.cookie ?? '' },
    });
    if (!answer.ok) throw new Error(`the print is not there: ${answer.status}`);
    await answer.arrayBuffer();
}

/** A plan that is being written, a draw before its revelation, and a list of which each row is something else. */
async function addPlanning(head: Remote, partyId: Id) {
    const year = Number(dayOf(now()).slice(0, 4));
    const title = `${year} 年公共场所卫生监督检查计划（草案）`;
    const { id: plan } = await head.call('plan.draft', { body: { year, title } });
    const item = { subject: '住宿场所公共用品用具', grade: '一般', take: { permille: 200 }, timesPerYear: 1 };
    await head.call('plan.update', { params: { id: plan }, body: { title, items: [item], version: 1 } });
    const { id: draw } = await head.call('draw.commit', {
        body: {
            ...{ title: '住宿场所双随机抽取（第二批）', year, avoidLastVisit: true, dueDay: addDays(dayOf(now()), 20) },
            objects: [{ partyId, grade: '一般' }],
            officerIds: [await idOf(head, '王予安'), await idOf(head, '李若川'), await idOf(head, '沈砚')],
            strata: [{ grade: '一般', take: { number: 1 } }],
        },
    });
    const row = (externalId: string, partyName: string, more = {}) => ({ externalId, partyName, title: '公共场所抽查', ...more });
    const { id: taskList } = await head.call('taskImport.receive', {
        body: {
            ...{ origin: 'nationalPlatform', source: '国家双随机抽查任务（虚构）', fileName: '国家任务.xlsx' },
            ...{ dueDay: addDays(dayOf(now()), 25), apply: false },
            rows: [
                row('GJ-0001', '望潮酒店管理有限公司（虚构）', { address: '示范路 712 号 1 幢 2 层至 5 层' }),
                row('GJ-0002', '听澜酒店'),
                row('GJ-0003', '从未登记的浴场'),
                row('GJ-0003', '从未登记的浴场'),
                row('GJ-0004', '半夏理发店（虚构）', { dueDay: '下周' }),
            ],
        },
    });
    return { plan, draw, taskList };
}

/** One row of each kind: new, changed, as it is, refused. */
async function addPartyList(officer: Remote): Promise<Id> {
    const rows = [
        '名称,统一社会信用代码,地址,电话,专业,许可证号,有效期起,有效期止,备注',
        '晴川美容店（虚构）,,示范路 9 号,021-00000009,公共场所,虚示卫公证字〔2026〕第 000009 号,2026-01-01,2030-12-31,新设',
        '听澜酒店（虚构）,,示范路 88 号,021-00000088,,,,,',
        '错号理发店（虚构）,91310199MA1FC0000X,示范路 10 号,,,,,,',
    ];
    const content = Buffer.from(rows.join('\n')).toString('base64');
    return (await officer.call('party.previewImport', { body: { fileName: '公共场所名单.csv', content } })).id;
}
