/** Why something about retrieval as evidence was refused. */
export const accessErrorsZh = {
    'retrieval.notFound': '没有这次调取，或者您无权查看',
    'retrieval.nothing': '没有可以调取的音像资料',
    'retrieval.tooMany': '一次最多调取 {most} 份音像资料，请分几次申请',
    'retrieval.sourceUnclear': '请写明从哪个执法行为、哪个案件调取，或者选定音像资料，只选一种',
    'retrieval.notYours': '只有承办该执法行为或案件的人员和音像管理员可以这样做',
    'retrieval.recordingUnusable': '“{name}”尚未封存，或者已经损坏、被隔离，不能作为证据调取',
    'retrieval.wrongState': '这次调取的状态已经改变，请刷新后再看',
    'retrieval.ownRequest': '不能审批本人提出的调取申请，请由另一位机构负责人审批',
    'retrieval.notVouched': '日志中没有“{name}”的摘要，不能证明它的来历，不能装入证据包',
    'retrieval.verifierMissing':
        '服务器上没有生成核验网页（verify.html），没有它不制作证据包；请系统管理员运行 npm run build:verify 查明原因后重新制作',
    'retrieval.notPackaged': '这次调取还没有证据包',
    'retrieval.downloadNotFound': '取出证据包要先登记，请回到调取页面再取一次',
    'retrieval.packageDamaged': '留存的证据包与登记的摘要不一致，不能取出；请通知系统管理员',
    'retrieval.receivedBefore': '接收时间早于证据包制成的时间，请核对',
    'retrieval.receivedInFuture': '接收时间还没有到，请核对',
    'retrieval.tooManyPapers': '一次调取最多附 {most} 份签收单',
    'retrieval.paperNotFound': '没有这份签收单，或者您无权查看',
};

export const accessErrorsEn: typeof accessErrorsZh = {
    'retrieval.notFound': 'There is no such retrieval, or you may not see it',
    'retrieval.nothing': 'There is no recording to retrieve',
    'retrieval.tooMany': 'At most {most} recordings can be retrieved at once; ask in several requests',
    'retrieval.sourceUnclear': 'State one act, or one case, or choose recordings, and only one of these',
    'retrieval.notYours': 'Only those who work on the act or case, and the recordings manager, can do this',
    'retrieval.recordingUnusable': '"{name}" is not sealed yet, is damaged or in quarantine, and cannot be retrieved as evidence',
    'retrieval.wrongState': 'This retrieval has changed meanwhile; load the page again',
    'retrieval.ownRequest': 'Nobody decides on a request of their own; another head of the institution has to',
    'retrieval.notVouched':
        'No entry holds the digests of "{name}", so where it comes from cannot be proven and it cannot be packed',
    'retrieval.verifierMissing':
        'The server has no page that verifies (verify.html), and makes no package without it; the system administrator runs npm run build:verify to see why, then it can be begun again',
    'retrieval.notPackaged': 'There is no evidence package of this retrieval yet',
    'retrieval.downloadNotFound': 'Fetching the package is registered first; fetch it again from the page of the retrieval',
    'retrieval.packageDamaged':
        'The package kept differs from the digest registered and cannot be fetched; tell the system administrator',
    'retrieval.receivedBefore': 'It cannot have been received before the package was made; check the time',
    'retrieval.receivedInFuture': 'The time of receipt has not come yet; check it',
    'retrieval.tooManyPapers': 'At most {most} signed receipts can be added to a retrieval',
    'retrieval.paperNotFound': 'There is no such receipt, or you may not see it',
};
