import { attested, notBuilt, notJudged, type Treatments } from '../treatment.ts';

/** 正文三 and 四. */
export const MAIN_INSTITUTIONS_TREATMENTS: Treatments = {
    'Z3.1-1': attested(
        {
            question: {
                zh: '执法音像记录的使用规范是否已经制定并且现行有效？',
                en: "Are the unit's own rules on recording issued and in force?",
            },
            by: ['instituteHead', 'agencyHead'],
            term: 'rules',
        },
        '由负责人写明文件名称、文号和日期，确认执法音像记录的使用规范已经制定；有效到哪一天、没有人确认或者已经到期，逐个单位列出。',
        "A head confirms the unit's own rules on recording with name, number and date of the paper; until when that holds, and that nobody has confirmed it or it ran out, is listed unit by unit.",
    ),
    'Z3.1-2': {
        as: 'feature',
        zh: '开始告知、结束语可标在音像的时刻上；记录要素缺哪一项逐项列出；存储的完整性由复读保证。',
        en: 'Opening and closing statements can be marked at their moments; missing elements are listed; wholeness is kept by reading everything again.',
        lacks: {
            zh: '用语是否规范由人判断，语音识别没有接入。',
            en: 'Whether words were proper is for a person; speech is not recognised.',
        },
        endpoints: ['recording.mark', 'act.get'],
        pages: ['/acts/$id', '/recordings/$id'],
        tests: ['packages/domain/src/act/coverage-statements.test.ts', 'apps/server/src/features/recording/scrub.test.ts'],
    },
    'Z3.2-1': {
        as: 'feature',
        zh: '每次播放、导出和打印都在日志中，可按人、按资料查找。',
        en: 'Every viewing, export and print is in the log and can be found by person and by item.',
        lacks: { zh: '定期复核和异常提示还没有建成。', en: 'Periodic reviews and hints at what is unusual are not built.' },
        endpoints: ['ledger.list'],
        pages: ['/log'],
        tests: ['apps/server/src/features/recording/recording.test.ts'],
    },
    'Z3.2-2': {
        as: 'feature',
        zh: '执法行为可标商业秘密或个人隐私，非参与人员和负责人看不到内容；国家秘密不得录入，遇到时拒绝并说明怎么办。',
        en: 'An act can be marked as a trade secret or private; others than its people and heads see no content; state secrets are refused, with what to do.',
        lacks: { zh: '更严的审批和禁止导出还没有建成。', en: 'Stricter approvals and a ban on copies are not built.' },
        endpoints: ['act.markSecrecy'],
        pages: ['/acts/$id'],
        tests: ['apps/server/src/features/act/act-marks.test.ts', 'apps/server/src/features/recording/docking.test.ts'],
    },
    'Z3.2-3': {
        as: 'feature',
        zh: '系统内没有改动、删除原件的操作；绕过系统的改动在核验、复读和播放时被发现并指明位置。',
        en: 'There is no operation that changes or removes an original; what is done past the system is found by verifying, reading again and playing, and its place is named.',
        lacks: {
            zh: '由外部见证的检查点还没有建成：掌握数据库和密钥的人可以改写全部历史。',
            en: 'Checkpoints witnessed elsewhere are not built: whoever holds database and key can rewrite all of history.',
        },
        endpoints: ['ledger.list'],
        pages: ['/log'],
        tests: [
            'apps/server/src/faults/tampering.test.ts',
            'apps/server/src/verify/verify-installation.test.ts',
            'apps/server/src/faults/bucket.test.ts',
        ],
    },
    'Z3.2-4': attested(
        {
            question: {
                zh: '全过程记录资料的整理归档和管理制度是否已经制定并且现行有效？',
                en: 'Are the detailed rules on arranging and filing records issued and in force?',
            },
            by: ['instituteHead', 'agencyHead'],
            term: 'rules',
        },
        '由负责人写明文件名称、文号和日期，确认全过程记录资料的整理归档和管理制度已经制定；有效到哪一天、没有人确认或者已经到期，逐个单位列出。',
        'A head confirms the detailed rules on arranging and filing records with name, number and date of the paper; until when that holds, and that nobody has confirmed it or it ran out, is listed unit by unit.',
    ),
    'Z3.3-1': {
        as: 'feature',
        zh: '查阅时选定用途，用途记入日志。',
        en: 'Whoever plays a recording states the purpose, which is logged.',
        lacks: {
            zh: '案卷评查、评议考核的工作台还没有建成。',
            en: 'A workbench for reviews of case files and for appraisals is not built.',
        },
        endpoints: ['recording.openViewing'],
        pages: ['/recordings/$id'],
        tests: ['apps/server/src/features/recording/recording.test.ts'],
    },
    'Z3.3-2': notBuilt(
        'feature',
        '按单位、情形、月份的统计分析还没有建成。',
        'Statistics by unit, kind and month are not built.',
    ),
    'Z3.3-3': notBuilt(
        'feature',
        '当事人申请查阅和对外提供时的遮盖还没有建成。',
        'Requests of parties and masking of what is handed out are not built.',
    ),
    'Z3.4-1': attested(
        {
            question: {
                zh: '责任追究和处分制度是否已经制定并且现行有效？',
                en: 'Are the rules on responsibility and sanctions issued and in force?',
            },
            by: ['instituteHead', 'agencyHead'],
            term: 'rules',
        },
        '由负责人写明文件名称、文号和日期，确认责任追究和处分制度已经制定；有效到哪一天、没有人确认或者已经到期，逐个单位列出。',
        'A head confirms the rules on responsibility and sanctions with name, number and date of the paper; until when that holds, and that nobody has confirmed it or it ran out, is listed unit by unit.',
    ),
    'Z3.4-2': {
        as: 'feature',
        zh: '认定不记录、不按要求记录以后，违反哪一条、事实、处理结果、由谁何时决定都有登记；更正、撤回另立一条，原来的保留；是否故意只能由人认定。',
        en: 'Once a failure to record is confirmed, the clause, the facts, the outcome and who decided when are entered; corrections are entries of their own and the former stays. Intent is for people to find.',
        lacks: {
            zh: '不与自动判断的结果相连，由登记人写明事实。',
            en: 'It is not linked to what rules find; whoever enters it states the facts.',
        },
        endpoints: ['outcome.record', 'outcome.correct', 'outcome.withdraw', 'outcome.list'],
        pages: ['/compliance/outcomes', '/compliance/outcomes/$id'],
        tests: ['packages/domain/src/compliance/outcome.test.ts', 'apps/server/src/features/compliance/outcome.test.ts'],
    },
    'Z3.4-3': {
        as: 'feature',
        zh: '擅自毁损、删改被发现时指明位置并记入日志；认定以后，事实和追责的结果登记在册。',
        en: 'Damage and changes are named and logged when found; once confirmed, the facts and how somebody was held to account are entered.',
        lacks: {
            zh: '不与日志里发现的毁损相连，由登记人写明。',
            en: 'It is not linked to the damage found in the log; whoever enters it states it.',
        },
        endpoints: ['outcome.record', 'outcome.correct', 'outcome.withdraw', 'outcome.list'],
        pages: ['/compliance/outcomes', '/compliance/outcomes/$id'],
        tests: ['packages/domain/src/compliance/outcome.test.ts', 'apps/server/src/features/compliance/outcome.test.ts'],
    },
    'Z4.1-1': {
        as: 'feature',
        zh: '培训按内容、日期、学时、授课人登记，写明谁参加、考核结果；谁还没有培训，按本机构自定的期限列出，可以导出。',
        en: 'Trainings are entered with topic, days, hours and trainer, who attended and how they did; who is not trained within the term of the unit is listed and exported.',
        lacks: { zh: '市级看不到各区的培训登记。', en: 'The city does not see the trainings of its districts.' },
        endpoints: ['training.record', 'training.attend', 'training.list', 'training.due'],
        pages: ['/compliance/trainings', '/compliance/trainings/$id', '/compliance/training-due'],
        tests: ['packages/domain/src/compliance/training.test.ts', 'apps/server/src/features/compliance/training.test.ts'],
    },
    'Z4.1-2': {
        as: 'feature',
        zh: '记录仪操作是单列的培训内容，谁没有培训过、谁已超过期限，逐人列出。',
        en: 'Using recorders is a topic of its own; who never was trained in it or longer ago than the term is listed by person.',
        endpoints: ['training.record', 'training.attend', 'training.list', 'training.due'],
        pages: ['/compliance/trainings', '/compliance/trainings/$id', '/compliance/training-due'],
        tests: ['packages/domain/src/compliance/training.test.ts', 'apps/server/src/features/compliance/training.test.ts'],
    },
    'Z4.2-1': notJudged('与政府部门的沟通协调不由软件判断。', 'Coordination between authorities is not for software to judge.'),
    'Z4.2-2': {
        as: 'feature',
        zh: '缺多少台记录仪、缺哪类场所，按单位列出，可导出。',
        en: 'How many recorders and which kinds of room are short is listed for each unit and can be exported.',
        endpoints: ['device.coverage', 'device.rooms'],
        pages: ['/devices/coverage', '/devices/rooms'],
        tests: ['packages/domain/src/device/device-life.test.ts', 'apps/server/src/features/device/device-life.test.ts'],
    },
    'Z4.3-1': notJudged(
        '线上线下一体化监管是整体建设要求；本系统的接口有公开的说明文件。',
        'A matter of how systems are built as a whole; the interface of this one is documented.',
    ),
    'Z4.3-2': notBuilt('feature', '电子文件归档和移交还没有建成。', 'Electronic archiving and transfer are not built.'),
    'Z4.4-1': notBuilt(
        'feature',
        '稽查考核的抽样、评查和整改还没有建成。',
        'Inspection campaigns with samples, reviews and rectification are not built.',
    ),
    'Z4.4-2': notBuilt('feature', '市级对各区的稽查考核还没有建成。', "The city's inspection of districts is not built."),
    'Z4.4-3': notBuilt('feature', '年度绩效计分还没有建成。', 'Yearly scores are not built.'),
};
