import { attested, notBuilt, notJudged, type Treatments } from '../treatment.ts';

/** 附件1 第2–7条. */
export const ANNEX1_BEFORE_USE_TREATMENTS: Treatments = {
    'A1-2': notJudged(
        '本条是定义，没有要求哪个人做什么，软件无可判断。',
        'A definition: it asks nobody to do anything, so there is nothing for software to judge.',
    ),
    'A1-3-1': {
        as: 'rule',
        zh: '配备表逐人写明有一台、没有、多台、故障或者在修，并统计还缺的人数。',
        en: 'The table of equipment says of everybody: one, none, several, faulty or in repair, and counts who is still without.',
        endpoints: ['device.coverage', 'device.list'],
        pages: ['/devices/coverage', '/devices'],
        tests: ['packages/domain/src/device/device-life.test.ts', 'apps/server/src/features/device/device-life.test.ts'],
        lacks: {
            zh: '除每人一台以外还需要多少，由本机构自己判断，系统不登记需求。',
            en: 'How many are needed beyond one each is for the institute to say; needs are not entered.',
        },
    },
    'A1-3-2': {
        as: 'rule',
        zh: '每名监督员手中不是正好一台可用的，列为不足；手中已有一台的，不能再发第二台。',
        en: 'An officer who has not exactly one usable recorder is listed as short; whoever has one is not given a second.',
        endpoints: ['device.coverage', 'device.issue', 'device.return'],
        pages: ['/devices/coverage', '/devices/$id'],
        tests: [
            'packages/domain/src/device/device-life.test.ts',
            'packages/domain/src/device/device.decide.test.ts',
            'e2e/devices.test.ts',
        ],
    },
    'A1-3-3': {
        as: 'feature',
        zh: '执法记录仪也可发给协管员，配备表一并列出；协管员没有配备不算不足。',
        en: 'Recorders can be issued to assistants too and stand in the table; an assistant without one is not short.',
        endpoints: ['device.issue', 'device.coverage'],
        pages: ['/devices/coverage', '/devices/$id'],
        tests: ['packages/domain/src/device/device-life.test.ts', 'apps/server/src/features/device/device.test.ts'],
    },
    'A1-3-4': {
        as: 'rule',
        zh: '发放、用前检查和报修的做法，对协管员的记录仪同样适用；手中有故障的或者不止一台的列为不足。',
        en: "Issue, check before use and repair hold for assistants' recorders too; a faulty one, or several, is listed as short.",
        endpoints: ['device.coverage', 'device.issue', 'device.check', 'device.step'],
        pages: ['/devices/coverage', '/devices/check'],
        tests: ['packages/domain/src/device/device-life.test.ts', 'apps/server/src/features/device/device.test.ts'],
        lacks: {
            zh: '协管员在执法中是否全程摄录不判断，看板也不列出协管员应交而未交的执法音像。',
            en: 'Whether an assistant recorded throughout is not judged, and the board lists no footage of an act that an assistant owes.',
        },
    },
    'A1-4-1': {
        as: 'feature',
        zh: '监督员、协管员的记录仪操作培训逐人登记，考核不合格的不算；没有培训或者超过期限的逐人列出。',
        en: 'Training in recorders is entered for each officer and assistant, a failed test does not count; who is not trained or longer ago than the term is listed by person.',
        lacks: { zh: '稽查考核尚未建成。', en: 'Inspection and appraisal are not built.' },
        endpoints: ['training.record', 'training.attend', 'training.list', 'training.due'],
        pages: ['/compliance/trainings', '/compliance/trainings/$id', '/compliance/training-due'],
        tests: ['packages/domain/src/compliance/training.test.ts', 'apps/server/src/features/compliance/training.test.ts'],
    },
    'A1-4-2': notBuilt(
        'feature',
        '稽查考核尚未建成：没有稽查安排、抽查、发现的问题和考核结果。',
        'Inspection and appraisal are not built: no plan, no sample, no findings and no results.',
    ),
    'A1-4-3': {
        as: 'feature',
        zh: '音像原件入库后不作改动并定期复核，查阅前先登记，可以列为案件证据，每一步都留有记录。',
        en: 'Originals are kept as they came and read again regularly, viewings are registered first, recordings can be listed as evidence of a case, and each step leaves an entry.',
        endpoints: ['recording.get', 'recording.openViewing', 'case.addEvidence'],
        pages: ['/recordings/$id', '/cases/$id'],
        tests: [
            'apps/server/src/features/recording/recording.test.ts',
            'apps/server/src/features/recording/scrub.test.ts',
            'apps/server/src/features/case/case.test.ts',
        ],
        lacks: {
            zh: '尚不能生成可交给其他机关独立核验的证据材料。',
            en: 'Evidence that others could verify by themselves cannot be handed out yet.',
        },
    },
    'A1-5-1': {
        as: 'rule',
        zh: '按登记的在场时间，判断每个现场是否始终有两名持证监督员，并写明不足的时长；协管员和其他机关人员不算。',
        en: 'By the presences stated, each site is judged on whether two certified officers were there all the time, with how long they were not; assistants and other agencies do not count.',
        endpoints: ['act.get', 'act.statePresence', 'finding.ofAct', 'finding.answer'],
        pages: ['/acts/$id', '/acts', '/compliance/findings', '/compliance/findings/$id'],
        tests: [
            'packages/domain/src/act/coverage-statements.test.ts',
            'packages/domain/src/act/coverage-segments.test.ts',
            'e2e/act-field.test.ts',
            'packages/domain/src/compliance/rules/act-rules.test.ts',
            'apps/server/src/features/compliance/finding.test.ts',
        ],
        lacks: {
            zh: '在场时间由监督员填报，不用定位核对；证件只看有无证号，不看是否有效；不足两人的执法行为仍可办结。',
            en: 'Presence is what officers state and is not compared with positions; of a certificate only its number is looked at, not its validity; an act with fewer than two can still be closed.',
        },
    },
    'A1-5-2': {
        as: 'rule',
        zh: '逐名监督员用本人的音像对照本人在场的时间，没有录到的时段逐段列出；别人的音像不能代替。',
        en: "Each officer's own recordings are laid against the time that officer was there; what is missing is listed, and nobody else's footage makes up for it.",
        endpoints: ['act.get', 'act.list', 'finding.ofAct', 'finding.answer'],
        pages: ['/acts/$id', '/acts', '/compliance/findings', '/compliance/findings/$id'],
        tests: [
            'packages/domain/src/act/coverage.test.ts',
            'packages/domain/src/act/coverage-segments.test.ts',
            'apps/server/src/features/act/act.test.ts',
            'packages/domain/src/compliance/rules/act-rules.test.ts',
            'apps/server/src/features/compliance/finding.test.ts',
        ],
        lacks: {
            zh: '日常检查等通知正文没有写明应当全程音像记录的情形，有缺也只交由人判断；记录仪是否佩戴在身上不判断。',
            en: 'Where the body of the notice does not demand it, as in routine inspections, what is missing is only left to a person; whether the recorder was worn is not judged.',
        },
    },
    'A1-5-3': {
        as: 'rule',
        zh: '一次执法可以按地点分成几个环节，逐个地点判断；两个地点之间的路上不要求摄录。',
        en: 'An act can be divided by places, and each is judged by itself; on the way between two of them nothing has to be recorded.',
        endpoints: ['act.addSegment', 'act.changeSegment', 'act.get'],
        pages: ['/acts/$id'],
        tests: ['packages/domain/src/act/coverage-segments.test.ts', 'apps/server/src/features/act/act-segments.test.ts'],
    },
    'A1-6-1': attested(
        {
            question: {
                zh: '查看过一批近期的音像，记录仪的位置是否都能取得最佳音像效果？',
                en: 'Of recent recordings that were looked at: was the recorder worn where picture and sound are best?',
            },
            by: ['recordingManager', 'sectionHead', 'inspector'],
            term: 'practice',
        },
        '由查看音像的人写明看了哪些音像，按单位确认；单份音像的佩戴位置不由软件判断。',
        'Whoever views recordings confirms it for the unit and names what was viewed; of a single recording software does not judge it.',
    ),
    'A1-6-2': attested(
        {
            question: {
                zh: '查看过一批近期的音像，记录仪一般是否固定在肩部、胸部等位置？',
                en: 'Of recent recordings that were looked at: was the recorder generally fixed at shoulder or chest?',
            },
            by: ['recordingManager', 'sectionHead', 'inspector'],
            term: 'practice',
        },
        '由查看音像的人写明看了哪些音像，按单位确认。',
        'Whoever views recordings confirms it for the unit and names what was viewed.',
    ),
    'A1-6-3': notJudged(
        '本条允许手持或者固定摆放，是否需要由现场决定；这样拍的音像与佩戴拍摄的同样对待。',
        'The clause permits holding it by hand or setting it up, as the scene requires; such footage is treated like any other.',
    ),
    'A1-7-1': {
        as: 'rule',
        zh: '用前检查记下何人何时检查了哪台记录仪、哪几项不合格；当天录像之前没有检查、或者检查没有通过的，逐台列为问题，由使用人答复。',
        en: 'The check before use says who checked which recorder when and what was not in order; each recorder that recorded unchecked that day, or failed its check, is a finding which its user answers.',
        endpoints: ['device.check', 'device.get', 'device.mine', 'finding.ofAct', 'finding.answer'],
        pages: ['/devices/check', '/devices/$id', '/compliance/findings', '/compliance/findings/$id'],
        tests: [
            'packages/domain/src/device/device-life.test.ts',
            'apps/server/src/features/device/device-life.test.ts',
            'e2e/devices.test.ts',
            'packages/domain/src/compliance/rules/act-rules.test.ts',
            'apps/server/src/features/compliance/finding.test.ts',
        ],
        lacks: {
            zh: '没有做用前检查也能开始执法，用后才列为问题。',
            en: 'An act can begin without a check; that is a finding only afterwards.',
        },
    },
    'A1-7-2': {
        as: 'rule',
        zh: '记录仪显示的时间与标准时间比对后，写明快慢多少、把握多大，走时偏差过大、时间跳变和重置都列出；未比对过的写明未核对。',
        en: 'Once the clock of a recorder was compared, how wrong it is and how sure that is are said, and too large a drift, jumps and resets are listed; a clock never compared is called unchecked.',
        endpoints: ['device.readClock', 'device.clock', 'device.check'],
        pages: ['/devices/$id', '/devices/check'],
        tests: ['packages/domain/src/device/clock.test.ts', 'apps/server/src/features/recording/recording-times.test.ts'],
        lacks: {
            zh: '用前检查时的“时间准确”由检查人填报，不与标准时间比对。',
            en: 'In the check before use, that the time is right is what the checker states; it is not compared.',
        },
    },
    'A1-7-3': {
        as: 'rule',
        zh: '填了电量百分数的，低于本机构所定下限即为不合格；没有填的，以检查人填报为准。',
        en: 'Where the charge is given in per cent, less than the institute has set is not in order; else what the checker states counts.',
        endpoints: ['device.check', 'device.mine'],
        pages: ['/devices/check', '/devices/$id'],
        tests: ['packages/domain/src/device/device-life.test.ts', 'apps/server/src/features/device/device-life.test.ts'],
        lacks: {
            zh: '电量由检查人填报，不从记录仪读取。',
            en: 'The charge is what the checker states; it is not read from the recorder.',
        },
    },
    'A1-7-4': {
        as: 'rule',
        zh: '检查人确认内存卡是否还够录本机构所定的小时数，不够的列为不合格。',
        en: 'The checker confirms that the card holds as many hours more as the institute has set; else it is not in order.',
        endpoints: ['device.check', 'device.mine'],
        pages: ['/devices/check', '/devices/$id'],
        tests: ['packages/domain/src/device/device-life.test.ts'],
        lacks: {
            zh: '剩余空间由检查人填报，不从记录仪读取，也不计算。',
            en: 'The space left is what the checker states; it is neither read from the recorder nor worked out.',
        },
    },
};
