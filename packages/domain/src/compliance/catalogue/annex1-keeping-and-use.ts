import { notBuilt, notJudged, type Treatments } from '../treatment.ts';

/** 附件1 第18–23条. */
export const ANNEX1_KEEPING_AND_USE_TREATMENTS: Treatments = {
    'A1-18-1': notBuilt(
        'feature',
        '尚不能刻录光盘或者写入移动存储介质，也不登记已刻录的介质；作为证据的音像目前只保存在系统的存储中。',
        'Nothing is written to discs or removable media yet, nor are such media entered; what is evidence is kept in the store of the system only.',
    ),
    'A1-18-2': {
        as: 'feature',
        zh: '列为证据的音像随案卷保存：案件未结的没有到期日，涉及几个案件的以最长的为准；存储支持并已启用时，到期前锁定不得删除。',
        en: 'What is listed as evidence is kept with the file of its case: no last day while the case is open, the longest of several cases; where the store can and it is switched on, it is locked until then.',
        endpoints: ['recording.get', 'recording.list', 'case.addEvidence'],
        pages: ['/recordings/$id', '/recordings', '/cases/$id'],
        tests: [
            'packages/domain/src/retention/retention.decide.test.ts',
            'packages/domain/src/retention/object-lock.decide.test.ts',
            'apps/server/src/features/case/case-remedy.test.ts',
        ],
        lacks: {
            zh: '案卷的保管年数须由本机构填写，没有填写的由人判断；从结案起算是本系统的约定，尚未核实。',
            en: 'How long a case file is kept has to be entered by the institute, else a person has to look; that it runs from the end of the case is ours and unverified.',
        },
    },
    'A1-18-3': {
        as: 'feature',
        zh: '不作为证据的音像至少保存六个月，从采集结束和入库两者中较晚的时候起算；本机构只能延长，不能缩短；系统现在不删除任何音像。',
        en: 'What is no evidence is kept six months at least, from the later of its end and its coming in; the institute can make that longer, never shorter; at present nothing is deleted at all.',
        endpoints: ['recording.get', 'recording.list', 'parameter.change'],
        pages: ['/recordings/$id', '/recordings', '/parameters'],
        tests: [
            'packages/domain/src/retention/retention.decide.test.ts',
            'packages/domain/src/parameter/parameter-figures.test.ts',
            'apps/server/src/features/case/case-remedy.test.ts',
        ],
    },
    'A1-18-4': {
        as: 'feature',
        zh: '所属案件有未了结的行政复议或者行政诉讼的，音像没有到期日，一直保存。',
        en: 'While a review or a lawsuit against its case is pending, a recording has no last day and is kept.',
        endpoints: ['case.recordRemedy', 'recording.get'],
        pages: ['/cases/$id', '/recordings/$id'],
        tests: ['packages/domain/src/retention/retention.decide.test.ts', 'apps/server/src/features/case/case-remedy.test.ts'],
        lacks: {
            zh: '其他异议、投诉、上访不会使音像延长保存，也不能由人登记长期保存。',
            en: 'Other objections, complaints and petitions keep nothing longer, and nobody can enter that a recording is to be kept.',
        },
    },
    'A1-18-5': notBuilt(
        'feature',
        '尚不能以当事人逃避、拒绝、阻碍或者谩骂、侮辱、殴打为由登记长期保存。',
        'That a recording is kept long because of evasion, refusal, obstruction, abuse or assault cannot be entered yet.',
    ),
    'A1-18-6': notBuilt(
        'feature',
        '尚不能以处置群体性事件、突发性事件为由登记长期保存。',
        'That a recording is kept long because of a mass or sudden incident cannot be entered yet.',
    ),
    'A1-18-7': notBuilt(
        'feature',
        '尚不能以其他理由登记长期保存。',
        'That a recording is kept long for another reason cannot be entered yet.',
    ),
    'A1-19-1': {
        as: 'rule',
        zh: '没有人担任音像管理员、负责人也没有确认已经指定专人的，列为问题，由机构负责人答复；角色由安全管理员授予，授予和结束都有记录。',
        en: 'Where nobody is recording manager and no head has confirmed that somebody is appointed, that is a finding which the head of the institute answers; the security administrator grants the role, grant and end are entries.',
        confirm: {
            question: {
                zh: '是否已经指定专人负责音像资料的归档和管理？',
                en: 'Has somebody been appointed to file and manage the recordings?',
            },
            by: ['instituteHead', 'agencyHead'],
            term: 'people',
        },
        endpoints: ['role.grant', 'role.end', 'person.get', 'finding.list', 'finding.answer'],
        pages: ['/persons/$id', '/persons', '/compliance/findings', '/compliance/findings/$id'],
        tests: [
            'apps/server/src/features/identity/person.test.ts',
            'packages/domain/src/compliance/rules/subject-rules.test.ts',
            'apps/server/src/features/compliance/finding-subjects.test.ts',
        ],
        lacks: {
            zh: '是否真在归档和管理不判断；档案管理尚未建成，音像只归入执法行为。',
            en: 'Whether they really file and manage is not judged; the archive is not built, recordings are filed to acts only.',
        },
    },
    'A1-19-2': {
        as: 'feature',
        zh: '每次查阅先登记查阅人、时间和事由，登记之前不提供音像；结束时记下实际看过的时段。申请调取的，申请、审批、撤回都在调取登记中。',
        en: 'Each viewing is registered with viewer, time and purpose before anything of the recording is served; at its end the parts really played are kept. Requests for retrieval stand in a register with what was decided and what was taken back.',
        endpoints: ['recording.openViewing', 'recording.closeViewing', 'recording.openPictures', 'ledger.list', 'retrieval.list'],
        pages: ['/recordings/$id', '/acts/$id', '/log', '/recordings/retrievals'],
        tests: [
            'apps/server/src/features/recording/recording.test.ts',
            'apps/server/src/features/recording/derived.test.ts',
            'apps/server/src/features/access/retrieval.test.ts',
        ],
        lacks: {
            zh: '复制件的提供尚未建成，调取登记到申请和审批为止；也没有单独的查阅登记簿页面。',
            en: 'Handing out copies is not built, so the register of retrievals ends with request and consent; nor has the register of viewings a page of its own.',
        },
    },
    'A1-19-3': {
        as: 'feature',
        zh: '按角色授权：音像管理员、科室和机构负责人、法制审核人员、稽查员可看本机构的音像，其他人只能看与自己有关的，系统、安全、审计三类管理员都不能看。',
        en: 'By roles: recording managers, heads of sections and of the institute, legal reviewers and inspectors see recordings of their institute, others only those that concern them, and the three administrators none.',
        endpoints: ['recording.openViewing', 'recording.openPictures', 'role.grant'],
        pages: ['/recordings/$id', '/persons/$id'],
        tests: [
            'packages/domain/src/identity/access.decide.test.ts',
            'apps/server/src/features/recording/recording.test.ts',
            'apps/server/src/features/recording/derived.test.ts',
        ],
        lacks: {
            zh: '音像本身不分级，不能按级别授权。',
            en: 'Recordings have no grades by which rights could be given.',
        },
    },
    'A1-19-4': {
        as: 'feature',
        zh: '无权查阅的一律拒绝，被拒绝的操作也留有记录。',
        en: 'A viewing without the right to it is always refused, and the refusal is an entry.',
        endpoints: ['recording.openViewing', 'ledger.list'],
        pages: ['/recordings/$id', '/log'],
        tests: ['apps/server/src/features/recording/recording.test.ts', 'apps/server/src/features/identity/access.test.ts'],
        lacks: {
            zh: '查阅的审批尚未建成，权限以外的查阅不能经批准放行。',
            en: 'Approvals are not built: a viewing beyond the rights of a role cannot be approved.',
        },
    },
    'A1-19-5': notBuilt(
        'feature',
        '查阅的申请、批准和限时授权尚未建成；现在有权的人写明事由并登记即可查阅，不经批准。',
        'Asking for a viewing, approving it and granting it for a time are not built; whoever has the right now states a purpose and views, without approval.',
    ),
    'A1-19-6': {
        as: 'feature',
        zh: '执法行为标为工作秘密、商业秘密或者个人隐私后，其音像只有参加人和各级负责人能看；国家秘密不得录入。',
        en: 'Once an act is marked as a work secret, a trade secret or private, only those who took part and the heads see its recordings; a state secret is refused.',
        endpoints: ['act.markSecrecy', 'recording.openViewing'],
        pages: ['/acts/$id', '/recordings/$id'],
        tests: [
            'apps/server/src/features/act/act-marks.test.ts',
            'apps/server/src/features/recording/recording.test.ts',
            'packages/domain/src/act/act-rules.test.ts',
        ],
        lacks: {
            zh: '不能对单个音像标密；应否标密由人判断，系统不提示。',
            en: 'A single recording cannot be marked; whether to mark is for people, and nothing points to it.',
        },
    },
    'A1-20-1': {
        as: 'feature',
        zh: '没有角色什么都看不到；角色由安全管理员授予，不能授予自己，系统、安全、审计三类管理员互相排斥。',
        en: 'Without a role nothing is seen; the security administrator grants roles, never to oneself, and the three administrators exclude each other.',
        endpoints: ['role.grant', 'role.end'],
        pages: ['/persons/$id'],
        tests: [
            'packages/domain/src/identity/access.decide.test.ts',
            'apps/server/src/features/identity/access.test.ts',
            'apps/server/src/features/identity/person.test.ts',
        ],
        lacks: {
            zh: '权限不按部门区分，也没有定期复核。',
            en: 'Rights do not differ by department, and are not reviewed regularly.',
        },
    },
    'A1-20-2': {
        as: 'feature',
        zh: '从执法行为、案件或者选定的音像资料申请调取，写明用途、依据、接收人和理由，由本机构负责人同意或者说明理由不同意；其他负责人不能代为审批，任何人不能审批本人的申请。',
        en: 'Recordings are asked for from an act, a case or a choice, with purpose, basis, recipient and reason; the head of the institution consents, or refuses with a reason. No other head decides, and nobody on a request of their own.',
        endpoints: ['retrieval.request', 'retrieval.consent', 'retrieval.refuse', 'retrieval.withdraw', 'retrieval.get'],
        pages: ['/recordings/retrievals', '/recordings/retrievals/$id', '/acts/$id', '/cases/$id', '/recordings'],
        tests: [
            'packages/domain/src/access/retrieval.decide.test.ts',
            'apps/server/src/features/access/retrieval.test.ts',
            'e2e/retrieval.test.ts',
        ],
        lacks: {
            zh: '没有同意也能把音像列为案件证据；复制件的提供尚未建成，同意还不能起把关的作用。',
            en: 'A recording can be listed as evidence of a case without it; handing out copies is not built, so consent holds nothing back yet.',
        },
    },
    'A1-20-3': {
        as: 'feature',
        zh: '音像资料调取说明有制作人、制作时间、提取人、提取时间、提取方法等栏，没有填齐的不能提交签批。',
        en: 'The statement on retrieval has fields for maker, extractor, their times and the method, and is not taken for signature while any is empty.',
        endpoints: ['document.create', 'document.save', 'document.submit'],
        pages: ['/documents/$id'],
        tests: [
            'apps/server/src/features/document/document-flow.test.ts',
            'packages/domain/src/document/templates/catalogue.test.ts',
        ],
        lacks: {
            zh: '说明由人填写，不随调取生成，与被调取的音像没有关联。',
            en: 'It is filled in by hand, does not come from a retrieval, and is not tied to the recordings it names.',
        },
    },
    'A1-20-4': notBuilt('feature', '尚不能制作并提供复制件。', 'Copies cannot be made and handed out yet.'),
    'A1-20-5': {
        as: 'feature',
        zh: '申请、同意、不同意、撤回都记录在案：谁、何时、哪些音像资料及其摘要、用于什么。',
        en: 'Request, consent, refusal and withdrawal are entries: who, when, which recordings with their digests, and for what.',
        endpoints: ['retrieval.list', 'retrieval.get', 'ledger.list'],
        pages: ['/recordings/retrievals', '/recordings/retrievals/$id', '/log'],
        tests: ['apps/server/src/features/access/retrieval.test.ts', 'e2e/retrieval.test.ts'],
        lacks: {
            zh: '复制件的提供尚未建成，何时由谁接收没有记录。',
            en: 'Handing out copies is not built: who received them and when is not recorded.',
        },
    },
    'A1-20-6': notBuilt(
        'feature',
        '移送音像资料尚未建成，也没有限定由专门管理人员提供。',
        'Handing recordings over is not built, nor is it kept to the dedicated manager.',
    ),
    'A1-20-7': notBuilt(
        'feature',
        '移送尚未建成，不留存所移送的复制件。',
        'Handing over is not built, so no copy of what was handed over is kept.',
    ),
    'A1-21-1': {
        as: 'feature',
        zh: '执法记录仪的使用情况由稽查考核抽样评查，评分表的项目取自通知，分值由单位自定。',
        en: "How recorders are used is reviewed in samples; the items of the scheme are taken from the notice, the points are the unit's own.",
        lacks: {
            zh: '制度和管理情况没有单独的评查项目，可以自行增加。',
            en: 'Rules and management have no items of their own in the scheme to begin with; they can be added.',
        },
        endpoints: ['inspection.draft', 'inspectionSheet.finish'],
        pages: ['/inspections', '/inspections/$id', '/inspections/sheets/$id'],
        tests: [
            'packages/domain/src/inspection/campaign.test.ts',
            'packages/domain/src/inspection/score.test.ts',
            'apps/server/src/features/inspection/inspection.test.ts',
            'e2e/inspection.test.ts',
        ],
    },
    'A1-21-2': {
        as: 'feature',
        zh: '稽查得分按监督机构和监督员给出，可申请复核，可导出，作为考核评议的依据。',
        en: 'Scores are given for institutes and officers, can be objected to and exported for their appraisal.',
        endpoints: ['inspection.scores', 'inspectionSheet.appeal'],
        pages: ['/inspections', '/inspections/$id', '/inspections/sheets/$id'],
        tests: [
            'packages/domain/src/inspection/campaign.test.ts',
            'packages/domain/src/inspection/score.test.ts',
            'apps/server/src/features/inspection/inspection.test.ts',
            'e2e/inspection.test.ts',
        ],
    },
    'A1-21-3': {
        as: 'feature',
        zh: '对违反规定的人作了批评教育，按人登记条款、事实、由谁何时决定；本人、负责人和稽查员可以查看，其他人看不到。',
        en: 'That somebody was criticised and instructed is entered by person, with clause, facts and who decided when; the person, the heads and inspectors see it, nobody else.',
        endpoints: ['outcome.record', 'outcome.correct', 'outcome.withdraw', 'outcome.list'],
        pages: ['/compliance/outcomes', '/compliance/outcomes/$id'],
        tests: ['packages/domain/src/compliance/outcome.test.ts', 'apps/server/src/features/compliance/outcome.test.ts'],
    },
    'A1-21-4': {
        as: 'feature',
        zh: '追究责任的结果按人登记，写明依据的文号；按单位、种类、月份统计，可以导出。',
        en: 'That somebody was held to account is entered with the number of the decision; counted by unit, kind and month, and exported.',
        endpoints: ['outcome.record', 'outcome.correct', 'outcome.withdraw', 'outcome.list'],
        pages: ['/compliance/outcomes', '/compliance/outcomes/$id'],
        tests: ['packages/domain/src/compliance/outcome.test.ts', 'apps/server/src/features/compliance/outcome.test.ts'],
    },
    'A1-22': notJudged(
        '本条规定施行日期，没有要求谁做什么，软件无可判断。',
        'It says from when the norm is in force and asks nobody to do anything, so there is nothing to judge.',
    ),
    'A1-23': notJudged(
        '本条规定由谁解释，没有要求谁做什么，软件无可判断。',
        'It says who interprets the norm and asks nobody to do anything, so there is nothing to judge.',
    ),
};
