import { attested, notBuilt, notJudged, type Treatments } from '../treatment.ts';

/** 附件3, articles 2 to 10. Files of the archive are not built; what is said here is about documents and recordings before that. */
export const ANNEX3_ARCHIVES_TREATMENTS: Treatments = {
    'A3-1': notJudged(
        '本条只规定适用范围，没有可以判断的要求。',
        'The article states to what the rules apply; there is nothing in it to judge.',
    ),
    'A3-2': attested(
        {
            question: {
                zh: '全过程记录档案管理制度是否已经制定并且现行有效？',
                en: 'Are the rules on archives of the whole process issued and in force?',
            },
            by: ['instituteHead', 'agencyHead'],
            term: 'rules',
        },
        '由负责人写明文件名称、文号和日期，确认全过程记录档案管理制度已经制定；有效到哪一天、没有人确认或者已经到期，逐个单位列出。',
        'A head confirms the rules on archives of the whole process with name, number and date of the paper; until when that holds, and that nobody has confirmed it or it ran out, is listed unit by unit.',
    ),
    'A3-3': {
        as: 'feature',
        zh: '录像和扫描件定期逐份重读，与收到时的数据比对，损坏的标出并尽可能用另一份修复；录像、文书、案件可以检索。',
        en: 'Recordings and scans are read again at intervals and compared with what was received; damage is marked and repaired from another copy where there is one. Recordings, documents and cases can be searched.',
        lacks: {
            zh: '尚无档案，因此不检查案卷材料是否齐全，也没有恢复演练的记录。',
            en: 'There are no archive files yet, so that nobody checks whether one is complete; restore drills are not recorded either.',
        },
        endpoints: ['recording.get', 'recording.list', 'document.list', 'case.list'],
        pages: ['/recordings', '/recordings/$id', '/documents', '/cases'],
        tests: [
            'apps/server/src/features/recording/scrub.test.ts',
            'apps/server/src/verify/verify-installation.test.ts',
            'apps/server/src/schema/search.test.ts',
        ],
    },
    'A3-4': attested(
        {
            question: {
                zh: '近期是否检查过档案工作，确认符合国家有关档案工作法律法规？',
                en: 'Has the work on archives been looked at lately, and does it follow the law on archives?',
            },
            by: ['instituteHead', 'agencyHead'],
            term: 'practice',
        },
        '由负责人按检查的日期和材料确认；系统的法律条文库里没有档案法律法规，不代替这项检查。',
        'A head confirms it with the day and the papers of the check; the library of laws here holds no archive law and does not take its place.',
    ),
    'A3-5': {
        as: 'feature',
        zh: '机构按市、区两级登记成树，每个单位只看得到、改得了本单位的记录。',
        en: 'Organisations stand in a tree of city and districts, and each sees and changes its own records only.',
        lacks: {
            zh: '上级单位统一管理、查看下级档案工作的功能尚未建立。',
            en: 'Means for the unit above to lead or look into the archive work of those below are not built.',
        },
        endpoints: ['organisation.tree'],
        pages: ['/persons'],
        tests: [
            'packages/domain/src/identity/access.decide.test.ts',
            'apps/server/src/features/identity/person.test.ts',
            'apps/server/src/schema/rights.test.ts',
        ],
    },
    'A3-6': {
        as: 'rule',
        zh: '没有人担任档案管理员、负责人也没有确认已经配备的，列为问题，由负责人答复；角色的授予和结束都有记录。',
        en: 'Where nobody is archivist and no head has confirmed that one is appointed, that is a finding which the head answers; granting and ending of the role are recorded.',
        lacks: {
            zh: '该角色目前只能查看和确认，不能归档。',
            en: 'The role can only read and confirm today, not file.',
        },
        confirm: {
            question: { zh: '是否已经配备专（兼）职档案人员？', en: 'Has an archivist been appointed, full-time or part-time?' },
            by: ['instituteHead', 'agencyHead'],
            term: 'people',
        },
        endpoints: ['role.grant', 'role.end', 'person.create', 'person.get', 'finding.list', 'finding.answer'],
        pages: ['/persons', '/persons/$id', '/compliance/findings', '/compliance/findings/$id'],
        tests: [
            'packages/domain/src/compliance/rules/subject-rules.test.ts',
            'apps/server/src/features/compliance/finding-subjects.test.ts',
            'apps/server/src/features/identity/person.test.ts',
            'apps/server/src/features/identity/access.test.ts',
            'apps/server/src/features/document/document-scan.test.ts',
        ],
    },
    'A3-7': attested(
        {
            question: {
                zh: '档案人员是否具备档案业务知识和设备操作技能？',
                en: 'Do the archivists know archive work and how to use the equipment?',
            },
            by: ['instituteHead', 'agencyHead'],
            term: 'people',
        },
        '由负责人写明依据（如证书、考核）确认；不能由档案人员自己确认。',
        'A head confirms it with what it rests on, such as a certificate or a test; archivists cannot confirm it for themselves.',
    ),
    'A3-8': {
        as: 'feature',
        zh: '档案管理员的档案业务、技术培训逐人登记；没有培训或者超过本机构自定期限的列出。',
        en: 'Training of archivists is entered by person; who is not trained within the term of the unit is listed.',
        endpoints: ['training.record', 'training.attend', 'training.list', 'training.due'],
        pages: ['/compliance/trainings', '/compliance/trainings/$id', '/compliance/training-due'],
        tests: ['packages/domain/src/compliance/training.test.ts', 'apps/server/src/features/compliance/training.test.ts'],
    },
    'A3-9': notBuilt(
        'feature',
        '档案目录、档案检索和利用统计尚未建立；现在只能检索录像、文书和案件。',
        'A catalogue of the archive, searching it and statistics of its use are not built; today recordings, documents and cases can be searched.',
    ),
    'A3-10': notBuilt(
        'feature',
        '电子文件归档和电子档案管理尚未建立；文书可以登记归档，但不组成电子档案。',
        'Filing electronic records and managing electronic archives are not built; a document can be marked as filed, but makes no electronic archive.',
    ),
    'A3-11': notBuilt('feature', '五类档案的分类尚未建立。', 'The five classes of archives are not built.'),
    'A3-12': {
        as: 'feature',
        zh: '表单要求的人没有全部签名，又没有登记拒签或缺席及其理由、见证的，现场文书不能交付；办公文书未经负责人签发不能归档。',
        en: 'A record made on the spot is not handed over while somebody named by its form has neither signed nor refused or been absent with reason and witness; an office document is not filed before the head has signed it.',
        lacks: {
            zh: '纸张、书写和装订由抽查的人按单位确认，不逐卷登记；案卷整体是否签署完备不检查。',
            en: 'Paper, writing and binding are confirmed for the unit by whoever looked at samples, not file by file; whether a whole file is fully signed is not checked.',
        },
        confirm: {
            question: {
                zh: '抽查过一批案卷，纸张、书写、签署和装订是否都合格？',
                en: 'Of files that were looked at: are paper, writing, signatures and binding in order?',
            },
            by: ['archivist', 'sectionHead', 'inspector'],
            term: 'practice',
        },
        endpoints: ['document.issue', 'document.file', 'document.paper', 'document.recordSignature'],
        pages: ['/documents/$id'],
        tests: [
            'packages/domain/src/document/document-flow.decide.test.ts',
            'apps/server/src/features/document/document-paper.test.ts',
        ],
    },
    'A3-13': notBuilt(
        'feature',
        '照片和音像材料按DA/T50、DA/T15整理的著录项目和载体检查尚未建立；现在只量出照片的大小和拍摄时间。',
        'Describing photographs and recordings by DA/T 50 and DA/T 15 and checking carriers are not built; today only size and time of a photograph are read.',
    ),
    'A3-14': notBuilt(
        'feature',
        '按GB/T18894、DA/T38整理电子文件尚未建立；证据包可以制成光盘映像，从光盘上核验，但不是归档光盘，刻成的光盘也不按DA/T38检测。',
        'Arranging electronic records by GB/T 18894 and DA/T 38 is not built. Images of discs can be made of evidence packages and are verified from the disc, but they are no archive discs, and burnt discs are not examined by DA/T 38.',
    ),
    'A3-15': {
        as: 'feature',
        zh: '纸质文书归档时须登记原件存放处，内部文书除外；上传的扫描件按页上的编码与打印件核对，有疑问的须人工认定后才能归档。录像和文书挂在同一次执法下。',
        en: 'A paper document that is not internal is filed only with the place of its original; scans are matched to the print by the codes on their pages, and a doubtful one has to be settled by a person before filing. Recordings and documents stand under the same act.',
        lacks: {
            zh: '没有案卷号，不按卷一同归档，也不检查纸质、电子和音像哪一部分缺少。',
            en: 'There is no volume number, nothing is filed together by volume, and whether paper, electronic or audio-visual parts are missing is not checked.',
        },
        endpoints: ['document.file', 'document.paper', 'document.settleScan', 'recording.file'],
        pages: ['/documents/$id', '/acts/$id'],
        tests: [
            'apps/server/src/features/document/document-paper.test.ts',
            'packages/domain/src/document/document-scan.decide.test.ts',
            'e2e/document-scan.test.ts',
            'apps/server/src/features/recording/recording.test.ts',
        ],
    },
    'A3-16': {
        as: 'feature',
        zh: '本单位的录像和文书存入同一处，查看都经过系统；纸质文书登记原件存放处才能归档，内部文书除外。',
        en: 'Recordings and documents of a unit are kept in one place and seen through the system; a paper document that is not internal is filed only with the place of its original.',
        lacks: {
            zh: '档案的集中保管和保管责任人尚未建立；个人另存的复制件系统无从知道。',
            en: 'Keeping archives centrally and naming who keeps them are not built; copies that somebody keeps elsewhere are not known.',
        },
        endpoints: ['recording.list', 'document.list', 'document.file', 'document.placeOriginal'],
        pages: ['/recordings', '/documents', '/documents/$id'],
        tests: [
            'apps/server/src/features/recording/docking.test.ts',
            'apps/server/src/features/recording/recording.test.ts',
            'apps/server/src/features/document/document-paper.test.ts',
        ],
    },
    'A3-17': {
        as: 'feature',
        zh: '24小时看板按人、按执法列出应存而未存的录像，逾期的一直列着，说明理由并经他人确认后才移开。',
        en: 'The 24-hour board lists by person and act what recordings are owed; what is late stays there until a reason is given and confirmed by another.',
        lacks: {
            zh: '案卷和文书没有归档期限，因此没有逾期不归档的名单。',
            en: 'Files and documents have no term for filing, so that there is no list of who is late with them.',
        },
        endpoints: ['board.list', 'board.excuse', 'board.decideExcuse'],
        pages: ['/recordings/board'],
        tests: ['apps/server/src/features/board/board.test.ts', 'packages/domain/src/board/board.test.ts', 'e2e/devices.test.ts'],
    },
};
