import { notBuilt, notJudged, type Treatments } from '../treatment.ts';

/** 附件3, articles 11 to 18. Archives are neither kept, lent, destroyed nor transferred here yet. */
export const ANNEX3_USE_AND_END_TREATMENTS: Treatments = {
    'A3-18': {
        as: 'feature',
        zh: '每份录像写明保存到哪一天及依据；列为证据的随案卷，案卷保管期限由本单位设定，未设定时写明须人处理。',
        en: 'Every recording says until which day it is kept and why; evidence follows the file of its case, whose term the unit sets, and while it is not set a person has to look.',
        lacks: {
            zh: '案卷只有定期，没有“永久”一项；文书和档案本身的保管期限不登记。',
            en: 'The file of a case has a fixed term only and cannot be permanent; terms of documents and archives themselves are not registered.',
        },
        endpoints: ['recording.get', 'recording.list', 'parameter.propose', 'parameter.approve'],
        pages: ['/recordings', '/recordings/$id', '/parameters'],
        tests: [
            'packages/domain/src/retention/retention.decide.test.ts',
            'apps/server/src/features/case/case-remedy.test.ts',
            'apps/server/src/features/case/case.test.ts',
        ],
    },
    'A3-19': {
        as: 'feature',
        zh: '文书逐份登记归档：手续未完、扫描件待认定或纸质原件存放处未登记的（内部文书除外），不能归档。',
        en: 'Documents are filed one by one; one whose steps are not done, whose scan waits for a person, or, unless it is internal, whose paper original has no place is not filed.',
        lacks: {
            zh: '没有归档范围、归档期限和整卷归档。',
            en: 'There is no list of what is to be filed, no term for filing and no filing of whole volumes.',
        },
        endpoints: ['document.file', 'document.placeOriginal'],
        pages: ['/documents/$id'],
        tests: [
            'apps/server/src/features/document/document-paper.test.ts',
            'apps/server/src/features/document/document-flow.test.ts',
            'packages/domain/src/document/document-scan.decide.test.ts',
        ],
    },
    'A3-20': {
        as: 'feature',
        zh: '每次查看录像都登记何人、何时、用途和看了哪几段，可在查阅登记中按人、按录像、按时间查到；调取的申请、同意、取出和交付在调取登记中。',
        en: 'Every viewing of a recording is registered with person, time, purpose and what was played, and is found in the register of viewings by person, recording and time; retrievals stand in a register of their own, from request and consent to fetching and hand-over.',
        lacks: {
            zh: '档案利用登记尚未建立；查看文书不登记用途，纸质档案的查阅登记只有一张可填写的登记表。',
            en: 'A register of archive use is not built; looking at documents is not registered with a purpose, and for paper archives there is only a form to fill in.',
        },
        endpoints: ['recording.openViewing', 'recording.closeViewing', 'viewing.list', 'retrieval.list'],
        pages: ['/recordings/$id', '/recordings/viewings', '/recordings/retrievals'],
        tests: [
            'apps/server/src/features/recording/recording.test.ts',
            'apps/server/src/features/recording/viewing.test.ts',
            'e2e/record.test.ts',
            'apps/server/src/features/access/retrieval.test.ts',
        ],
    },
    'A3-21': {
        as: 'feature',
        zh: '不先登记用途，录像和画面都不放出；列表导出在送出之前先登记导出人和范围；音像的复制件须经申请和机构负责人同意，取出先登记，交付须签收。',
        en: 'Neither a recording nor its pictures are shown before a purpose is registered; an export of a list is registered with person and extent before it is sent; copies of recordings need a request and consent of the head, are fetched after registration and handed over against a receipt.',
        lacks: {
            zh: '查看文书、下载文书打印件不须登记；档案的查阅和复制手续尚未建立。',
            en: 'Looking at documents and downloading their pages needs no registration; formalities for consulting and copying archives are not built.',
        },
        endpoints: ['recording.openViewing', 'recording.openPictures', 'retrieval.request', 'retrieval.openDownload'],
        pages: ['/recordings', '/recordings/$id', '/recordings/retrievals/$id'],
        tests: [
            'apps/server/src/features/recording/recording.test.ts',
            'apps/server/src/features/recording/derived.test.ts',
            'apps/server/src/platform/http/export-route.test.ts',
            'apps/server/src/features/access/package.test.ts',
        ],
    },
    'A3-22': notBuilt(
        'feature',
        '归档以后只限当场查询、摘抄、复印的限制尚未建立；文书归档前后的查看办法相同。',
        'Limiting use after filing to consulting, excerpting and photocopying on the spot is not built; documents are seen in the same way before and after.',
    ),
    'A3-23': {
        as: 'feature',
        zh: '系统内没有修改或删除录像原件和扫描件的途径，标记和更正另行登记；重新核对时，改动、抽换、缺失都会逐份指出。',
        en: 'The system has no way to change or delete originals of recordings and scans, marks and corrections are kept beside them, and a check names each that was changed, swapped or is missing.',
        lacks: {
            zh: '纸质档案不在系统监管之内；退回旧备份、连日志和签名一并改写的，由见证方发现；没有设置由其他单位运行的见证方时，掌握整台服务器和密钥的人这样做仍发现不了。',
            en: 'Paper archives are out of reach; an older backup put back, and log and signatures rewritten together, are found by a witness; where none is run by another office, whoever holds the whole server and its keys can still do so unnoticed.',
        },
        endpoints: ['recording.get', 'recording.mark', 'document.correct', 'document.paper'],
        pages: ['/recordings/$id', '/documents/$id'],
        tests: [
            'apps/server/src/verify/verify-installation.test.ts',
            'apps/server/src/features/recording/recording.test.ts',
            'apps/server/src/schema/rights.test.ts',
            'apps/server/src/features/ledger/check/checking.test.ts',
            'apps/server/src/features/ledger/checkpoint/witness-claim.test.ts',
        ],
    },
    'A3-24': notBuilt(
        'feature',
        '其他单位或个人的利用申请，以及按政府信息公开规定的受理、答复和期限，尚未建立。',
        'Requests by other units or persons, and receiving and answering them under the rules of open government information with their terms, are not built.',
    ),
    'A3-25': {
        as: 'feature',
        zh: '执法可标为涉及工作秘密、商业秘密或个人隐私，标记后只有参加人和负责人能看内容，录像、文书、扫描件和时间线一并受限；播放画面上叠加查看人姓名、时间和用途。',
        en: 'An act can be marked as touching work secrets, trade secrets or privacy; then only those who take part and the heads see its content, with its recordings, documents, scans and timeline. The picture played bears the name of who watches, the time and the purpose.',
        lacks: {
            zh: '档案的密级、保密期限和解密尚未建立。',
            en: 'Grades of secrecy of archives, their terms and their end are not built.',
        },
        endpoints: ['act.markSecrecy', 'act.get', 'document.list', 'recording.get'],
        pages: ['/acts/$id', '/documents/$id', '/recordings/$id'],
        tests: [
            'packages/domain/src/act/act-rules.test.ts',
            'apps/server/src/features/act/act-marks.test.ts',
            'apps/server/src/features/document/document-scan.test.ts',
            'e2e/record.test.ts',
        ],
    },
    'A3-26': {
        as: 'feature',
        zh: '录像只有有关人员和保管、审核岗位能打开，其他人和其他单位一律拒绝，拒绝也有记录；打开后只限本人，几小时后失效；向外提供须经机构负责人同意，无权看的人不能申请。',
        en: 'A recording is opened only by those it concerns and by the posts that keep and review it; others and other units are refused and the refusal is recorded. An opened one is for that person only and ends after some hours. It is handed out only after consent of the head, and whoever has no part in it cannot ask.',
        lacks: {
            zh: '查阅审批尚未建立：不能经批准临时扩大范围，有关岗位查看也不须批准。',
            en: 'Approval of viewing is not built: the circle cannot be widened for a time by an approval, and those posts need none.',
        },
        endpoints: ['recording.openViewing', 'retrieval.request', 'retrieval.consent'],
        pages: ['/recordings/$id', '/recordings/retrievals'],
        tests: [
            'packages/domain/src/identity/access.decide.test.ts',
            'apps/server/src/features/recording/recording.test.ts',
            'apps/server/src/features/identity/access.test.ts',
            'apps/server/src/features/access/retrieval.test.ts',
        ],
    },
    'A3-27': {
        as: 'feature',
        zh: '国家秘密不进本系统：把执法标为国家秘密会被拒绝并说明；采集时名称标为涉密的文件不打开、不复制、不留名，只报份数。',
        en: 'State secrets have no place in the system: marking an act as one is refused in so many words, and at docking files whose names say so are neither opened nor copied nor named; only their number is told.',
        lacks: {
            zh: '从网页上传的文件不作涉密识别；入库后才发现涉密的隔离、报告和清除程序尚未建立。',
            en: 'Files uploaded from a page are not looked at for secrets; isolating, reporting and removing what is found later is not built.',
        },
        endpoints: ['act.markSecrecy', 'dock.settings'],
        pages: ['/acts/$id'],
        tests: [
            'packages/domain/src/act/act-rules.test.ts',
            'packages/domain/src/recording/profile/profile.test.ts',
            'apps/server/src/cli/dock/dock.test.ts',
        ],
    },
    'A3-28': notBuilt(
        'feature',
        '档案鉴定尚未建立；系统现在不销毁任何录像或文书。',
        'Appraisal of archives is not built; the system destroys no recording and no document today.',
    ),
    'A3-29': {
        as: 'feature',
        zh: '可以用销毁清册表单编制清册，逐件列出档号、题名、保管期限和销毁理由，打印后一式二份。',
        en: 'A destruction list can be drawn up on its form, item by item with reference, title, term and reason, and is printed in two copies.',
        lacks: {
            zh: '清册由人填写，不与系统里的录像和文书对应，也不据此销毁；表单经本单位与正式样张核对确认以前只能打印草稿。',
            en: 'The list is filled in by hand, is not tied to recordings or documents in the system, and nothing is destroyed by it; until the unit has compared the form with its official sample only drafts are printed.',
        },
        endpoints: ['document.create', 'document.save', 'document.print'],
        pages: ['/documents/$id', '/documents/forms'],
        tests: [
            'apps/server/src/platform/typst/document-renderer.test.ts',
            'apps/server/src/features/document/document-print.test.ts',
            'apps/server/src/features/template/template.test.ts',
        ],
    },
    'A3-30': notBuilt(
        'feature',
        '同级卫生健康行政部门的批准尚未建立；销毁清册在系统内由本机构负责人签署，批准意见栏印出时留空，不以本机构签署代替。',
        'Approval by the health department of the same level is not built; in the system the list is signed by the head of the institute, and the box for the approval is printed empty and never filled by that signature.',
    ),
    'A3-31': notBuilt(
        'feature',
        '向档案管理部门备案的登记尚未建立；销毁清册的表单只注明一份备案。',
        'Registering the report to the archive administration is not built; the form of the list only says that one copy is for it.',
    ),
    'A3-32': notBuilt(
        'feature',
        '向国家综合档案馆移交的到期清单、移交包和接收凭证尚未建立。',
        'The list of what is due for transfer to the state archive, the package and the receipt are not built.',
    ),
    'A3-33': notBuilt(
        'feature',
        '单位撤销或合并时的档案移交尚未建立。',
        'Handing over archives when a unit is abolished or merged is not built.',
    ),
    'A3-34': notJudged(
        '本条规定由谁解释，没有可以判断的要求。',
        'The article says who interprets the rules; there is nothing in it to judge.',
    ),
    'A3-35': {
        as: 'feature',
        zh: '本单位可以自某日起设定自己的期限和要求，只能比规定更严，更宽的会被拒绝；由一人提议、另一人批准，谁定的、依据和理由都有记录。',
        en: 'A unit can set terms and demands of its own from a day on; they may be stricter than the rules and looser ones are refused. One person proposes, another approves; who decided, on what ground and why is recorded.',
        lacks: {
            zh: '属于归档的只有案卷保管期限一项；归档制度的其他细化尚无处登记。',
            en: 'Of archives there is only the term of the file of a case; other detailed rules of filing have no place yet.',
        },
        endpoints: ['parameter.list', 'parameter.propose', 'parameter.approve'],
        pages: ['/parameters'],
        tests: [
            'apps/server/src/features/parameter/parameter.test.ts',
            'apps/server/src/features/parameter/parameter-approval.test.ts',
            'apps/server/src/features/act/act-marks.test.ts',
        ],
    },
    'A3-36': notJudged(
        '本条规定施行时间，没有可以判断的要求。',
        'The article says from when the rules apply; there is nothing in it to judge.',
    ),
};
