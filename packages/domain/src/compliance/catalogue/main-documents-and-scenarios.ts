import { notJudged, type Treatment, type Treatments } from '../treatment.ts';

/** One of the nine scenarios of 正文二(二)1; what is said of it alone, and tests of its own. */
const recorded = (zh = '', en = '', ...tests: readonly string[]): Treatment => ({
    as: 'rule',
    zh: `这一情形必须全程音像记录：每个环节按当日有效的情形对照音像，缺的时间逐段列出。${zh}`,
    en: `Recording throughout is a must here: each part of an act is held against its footage by what was in force that day, and what is missing is listed.${en === '' ? '' : ` ${en}`}`,
    endpoints: ['act.get', 'act.settings'],
    pages: ['/acts/$id'],
    tests: [
        'apps/server/src/features/act/act-segments.test.ts',
        'packages/domain/src/act/coverage-segments.test.ts',
        'packages/domain/src/compliance/rules/act-rules.test.ts',
        ...tests,
    ],
});

/** 正文一, 二(一) and 二(二)1. */
export const MAIN_DOCUMENTS_AND_SCENARIOS_TREATMENTS: Treatments = {
    'Z1-1': notJudged('对认识的要求，不是软件能判断的。', 'A matter of conviction, which software cannot judge.'),
    'Z1-2': {
        as: 'feature',
        zh: '每次执法行为把文书、音像、人员、设备和每一步操作连在一起，逐条记入不能改动的日志，可逐段回看。',
        en: 'Each act ties its documents, recordings, people, devices and every step together; each step is in a log that nobody can edit, and can be followed back.',
        endpoints: ['act.get', 'ledger.list'],
        pages: ['/acts/$id', '/log'],
        tests: [
            'apps/server/src/features/act/act.test.ts',
            'apps/server/src/verify/verify-installation.test.ts',
            'e2e/story-inspection.test.ts',
        ],
    },
    'Z1-3': {
        as: 'feature',
        zh: '每次执法行为按通知的各项规则判定，按单位、科室、监督员、情形和月份汇总完整率、录制覆盖率等，与全市平均对照。',
        en: 'Each act is judged by the rules of the notice; shares of complete acts, time recorded and more stand by organisation, department, officer, kind and month, beside the average of the city.',
        endpoints: ['statistics.compliance'],
        pages: ['/compliance/statistics'],
        tests: ['apps/server/src/features/compliance/statistics.test.ts', 'packages/domain/src/compliance/statistics.test.ts'],
    },
    'Z1-4': {
        as: 'feature',
        zh: '执法前、执法中、执法后应做的事列成清单，逐项依据写明条款，在手机上勾选。',
        en: 'What has to be done before, during and after an act is a list with the clause at each item, ticked on a phone.',
        endpoints: ['act.tick'],
        pages: ['/acts/$id'],
        tests: ['e2e/act-field.test.ts', 'packages/domain/src/act/act-rules.test.ts'],
    },
    'Z1-5': {
        as: 'feature',
        zh: '执法文书、记录仪和音像记录场所的音像、照片归在同一次执法行为下，以同一日志存证。',
        en: 'Documents, recordings of recorders and rooms, and photographs lie under one act and in one log.',
        lacks: {
            zh: '在线监测等其他电子数据还不能接入；归档还没有建成。',
            en: 'Other electronic data such as online monitoring cannot come in yet; archiving is not built.',
        },
        endpoints: ['act.get', 'recording.list', 'document.list'],
        pages: ['/acts/$id', '/recordings', '/documents'],
        tests: ['e2e/story-inspection.test.ts', 'apps/server/src/features/document/document.test.ts'],
    },
    'Z2-1': {
        as: 'feature',
        zh: '许可审查、处罚、强制、检查等情形各有固定类别，适用的要求由类别决定。',
        en: 'Licence reviews, penalties, coercive measures and inspections have fixed kinds, which decide what is asked of them.',
        lacks: { zh: '是否按附件3归档还不判断。', en: 'Whether it was archived is not judged yet.' },
        endpoints: ['act.settings', 'act.create'],
        pages: ['/acts/new'],
        tests: ['apps/server/src/features/act/act.test.ts', 'apps/server/src/features/act/act-segments.test.ts'],
    },
    'Z2.1-1': {
        as: 'feature',
        zh: '文书按样张建成的固定格式制作，每份文书记下所用格式的版本。',
        en: 'Documents are written in fixed forms after the official samples; each names the version of its form.',
        lacks: {
            zh: '部分样张没有取得原文，在格式上标明“样张未核对”。',
            en: 'Some official samples were not at hand; their forms say that they were not compared.',
        },
        endpoints: ['template.list', 'document.create'],
        pages: ['/documents/forms', '/documents/$id'],
        tests: ['apps/server/src/features/template/template.test.ts', 'apps/server/src/features/document/document.test.ts'],
    },
    'Z2.1-2': {
        as: 'feature',
        zh: '必填栏目未填全的不能送审；时间、格式等问题逐项提示；措辞由审核人判断。',
        en: 'What lacks a required field is not submitted; times and form are pointed out one by one; wording is left to the reviewer.',
        endpoints: ['document.findings', 'document.submit', 'document.review'],
        pages: ['/documents/$id'],
        tests: [
            'apps/server/src/features/document/document-drafting.test.ts',
            'packages/domain/src/document/document-flow.decide.test.ts',
            'apps/server/src/features/document/document-flow.test.ts',
        ],
    },
    'Z2.1-3': {
        as: 'feature',
        zh: '引用法条从法规库选取，执法当日未生效、已失效或条文未核对的逐条标明。',
        en: 'Citations are picked from a library of law; what was not in force on the day, or was not verified, is marked.',
        endpoints: ['document.findings'],
        pages: ['/documents/$id'],
        tests: ['packages/domain/src/law/law.test.ts', 'apps/server/src/features/document/document-drafting.test.ts'],
    },
    'Z2.1-4': {
        as: 'feature',
        zh: '起草、审核、签发、用印由不同的人逐步办理，每步记入日志；没有签发的不能用印。',
        en: 'Drafting, review, signing and sealing go step by step through different people, each step logged; nothing is sealed before it is signed.',
        endpoints: ['document.submit', 'document.review', 'document.sign', 'document.useSeal'],
        pages: ['/documents/$id', '/documents/seals'],
        tests: [
            'packages/domain/src/document/document-flow.decide.test.ts',
            'apps/server/src/features/document/document-flow.test.ts',
            'packages/domain/src/document/document-paper.decide.test.ts',
        ],
    },
    'Z2.1-5': {
        as: 'feature',
        zh: '音像资料的保存期限由规则算出并写在页面上，作为证据的随案卷。',
        en: 'How long recordings are kept is worked out by rule and shown; evidence follows the file of its case.',
        lacks: {
            zh: '文书的保管期限、归档和销毁还没有建成。',
            en: 'Terms of documents, archiving and destruction are not built.',
        },
        endpoints: ['recording.get'],
        pages: ['/recordings/$id'],
        tests: ['packages/domain/src/retention/retention.decide.test.ts'],
    },
    'Z2.2.1-1': recorded(),
    'Z2.2.1-2': recorded(
        '“告知承诺后检查”是单独的情形。',
        'Inspections after a notification and commitment are a kind of their own.',
    ),
    'Z2.2.1-3': recorded(
        '抽查的名单可由公开随机数产生并可复算。',
        'The draw itself can be made from public randomness and worked out again.',
        'apps/server/src/features/task/draw.test.ts',
    ),
    'Z2.2.1-4': recorded(),
    'Z2.2.1-5': recorded(
        '先行登记保存的决定、清单与执法行为相连。',
        'Its decision and list of items hang on the act.',
        'e2e/story-penalty.test.ts',
    ),
    'Z2.2.1-6': recorded(
        '留置送达的回证须写明过程和见证人。',
        'The record of such a service states what happened and who witnessed it.',
        'apps/server/src/features/document/document-service.test.ts',
    ),
    'Z2.2.1-7': recorded(
        '公告送达是单独的情形和送达方式。',
        'Service by public notice is a kind of its own.',
        'apps/server/src/features/document/document-service.test.ts',
    ),
    'Z2.2.1-8': recorded('', '', 'e2e/story-complaint.test.ts'),
    'Z2.2.1-9': {
        as: 'rule',
        zh: '这一情形必须全程音像记录：每个环节按当日有效的情形对照音像，缺的时间逐段列出。听证以音像记录场所的录像为准，用其他设备代替的须写明理由。',
        en: 'Recording throughout is a must here: each part of an act is held against its footage by what was in force that day, and what is missing is listed. Hearings go by the cameras of the room; what stands in for them needs a reason.',
        endpoints: ['act.get', 'act.settings'],
        pages: ['/acts/$id'],
        tests: [
            'apps/server/src/features/act/act-segments.test.ts',
            'packages/domain/src/act/coverage-statements.test.ts',
            'e2e/story-penalty.test.ts',
        ],
    },
    'Z2.2.1-10': {
        as: 'feature',
        zh: '单位可在参数中增加必须全程记录的情形，写明起用日期，由另一人批准；通知列出的不能减少。',
        en: 'An organisation may add scenarios that must be recorded, from a date on, approved by a second person; none that the notice lists can be taken away.',
        endpoints: ['parameter.propose', 'parameter.approve', 'act.settings'],
        pages: ['/parameters'],
        tests: ['apps/server/src/features/act/act-segments.test.ts', 'apps/server/src/features/parameter/parameter.test.ts'],
    },
};
