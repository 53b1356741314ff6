import { attested, notBuilt, type Treatments } from '../treatment.ts';

/** 附件1 第14–17条. */
export const ANNEX1_MANAGING_TREATMENTS: Treatments = {
    'A1-14-1': attested(
        {
            question: {
                zh: '执法记录仪音像资料管理制度是否已经制定并且现行有效？',
                en: 'Are the rules on managing recordings issued and in force?',
            },
            by: ['instituteHead', 'agencyHead'],
            term: 'rules',
        },
        '由负责人写明文件名称、文号和日期，确认执法记录仪音像资料管理制度已经制定；有效到哪一天、没有人确认或者已经到期，逐个单位列出。',
        'A head confirms the rules on managing recordings with name, number and date of the paper; until when that holds, and that nobody has confirmed it or it ran out, is listed unit by unit.',
    ),
    'A1-14-2': {
        as: 'feature',
        zh: '登记、发放、收回、送修和停用记录仪，只有音像管理员能做；这一角色由安全管理员授予。',
        en: 'Only the manager of recordings registers, issues and takes back recorders, sends them to repair and retires them; the security administrator grants that role.',
        confirm: {
            question: {
                zh: '是否已经明确由哪个部门承担执法记录仪管理职责？',
                en: 'Has a department been charged with managing the recorders?',
            },
            by: ['instituteHead', 'agencyHead'],
            term: 'people',
        },
        endpoints: ['device.create', 'device.issue', 'device.step', 'role.grant'],
        pages: ['/devices', '/devices/$id', '/persons/$id'],
        tests: ['packages/domain/src/device/device-life.test.ts', 'apps/server/src/features/identity/person.test.ts'],
        lacks: {
            zh: '由哪个部门承担管理职责只由负责人确认；是否有人担任音像管理员，在附件1 第19条判断。',
            en: 'Which department manages recorders rests on the word of a head alone; whether anybody is recording manager is judged at annex 1, article 19.',
        },
    },
    'A1-14-3': {
        as: 'feature',
        zh: '音像原件统一存入本机构的存储，不作改动，每次读取都核对，并定期全部重读一遍。',
        en: "Originals lie in the institute's one store as they came, are compared at each reading, and are all read once more regularly.",
        endpoints: ['recording.list', 'recording.get'],
        pages: ['/recordings', '/recordings/$id'],
        tests: ['apps/server/src/features/recording/recording.test.ts', 'apps/server/src/features/recording/scrub.test.ts'],
        lacks: {
            zh: '没有交进来的音像，系统只能按执法行为和用前检查推知；列为证据的照片可以只写名称，不存入系统。',
            en: 'What was not handed in is known only from acts and checks; a photograph can be listed as evidence by its name alone, without being stored.',
        },
    },
    'A1-14-4': {
        as: 'feature',
        zh: '用机档案逐次列出单位、记录仪编号、监督员和使用时间，可以按人、按记录仪、按时间查找；音像属于谁，以当时的领用登记为准。',
        en: 'The record of use lists unit, recorder, officer and time of each use, by person, recorder or time; whose a recording is follows from who held the recorder then.',
        endpoints: ['device.useRecord'],
        pages: ['/recordings/use-records'],
        tests: ['apps/server/src/features/device/device-life.test.ts', 'apps/server/src/features/recording/filing.test.ts'],
    },
    'A1-15-1': {
        as: 'rule',
        zh: '音像的监督员与领用人不同的，列为问题，由音像管理员答复；用前检查的人不是领用人、到期没有交还的，列为要求不强制的问题；文件名中的证号另属他人、一人同时用两台的，列出待查。',
        en: 'Footage of another than the holder is a finding that the recording manager answers; a check by another, and what is not back in time, are findings of what is wanted; a number of another in the file name, and two recorders on one person at once, are listed to be looked into.',
        endpoints: ['board.sameNight', 'recording.proposals', 'device.check', 'finding.list', 'finding.answer'],
        pages: ['/recordings/same-night', '/recordings/filing', '/compliance/findings', '/compliance/findings/$id'],
        tests: [
            'packages/domain/src/compliance/rules/subject-rules.test.ts',
            'apps/server/src/features/compliance/finding-subjects.test.ts',
            'apps/server/src/features/board/board.test.ts',
            'apps/server/src/features/recording/filing.test.ts',
            'packages/domain/src/device/device-life.test.ts',
        ],
        lacks: {
            zh: '经批准的转借没有单独登记，须收回后另行发放。',
            en: 'A loan that was approved has no entry of its own: the recorder is taken back and issued again.',
        },
    },
    'A1-15-2': {
        as: 'rule',
        zh: '领用人可以报故障，音像管理员收回后送修并可发备用机；报了故障仍在使用的列出。',
        en: 'The holder reports a fault, the manager takes the recorder back, sends it to repair and may issue a spare; use after a fault was reported is listed.',
        endpoints: ['device.step', 'device.issue', 'board.sameNight'],
        pages: ['/devices/$id', '/recordings/same-night'],
        tests: [
            'packages/domain/src/device/device-life.test.ts',
            'apps/server/src/features/device/device-life.test.ts',
            'apps/server/src/features/board/board.test.ts',
        ],
        lacks: {
            zh: '发现故障后隔了多久才交修，不判断。',
            en: 'How long it took from the fault to handing it in is not judged.',
        },
    },
    'A1-15-3': {
        as: 'rule',
        zh: '看板列明谁的哪台记录仪还有音像没有入库、还剩多少时间；超过 24 小时的照收并标明，说明了原因标记仍在；时间未核对的不断定。',
        en: 'The board says whose recordings are not stored yet and how much time is left; what comes after 24 hours is taken in and marked, and stays marked when explained; by an unchecked clock nothing is called late for sure.',
        endpoints: ['board.list', 'board.excuse', 'board.decideExcuse', 'act.get', 'finding.ofAct', 'finding.answer'],
        pages: ['/recordings/board', '/acts/$id', '/compliance/findings', '/compliance/findings/$id'],
        tests: [
            'apps/server/src/features/board/board.test.ts',
            'packages/domain/src/act/coverage-statements.test.ts',
            'e2e/devices.test.ts',
            'packages/domain/src/compliance/rules/act-rules.test.ts',
            'apps/server/src/features/compliance/finding.test.ts',
        ],
        lacks: {
            zh: '既没有登记执法行为、也没有做用前检查的音像，交来之前系统无从知道。',
            en: 'Footage of which neither an act nor a check speaks is not known before it is handed in.',
        },
    },
    'A1-16-1': notBuilt(
        'feature',
        '尚不能上传到本市卫生监督执法视频存储云管理平台，也不核对是否已经上传。',
        "Nothing is sent to the city's platform for enforcement videos yet, and whether it was is not checked.",
    ),
    'A1-16-2': {
        as: 'feature',
        zh: '音像归入执法行为，随执法行为进入相对人的一户一档；还没有归入的列出待归；执法结束而没有相对人的列为问题。',
        en: 'Recordings are filed under an act and with it stand in the one file of its party; those not filed yet are listed, and an act that ended without a party is a finding.',
        endpoints: ['party.timeline', 'recording.file', 'recording.proposals', 'finding.ofAct', 'finding.answer'],
        pages: ['/parties/$id', '/recordings/filing', '/recordings', '/compliance/findings', '/compliance/findings/$id'],
        tests: [
            'apps/server/src/features/act/act.test.ts',
            'apps/server/src/features/recording/filing.test.ts',
            'packages/domain/src/compliance/rules/act-rules.test.ts',
            'apps/server/src/features/compliance/finding.test.ts',
        ],
        lacks: {
            zh: '执法行为办结或者到结束时间以前没有填相对人的，不列出。',
            en: 'While the act goes on a missing party is not listed.',
        },
    },
    'A1-17-1': {
        as: 'rule',
        zh: '由全程摄录、两名监督员、起止时间一致和按时入库的判断得出，每个执法行为给出总的结论，可以按结论筛选。',
        en: 'It follows from what is judged about recording throughout, two officers, matching times and storing in time: each act has a standing, by which acts can be filtered.',
        endpoints: ['act.list', 'act.get'],
        pages: ['/acts', '/acts/$id'],
        tests: ['apps/server/src/features/act/act.test.ts', 'apps/server/src/features/act/act-marks.test.ts'],
        lacks: {
            zh: '只指出不符合的地方，是否属于违反规定由人认定，认定结果尚不能登记。',
            en: 'It shows what falls short; whether that is a violation is for people to say, and what they say cannot be entered yet.',
        },
    },
    'A1-17-2': {
        as: 'feature',
        zh: '没有剪接、修改、删除原件的功能；修复和播放用的副本另存，写明出自哪个原件；原件有变化，读取或者复核时会发现并停止播放。',
        en: 'There is no way to cut, alter or delete an original; repaired and playable copies are kept apart and name what they were made from; a changed original is found at reading or review and not played any more.',
        endpoints: ['recording.get', 'recording.list'],
        pages: ['/recordings/$id', '/recordings'],
        tests: [
            'apps/server/src/features/recording/recording.test.ts',
            'apps/server/src/features/recording/derived.test.ts',
            'apps/server/src/features/recording/scrub.test.ts',
        ],
        lacks: {
            zh: '能进入服务器的人仍可能毁坏存储中的文件，系统只能发现，不能阻止。',
            en: 'Whoever gets into the server may still destroy files in its store; that is found, not prevented.',
        },
    },
    'A1-17-3': {
        as: 'feature',
        zh: '页面没有下载；看音像须先写明事由并登记，没有登记的查阅读不到音像，播放画面上叠加查阅人姓名、时间和事由。',
        en: "The pages offer no download; a viewing is registered with its purpose first, without it nothing of a recording is served, and the viewer's name, the time and the purpose lie over the picture.",
        endpoints: ['recording.openViewing', 'recording.closeViewing'],
        pages: ['/recordings/$id', '/acts/$id'],
        tests: ['apps/server/src/features/recording/recording.test.ts', 'e2e/record.test.ts'],
        lacks: {
            zh: '复制的审批和登记尚未建成；查阅人翻拍屏幕或者用其他工具另存，系统不能阻止。',
            en: 'Approval and register of copies are not built; a viewer who films the screen or saves with other tools is not prevented.',
        },
    },
    'A1-17-4': {
        as: 'feature',
        zh: '谁、何时、为何查阅、看了哪些时段，逐次登记，泄露后可以据此追查。',
        en: 'Who viewed what, when, why and which parts is registered each time, so that a leak can be followed up.',
        endpoints: ['recording.openViewing', 'recording.closeViewing', 'ledger.list'],
        pages: ['/recordings/$id', '/log'],
        tests: ['apps/server/src/features/recording/recording.test.ts'],
        lacks: {
            zh: '查阅人标识只显示在本系统的画面上，音像文件中没有，流出的文件不能据以查到人。',
            en: 'The viewer is named over the picture on our pages only, not in the file, so that a leaked file does not tell who it was.',
        },
    },
    'A1-17-5': {
        as: 'feature',
        zh: '记录仪的故障、丢失逐次登记并写明情况；存储中的音像损坏，复核时会发现并指明是哪一个。',
        en: 'Faults and losses of recorders are entered with a note; a recording damaged in the store is found at review and named.',
        endpoints: ['device.step', 'recording.list'],
        pages: ['/devices/$id', '/recordings'],
        tests: ['apps/server/src/features/device/device-life.test.ts', 'apps/server/src/features/recording/scrub.test.ts'],
        lacks: {
            zh: '是否故意毁坏、由谁毁坏要由人查明，查明的结果尚不能登记。',
            en: 'Whether damage was wilful, and whose it was, is for people to find out; that cannot be entered yet.',
        },
    },
    'A1-17-6': {
        as: 'feature',
        zh: '其他违反使用管理规定的行为，认定以后写明违反的条款、事实和处理结果，登记在册。',
        en: 'Other violations of the rules are entered once they are confirmed, with the clause, the facts and what followed.',
        endpoints: ['outcome.record', 'outcome.correct', 'outcome.withdraw', 'outcome.list'],
        pages: ['/compliance/outcomes', '/compliance/outcomes/$id'],
        tests: ['packages/domain/src/compliance/outcome.test.ts', 'apps/server/src/features/compliance/outcome.test.ts'],
    },
};
